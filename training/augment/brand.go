package augment

import (
	"strings"
	"sync"
)

// tongue is how one manner of made-up names sounds: a first part, middle parts
// and a last one. The names are many more than a model could learn.
type tongue struct{ heads, middles, tails []string }

// letters splits a list of parts.
func letters(s string) []string { return strings.Fields(s) }

// latin are the manners of names in Latin letters; a name is drawn from one.
var latin = sync.OnceValue(func() []tongue {
	return []tongue{
		{ // Italian, Spanish
			letters("al ar be bel ca car co cor da di fa fer gia gio la lo lu ma mar mo na or pa pie qua ri ro sa sal sca te tor va ve vi zan"),
			letters("ba bel ca chi da di fi ga gli la le li lla ma mi na ni no pe ra ri ro sa si ssa ta ti va vi"),
			letters("dino gni lano lini llo ma nelli netto ni no ra ri ro rto schi ssi sti tta tti va vari zio zza"),
		},
		{ // German, Dutch
			letters("al bau ber bie bla bor brü del die ebe eck fal fel fre gel gri hag hal har heid kal kar kel klin kro land lin lor mai mer nor ost pel rei rhein roth schal schö schwar sie stein stol teu thal wal wein wes win zim"),
			letters("ber de der el en er ge in ken la li mer nau ren sen ter wen"),
			letters("bach bauer berg born brecht burg dorf feld fels gard haus heim hof horst huber hus kamp lach land lein ler mann mark mut ner rath rich rode sen stadt ster tal thal walder wig wold"),
		},
		{ // English
			letters("ash ax bar black blake brack bram bright brook cald carl chad clay cole cres dal den dray dun east fair fen fos gar glen gran hal harp haw hol kel kings lang leigh lock mal mar mel mill nor oak pem pres quin rad red rook sal sedge shel stan staf thorn tor wal wen wes whit win wood wyn"),
			letters("a ber cot den der ding er field ham ing ken ling min ner stone ter ton ver wick"),
			letters("bourne bridge brook bury by cote croft dale den don field ford gate grove ham hurst land leigh ley lock more ner ridge stead stone ton wade ward well wick wood worth"),
		},
		{ // French
			letters("au bau bel ber bois bou bri cha char che cla cour de du fau fleu four gau gui jac la lan lau le lou mail mar mau mon mor per pon re ri ro sau thi va val ver vi"),
			letters("be bi ci de do la lé li mi na né ni ra re ri si té ti vi"),
			letters("chet court cy dal del don geot gnac lac lard let lier lin main mont nard neau net quet rac rand ret ron seau son teau tier val vier ville"),
		},
		{ // Nordic
			letters("aal ak an arn as bjel bor dal ei el en fjal fol fros gran haf hal hel hol is jen kal kol lag lin lof lun mal nor od ol ran rosk sand ska skog sol stor strand sund sve tor ul val vik vin"),
			letters("a be da de el er ga ge ka la le li ma na ra sa ta"),
			letters("berg borg bro bäck dahl dal gaard gren havn heim holm kvist land lund mark nes ne rud ström sen skog son stad sted strand sund vang vik ås"),
		},
		{ // of marketing
			letters("aer al av bio bri cy dor el en ev fi flo gly hy in ju kin ko lu lyf max me nu ny om or ox pix pla qui ra ro sa se sky so ste sy tec tri ul va ve vi vo xe ya zen zi zo"),
			letters("bri ca co da di do ga go la le li lo ma me mo na ne no ra ri ro sa so ta ti to va ve vi zo"),
			letters("ba bix cor dia dox fit flex gen go ify ix la lex lia lio lo ly max mio mo na nex nix nos nova ora pro que ra rex rise rix ro ron sy ta tech tix tra va vex via vita vo vya xa xis za zen zio"),
		},
		{ // Japanese, as written in Latin letters
			letters("a ai aka chi fu ha hi hiro i ishi ka kami kawa ki kita ko ku ma matsu mi michi mori na naka ni no o saka sato shi shima su ta taka to tsu u ya yama yo"),
			letters("da do ga ka ki ko ku ma mi na no ra ri sa shi ta to"),
			letters("be da do e gawa hara hashi jima ka ki ko ku ma mi moto mura nabe no oka ra ri saki ta tani uchi wa ya zaki zawa"),
		},
	}
})

