package block

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// The texts are long enough for a guess, each with the charsets to try it in.
var charsetTexts = []struct {
	name, text string
	charsets   []string
}{
	{"french", "Déjà vu : l'été dernier, la forêt près du lac a brûlé. Où êtes-vous allés ? Ça, c'était à côté de la fenêtre.", []string{"windows-1252"}},
	{"german", "Die schöne Straße führt über den Fluß zu den Häusern; größere Bäume säumen die Bögen.", []string{"windows-1252"}},
	{"spanish", "El niño pequeño comió más después de la excursión. ¿Cuándo llegó el autobús a la estación?", []string{"windows-1252"}},
	{"portuguese", "A decisão não é fácil: três irmãos estão à espera da construção da estação, além do verão.", []string{"windows-1252"}},
	{"swedish", "På hösten går älgen över ån när vädret är kallt, och då äter den små bär.", []string{"windows-1252"}},
	{"polish", "Wczoraj źle się czułem, więc poszedłem wcześniej spać; żona została i czytała książkę.", []string{"windows-1250", "iso-8859-2"}},
	{"czech", "Příliš žluťoučký kůň úpěl ďábelské ódy, když šel večer kolem řeky.", []string{"windows-1250", "iso-8859-2"}},
	{"turkish", "Dün akşam çocuklar bahçede oynarken yağmur yağdı, ağaçların altına sığındılar.", []string{"windows-1254"}},
	{"russian", "Вчера вечером мы гуляли по берегу реки и говорили о книгах, которые прочитали этим летом.", []string{"windows-1251", "koi8-r", "iso-8859-5", "ibm866"}},
	{"greek", "Χθες το βράδυ περπατήσαμε δίπλα στη θάλασσα και μιλήσαμε για τα βιβλία που διαβάσαμε.", []string{"windows-1253"}},
	{"hebrew", "אתמול בערב טיילנו על שפת הים ודיברנו על הספרים שקראנו בקיץ הזה.", []string{"windows-1255"}},
	{"arabic", "مشينا مساء أمس على شاطئ البحر وتحدثنا عن الكتب التي قرأناها هذا الصيف.", []string{"windows-1256"}},
	{"thai", "เมื่อวานตอนเย็นเราเดินเล่นริมแม่น้ำและคุยกันเรื่องหนังสือที่อ่านในฤดูร้อนนี้", []string{"windows-874"}},
	{"japanese", "昨日の夕方、私たちは川のそばを歩きながら、夏に読んだ本について話しました。とても楽しかったです。", []string{"shift_jis", "euc-jp", "iso-2022-jp"}},
	{"simplified", "昨天晚上我们在河边散步,谈到了今年夏天看过的书。这是一个很好的地方,也没有什么人。", []string{"gbk", "gb18030"}},
	{"traditional", "昨天晚上我們在河邊散步,談到了今年夏天看過的書。這是一個很好的地方,也沒有什麼人。", []string{"big5"}},
	{"korean", "어제 저녁에 우리는 강가를 걸으면서 이번 여름에 읽은 책에 대해 이야기했습니다. 정말 좋은 시간이었다.", []string{"euc-kr"}},
	{"emoji", "A note with ½ and 𝄞 and 🙂 inside it, and some plain words so that it is long enough.", []string{"utf-16le", "utf-16be"}},
	{"latin wide", "Plain words only, and nothing else.\nA second line of them.", []string{"utf-16le", "utf-16be"}},
	{"cyrillic wide", "Вчера вечером мы гуляли по берегу реки и говорили о книгах.", []string{"utf-16le", "utf-16be"}},
}

// encode writes text in a charset, and the place in it where every character
// of text begins.
func encode(t testing.TB, text, charset string) (src []byte, starts []int) {
	t.Helper()
	enc, err := htmlindex.Get(charset)
	if err != nil {
		t.Fatal(err)
	}
	all, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", charset, err)
	}
	at := 0
	for _, r := range text {
		starts = append(starts, at)
		one, _ := enc.NewEncoder().Bytes([]byte(string(r)))
		at += len(one)
	}
	return all, starts
}

func TestDecodeGuesses(t *testing.T) {
	for _, c := range charsetTexts {
		for _, charset := range c.charsets {
			src, _ := encode(t, c.text, charset)
			d, err := decode(t.Context(), src, "", false)
			if err != nil || string(d.text) != c.text {
				t.Errorf("%s in %s: read as %s: %q, %v", c.name, charset, d.charset, d.text, err)
			}
		}
	}
}

