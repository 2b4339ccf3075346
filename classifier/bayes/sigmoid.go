package bayes

// sigmoid is the logistic function by table: training asks for it once a row
// and tree.
type sigmoid [2*sigmoidEnd*sigmoidSteps + 2]float32

const (
	sigmoidEnd   = 16  // from where on it is 0 or 1
	sigmoidSteps = 128 // to a unit; a straight line between them is right to 1e-6
)

func newSigmoid() *sigmoid {
	s := new(sigmoid)
	for i := range s {
		s[i] = float32(Sigmoid(float64(i)/sigmoidSteps - sigmoidEnd))
	}
	return s
}

func (s *sigmoid) at(x float32) float32 {
	x = (max(-sigmoidEnd, min(sigmoidEnd, x)) + sigmoidEnd) * sigmoidSteps
	i := int(x)
	return s[i] + (s[i+1]-s[i])*(x-float32(i))
}
