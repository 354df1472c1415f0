package flood

import "math"

// account is a sum that keeps what rounding would lose (Neumaier 1974), so that a volume that grows by small amounts
// in hundreds of thousands of steps stays exact to the last places.
type account struct{ sum, rest float64 }

// add puts an amount in.
func (a *account) add(v float64) {
	t := a.sum + v
	if math.Abs(a.sum) >= math.Abs(v) {
		a.rest += (a.sum - t) + v
	} else {
		a.rest += (v - t) + a.sum
	}
	a.sum = t
}

// value returns the sum.
func (a *account) value() float64 { return a.sum + a.rest }

// books are the volumes that have crossed the model's border since the start [m3].
type books struct {
	initial account
	rain    account // on cells and catchments, before losses
	inflow  account // hydrographs
	edgeIn  account // through boundaries, inward
	edgeOut account
	losses  account // into the ground
}

// all lists the accounts in the order in which they are saved.
func (b *books) all() []*account {
	return []*account{&b.initial, &b.rain, &b.inflow, &b.edgeIn, &b.edgeOut, &b.losses}
}
