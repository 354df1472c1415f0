package road

import "sandtable/sim"

// appendJunctions saves the junctions that are not at rest. What was longer ago than a junction remembers is left out.
func (t *Traffic) appendJunctions(e *sim.Encoder) {
	js := &t.net.junctions
	e.Len(len(t.crossings))
	for junction := range t.crossings {
		c := &t.crossings[junction]
		last := t.passes(int32(junction))
		used := uint64(0)
		for k, at := range last {
			if at != past && at+recall >= t.now {
				used |= 1 << k
			}
		}
		if used == 0 && t.still(c.look) == past && !c.policed {
			continue
		}
		e.I32(js.node[junction])
		e.Bool(c.policed)
		e.Time(t.still(c.look))
		e.U64(used)
		e.U64(c.stood & used)
		for k, at := range last {
			if used>>k&1 == 1 {
				e.Time(at)
			}
		}
	}
	e.I32(-1)
}

// passes returns when the movements of a junction were used last.
func (t *Traffic) passes(junction int32) []sim.Time {
	js := &t.net.junctions
	return t.lastPass[js.first[junction]:][:len(js.patterns[js.pattern[junction]].moves)]
}

// loadJunctions reads what appendJunctions wrote.
func (t *Traffic) loadJunctions(d *sim.Decoder) {
	if !d.Fixed(len(t.crossings), "junctions") {
		return
	}
	for latest := int32(-1); ; {
		node := d.Index(len(t.nodes), "node")
		if node < 0 || d.Err != nil {
			return
		}
		junction := t.net.junctions.at[node]
		if junction <= latest {
			refuse(d, "junctions out of order")
			return
		}
		latest = junction
		c, last := &t.crossings[junction], t.passes(junction)
		c.policed, c.look = d.Bool(), d.Time()
		used, stood := d.U64(), d.U64()
		if len(last) < 64 && used>>len(last) != 0 || stood&^used != 0 || c.look > lastInstant {
			refuse(d, "a junction with other movements")
			return
		}
		c.stood = stood
		for k := range last {
			if used>>k&1 == 0 {
				continue
			}
			if last[k] = d.Time(); last[k] < 0 || last[k] > lastInstant {
				refuse(d, "a movement outside all time")
				return
			}
		}
	}
}
