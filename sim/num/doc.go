// Package num holds the elementary functions and the float-to-integer gate of the simulation core, with the same bits
// on every machine.
//
// Replays, films and keyframes compare digests of state, so one last bit that differs between two computers is a
// broken promise. IEEE 754 fixes +, -, *, / and the square root, but three things still differ in Go:
//
//   - package math has assembly for some functions on some architectures. math.Exp and math.Pow even take another path
//     on two amd64 processors, depending on whether the processor has fused multiply-add.
//   - the compiler may fuse x*y + z into one instruction with one rounding on arm64, riscv64, loong64, ppc64, s390x and
//     on amd64 with GOAMD64=v3, but not on amd64 v1 or wasm. An explicit conversion, float64(x*y) + z, forbids it.
//   - a conversion from float to integer is left to the machine when the value does not fit.
//
// The functions here are pure Go, every product that meets a sum carries the conversion, and a conversion to an integer
// panics with the value when it does not fit (or saturates where the name says Clamp). From package math they use only
// what is exact everywhere: Sqrt, Abs, Floor, the bit conversions and constants.
//
// # Accuracy
//
// Each function states its error in ulp, the distance from the true value measured in units of the last place of the
// true value. A perfectly rounded result has at most 0.5 ulp. The tests measure the errors against series of 384 and
// more bits and fail when a stated bound is passed. NaN results carry no particular payload.
//
// # Sources
//
//	Exp, Expm1   table of 2^(j/128) and a short polynomial: P. T. P. Tang, "Table-driven implementation of the
//	             exponential function in IEEE floating-point arithmetic", ACM TOMS 15 (1989) 144-157.
//	Log, Log1p   table of reciprocals and a polynomial: P. T. P. Tang, "Table-driven implementation of the logarithm
//	             function in IEEE floating-point arithmetic", ACM TOMS 16 (1990) 378-400; kept in two doubles.
//	Pow          exp(y log x) in two doubles: T. J. Dekker, "A floating-point technique for extending the available
//	             precision", Numerische Mathematik 18 (1971) 224-242.
//	Sin, Cos     fdlibm kernels; reduction by W. J. Cody and W. Waite, "Software Manual for the Elementary Functions"
//	             (1980), and M. Payne and R. Hanek, "Radian reduction for trigonometric functions", SIGNUM
//	             Newsletter 18 (1983) 19-24.
//	Atan, Erf    fdlibm (FreeBSD msun), whose notice stands in notice.go.
//	Tanh         S. L. Moshier, Cephes Mathematical Library 2.8 (2000), tanh.c, near 0; by Exp elsewhere.
//	Cbrt         straight lines from a table, then the binomial series of an exact residual.
//	Normal       M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics
//	             37 (1988) 477-484.
package num
