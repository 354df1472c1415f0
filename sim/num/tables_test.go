package num

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"math"
	"math/big"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the table files anew; the run then fails, so that it is looked at")

// TestTables computes the tables of the package from their definitions and compares them with the files.
func TestTables(t *testing.T) {
	for _, f := range []struct{ file, text string }{
		{"exp_table.go", expTableText()},
		{"log_table.go", logTableText()},
		{"cbrt_table.go", cbrtTableText()},
		{"pi_table.go", piTableText()},
	} {
		want, err := format.Source([]byte("package num\n\n" + f.text))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(f.file)
		if err != nil {
			t.Skipf("the source files are not here (a test binary that was moved): %v", err)
		}
		if bytes.Equal(got, want) {
			continue
		}
		t.Errorf("%s differs from its definition", f.file)
		if *update {
			if err := os.WriteFile(f.file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// split returns x as a float64 rounded to multiples of 2^-n (to nearest where n is 0) and the rest as another.
func split(x *big.Float, n int) (hi, lo float64) {
	hi = float(x)
	if n != 0 {
		hi = math.Ldexp(math.RoundToEven(float(shift(x, n))), -n)
	}
	return hi, float(sub(x, bf(hi)))
}

func expTableText() string {
	s := "// expTable[j] is 2^(j/128), written by TestTables.\nvar expTable = [128]expEntry{\n"
	for j := range 128 {
		v := refExp(mul(refLn2(), bf(float64(j)/128)))
		hi, lo := split(v, 0)
		s += fmt.Sprintf("\t{%x, %#016x},\n", float(quo(bf(lo), v)), math.Float64bits(hi))
	}
	return s + "}\n"
}

func logTableText() string {
	s := "// logTable[i] belongs to the interval of i/128 of the octave from logStart, written by TestTables.\n" +
		"var logTable = [128]logEntry{\n"
	for i := range uint64(128) {
		a := math.Float64frombits(logStart + i<<45)
		b := math.Float64frombits(logStart + (i+1)<<45)
		inv := math.Round(2/(a+b)*512) / 512
		if a <= 1 && 1 < b {
			inv = 1
		}
		hi, lo := split(neg(refLog(bf(inv))), 42)
		s += fmt.Sprintf("\t{%x, %x, %x},\n", inv, hi+0, lo+0)
	}
	return s + "}\n"
}

func cbrtTableText() string {
	s := "// cbrtTable[32*s+j] belongs to m in [1+j/32, 1+(j+1)/32) and 2^s, written by TestTables.\n" +
		"var cbrtTable = [96]cbrtEntry{\n"
	for i := range 96 {
		m, scale := 1+float64(i%32)/32, math.Ldexp(1, i/32)
		y0, y1 := refCbrt(bf(m*scale)), refCbrt(bf((m+1./32)*scale))
		b := float(shift(sub(y1, y0), 5))
		// The error of the chord is greatest where the slope of the root is b, 2^s/(3 y^2) = b: split it.
		y := math.Sqrt(scale / 3 / b)
		at := y * y * y / scale
		chord := float(y0) + float64(b*(at-m))
		a := float(sub(y0, mul(bf(b), bf(m)))) + (y-chord)/2 + 0x1p-17
		s += fmt.Sprintf("\t{%x, %x},\n", a, b)
	}
	return s + "}\n"
}

func piTableText() string {
	q := new(big.Float).SetPrec(widePrec).Quo(big.NewFloat(2), widePi())
	q.SetMantExp(q, 20*64)
	n, _ := q.Int(nil)
	s := "// twoOverPi is 64 zero bits and the first 1280 bits of 2/pi behind the point, written by TestTables.\n" +
		"var twoOverPi = [21]uint64{\n\t0,\n"
	for i := 19; i >= 0; i-- {
		w := new(big.Int).Rsh(n, uint(64*i))
		s += fmt.Sprintf("\t%#016x,\n", new(big.Int).And(w, new(big.Int).SetUint64(math.MaxUint64)).Uint64())
	}
	return s + "}\n"
}
