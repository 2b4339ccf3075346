package feature

import "github.com/pagesieve/pagesieve/classifier/block"

// ForeignHosts is the hosts that block i's links lead to, one for each link to
// another site, in order; without www. and in lower case.
func (f *Page) ForeignHosts(i int) []string {
	b := &f.Source.Blocks[i]
	if b.Links == 0 {
		return nil
	}
	var hosts []string
	for k := range b.Marks {
		if m := &b.Marks[k]; m.Kind == block.MarkLink {
			if kind, host := f.layout.target(m.Href); kind == targetForeign {
				hosts = append(hosts, host)
			}
		}
	}
	return hosts
}
