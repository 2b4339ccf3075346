package bayes

import "golang.org/x/sys/cpu"

// hasVectors says whether the processor can do what growTrees and rankColumns
// ask of it.
func hasVectors() bool { return cpu.X86.HasAVX2 }

// rankColumns fills columns with how many of the cuts of its input each x is
// above. counts is how many each input has, at least one.
//
//go:noescape
func rankColumns(x, cuts *float32, counts *int32, inputs int, columns *uint8)

// growTrees adds the leaves of at least one tree to the sums.
//
//go:noescape
func growTrees(turns *turn, leaf *float32, trees int, columns *uint8, sums *float32)