func TestDecodeDeclared(t *testing.T) {
	for _, c := range charsetTexts {
		for _, charset := range c.charsets {
			if strings.HasPrefix(charset, "utf-16") {
				continue
			}
			for _, page := range []struct{ contentType, before string }{
				{"text/html; charset=" + charset, ""},
				{"text/html;charset=\"" + strings.ToUpper(charset) + "\";;", ""},
				{"", "<!-- <meta charset=x> --><html><head><META CharSet='" + charset + "'>"},
				{"text/html", `<meta http-equiv="Content-Type" content="text/html; charset=` + charset + `">`},
				{"text/html; charset=nonsense", `<?xml version="1.0" encoding="` + charset + `"?>`},
			} {
				src, _ := encode(t, page.before+c.text, charset)
				d, err := decode(t.Context(), src, page.contentType, true)
				if err != nil || string(d.text) != page.before+c.text || !sameCharset(d.charset, charset) {
					t.Errorf("%s in %s, %q: read as %s: %q, %v", c.name, charset, page, d.charset, d.text, err)
				}
			}
		}
	}
}

func sameCharset(got, want string) bool { return got == want || got == "gbk" && want == "gb18030" }

func TestDecodeOrder(t *testing.T) {
	russian, _ := encode(t, charsetTexts[8].text, "windows-1251")
	for _, c := range []struct {
		name, src, contentType, want, charset string
	}{
		{"empty", "", "", "", "utf-8"},
		{"ascii", "plain", "text/html; charset=koi8-r", "plain", "utf-8"},
		{"utf-8 wins over a header", "naïve café, encore", "text/html; charset=iso-8859-1", "naïve café, encore", "utf-8"},
		{"utf-8 mark", "\xef\xbb\xbfnaïve", "text/html; charset=iso-8859-1", "naïve", "utf-8"},
		{"utf-16le mark", "\xff\xfea\x00\xe9\x00", "", "aé", "utf-16le"},
		{"utf-16be mark", "\xfe\xff\x00a\x00\xe9", "", "aé", "utf-16be"},
		{"utf-16le mark, odd end", "\xff\xfea\x00\xe9", "", "a\ufffd", "utf-16le"},
		{"broken utf-8", "naïve café, déjà vu, brûlé, où, ça, \xff!", "", "naïve café, déjà vu, brûlé, où, ça, \ufffd!", "utf-8"},
		{"declared utf-8, broken", "naïve café \xff!", "text/html; charset=utf-8", "naïve café \ufffd!", "utf-8"},
		{"utf-8 cut off", "plain words, caf\xc3", "", "plain words, caf\ufffd", "utf-8"},
		{"declared utf-8, but not at all", "d\xe9j\xe0 vu, \xe0 la fen\xeatre", "text/html; charset=utf-8", "déjà vu, à la fenêtre", "windows-1252"},
		{"quotes alone", "\x93I don\x92t\x94", "", "“I don’t”", "windows-1252"},
		{"declared wrongly", string(russian), "text/html; charset=euc-jp", charsetTexts[8].text, "windows-1251"},
		{"nul bytes", "a\x00b caf\xc3\xa9\x00", "", "a b café ", "utf-8"},
		{"nul bytes in windows-1252", "un caf\xe9\x00noir", "", "un café noir", "windows-1252"},
	} {
		src := []byte(c.src)
		d, err := decode(t.Context(), src, c.contentType, true)
		if err != nil || string(d.text) != c.want || d.charset != c.charset {
			t.Errorf("%s: %q in %s, %v; want %q in %s", c.name, d.text, d.charset, err, c.want, c.charset)
		}
		if string(src) != c.src {
			t.Errorf("%s: the source was changed", c.name)
		}
	}
}

func TestDecodeSharesUTF8(t *testing.T) {
	src := []byte("\xef\xbb\xbfnaïve")
	d, err := decode(t.Context(), src, "", false)
	if err != nil || &d.text[0] != &src[3] {
		t.Errorf("the text is a copy, %v", err)
	}
}

