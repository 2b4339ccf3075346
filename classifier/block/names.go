package block

// Classes of bytes, for the scanner.
const (
	letter      = 1 << iota
	space       // HTML's ASCII white space
	slashByte   // '/'
	endsName    // white space, '/' and '>'
	endsKey     // these and '='
	opensMarkup // what makes '<' before it more than text
)

var byteClasses = func() (k [256]uint8) {
	for c := range 26 {
		k['a'+c], k['A'+c] = letter|opensMarkup, letter|opensMarkup
	}
	for _, c := range " \n\t\r\f" {
		k[c] = space | endsName | endsKey
	}
	k['/'] = slashByte | endsName | endsKey | opensMarkup
	k['>'] = endsName | endsKey
	k['='] = endsKey
	k['!'], k['?'] = opensMarkup, opensMarkup
	return k
}()

// attrName names the attributes that the splitter reads.
type attrName uint8

const (
	attrOther attrName = iota
	attrAction
	attrAlt
	attrAriaHidden
	attrClass
	attrColor
	attrContent
	attrDataLazySrc
	attrDataOriginal
	attrDataSrc
	attrDataSrcset
	attrDatetime
	attrFace
	attrHidden
	attrHref
	attrHTTPEquiv
	attrID
	attrItemProp
	attrItemType
	attrLang
	attrMedia
	attrMethod
	attrNamed
	attrPlaceholder
	attrProperty
	attrPubdate
	attrRel
	attrRole
	attrShadowRootMode
	attrSize
	attrSrc
	attrSrcset
	attrStart
	attrStyle
	attrType
	attrValued
	attrXMLLang
	numAttrs
)

// nameHash goes on with the hash of a name, whatever its case.
func nameHash(h uint32, c byte) uint32 { return h*31 + uint32(c|0x20) }

// nameTable finds names by their hash, in open addressing.
type nameTable[T any] [512]struct {
	name string
	is   T
}

func (t *nameTable[T]) slot(h uint32) uint32 { return h * 0x9E3779B1 >> 23 }

func (t *nameTable[T]) enter(name string, is T) {
	h := uint32(0)
	for i := range len(name) {
		h = nameHash(h, name[i])
	}
	at := t.slot(h)
	for t[at].name != "" {
		at = (at + 1) % uint32(len(t))
	}
	t[at].name, t[at].is = name, is
}

// find is what a name, in any case, stands for; the zero value for no name in
// the table.
func (t *nameTable[T]) find(h uint32, name string) (is T) {
	for at := t.slot(h); t[at].name != ""; at = (at + 1) % uint32(len(t)) {
		if t[at].name == name || foldEqual(name, t[at].name) {
			return t[at].is
		}
	}
	return is
}

// tagNamed is the tag of a name, in any case.
func tagNamed(name string) tag {
	h := uint32(0)
	for i := range len(name) {
		h = nameHash(h, name[i])
	}
	return tagNames.find(h, name)
}

// tagNames and attrNames are the names turned round; nothing writes to them.
var tagNames = func() (t nameTable[tag]) {
	for k := tagOther + 1; k < numTags; k++ {
		t.enter(tagInfos[k].name, k)
	}
	t.enter("image", tagImg) // the standard's own correction
	return t
}()

var attrNames = func() (t nameTable[attrName]) {
	for k, name := range [numAttrs]string{
		attrAction: "action", attrAlt: "alt", attrAriaHidden: "aria-hidden", attrClass: "class", attrColor: "color",
		attrContent: "content", attrDataLazySrc: "data-lazy-src", attrDataOriginal: "data-original", attrDataSrc: "data-src",
		attrDataSrcset: "data-srcset", attrDatetime: "datetime", attrFace: "face", attrHidden: "hidden", attrHref: "href",
		attrHTTPEquiv: "http-equiv", attrID: "id", attrItemProp: "itemprop", attrItemType: "itemtype", attrLang: "lang",
		attrMedia: "media", attrMethod: "method", attrNamed: "name", attrPlaceholder: "placeholder", attrProperty: "property",
		attrPubdate: "pubdate", attrRel: "rel", attrRole: "role", attrShadowRootMode: "shadowrootmode", attrSize: "size",
		attrSrc: "src", attrSrcset: "srcset", attrStart: "start", attrStyle: "style", attrType: "type", attrValued: "value",
		attrXMLLang: "xml:lang",
	} {
		if name != "" {
			t.enter(name, attrName(k))
		}
	}
	return t
}()
