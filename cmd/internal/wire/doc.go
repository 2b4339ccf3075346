// Package wire turns the classifier's plain Go types into the messages of
// proto/pagesieve/v1 and back. It is the only place that knows both.
//
//	request.go    a Document and its Options  ⇄ ClassifyRequest
//	response.go   a Result                    ⇄ ClassifyResponse
//	comments.go   its comment forms and comments
//	signals.go    its measures of quality
//	labeled.go    a labelled page             ⇄ LabeledPage
//	enum.go       labels, kinds, verdicts …   ⇄ enums
//	codec.go      messages                    ⇄ bytes, for gRPC; pool.go lends it buffers
//	answer_….go   a ClassifyResponse          ⇄ bytes, faster
//
// Nothing is lost on the way there and back, which a test holds, but for two
// things: text that is not UTF-8, which a proto3 string cannot carry, gets
// U+FFFD in place of the broken bytes; and numbers are held to 32 bits.
package wire
