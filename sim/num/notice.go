package num

// The coefficients of the sine, cosine, arctangent and error functions in this package, and the way their intervals are
// cut, are those of fdlibm as found in FreeBSD's msun (k_sin.c, k_cos.c, s_atan.c, e_atan2.c, s_erf.c), which came with
// this notice:
//
// ====================================================
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
//
// Developed at SunPro, a Sun Microsystems, Inc. business.
// Permission to use, copy, modify, and distribute this
// software is freely granted, provided that this notice
// is preserved.
// ====================================================
