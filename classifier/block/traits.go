package block

// traits are the facts about a tag that the tree rules ask for.
type traits uint16

const (
	isBox     traits = 1 << iota // a block-level element: text breaks before and after it
	isVoid                       // has no contents and no end tag
	isSpecial                    // stops an inline end tag from reaching over it (HTML standard: special)
	isScope                      // stops an end tag from reaching over it (HTML standard: scope)
	isFormat                     // survives the end of the element around it (HTML standard: formatting)
	endsP                        // its start ends an open <p>
	isSection                    // starts a part of its own: role of the list or quote around it ends
	isApart                      // inline, but stands apart from its neighbours like a word of its own
	isDropped                    // what it holds is not text that a reader sees
	isRaw                        // the tokenizer gives its contents as one text token
	inHead                       // may stand before <body> without starting it
	breaksOut                    // ends an open <svg> or <math>
)

const boxTraits = isBox | isSpecial | endsP

// tagInfo is a tag's name and traits.
type tagInfo struct {
	name   string
	traits traits
}

// tagInfos follows the HTML standard's lists (13.2.4.2, 13.2.6.4.7).
var tagInfos = [numTags]tagInfo{
	tagOther:         {"", 0},
	tagA:             {"a", isFormat},
	tagAbbr:          {"abbr", 0},
	tagAddress:       {"address", boxTraits},
	tagAnnotation:    {"annotation", isDropped},
	tagAnnotationXML: {"annotation-xml", isDropped},
	tagApplet:        {"applet", isSpecial | isScope},
	tagArea:          {"area", isVoid},
	tagArticle:       {"article", boxTraits | isSection},
	tagAside:         {"aside", boxTraits | isSection},
	tagAudio:         {"audio", isDropped},
	tagB:             {"b", isFormat | breaksOut},
	tagBase:          {"base", isVoid | inHead},
	tagBasefont:      {"basefont", isVoid | inHead},
	tagBgsound:       {"bgsound", isVoid | inHead},
	tagBig:           {"big", isFormat | breaksOut},
	tagBlockquote:    {"blockquote", boxTraits | breaksOut},
	tagBody:          {"body", isBox | isSpecial | breaksOut},
	tagBr:            {"br", isVoid | breaksOut},
	tagButton:        {"button", isSpecial | isApart},
	tagCanvas:        {"canvas", isDropped},
	tagCaption:       {"caption", isBox | isSpecial | isScope},
	tagCenter:        {"center", boxTraits | breaksOut},
	tagCode:          {"code", isFormat | breaksOut},
	tagCol:           {"col", isVoid},
	tagColgroup:      {"colgroup", isVoid},
	tagDatalist:      {"datalist", isDropped},
	tagDd:            {"dd", boxTraits | breaksOut},
	tagDetails:       {"details", boxTraits},
	tagDialog:        {"dialog", boxTraits | isSection},
	tagDir:           {"dir", boxTraits},
	tagDiv:           {"div", boxTraits | breaksOut},
	tagDl:            {"dl", boxTraits | breaksOut},
	tagDt:            {"dt", boxTraits | breaksOut},
	tagEm:            {"em", isFormat | breaksOut},
	tagEmbed:         {"embed", isVoid | breaksOut},
	tagFieldset:      {"fieldset", boxTraits},
	tagFigcaption:    {"figcaption", boxTraits},
	tagFigure:        {"figure", boxTraits},
	tagFont:          {"font", isFormat},
	tagFooter:        {"footer", boxTraits | isSection},
	tagForm:          {"form", boxTraits},
	tagFrame:         {"frame", isVoid},
	tagFrameset:      {"frameset", isBox | isSpecial},
	tagH1:            {"h1", boxTraits | breaksOut},
	tagH2:            {"h2", boxTraits | breaksOut},
	tagH3:            {"h3", boxTraits | breaksOut},
	tagH4:            {"h4", boxTraits | breaksOut},
	tagH5:            {"h5", boxTraits | breaksOut},
	tagH6:            {"h6", boxTraits | breaksOut},
	tagHead:          {"head", isSpecial | inHead | breaksOut},
	tagHeader:        {"header", boxTraits | isSection},
	tagHgroup:        {"hgroup", boxTraits},
	tagHr:            {"hr", boxTraits | isVoid | breaksOut},
	tagHTML:          {"html", isBox | isSpecial | isScope | inHead},
	tagI:             {"i", isFormat | breaksOut},
	tagIframe:        {"iframe", isRaw},
	tagImg:           {"img", isVoid | breaksOut},
	tagInput:         {"input", isVoid | isApart},
	tagKbd:           {"kbd", 0},
	tagKeygen:        {"keygen", isVoid | isApart},
	tagLabel:         {"label", isApart},
	tagLegend:        {"legend", isBox},
	tagLi:            {"li", boxTraits | breaksOut},
	tagLink:          {"link", isVoid | inHead},
	tagListing:       {"listing", boxTraits | breaksOut},
	tagMain:          {"main", boxTraits | isSection},
	tagMarquee:       {"marquee", isBox | isSpecial | isScope},
	tagMath:          {"math", 0},
	tagMenu:          {"menu", boxTraits | breaksOut},
	tagMeta:          {"meta", isVoid | inHead | breaksOut},
	tagNav:           {"nav", boxTraits | isSection},
	tagNobr:          {"nobr", isFormat | breaksOut},
	tagNoembed:       {"noembed", isRaw},
	tagNoframes:      {"noframes", isBox | isSpecial | isRaw | inHead},
	tagNoscript:      {"noscript", isBox | isSpecial | isRaw | inHead},
	tagObject:        {"object", isSpecial | isScope},
	tagOl:            {"ol", boxTraits | breaksOut},
	tagOptgroup:      {"optgroup", isDropped},
	tagOption:        {"option", isDropped},
	tagP:             {"p", boxTraits | breaksOut},
	tagParam:         {"param", isVoid},
	tagPlaintext:     {"plaintext", boxTraits | isRaw},
	tagPre:           {"pre", boxTraits | breaksOut},
	tagS:             {"s", isFormat | breaksOut},
	tagSamp:          {"samp", 0},
	tagScript:        {"script", isRaw | inHead},
	tagSearch:        {"search", boxTraits | isSection},
	tagSection:       {"section", boxTraits | isSection},
	tagSelect:        {"select", isSpecial | isDropped | isApart},
	tagSmall:         {"small", isFormat | breaksOut},
	tagSource:        {"source", isVoid},
	tagSpan:          {"span", breaksOut},
	tagStrike:        {"strike", isFormat | breaksOut},
	tagStrong:        {"strong", isFormat | breaksOut},
	tagStyle:         {"style", isRaw | inHead},
	tagSub:           {"sub", breaksOut},
	tagSummary:       {"summary", boxTraits},
	tagSup:           {"sup", breaksOut},
	tagSVG:           {"svg", isDropped},
	tagTable:         {"table", boxTraits | isScope | isSection | breaksOut},
	tagTbody:         {"tbody", isBox | isSpecial},
	tagTd:            {"td", isBox | isSpecial | isScope},
	tagTemplate:      {"template", isBox | isSpecial | isScope | inHead},
	tagTextarea:      {"textarea", isRaw | isSpecial | isApart},
	tagTfoot:         {"tfoot", isBox | isSpecial},
	tagTh:            {"th", isBox | isSpecial | isScope},
	tagThead:         {"thead", isBox | isSpecial},
	tagTime:          {"time", 0},
	tagTitle:         {"title", isRaw | inHead},
	tagTr:            {"tr", isBox | isSpecial},
	tagTrack:         {"track", isVoid},
	tagTt:            {"tt", isFormat | breaksOut},
	tagU:             {"u", isFormat | breaksOut},
	tagUl:            {"ul", boxTraits | breaksOut},
	tagVar:           {"var", breaksOut},
	tagVideo:         {"video", isDropped},
	tagWbr:           {"wbr", isVoid},
	tagXmp:           {"xmp", boxTraits | isRaw},
}
