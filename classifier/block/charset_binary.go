package block

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// notText is ErrBinary with what the bytes look like.
func notText(kind string) error {
	if kind == "" {
		return fmt.Errorf("%w: it is full of control bytes: it may be compressed or encrypted", ErrBinary)
	}
	return fmt.Errorf("%w: %s", ErrBinary, kind)
}

// magic is how the files of a kind begin.
type magic struct {
	at     int
	prefix string
	text   bool   // the prefix could begin a text too
	says   string // what to make of the kind
	kind   string
}

// signature names the kind of file that src is by its first bytes, empty for
// none that it knows.
func signature(src []byte) string {
	const decompress = "page is %s-compressed: decompress it first"
	const convert = "page is %s: take the text out of it first"
	const unpack = "page is %s: unpack it first"
	const image = "page is %s: it holds no text"
	for _, m := range [...]magic{
		{0, "\x1f\x8b", false, decompress, "gzip"},
		{0, "\x28\xb5\x2f\xfd", false, decompress, "zstd"},
		{0, "\xfd7zXZ\x00", false, decompress, "xz"},
		{0, "BZh", true, decompress, "bzip2"},
		{0, "PK\x03\x04", false, unpack, "a zip archive or an office document"},
		{0, "7z\xbc\xaf\x27\x1c", false, unpack, "a 7z archive"},
		{0, "Rar!\x1a\x07", false, unpack, "a RAR archive"},
		{0, "%PDF-", false, convert, "a PDF document"},
		{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", false, convert, "an old office document"},
		{0, "\x89PNG\r\n\x1a\n", false, image, "a PNG image"},
		{0, "\xff\xd8\xff", false, image, "a JPEG image"},
		{0, "GIF87a", true, image, "a GIF image"},
		{0, "GIF89a", true, image, "a GIF image"},
		{8, "WEBP", true, image, "a WebP image"},
		{0, "II*\x00", false, image, "a TIFF image"},
		{0, "MM\x00*", false, image, "a TIFF image"},
		{0, "\x00\x00\x01\x00", false, image, "an icon"},
		{4, "ftypavif", true, image, "an AVIF image"},
		{4, "ftyp", true, image, "an MP4 video"},
		{0, "\x1aE\xdf\xa3", false, image, "a Matroska or WebM video"},
		{8, "WAVE", true, image, "a WAVE sound"},
		{0, "OggS", true, image, "an Ogg sound or video"},
		{0, "ID3", true, image, "an MP3 sound"},
		{0, "fLaC", true, image, "a FLAC sound"},
		{0, "wOFF", true, image, "a font"},
		{0, "wOF2", true, image, "a font"},
		{0, "\x7fELF", false, image, "an ELF program"},
		{0, "MZ", true, image, "a Windows program"},
		{0, "\x00asm", false, image, "a WebAssembly program"},
		{0, "SQLite format 3\x00", false, image, "an SQLite database"},
	} {
		if len(src) >= m.at && bytes.HasPrefix(src[m.at:], []byte(m.prefix)) && (!m.text || hasControls(src)) {
			return fmt.Sprintf(m.says, m.kind)
		}
	}
	return ""
}

// hasControls tells whether the first bytes of src hold one that no text has.
func hasControls(src []byte) bool {
	for _, c := range src[:min(len(src), 1024)] {
		if isControl(c) || c == 0 {
			return true
		}
	}
	return false
}

// isControls tells bytes of which too many are control bytes or NULs for a
// text. Some texts have stray ones, or a tail of NULs.
func isControls(src []byte) bool {
	src = src[:min(len(src), oddPrefix)]
	nuls, controls := 0, 0
	for _, c := range src {
		if c == 0 {
			nuls++
		} else if isControl(c) {
			controls++
		}
	}
	return controls > 4+len(src)/25 || nuls > 8+len(src)/3
}

// oddPrefix is how much of a page is searched for bytes that no text has.
const oddPrefix = 64 << 10

// hasOddBytes says whether any byte is one that isControl tells, or NUL. It
// looks at eight at a time (Anderson, "Bit Twiddling Hacks"): for bytes below
// '\t', from 0x0e to 0x1f, and 0x7f, and only then at each.
func hasOddBytes(b []byte) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for len(b) >= 8 {
		x := binary.LittleEndian.Uint64(b)
		low, del := x&^highs, x^0x7f*ones
		hit := (x-'\t'*ones)&^x | (del-ones)&^del | (ones*(127+0x20)-low)&(low+ones*(127-0x0d))&^x
		if hit&highs != 0 && hasOdd(b[:8]) {
			return true
		}
		b = b[8:]
	}
	return hasOdd(b)
}

func hasOdd(b []byte) bool {
	for _, c := range b {
		if c == 0 || isControl(c) {
			return true
		}
	}
	return false
}

// isControl tells the control bytes that do not occur in text, NUL apart.
func isControl(c byte) bool {
	switch c {
	case 0, '\t', '\n', '\v', '\f', '\r', 0x1b: // ESC belongs to ISO-2022-JP
		return false
	}
	return c < 0x20 || c == 0x7f
}
