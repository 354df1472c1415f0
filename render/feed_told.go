package render

import (
	"slices"

	"sandtable/sim"
)

// callKey is who was called in vain with which order; of a deployment and an assembly point whatever the order.
type callKey struct {
	who   sim.Ref
	order int32
}

// implied says whether other lines of the feed tell an event: what a unit does, who is at a consultation and who acts
// for him meanwhile, channels that fail or work again in the instant in which mains or network do.
func (r *Reporter) implied(e sim.Event) bool {
	switch e.Kind {
	case sim.EvOrderAcked, sim.EvOrderLost:
		return e.A.Kind == sim.KindUnit
	case sim.EvOfficial:
		if slices.Contains(r.council, e.Text) {
			if len(r.away) > 0 && r.away[0].At != e.At {
				r.away = r.away[:0]
			}
			r.away = append(r.away, e)
			return true
		}
	case sim.EvPost:
		return e.Count == int32(sim.PostTakenOver) &&
			slices.ContainsFunc(r.away, func(x sim.Event) bool { return x.At == e.At && x.B == e.A })
	case sim.EvPower, sim.EvNetwork:
		r.supply = e
	case sim.EvChannel:
		return r.supply.Kind != 0 && e.At == r.supply.At && e.B == r.supply.A && e.Count == r.supply.Count
	}
	return false
}

// again says whether an event is one more of what has been told already: a post that is called in vain once more, or
// passes on what it has acknowledged; one more order of a deployment that is overdue; a report that follows the first
// one of a post, except to the highest post and from it; a head count that follows the first at an assembly point,
// where each coach brings one. Who wants them all finds them in the review.
func (r *Reporter) again(e sim.Event) bool {
	switch e.Kind {
	case sim.EvOrderAcked:
		delete(r.silent, callKey{e.A, e.Count})
		return e.C.Kind == sim.KindZone && e.A.Kind == sim.KindPost && !r.holds(e.A, e.C)
	case sim.EvOrderLost:
		return e.Text.Empty() && r.toldOf(callKey{e.A, e.Count})
	case sim.EvHeadCount:
		return e.A.Kind == sim.KindAssembly && float64(e.Count) < e.Num && r.toldOf(callKey{who: e.A})
	case sim.EvDeployment:
		return e.Count == 1 && r.toldOf(callKey{who: e.A})
	case sim.EvReport:
		return e.Num < 1 || e.Num > 1 && r.below(e.A) && r.below(e.B)
	}
	return false
}

// toldOf says whether something of somebody has been told, and notes that it has.
func (r *Reporter) toldOf(k callKey) bool {
	told := r.silent[k]
	r.silent[k] = true
	return told
}

// holds says whether a post is the one that is responsible for a zone.
func (r *Reporter) holds(post, zone sim.Ref) bool {
	if post.ID < 0 || int(post.ID) >= len(r.sc.Posts) || zone.ID < 0 || int(zone.ID) >= len(r.sc.Zones) {
		return true
	}
	return r.sc.Zones[zone.ID].Post == r.sc.Posts[post.ID].Name
}

// below says whether a post has another one above it.
func (r *Reporter) below(post sim.Ref) bool {
	known := post.Kind == sim.KindPost && post.ID >= 0 && int(post.ID) < len(r.sc.Posts)
	return known && r.sc.Posts[post.ID].Superior != ""
}
