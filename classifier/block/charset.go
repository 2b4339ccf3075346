package block

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"
)

// step is about how many decoded bytes lie between two checkpoints.
const step = 512

// decoded is the page as UTF-8 with a way back to the original bytes. It must
// not be copied between calls of offset, and is not for concurrent use.
type decoded struct {
	text    []byte // valid UTF-8 without NULs; shares memory with the source where that is such
	charset string // IANA name, lower case

	src    []byte // the source after its byte order mark
	base   int    // length of the byte order mark
	dec    transform.Transformer
	points []point // rising; none where text is src byte for byte
	cursor point   // the last answer of offset
	buf    []byte
}

// point is a place where a character begins, in text and in src.
type point struct {
	dst, src int
	mode     mode
}

// checkLimits refuses a source that is too long to be split.
func checkLimits(src []byte, opts Options) error {
	limit := opts.MaxBytes
	if limit <= 0 {
		limit = DefaultMaxBytes
	}
	limit = min(limit, math.MaxInt32) // Element.Start is an int32
	if len(src) > limit {
		return fmt.Errorf("%w: %d bytes, and at most %d are accepted: cut the page or raise the limit", ErrTooLarge, len(src), limit)
	}
	return nil
}

// checkBlocks refuses one block more where the page has its full number.
func checkBlocks(have int, opts Options) error {
	limit := opts.MaxBlocks
	if limit <= 0 {
		limit = DefaultMaxBlocks
	}
	if have >= limit {
		return fmt.Errorf("%w: more than %d blocks: cut the page or raise the limit", ErrTooLarge, limit)
	}
	return nil
}

// decode reads src in the charset that fits it: its byte order mark, UTF-8
// wherever the whole of it is valid, what the header, the page or its XML
// declaration say, and else a guess. It fails with ErrBinary or the error of ctx.
func decode(ctx context.Context, src []byte, contentType string, html bool) (decoded, error) {
	if kind := signature(src); kind != "" {
		return decoded{}, notText(kind)
	}
	name, base := byteOrderMark(src)
	body := src[base:]
	valid, odd := utf8.Valid(body), hasOddBytes(body[:min(len(body), oddPrefix)])
	if name == "" {
		name = wideCharset(body, contentType, valid, odd)
	}
	if isWide(name) {
		d, err := transcodeWithin(ctx, body, base, name)
		if err == nil && isControls(d.text) {
			return decoded{}, notText("")
		}
		return d, err
	}
	if odd && isControls(body) {
		return decoded{}, notText("")
	}
	switch {
	case isISO2022JP(body):
		name = "iso-2022-jp"
	case valid:
		return identity(body, base), nil
	case name == "":
		name = choose(body, declared(body, contentType, html))
	}
	return transcodeWithin(ctx, body, base, name)
}

// identity is the decoding of valid UTF-8. NULs become spaces, which keeps
// every offset.
func identity(body []byte, base int) decoded {
	text := body
	if bytes.IndexByte(body, 0) >= 0 {
		text = withoutNULs(slices.Clone(body))
	}
	return decoded{text: text, charset: "utf-8", src: body, base: base}
}

func withoutNULs(text []byte) []byte {
	for i, c := range text {
		if c == 0 {
			text[i] = ' '
		}
	}
	return text
}

// transcode is transcodeWithin for the short samples that a guess is made by.
func transcode(body []byte, base int, name string) decoded {
	d, _ := transcodeWithin(context.Background(), body, base, name)
	return d
}

// transcodeWithin reads body as charset name. Every call of the transformer ends
// between two characters, so each ends with a checkpoint. It fails with the
// error of ctx, which it looks at every 64 KB or so.
func transcodeWithin(ctx context.Context, body []byte, base int, name string) (decoded, error) {
	dec := decoder(name)
	d := decoded{charset: name, src: body, base: base, dec: dec, buf: make([]byte, 2*step)}
	text := make([]byte, 0, len(body)+len(body)/4+step)
	d.points = append(d.points, point{})
	for at := 0; at < len(body); {
		if len(d.points)%128 == 0 && ctx.Err() != nil {
			return decoded{}, ctx.Err()
		}
		text = slices.Grow(text, step)
		nDst, nSrc, _ := dec.Transform(text[len(text):len(text)+step], body[at:], true)
		if nSrc == 0 {
			break // no decoder does this while there is room
		}
		text = text[:len(text)+nDst]
		at += nSrc
		d.points = append(d.points, point{len(text), at, modeOf(dec, name)})
	}
	d.text = withoutNULs(text)
	return d, nil
}

// offset is the place in the original bytes of byte i of text, which may be
// len(text): where the character that i lies in begins. Rising calls are
// answered from the one before.
func (d *decoded) offset(i int) int {
	i = max(0, min(i, len(d.text)))
	if d.dec == nil {
		return d.base + i
	}
	p := d.cursor
	if i < p.dst || i-p.dst > step {
		k := sort.Search(len(d.points), func(k int) bool { return d.points[k].dst > i })
		p = d.points[max(0, k-1)]
	}
	if i > p.dst {
		p = d.advance(p, i-p.dst)
		d.cursor = p
	}
	return d.base + p.src
}

// advance decodes n bytes of text again from p on, and returns where that ends.
func (d *decoded) advance(p point, n int) point {
	d.dec.Reset()
	p.mode.enter(d.dec)
	nDst, nSrc, _ := d.dec.Transform(d.buf[:min(n, len(d.buf))], d.src[p.src:], true)
	return point{p.dst + nDst, p.src + nSrc, modeOf(d.dec, d.charset)}
}

// decoder returns the decoder of a charset that encodingOf knows.
func decoder(name string) transform.Transformer {
	switch name {
	case "utf-8":
		return repair{}
	case "gbk":
		name = "gb18030" // holds all of it, and pages mix them up
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return repair{}
	}
	return enc.NewDecoder().Transformer
}

// canonical returns the IANA name of a charset label, empty for a label that
// names none or a charset that browsers refuse to read.
func canonical(label string) string {
	enc, err := htmlindex.Get(strings.Trim(label, " \t\r\n\f\"'"))
	if err != nil || enc == encoding.Replacement {
		return ""
	}
	name, err := htmlindex.Name(enc)
	if err != nil {
		return ""
	}
	return name
}

// repair decodes UTF-8 and puts U+FFFD for each byte that is not part of it.
type repair struct{ transform.NopResetter }

// Transform implements transform.Transformer. It takes src as complete.
func (repair) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := utf8.DecodeRune(src[nSrc:])
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}
