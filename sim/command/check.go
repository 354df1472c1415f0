package command

import (
	"cmp"
	"fmt"
)

// Check compares the counters with each other, and with full recounts everything. An error is a programmer's mistake.
func (c *Command) Check(full bool) error {
	if n := c.count; n.given != int32(len(c.orders)) || n.travelling+n.acted+n.failed > n.given {
		return fmt.Errorf("command: %v: %d orders given, %d kept, %d travelling, %d acted on, %d failed", c.now, n.given,
			len(c.orders), n.travelling, n.acted, n.failed)
	}
	if !full {
		return nil
	}
	n := counters{given: int32(len(c.orders))}
	for i := range c.orders {
		o := &c.orders[i]
		switch o.state {
		case orderTravelling:
			n.travelling++
		case orderActed:
			n.acted++
		case orderFailed:
			n.failed++
		}
		if o.flight < 0 || (o.failed && o.state != orderFailed) || (o.known >= 0 && o.state != orderActed) {
			return fmt.Errorf("command: %v: order %d is in state %d with %d tries answered, known at %v, failed %v",
				c.now, i, o.state, o.flight, o.known, o.failed)
		}
	}
	for i := range c.reports {
		if c.reports[i].used {
			n.reports++
		}
	}
	if n != c.count {
		return fmt.Errorf("command: %v: counters %+v; a recount gives %+v", c.now, c.count, n)
	}
	if err := cmp.Or(c.checkStaff(), c.checkLevels()); err != nil {
		return err
	}
	for p := range c.posts {
		for i, k := range c.posts[p].zones {
			if k.Reported > c.now {
				return fmt.Errorf("command: %v: post %d knows zone %d as of %v", c.now, p, c.plan.below[p][i], k.Reported)
			}
		}
	}
	return nil
}

// checkStaff counts messengers, and looks for each official at the post where he serves.
func (c *Command) checkStaff() error {
	serving := 0
	for p, list := range c.staff {
		if away := c.posts[p].away; away < 0 || int64(away) > c.sc.Posts[p].Couriers {
			return fmt.Errorf("command: %v: post %d has %d of %d messengers out", c.now, p, away, c.sc.Posts[p].Couriers)
		}
		for _, id := range list {
			if o := &c.officials[id]; int(o.post) != p || o.errands < 0 {
				return fmt.Errorf("command: %v: official %d serves at post %d and at post %d, with %d errands", c.now, id, p,
					o.post, o.errands)
			}
		}
		serving += len(list)
	}
	if serving > len(c.officials) {
		return fmt.Errorf("command: %v: %d officials serve; there are %d", c.now, serving, len(c.officials))
	}
	return nil
}