// native are the manners of names in other scripts, by language.
var native = sync.OnceValue(func() map[string]tongue {
	cyrillic := tongue{
		letters("Ал Бар Бел Бо Вер Вол Гра Дар Дон Ев Зар Ива Ка Кры Ла Лю Ма Мир Мо Не Ор Пан Пет Ра Род Сал Сев Со Та Тру Фе Хор Цар Чер Ши Эль Юр Яр"),
		letters("ба ва ви го да ди ди за ка ли ло ма ми на ни ра ри ро са та ти"),
		letters("град дар дов зин ин кас лан лекс лина маш мед мин на нов рон рус сервис ск ск строй тек тон трейд фарм цев ция ян"),
	}
	ja := tongue{
		letters("ア アル イ エ オ カ キャ クラ コ サ シェ ス セ タ ティ ナ ノ ハ フィ ブル ベ マ ミ メ モ ラ リ ル レ ロ ヴィ"),
		letters("イ カ ギ シ ダ デ ト ナ ニ バ マ ミ ラ リ ル ロ"),
		letters("ア ーナ ール ィア カ クス コ ズ ス ゾン タ ット ド ーニ ニア ノ バ ブ マ ラ リ ルド レ ン"),
	}
	zh := tongue{
		letters("博 晨 达 德 东 方 丰 富 光 广 海 瀚 恒 宏 华 嘉 金 凯 康 利 联 龙 美 明 南 宁 普 启 瑞 盛 泰 天 同 旺 欣 鑫 兴 雅 益 永 宇 源 云 泽 正 中 卓"),
		letters("安 邦 诚 达 德 恩 丰 福 冠 和 恒 华 嘉 康 利 隆 美 宁 瑞 泰 祥 源"),
		letters("宝 堡 达 德 尔 芬 福 佳 科 克 兰 乐 莱 利 林 隆 美 纳 妮 派 奇 润 斯 思 特 通 维 源 之"),
	}
	ko := tongue{
		letters("가 고 그 나 노 다 대 라 로 루 마 모 미 바 보 비 사 서 세 소 아 에 온 유 이 자 제 카 코 태 파 하 한 해"),
		letters("가 나 노 다 라 렌 로 루 리 마 미 바 비 사 시 아 온 지 타"),
		letters("가 나 너 닉 다 든 라 란 로 론 루 리 린 마 빈 비 스 안 온 젠 즈 지 카 크 터 텍 토 트 티 하"),
	}
	arabic := tongue{
		letters("ال آل با بر تا جا دا را رو زا سا سي شا صا طا عا غا فا كا لا ما مو نا نو ها وا يا"),
		letters("با بي تا دي را ري زي سا سي فا كا لا لي ما مي نا ني ها"),
		letters("تكس دان دي راد رام رة رون زان ساز سان شار فار كو لان مار مي نا ند نور هان ون يا ين"),
	}
	th := tongue{
		letters("กา ชา ดา ตา ทอ นา บุ ปา พร มา ยู รัต ลา วี ศรี สา สุ อา"),
		letters("กร จิ ดา ทิ นา พา มา ริ ลี วา สิ"),
		letters("กุล ชัย ดี ทอง ธร นนท์ ภูมิ มาศ ยา รัตน์ วงศ์ วัฒน์ ศิริ สุข"),
	}
	el := tongue{
		letters("Αλ Αν Αρ Βα Γα Δη Ελ Ζα Θε Κα Κο Λα Μα Μη Να Νι Πα Ρο Σα Στα Τρι Φι Χα"),
		letters("γα δη θε κο λα λι μα μι νι πο ρα ρι σα τα τρο"),
		letters("δης δου ζας θος κης κος λης μος νος πουλος ρας ρης σης τας της τρα"),
	}
	he := tongue{letters("א אל ב בר ג ד ה ז ח ט כ ל מ נ ס ע פ צ ק ר ש ת"), letters("ב ג ו י ל מ נ ר"), letters("ון ית ור ים ל ן ר ה וס קס טק ני לי")}
	hi := tongue{letters("अ आ का गा चा जा ता दा ना पा बा मा या रा ला वा शा सा हा"), letters("का ता ना मा या रा ला वी शि"), letters("न त्र द्र पुर नी मा या र ल वी श ष्टा ज क")}
	return map[string]tongue{
		"ru": cyrillic, "uk": cyrillic, "ar": arabic, "fa": arabic,
		"ja": ja, "zh": zh, "ko": ko, "th": th, "el": el, "he": he, "hi": hi,
	}
})

// sound is one name in a manner.
func (g *generator) sound(t tongue) string {
	name := pick(g.rng, t.heads)
	if g.chance(3) {
		name += pick(g.rng, t.middles)
	}
	return name + pick(g.rng, t.tails)
}

// brand makes up a brand's name, so that no real one is learnt as spam. Shops'
// own menus draw from the same well: a name alone says nothing. Where the
// language has a script of its own, half of the names are in it.
func (g *generator) brand(lang string) string {
	if t, ok := native()[lang]; ok && g.chance(2) {
		return g.sound(t)
	}
	t := pick(g.rng, latin())
	name := titled(g.sound(t))
	switch g.rng.IntN(16) {
	case 0:
		return name + " " + titled(g.sound(t))
	case 1:
		return pick(g.rng, []string{"Dr. ", "Von ", "El ", "La ", "St. ", "Mac", "Le ", "Van "}) + name
	case 2:
		return name + " & " + titled(g.sound(t))
	case 3:
		return titled(g.sound(t)) + " by " + name
	case 4:
		return pick(g.rng, letters("A B C D E G J K L M N P R S T V W")) + "." + pick(g.rng, letters("A B C D E G J K L M N P R S T V W")) + ". " + name
	case 5:
		return strings.ToUpper(name)
	}
	return name
}

// syllables makes up lower-case names for hosts, classes and ids.
func (g *generator) syllables(n int) string {
	t := pick(g.rng, latin())
	s := pick(g.rng, t.heads)
	for range n - 1 {
		s += pick(g.rng, t.middles)
	}
	return ascii(s)
}

// ascii drops what does not stand in hosts.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		return -1
	}, s)
}
