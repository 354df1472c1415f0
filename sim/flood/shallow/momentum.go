package shallow

import (
	"math"
)

// momentum computes the fluxes through the faces of a row of cells. It holds the factors that are the same for all
// faces of a step, and the wet faces of the row that is being computed: a first pass gathers them, a second solves
// the equation for all of them without a branch in its way.
type momentum struct {
	dt     float64 // [s]
	push   float64 // g dt/dx [m/s]
	wet    float64 // [m]
	theta  float64
	beside float64 // (1 - theta)/2
	cap2   float64 // g Fr^2 [m/s2]
	advect float64 // dt/dx when momentum is advected, else 0 [s/m]

	n     int                        // wet faces
	face  [stripTiles * Side]int32   // their places in the row
	depth [stripTiles * Side]float64 // over the sill [m]
	drive [stripTiles * Side]float64 // flux without friction [m2/s]
	drag  [stripTiles * Side]float64 // g n2 dt |q| [m^(7/3)]
}

// gather looks at the faces between the n cells from c on and those before them, which lie ahead cells earlier; the
// fluxes q are through these faces, those across through the faces that stand at their ends, aside cells apart.
// De Almeida et al. 2012, equation 9: a face's own flux counts theta, its two neighbours in line the rest.
func (m *momentum) gather(cells []Cell, q, across []float64, c, n, ahead, aside int) {
	here := cells[c : c+n]
	before := cells[c-ahead:][:n]
	own, back, front := q[c:][:n], q[c-ahead:][:n], q[c+ahead:][:n]
	a0, a1 := across[c-ahead:][:n], across[c:][:n]
	a2, a3 := across[c-ahead+aside:][:n], across[c+aside:][:n]
	k := 0
	for i := range here {
		p, o := &before[i], &here[i]
		if p.H <= m.wet && o.H <= m.wet {
			continue
		}
		// The depth over the sill is max(level) - max(bed), written with differences of level and bed only.
		rise := float64(float64(o.Bed-p.Bed) * 1e-3)
		fall := p.H - o.H - rise
		depth := p.H + float64(0.5*(math.Abs(fall)-fall-rise-math.Abs(rise)))
		if !(depth > m.wet) || k >= len(m.face) {
			continue
		}
		side := float64(0.25 * (a0[i] + a1[i] + a2[i] + a3[i]))
		push := float64(float64(m.push*depth) * fall)
		drive := float64(m.theta*own[i]) + float64(m.beside*(back[i]+front[i])) + push
		if drive*fall < 0 {
			drive = own[i] + push // against the fall of the level: without the neighbours (Bates et al. 2010)
		}
		rough := float64(p.Rough + o.Rough)
		m.face[k] = int32(i)
		m.depth[k] = depth
		m.drive[k] = drive
		m.drag[k] = float64(float64(m.dt*rough)*rough) * math.Sqrt(float64(own[i]*own[i])+float64(side*side))
		k++
	}
	m.n = k
}

// advectMax is the greatest change of velocity by advection [m/s2] (as in SFINCS 2.4): at a front, where the depth goes
// to zero, the quotient of two small numbers would be out of proportion.
const advectMax = 1.0

// carry takes from the gathered faces the momentum that leaves their control volume more than enters it, first order
// upwind: in line through the middles of the two cells, across through the two ends of the face (the momentum-
// conserving form of Stelling and Duinmeijer 2003). The arguments are those of gather.
func (m *momentum) carry(cells []Cell, q, across []float64, c, ahead, aside int) {
	for k := range m.n {
		f := c + int(m.face[k])
		b := f - ahead
		net := m.through((q[f]+q[f+ahead])/2, q[f], q[f+ahead], cells[f].H) -
			m.through((q[b]+q[f])/2, q[b], q[f], cells[b].H)
		own := (cells[b].H + cells[f].H) / 2
		for _, end := range [2]struct {
			flux float64
			to   int
			sign float64
		}{{(across[b+aside] + across[f+aside]) / 2, aside, 1}, {(across[b] + across[f]) / 2, -aside, -1}} {
			carried, depth := q[f], own
			if float64(end.flux*end.sign) < 0 { // comes in from the next face
				carried, depth = q[f+end.to], (cells[b+end.to].H+cells[f+end.to].H)/2
			}
			if depth > m.wet {
				net += float64(end.sign * float64(end.flux*carried/depth))
			}
		}
		limit := float64(float64(advectMax*m.dt) * m.depth[k])
		m.drive[k] -= max(-limit, min(float64(m.advect*net), limit))
	}
}

// through is the momentum that a flux takes through the middle of a cell: that of the face from which it comes.
func (m *momentum) through(flux, low, high, depth float64) float64 {
	if depth <= m.wet {
		return 0
	}
	if flux > 0 {
		return float64(flux*low) / depth
	}
	return float64(flux*high) / depth
}

// settle solves the momentum equation with friction for the gathered faces and writes the row's fluxes.
func (m *momentum) settle(out []float64) {
	clear(out)
	face, depth, drive, drag := m.face[:m.n], m.depth[:m.n], m.drive[:m.n], m.drag[:m.n]
	for k, h := range depth {
		r := rootFinish(h, rootStart(h))
		r2 := float64(r * r)
		q := drive[k] / (1 + float64(float64(drag[k]*r)*float64(r2*float64(r2*r2))))
		if limit := float64(float64(float64(m.cap2*h)*h) * h); float64(q*q) > limit {
			q = math.Copysign(math.Sqrt(limit), q)
		}
		out[face[k]] = q
	}
}
