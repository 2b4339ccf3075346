package augment

import "fmt"

// comment is one spun comment; its writer bears a keyword or a person's name.
func (g *generator) comment(v voice, keywordName bool) entry {
	e := entry{hasComment: true, date: g.date(v.lang), author: run{text: g.personName(v), keyword: true}}
	if keywordName {
		e.author.text = titled(g.item(v))
		if len(v.names) > 0 && g.chance(2) {
			e.author.text = g.fill(v, pick(g.rng, v.names))
		}
	}
	from := v.comments
	common := g.lists.common.sections[v.lang]
	if common == nil {
		common = g.lists.common.sections["en"]
	}
	if len(from) == 0 || !g.chance(4) {
		from = common.comments
	}
	e.runs = g.expand(v, pick(g.rng, from))
	return e
}

// trackback is what a blog shows of another that links to it.
func (g *generator) trackback(v voice) entry {
	e := entry{hasComment: true, date: g.date(v.lang), author: run{text: titled(g.item(v)), keyword: true}}
	open := pick(g.rng, []string{"[…] ", "[...] ", "… ", "Trackback: ", "Pingback: "})
	e.runs = append([]run{{text: open}}, g.sentences(v, 1)...)
	e.runs = append(e.runs, run{text: " […]"})
	return e
}

func (g *generator) date(lang string) string {
	day, month, year := 1+g.rng.IntN(28), 1+g.rng.IntN(12), 2009+g.rng.IntN(18)
	hour, minute := g.rng.IntN(24), g.rng.IntN(60)
	switch lang {
	case "en":
		m := []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}[month-1]
		return fmt.Sprintf("%s %d, %d at %d:%02d %s", m, day, year, 1+hour%12, minute, []string{"am", "pm"}[hour/12])
	case "zh", "ja":
		return fmt.Sprintf("%d年%d月%d日 %d:%02d", year, month, day, hour, minute)
	case "ko":
		return fmt.Sprintf("%d.%02d.%02d %02d:%02d", year, month, day, hour, minute)
	}
	return fmt.Sprintf("%02d.%02d.%d %02d:%02d", day, month, year, hour, minute)
}
