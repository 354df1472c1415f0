package response

import "fmt"

// Check compares the counters with each other, and with full recounts everything. An error is a programmer's mistake.
func (r *Response) Check(full bool) error {
	if r.count.alighted > r.count.boarded || r.count.idle < 0 {
		return fmt.Errorf("response: %v: counters %+v", r.now, r.count)
	}
	if !full {
		return nil
	}
	if err := r.checkUnits(); err != nil {
		return err
	}
	if err := r.checkBoard(); err != nil {
		return err
	}
	return r.checkShelters()
}

func (r *Response) checkUnits() error {
	aboard, idle := int64(0), int32(0)
	for k := range r.units {
		u := &r.units[k]
		aboard += int64(u.aboard)
		idle += int32(bit(u.phase == phaseScene))
		if u.aboard < 0 || (u.aboard > r.fleet[k].seats && !u.over) || u.assisted < 0 || u.assisted > u.aboard {
			return fmt.Errorf("response: %v: unit %d has %d persons aboard, %d of them assisted, and %d seats", r.now, k,
				u.aboard, u.assisted, r.fleet[k].seats)
		}
		if card := r.board.card(u.claim); u.claim >= 0 && (card == nil || int(card.claim) != k) {
			return fmt.Errorf("response: %v: unit %d goes to party %d, whose call is %+v", r.now, k, u.claim, card)
		}
		if u.phase == phaseIdle && u.aboard > 0 {
			return fmt.Errorf("response: %v: unit %d in phase %d has %d persons aboard", r.now, k, u.phase, u.aboard)
		}
	}
	if aboard != r.count.boarded-r.count.alighted || idle != r.count.idle {
		return fmt.Errorf("response: %v: %d persons aboard, %d boats wait; counters %+v", r.now, aboard, idle, r.count)
	}
	return nil
}

func (r *Response) checkBoard() error {
	listed := 0
	for z := range r.board.open {
		for i, k := range r.board.open[z] {
			listed++
			c := &r.board.calls[k]
			zone := int(c.zone)
			if c.zone < 0 {
				zone = len(r.board.open) - 1
			}
			if !c.used || int(c.pos) != i || zone != z || r.board.cardOf[c.party] != k {
				return fmt.Errorf("response: %v: card %d of the board, %+v, is at %d in list %d", r.now, k, *c, i, z)
			}
			if c.claim >= 0 && r.units[c.claim].claim != c.party {
				return fmt.Errorf("response: %v: the call of party %d is claimed by unit %d, which goes to %d", r.now,
					c.party, c.claim, r.units[c.claim].claim)
			}
		}
	}
	if listed != r.OpenCalls() {
		return fmt.Errorf("response: %v: %d calls listed, %d open", r.now, listed, r.OpenCalls())
	}
	return nil
}

func (r *Response) checkShelters() error {
	inside := int64(0)
	for s := range r.shelters {
		x := &r.shelters[s]
		inside += int64(x.inside)
		queued, listed := int32(0), int32(0)
		for _, v := range x.queue[x.head:] {
			if !v.out {
				queued += v.persons
			}
		}
		for _, n := range x.zones {
			listed += n
		}
		if listed != x.inside || x.present() < 0 || x.crew < 0 || int64(x.crew) > r.sc.Shelters[s].Staff {
			return fmt.Errorf("response: %v: shelter %d has %d on its list, %d by zones, %d of them there, and %d of %d staff",
				r.now, s, x.inside, listed, x.present(), x.crew, r.sc.Shelters[s].Staff)
		}
		most := r.sc.Shelters[s].Capacity + r.sc.Shelters[s].Capacity/squeeze
		held := int32(0)
		for _, k := range x.doorstep {
			held += k.persons
		}
		if x.inside < 0 || queued > x.waiting || x.held != held || held < 0 || int64(x.inside+x.waiting) > most ||
			x.busy < 0 || int64(x.busy) > r.sc.Shelters[s].Desks {
			return fmt.Errorf("response: %v: shelter %d of %d places has %d inside, %d waiting, %d of them in the queue, "+
				"%d desks busy", r.now, s, r.sc.Shelters[s].Capacity, x.inside, x.waiting, queued, x.busy)
		}
	}
	if inside != r.count.admitted {
		return fmt.Errorf("response: %v: %d persons in shelters, %d admitted", r.now, inside, r.count.admitted)
	}
	return nil
}
