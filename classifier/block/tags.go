package block

// tag names the HTML elements that the splitter treats in a way of their own.
// Every other element is tagOther and is an inline element without meaning.
type tag uint8

const (
	tagOther tag = iota
	tagA
	tagAbbr
	tagAddress
	tagAnnotation
	tagAnnotationXML
	tagApplet
	tagArea
	tagArticle
	tagAside
	tagAudio
	tagB
	tagBase
	tagBasefont
	tagBgsound
	tagBig
	tagBlockquote
	tagBody
	tagBr
	tagButton
	tagCanvas
	tagCaption
	tagCenter
	tagCode
	tagCol
	tagColgroup
	tagDatalist
	tagDd
	tagDetails
	tagDialog
	tagDir
	tagDiv
	tagDl
	tagDt
	tagEm
	tagEmbed
	tagFieldset
	tagFigcaption
	tagFigure
	tagFont
	tagFooter
	tagForm
	tagFrame
	tagFrameset
	tagH1
	tagH2
	tagH3
	tagH4
	tagH5
	tagH6
	tagHead
	tagHeader
	tagHgroup
	tagHr
	tagHTML
	tagI
	tagIframe
	tagImg
	tagInput
	tagKbd
	tagKeygen
	tagLabel
	tagLegend
	tagLi
	tagLink
	tagListing
	tagMain
	tagMarquee
	tagMath
	tagMenu
	tagMeta
	tagNav
	tagNobr
	tagNoembed
	tagNoframes
	tagNoscript
	tagObject
	tagOl
	tagOptgroup
	tagOption
	tagP
	tagParam
	tagPlaintext
	tagPre
	tagS
	tagSamp
	tagScript
	tagSearch
	tagSection
	tagSelect
	tagSmall
	tagSource
	tagSpan
	tagStrike
	tagStrong
	tagStyle
	tagSub
	tagSummary
	tagSup
	tagSVG
	tagTable
	tagTbody
	tagTd
	tagTemplate
	tagTextarea
	tagTfoot
	tagTh
	tagThead
	tagTime
	tagTitle
	tagTr
	tagTrack
	tagTt
	tagU
	tagUl
	tagVar
	tagVideo
	tagWbr
	tagXmp
	numTags
)

func (t tag) traits() traits       { return tagInfos[t].traits }
func (t tag) has(want traits) bool { return tagInfos[t].traits&want != 0 }
func (t tag) heading() bool        { return t >= tagH1 && t <= tagH6 }
func (t tag) list() bool {
	return t == tagUl || t == tagOl || t == tagMenu || t == tagDir || t == tagDl
}
