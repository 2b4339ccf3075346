package block

import (
	"bytes"
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
	text   bool // the prefix could begin a text too
	kind   string
}

// signature names the kind of file that src is by its first bytes, empty for
// none that it knows.
func signature(src []byte) string {
	const decompress = "page is %s-compressed: decompress it first"
	const convert = "page is %s: take the text out of it first"
	const image = "page is %s: it holds no text"
	for _, m := range [...]magic{
		{0, "\x1f\x8b", false, fmt.Sprintf(decompress, "gzip")},
		{0, "\x28\xb5\x2f\xfd", false, fmt.Sprintf(decompress, "zstd")},
		{0, "\xfd7zXZ\x00", false, fmt.Sprintf(decompress, "xz")},
		{0, "BZh", true, fmt.Sprintf(decompress, "bzip2")},
		{0, "PK\x03\x04", false, "page is a zip archive or an office document: unpack it first"},
		{0, "7z\xbc\xaf\x27\x1c", false, "page is a 7z archive: unpack it first"},
		{0, "Rar!\x1a\x07", false, "page is a RAR archive: unpack it first"},
		{0, "%PDF-", false, fmt.Sprintf(convert, "a PDF document")},
		{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", false, fmt.Sprintf(convert, "an old office document")},
		{0, "\x89PNG\r\n\x1a\n", false, fmt.Sprintf(image, "a PNG image")},
		{0, "\xff\xd8\xff", false, fmt.Sprintf(image, "a JPEG image")},
		{0, "GIF87a", true, fmt.Sprintf(image, "a GIF image")},
		{0, "GIF89a", true, fmt.Sprintf(image, "a GIF image")},
		{8, "WEBP", true, fmt.Sprintf(image, "a WebP image")},
		{0, "II*\x00", false, fmt.Sprintf(image, "a TIFF image")},
		{0, "MM\x00*", false, fmt.Sprintf(image, "a TIFF image")},
		{0, "\x00\x00\x01\x00", false, fmt.Sprintf(image, "an icon")},
		{4, "ftypavif", true, fmt.Sprintf(image, "an AVIF image")},
		{4, "ftyp", true, fmt.Sprintf(image, "an MP4 video")},
		{0, "\x1aE\xdf\xa3", false, fmt.Sprintf(image, "a Matroska or WebM video")},
		{8, "WAVE", true, fmt.Sprintf(image, "a WAVE sound")},
		{0, "OggS", true, fmt.Sprintf(image, "an Ogg sound or video")},
		{0, "ID3", true, fmt.Sprintf(image, "an MP3 sound")},
		{0, "fLaC", true, fmt.Sprintf(image, "a FLAC sound")},
		{0, "wOFF", true, fmt.Sprintf(image, "a font")},
		{0, "wOF2", true, fmt.Sprintf(image, "a font")},
		{0, "\x7fELF", false, fmt.Sprintf(image, "an ELF program")},
		{0, "MZ", true, fmt.Sprintf(image, "a Windows program")},
		{0, "\x00asm", false, fmt.Sprintf(image, "a WebAssembly program")},
		{0, "SQLite format 3\x00", false, fmt.Sprintf(image, "an SQLite database")},
	} {
		if len(src) >= m.at && bytes.HasPrefix(src[m.at:], []byte(m.prefix)) && (!m.text || hasControls(src)) {
			return m.kind
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
	src = src[:min(len(src), 64<<10)]
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

// isControl tells the control bytes that do not occur in text, NUL apart.
func isControl(c byte) bool {
	switch c {
	case 0, '\t', '\n', '\v', '\f', '\r', 0x1b: // ESC belongs to ISO-2022-JP
		return false
	}
	return c < 0x20 || c == 0x7f
}
