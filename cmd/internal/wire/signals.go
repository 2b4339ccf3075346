package wire

import (
	"github.com/pagesieve/pagesieve/classifier/quality"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

func signals(s *quality.Signals) *pb.Signals {
	if s == nil {
		return nil
	}
	return &pb.Signals{
		Words:                   number(s.Words),
		MeanWordLength:          s.MeanWordLength,
		HashRatio:               s.HashRatio,
		EllipsisRatio:           s.EllipsisRatio,
		BulletLines:             s.BulletLines,
		EllipsisLines:           s.EllipsisLines,
		AlphabeticWords:         s.AlphabeticWords,
		StopWords:               number(s.StopWords),
		DuplicateLines:          s.DuplicateLines,
		DuplicateLineChars:      s.DuplicateLineChars,
		DuplicateParagraphs:     s.DuplicateParagraphs,
		DuplicateParagraphChars: s.DuplicateParagraphChars,
		Top_2Gram:               s.TopNGram[0],
		Top_3Gram:               s.TopNGram[1],
		Top_4Gram:               s.TopNGram[2],
		Duplicate_5Grams:        s.DuplicateNGrams[0],
		Duplicate_6Grams:        s.DuplicateNGrams[1],
		Duplicate_7Grams:        s.DuplicateNGrams[2],
		Duplicate_8Grams:        s.DuplicateNGrams[3],
		Duplicate_9Grams:        s.DuplicateNGrams[4],
		Duplicate_10Grams:       s.DuplicateNGrams[5],
		TerminalLines:           s.TerminalLines,
		Sentences:               number(s.Sentences),
		LongLines:               s.LongLines,
		CurlyBrackets:           number(s.CurlyBrackets),
		LoremIpsum:              s.LoremIpsum,
		PolicyLines:             number(s.PolicyLines),
		ScriptLines:             number(s.ScriptLines),
		ShortLines:              s.ShortLines,
		NewlineRatio:            s.NewlineRatio,
		BodyShare:               s.BodyShare,
		LinkShare:               s.LinkShare,
		BoilerplateShare:        s.Boilerplate,
		CommentShare:            s.CommentShare,
		SpamShare:               s.SpamShare,
		WordsOnThePage:          number(s.WordsOnThePage),
	}
}

func fromSignals(m *pb.Signals) *quality.Signals {
	if m == nil {
		return nil
	}
	return &quality.Signals{
		Words:                   int(m.GetWords()),
		MeanWordLength:          m.GetMeanWordLength(),
		HashRatio:               m.GetHashRatio(),
		EllipsisRatio:           m.GetEllipsisRatio(),
		BulletLines:             m.GetBulletLines(),
		EllipsisLines:           m.GetEllipsisLines(),
		AlphabeticWords:         m.GetAlphabeticWords(),
		StopWords:               int(m.GetStopWords()),
		DuplicateLines:          m.GetDuplicateLines(),
		DuplicateLineChars:      m.GetDuplicateLineChars(),
		DuplicateParagraphs:     m.GetDuplicateParagraphs(),
		DuplicateParagraphChars: m.GetDuplicateParagraphChars(),
		TerminalLines:           m.GetTerminalLines(),
		Sentences:               int(m.GetSentences()),
		LongLines:               m.GetLongLines(),
		CurlyBrackets:           int(m.GetCurlyBrackets()),
		LoremIpsum:              m.GetLoremIpsum(),
		PolicyLines:             int(m.GetPolicyLines()),
		ScriptLines:             int(m.GetScriptLines()),
		ShortLines:              m.GetShortLines(),
		NewlineRatio:            m.GetNewlineRatio(),
		BodyShare:               m.GetBodyShare(),
		LinkShare:               m.GetLinkShare(),
		Boilerplate:             m.GetBoilerplateShare(),
		CommentShare:            m.GetCommentShare(),
		SpamShare:               m.GetSpamShare(),
		WordsOnThePage:          int(m.GetWordsOnThePage()),
		TopNGram:                [3]float64{m.GetTop_2Gram(), m.GetTop_3Gram(), m.GetTop_4Gram()},
		DuplicateNGrams: [6]float64{
			m.GetDuplicate_5Grams(),
			m.GetDuplicate_6Grams(),
			m.GetDuplicate_7Grams(),
			m.GetDuplicate_8Grams(),
			m.GetDuplicate_9Grams(),
			m.GetDuplicate_10Grams(),
		},
	}
}
