package block

// script tells how a language's letters stand beside ASCII ones.
type script uint8

const (
	latin    script = iota // accented letters between ASCII letters
	alphabet               // words wholly beyond ASCII, of few letters
	many                   // characters by the thousand
)

// tongue is a language, or some that share their letters, for the guess of a
// charset.
type tongue struct {
	charsets []string // the likely ones first
	script   script
	expect   float64 // share of common among the characters beyond ASCII of its texts
	common   string  // an alphabet by frequency
}

// tongues lists the languages, those of the most pages first.
func tongues() []tongue {
	return []tongue{
		{[]string{"windows-1252"}, latin, 0.9, "éèàùâêîôûëïüçœÉÈÀÇÊ"},
		{[]string{"windows-1252"}, latin, 0.9, "äöüßÄÖÜé"},
		{[]string{"windows-1252"}, latin, 0.9, "áéíóúüñ¿¡ªºÁÉÍÓÚÑ"},
		{[]string{"windows-1252"}, latin, 0.9, "ãõáéíóúâêôàçªºÃÕÁÉÍÓÚÂÊÇ"},
		{[]string{"windows-1252"}, latin, 0.9, "àèéìòùÀÈÉ"},
		{[]string{"windows-1252"}, latin, 0.9, "åäöæøéÅÄÖÆØ"},
		{[]string{"windows-1251", "koi8-r", "iso-8859-5", "ibm866", "koi8-u"}, alphabet, 0.8, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґў"},
		{[]string{"gbk"}, many, 0.5, hans},
		{[]string{"shift_jis", "euc-jp"}, many, 0.5, kana},
		{[]string{"big5"}, many, 0.4, hant},
		{[]string{"euc-kr"}, many, 0.4, hangul},
		{[]string{"windows-1250", "iso-8859-2"}, latin, 0.9, "ąćęłńóśźżŚŁŻŹĆ"},
		{[]string{"windows-1250", "iso-8859-2"}, latin, 0.9, "áčďéěíňóřšťúůýžľĺôäŠČŘŽÚÝÁŤŽ"},
		{[]string{"windows-1250", "iso-8859-2"}, latin, 0.9, "áéíóöőúüűÁÉÍÓÖŐÚÜŰ"},
		{[]string{"windows-1250", "iso-8859-2"}, latin, 0.9, "ăâîşţĂÂÎŞŢ"},
		{[]string{"windows-1250", "iso-8859-2"}, latin, 0.9, "čćđšžČĆĐŠŽ"},
		{[]string{"windows-1254"}, latin, 0.9, "ığşçöüâîİĞŞÇÖÜ"},
		{[]string{"windows-1257"}, latin, 0.9, "āčēģīķļņšūžąęėįųõäöüĀČĒĢĪĶĻŅŠŪŽĄĘĖĮŲ"},
		{[]string{"windows-1253", "iso-8859-7"}, alphabet, 0.8, "αοιετσνηυρπκμλςωόίέάδγήύχώθφβξζψ"},
		{[]string{"windows-1255"}, alphabet, 0.8, "יוהלארתבשמנעםדקחפסטןגצזכךץף"},
		{[]string{"windows-1256", "iso-8859-6"}, alphabet, 0.8, "اليمنتربوعدسفهكقحجشطصخةىذئءغضزثأإؤپچژگ،؟"},
		{[]string{"windows-874"}, alphabet, 0.7, "านรอก่เง้มยลวิดีทสะตัปบคหแจพชขใไโผซธศณภญื์ุู็ำ"},
	}
}

// The most frequent characters of languages with many.
const (
	wideMarks = "，。、：；（）《》「」！？　・ー"
	hans      = wideMarks + "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
	hant      = wideMarks + "的一是不我有大在人了中到資要可以這個你會好為上來就學交也用能如時文沒說他看那問生提下過請天們所多麼小想得之還電出工對都機自後子而訊站去心只家知國台很信成章何同道地發法無然但嗎當於本現年前真最和新因果定意情點題其事方清科樣些吧三此位理行作經者什誰進明日己開系長實動面起分又全與關種使體及並見民間將從兩高主市第業部表被性報公次力教員向等外比重"
	kana      = wideMarks + "ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろわをんァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロワヲンヴ日本年月人大会社者時分国事東一中"
	hangul    = wideMarks + "이다는에의을를가은고지하한기로사도리서인어해대자시나정과있수들라그아전일부스게장보제동주상여원니구안었조면신성만연무오화경소유적세공우것마모진국미했선당위으학야되발생비내물실개중문회관회방식거러요"
)
