package num_test

import (
	"fmt"

	"sandtable/sim/num"
)

// A friction term per wet face: the depth of flow h in m, c in m^(7/3).
func ExamplePow73() {
	h, c := 8.0, 32.0
	p := num.Pow73(h)
	fmt.Println(p, p/(p+c))
	// Output: 128 0.8
}

// A water level in m published in whole mm.
func ExampleRoundInt64() {
	fmt.Println(num.RoundInt64(1.2345*1000), num.RoundInt64(-2.5), num.Clamp16(99.5*1000))
	// Output: 1235 -3 32767
}
