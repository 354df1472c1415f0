package num

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// gate is one conversion with the text of its range.
type gate struct {
	name string
	f    func(float64) int64
}

var (
	gateInt    = gate{"Int", func(x float64) int64 { return int64(Int(x)) }}
	gateInt64  = gate{"Int64", Int64}
	gateInt32  = gate{"Int32", func(x float64) int64 { return int64(Int32(x)) }}
	gateInt16  = gate{"Int16", func(x float64) int64 { return int64(Int16(x)) }}
	gateUint16 = gate{"Uint16", func(x float64) int64 { return int64(Uint16(x)) }}
	gateUint8  = gate{"Uint8", func(x float64) int64 { return int64(Uint8(x)) }}
	gateRound  = gate{"RoundInt64", RoundInt64}
	gateRoundI = gate{"RoundInt", func(x float64) int64 { return int64(RoundInt(x)) }}
	gateFloor  = gate{"FloorInt", func(x float64) int64 { return int64(FloorInt(x)) }}
	gateCeil   = gate{"CeilInt", func(x float64) int64 { return int64(CeilInt(x)) }}
	gateC16    = gate{"Clamp16", func(x float64) int64 { return int64(Clamp16(x)) }}
	gateCU16   = gate{"ClampU16", func(x float64) int64 { return int64(ClampU16(x)) }}
	gateCU8    = gate{"ClampU8", func(x float64) int64 { return int64(ClampU8(x)) }}
)

func TestConversions(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		g    gate
		x    float64
		want int64
	}{
		{gateInt, 2.9, 2}, {gateInt, -2.9, -2}, {gateInt, -0x1p63, math.MinInt64}, {gateInt, 0x1p63 - 1024, 1<<63 - 1024},
		{gateInt64, 1e18, 1e18}, {gateInt64, -0.99, 0}, {gateInt64, -0x1p63, math.MinInt64},
		{gateInt32, 2147483647.9, 2147483647}, {gateInt32, -2147483648.9, -2147483648}, {gateInt32, tiny, 0},
		{gateInt16, 32767.99, 32767}, {gateInt16, -32768.99, -32768}, {gateInt16, -0.5, 0},
		{gateUint16, 65535.99, 65535}, {gateUint16, -0.99, 0}, {gateUint8, 255.9, 255}, {gateUint8, -0.9, 0},
		{gateFloor, -0.1, -1}, {gateFloor, 2.9, 2}, {gateFloor, -3, -3}, {gateCeil, 0.1, 1}, {gateCeil, -2.9, -2},
		{gateRound, 0.5, 1}, {gateRound, -0.5, -1}, {gateRound, 2.5, 3}, {gateRound, -2.5, -3},
		{gateRound, 0.49999999999999994, 0}, {gateRound, 0x1p63 - 1024, 1<<63 - 1024},
		{gateRound, 0x1p51 + 0.5, 1<<51 + 1}, {gateRound, -0x1p51 - 0.5, -1<<51 - 1},
		{gateRound, 0x1p52 + 1, 1<<52 + 1}, {gateRound, -0x1p63, math.MinInt64}, {gateRoundI, 1.5, 2}, {gateRoundI, -0.4, 0},
		{gateC16, 1e9, 32767}, {gateC16, -1e9, -32768}, {gateC16, inf, 32767}, {gateC16, -inf, -32768}, {gateC16, 1.5, 2},
		{gateC16, -1.5, -2}, {gateC16, 32766.5, 32767}, {gateC16, 32767.4, 32767}, {gateC16, -32767.5, -32768},
		{gateCU16, -1, 0}, {gateCU16, -0.4, 0}, {gateCU16, 0.5, 1}, {gateCU16, 65535.2, 65535}, {gateCU16, inf, 65535},
		{gateCU8, 254.5, 255}, {gateCU8, 300, 255}, {gateCU8, -inf, 0},
	} {
		if got := c.g.f(c.x); got != c.want {
			t.Errorf("%s(%v) = %d, want %d", c.g.name, c.x, got, c.want)
		}
	}
}

// What does not fit panics, and the message holds the value.
func TestMisfitsPanic(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		g  gate
		xs []float64
	}{
		{gateInt, []float64{nan, inf, -inf, 0x1p63, -0x1.0000000000001p63}},
		{gateInt64, []float64{nan, inf, -inf, 0x1p63, -0x1.0000000000001p63}},
		{gateInt32, []float64{nan, inf, -inf, 2147483648, -2147483649}},
		{gateInt16, []float64{nan, inf, -inf, 32768, -32769, 1e300}},
		{gateUint16, []float64{nan, inf, -inf, 65536, -1}},
		{gateUint8, []float64{nan, inf, -inf, 256, -1}},
		{gateRound, []float64{nan, inf, -inf, 0x1p63}},
		{gateRoundI, []float64{nan, inf, -inf, 0x1p63}},
		{gateFloor, []float64{nan, inf, -inf, 1e19}},
		{gateCeil, []float64{nan, inf, -inf, 1e19}},
		{gateC16, []float64{nan}}, {gateCU16, []float64{nan}}, {gateCU8, []float64{nan}},
	} {
		for _, x := range c.xs {
			if msg := panicOf(func() { c.g.f(x) }); !strings.Contains(msg, fmt.Sprint(x)) {
				t.Errorf("%s(%v): panic %q, want one that names the value", c.g.name, x, msg)
			}
		}
	}
}

// panicOf returns the message with which f panics, or nothing.
func panicOf(f func()) (msg string) {
	defer func() {
		if r := recover(); r != nil {
			msg = fmt.Sprint(r)
		}
	}()
	f()
	return
}

// Rounding agrees with exact arithmetic.
func TestRoundIsExact(t *testing.T) {
	half := big.NewRat(1, 2)
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.OneOf(rapid.Float64Range(-1e18, 1e18), rapid.Float64Range(-10, 10),
			rapid.Map(rapid.Int64Range(-1<<53, 1<<53), func(n int64) float64 { return float64(n) / 2 })).Draw(t, "x")
		r := new(big.Rat).SetFloat64(math.Abs(x))
		r.Add(r, half)
		want := new(big.Int).Quo(r.Num(), r.Denom()).Int64()
		if x < 0 {
			want = -want
		}
		if got := RoundInt64(x); got != want {
			t.Fatalf("RoundInt64(%v) = %d, want %d", x, got, want)
		}
		if got := Round(x); got != math.Round(x) || math.Signbit(got) != math.Signbit(x) {
			t.Fatalf("Round(%v) = %v", x, got)
		}
	})
}

func TestFinite(t *testing.T) {
	for _, x := range specials {
		if got, want := Finite(x), !math.IsInf(x, 0) && !math.IsNaN(x); got != want {
			t.Errorf("Finite(%v) = %v", x, got)
		}
	}
}
