//go:build !amd64

package bayes

func hasVectors() bool { return false }

func rankColumns(x, cuts *float32, counts *int32, inputs int, columns *uint8) {
	panic("not on this processor")
}

func growTrees(turns *turn, leaf *float32, trees int, columns *uint8, sums *float32) {
	panic("not on this processor")
}
