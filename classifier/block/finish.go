package block

// finish ends the page: what can only be told once all of it has been read.
func (s *splitter) finish() {
	s.flush()
	s.popTo(0)
	if s.err != nil {
		return
	}
	s.finishForms()
	s.applyStyles()
	s.finishData()
	s.finishMeta()
}