func TestDecodeBinary(t *testing.T) {
	noise := make([]byte, 4096)
	for i, x := 0, uint32(7); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	for _, c := range []struct{ src, hint string }{
		{"\x1f\x8b\x08\x00rest", "page is gzip-compressed: decompress it first"},
		{"%PDF-1.7\n", "PDF"},
		{"\x89PNG\r\n\x1a\n", "PNG"},
		{"\xff\xd8\xff\xe0", "JPEG"},
		{"GIF89a\x01\x00", "GIF"},
		{"PK\x03\x04", "zip"},
		{"\x7fELF\x02", "ELF"},
		{"RIFF\x10\x00\x00\x00WEBPVP8 ", "WebP"},
		{"\x00\x00\x00\x18ftypmp42", "MP4"},
		{string(noise), "control bytes"},
		{strings.Repeat("\x00", 100), "control bytes"},
	} {
		_, err := decode(t.Context(), []byte(c.src), "text/html; charset=utf-8", true)
		if !errors.Is(err, ErrBinary) || !strings.Contains(err.Error(), c.hint) {
			t.Errorf("%.12q: %v, want %q", c.src, err, c.hint)
		}
	}
	for _, text := range []string{"GIF89a is a format of pictures.", "MZ is a licence plate.", "Words\x01 and \x02 more."} {
		if _, err := decode(t.Context(), []byte(text), "", false); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestCheckLimits(t *testing.T) {
	if err := checkLimits(make([]byte, 10), Options{MaxBytes: 10}); err != nil {
		t.Error(err)
	}
	if err := checkLimits(make([]byte, 11), Options{MaxBytes: 10}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v, want ErrTooLarge", err)
	}
}

// Every offset must be where the character begins in the source, in rising,
// falling and scattered order of calls, beyond a checkpoint and before one.
func TestOffsets(t *testing.T) {
	for _, c := range charsetTexts {
		for _, charset := range c.charsets {
			if charset == "iso-2022-jp" {
				continue // escape sequences stand between: see below
			}
			text := strings.Repeat(c.text+"\n", 40)
			src, starts := encode(t, text, charset)
			d := transcode(src, 0, charset)
			if string(d.text) != text {
				t.Fatalf("%s in %s: read as %.60q", c.name, charset, d.text)
			}
			checkOffsets(t, c.name+" in "+charset, &d, starts, len(src))
		}
	}
}

func checkOffsets(t *testing.T, name string, d *decoded, starts []int, length int) {
	t.Helper()
	var places []int // where the characters begin in text
	for i := range string(d.text) {
		places = append(places, i)
	}
	for n := range places {
		for _, k := range []int{n, len(places) - 1 - n, n * 7919 % len(places)} {
			if got := d.offset(places[k]); got != starts[k] {
				t.Fatalf("%s: character %d at %d, want %d", name, k, got, starts[k])
			}
		}
	}
	if got := d.offset(len(d.text)); got != length {
		t.Errorf("%s: the end at %d, want %d", name, got, length)
	}
}

func TestOffsetsISO2022JP(t *testing.T) {
	line := "夏 and 冬です。\n"
	src, _ := encode(t, strings.Repeat(line, 200), "iso-2022-jp")
	d, err := decode(t.Context(), src, "", false)
	if err != nil || d.charset != "iso-2022-jp" {
		t.Fatal(d.charset, err)
	}
	winter, _ := encode(t, "冬", "iso-2022-jp")
	code := winter[3:5]
	for i := len(d.text) - len(line); i >= 0; i -= len(line) {
		at := d.offset(i + strings.Index(line, "冬"))
		if !bytes.Equal(src[at:at+2], code) {
			t.Fatalf("byte %d is at %d: %q", i, at, src[at:at+2])
		}
	}
}

func TestOffsetsBroken(t *testing.T) {
	var src []byte
	var starts []int
	for range 300 {
		for _, s := range []string{"a", "é", "\xff", "\xe4", "文", "\xf0", "🙂", " "} {
			starts = append(starts, len(src)+3)
			src = append(src, s...)
		}
	}
	d := transcode(src, 3, "utf-8")
	checkOffsets(t, "broken utf-8", &d, starts, len(src)+3)
}

func FuzzDecode(f *testing.F) {
	for _, c := range charsetTexts {
		for _, charset := range c.charsets {
			src, _ := encode(f, c.text, charset)
			f.Add(src, "", false)
			f.Add(src, "text/html; charset="+charset, true)
		}
	}
	f.Add([]byte("<meta charset=gbk>\xff\x00\x1b$B!!\x1b(B"), "text/html; charset=", true)
	f.Fuzz(func(t *testing.T, src []byte, contentType string, html bool) {
		before := slices.Clone(src)
		d, err := decode(t.Context(), src, contentType, html)
		if !bytes.Equal(src, before) {
			t.Fatal("the source was changed")
		}
		if err != nil {
			if !errors.Is(err, ErrBinary) {
				t.Fatal(err)
			}
			return
		}
		checkDecoded(t, &d, len(src))
	})
}

func checkDecoded(t *testing.T, d *decoded, length int) {
	t.Helper()
	if !utf8.Valid(d.text) || bytes.IndexByte(d.text, 0) >= 0 {
		t.Fatalf("text is not clean UTF-8: %q", d.text)
	}
	last := 0
	rising := make([]int, 0, len(d.text)+1)
	for i := 0; i <= len(d.text); i++ {
		at := d.offset(i)
		if at < last || at > length {
			t.Fatalf("byte %d of %d lies at %d of %d, after %d", i, len(d.text), at, length, last)
		}
		last = at
		rising = append(rising, at)
	}
	for i := len(d.text); i >= 0; i -= 7 {
		if at := d.offset(i); at != rising[i] {
			t.Fatalf("byte %d lies at %d, then at %d", i, rising[i], at)
		}
	}
}
