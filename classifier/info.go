package classifier

import (
	"slices"

	"github.com/pagesieve/pagesieve/classifier/feature"
)

// ModelInfo is what a model holds and where it comes from.
type ModelInfo struct {
	Name, Digest string // Digest is the SHA-256 of the file without its last 32 bytes, hex
	Schema       string // the inputs it was trained for
	Views        []ViewInfo
	KindTokens   int      // tokens that tell page kinds apart
	Trees        int      // in all pools
	Notes        []string // provenance, "key: value" each
}

// ViewInfo is one view of a model.
type ViewInfo struct {
	Name   string
	Tokens int
}

// ModelInfo tells about the model.
func (c *Classifier) ModelInfo() ModelInfo {
	m := c.model
	info := ModelInfo{Name: m.Name, Digest: m.Digest, Schema: feature.Schema(), KindTokens: m.Kinds.Len(), Notes: slices.Clone(m.Notes)}
	for v, t := range m.Views {
		info.Views = append(info.Views, ViewInfo{feature.View(v).String(), t.Len()})
	}
	for f := range m.Pools {
		for pass := range m.Pools[f] {
			info.Trees += m.Pools[f][pass].Trees()
		}
	}
	return info
}
