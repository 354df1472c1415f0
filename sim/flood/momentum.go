package flood

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

	n     int                        // wet faces
	face  [stripTiles * side]int32   // their places in the row
	depth [stripTiles * side]float64 // over the sill [m]
	drive [stripTiles * side]float64 // flux without friction [m2/s]
	drag  [stripTiles * side]float64 // g n2 dt |q| [m^(7/3)]
}

// gather looks at the faces between the n cells from c on and those before them, which lie ahead cells earlier; the
// fluxes q are through these faces, those across through the faces that stand at their ends, aside cells apart.
// De Almeida et al. 2012, equation 9: a face's own flux counts theta, its two neighbours in line the rest.
func (m *momentum) gather(cells []cell, q, across []float64, c, n, ahead, aside int) {
	here := cells[c : c+n]
	before := cells[c-ahead:][:n]
	own, back, front := q[c:][:n], q[c-ahead:][:n], q[c+ahead:][:n]
	a0, a1 := across[c-ahead:][:n], across[c:][:n]
	a2, a3 := across[c-ahead+aside:][:n], across[c+aside:][:n]
	k := 0
	for i := range here {
		p, o := &before[i], &here[i]
		if p.h <= m.wet && o.h <= m.wet {
			continue
		}
		// The depth over the sill is max(level) - max(bed), written with differences of level and bed only.
		rise := float64((o.bed - p.bed) * 1e-3)
		fall := p.h - o.h - rise
		depth := p.h + float64(0.5*(math.Abs(fall)-fall-rise-math.Abs(rise)))
		if !(depth > m.wet) || k >= len(m.face) {
			continue
		}
		side := float64(0.25 * (a0[i] + a1[i] + a2[i] + a3[i]))
		push := float64(float64(m.push*depth) * fall)
		drive := float64(m.theta*own[i]) + float64(m.beside*(back[i]+front[i])) + push
		if drive*fall < 0 {
			drive = own[i] + push // against the fall of the level: without the neighbours (Bates et al. 2010)
		}
		rough := p.rough + o.rough
		m.face[k] = int32(i)
		m.depth[k] = depth
		m.drive[k] = drive
		m.drag[k] = float64(float64(m.dt*rough)*rough) * math.Sqrt(float64(own[i]*own[i])+float64(side*side))
		k++
	}
	m.n = k
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
