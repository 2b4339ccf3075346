#include "textflag.h"

// Lots of 32 rows; see cuts.go.

// LEFT(at, T): T has −1 for each row that goes left at the turn at SI+at.
#define LEFT(at, T) \
	MOVL         at(SI), AX        \
	VPBROADCASTB (at+4)(SI), T     \
	VPCMPGTB     (DI)(AX*1), T, T

// JOIN(at, L, R, C): L is the leaf's number less a constant, of the subtree of
// the turn at SI+at whose children gave L and R. C is −(half its leaves).
#define JOIN(at, L, R, C) \
	LEFT(at, Y14)                 \
	VPBLENDVB    Y14, L, R, L     \
	VPAND        Y14, C, Y14      \
	VPADDB       Y14, L, L

// The subtrees of 3, 7 and 15 turns from SI+at on, in T.
#define TREE3(at, T) \
	LEFT(at, T)                   \
	LEFT((at+8), Y15)             \
	JOIN((at+16), T, Y15, Y10)
#define TREE7(at, T, U) \
	TREE3(at, T)                  \
	TREE3((at+24), U)             \
	JOIN((at+48), T, U, Y11)
#define TREE15(at, T, U, V) \
	TREE7(at, T, U)               \
	TREE7((at+56), U, V)          \
	JOIN((at+112), T, U, Y12)

// LEAVES(X, S) adds the leaves whose numbers are the lowest 8 bytes of X to S.
#define LEAVES(X, S) \
	VPMOVZXBD    X, Y8            \
	VPERMPS      (DX), Y8, Y9     \
	VPERMPS      32(DX), Y8, Y2   \
	VPERMPS      64(DX), Y8, Y3   \
	VPERMPS      96(DX), Y8, Y14  \
	VPSLLD       $28, Y8, Y15     \
	VPSLLD       $27, Y8, Y8      \
	VBLENDVPS    Y15, Y2, Y9, Y9  \
	VBLENDVPS    Y15, Y14, Y3, Y3 \
	VBLENDVPS    Y8, Y3, Y9, Y9   \
	VADDPS       Y9, S, S

// func growTrees(turns *turn, leaf *float32, trees int, columns *uint8, sums *float32)
TEXT ·growTrees(SB), NOSPLIT, $0-40
	MOVQ turns+0(FP), SI
	MOVQ leaf+8(FP), DX
	MOVQ trees+16(FP), CX
	MOVQ columns+24(FP), DI
	MOVQ sums+32(FP), BX
	VMOVUPS (BX), Y4
	VMOVUPS 32(BX), Y5
	VMOVUPS 64(BX), Y6
	VMOVUPS 96(BX), Y7
	VPCMPEQB Y10, Y10, Y10 // −1
	VPADDB   Y10, Y10, Y10 // −2
	VPADDB   Y10, Y10, Y11 // −4
	VPADDB   Y11, Y11, Y12 // −8
	VPADDB   Y12, Y12, Y13 // −16

tree:
	TREE15(0, Y0, Y1, Y2)
	TREE15(120, Y1, Y2, Y3)
	JOIN(240, Y0, Y1, Y13)
	VPADDB       ·thirtyOne(SB), Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	LEAVES(X0, Y4)
	VPSRLDQ      $8, X0, X0
	LEAVES(X0, Y5)
	LEAVES(X1, Y6)
	VPSRLDQ      $8, X1, X1
	LEAVES(X1, Y7)
	ADDQ $248, SI
	ADDQ $128, DX
	DECQ CX
	JNZ  tree
	VMOVUPS Y4, (BX)
	VMOVUPS Y5, 32(BX)
	VMOVUPS Y6, 64(BX)
	VMOVUPS Y7, 96(BX)
	VZEROUPPER
	RET

// func rankColumns(x, cuts *float32, counts *int32, inputs int, columns *uint8)
TEXT ·rankColumns(SB), NOSPLIT, $0-40
	MOVQ x+0(FP), SI
	MOVQ cuts+8(FP), DX
	MOVQ counts+16(FP), R8
	MOVQ inputs+24(FP), CX
	MOVQ columns+32(FP), DI
	VMOVDQU ·unpacked(SB), Y15

input:
	VMOVUPS (SI), Y0
	VMOVUPS 32(SI), Y1
	VMOVUPS 64(SI), Y2
	VMOVUPS 96(SI), Y3
	VPXOR   Y4, Y4, Y4
	VPXOR   Y5, Y5, Y5
	VPXOR   Y6, Y6, Y6
	VPXOR   Y7, Y7, Y7
	MOVL    (R8), AX

cut:
	VBROADCASTSS (DX), Y8
	VCMPPS $0x1e, Y8, Y0, Y9  // greater
	VCMPPS $0x1e, Y8, Y1, Y10
	VCMPPS $0x1e, Y8, Y2, Y11
	VCMPPS $0x1e, Y8, Y3, Y12
	VPSUBD Y9, Y4, Y4
	VPSUBD Y10, Y5, Y5
	VPSUBD Y11, Y6, Y6
	VPSUBD Y12, Y7, Y7
	ADDQ   $4, DX
	DECL   AX
	JNZ    cut
	VPACKSSDW Y5, Y4, Y4
	VPACKSSDW Y7, Y6, Y6
	VPACKUSWB Y6, Y4, Y4
	VPERMD    Y4, Y15, Y4
	VMOVDQU   Y4, (DI)
	ADDQ $128, SI
	ADDQ $4, R8
	ADDQ $32, DI
	DECQ CX
	JNZ  input
	VZEROUPPER
	RET

DATA ·thirtyOne+0(SB)/8, $0x1f1f1f1f1f1f1f1f
DATA ·thirtyOne+8(SB)/8, $0x1f1f1f1f1f1f1f1f
DATA ·thirtyOne+16(SB)/8, $0x1f1f1f1f1f1f1f1f
DATA ·thirtyOne+24(SB)/8, $0x1f1f1f1f1f1f1f1f
GLOBL ·thirtyOne(SB), RODATA|NOPTR, $32

// Where each four rows are after packing.
DATA ·unpacked+0(SB)/8, $0x0000000400000000
DATA ·unpacked+8(SB)/8, $0x0000000500000001
DATA ·unpacked+16(SB)/8, $0x0000000600000002
DATA ·unpacked+24(SB)/8, $0x0000000700000003
GLOBL ·unpacked(SB), RODATA|NOPTR, $32
