package sim

import (
	"fmt"

	"sandtable/sim/num"
)

// RoadAction is what a road order does.
type RoadAction uint8

// Road actions. The numbers are part of saved states: new ones go to the end.
const (
	RoadOpen          RoadAction = iota // takes a closure back; the water may keep the link closed
	RoadClose                           // nobody but boats afloat enters the link any more
	RoadReduce                          // leaves a link some lanes and a share of the capacity, or all again
	RoadContraflow                      // gives lanes of one direction of a link to the other
	RoadContraflowEnd                   // gives them back
	RoadClear                           // takes stalled vehicles off a link
	RoadPolice                          // puts police at a node, or takes them away
	RoadWave                            // has police wave the ring on in which a link is locked
	RoadAnnounce                        // tells all drivers that a link is closed, or with None which are at this instant
	RoadDivert                          // sends through traffic round outside the map, or no longer
	RoadTransport                       // stops through traffic that is public transport, or lets it run again
	RoadActionCount
)

// RoadWay says which direction of a link is meant.
type RoadWay uint8

// Ways.
const (
	WayBoth    RoadWay = iota
	WayForward         // from the link's From to its To
	WayBack
	RoadWayCount
)

// AllLanes stands for as many lanes as there are.
const AllLanes = 255

// RoadOrder changes what a road lets through, by command, at an exact time. Water closes links by itself.
type RoadOrder struct {
	Do     RoadAction
	Link   LinkID        // not for RoadPolice and what is about through traffic; of RoadAnnounce None for all
	Node   NodeID        // of RoadPolice
	Way    RoadWay       // of RoadReduce: which direction; of RoadContraflow: which one gains, not WayBoth
	Policy ClosurePolicy // of RoadClose, and of RoadContraflow when a direction gives up all of its lanes
	Lanes  uint8         // of RoadReduce: that stay open; of RoadContraflow: that are turned; AllLanes for all
	On     bool          // of RoadPolice, RoadDivert, RoadTransport
	Told   bool          // of RoadClose: all drivers are told at once
	Share  float64       // of RoadReduce: of the capacity of the open lanes that is left [-]
	Over   Duration      // of contraflow and its end: set-up time; of RoadClear, RoadWave: until it is done
}

// OfLink says whether an order is about one link.
func (o *RoadOrder) OfLink() bool {
	return o.Do < RoadPolice || o.Do == RoadWave || o.Do == RoadAnnounce && o.Link != None
}

// ContraflowSetUp is how long the crews of a road take to turn its lanes when nobody says otherwise: two to three hours
// where it was planned (Polus 2005, of corridors of many miles); the lower.
const ContraflowSetUp = 2 * Hour

// RoadAction returns what an order does to a road; false for an order that does nothing to any.
func (s *OrderSpec) RoadAction() (RoadAction, bool) {
	switch s.ID {
	case OrderOpenRoad:
		return RoadOpen, true
	case OrderCloseRoad:
		return RoadClose, true
	case OrderReduceRoad:
		return RoadReduce, true
	case OrderContraflow:
		return RoadContraflow, true
	case OrderEndContraflow:
		return RoadContraflowEnd, true
	case OrderClearRoad:
		return RoadClear, true
	case OrderPoliceNode:
		return RoadPolice, true
	case OrderWaveRing:
		return RoadWave, true
	case OrderAnnounceClosures:
		return RoadAnnounce, true
	case OrderDivert:
		return RoadDivert, true
	}
	return 0, false
}

// RoadOrder returns what an order with these values, one for each of its parameters, does to a road.
func (s *OrderSpec) RoadOrder(values []Value) RoadOrder {
	o := RoadOrder{Link: None, Node: None, Lanes: AllLanes, Share: 1}
	o.Do, _ = s.RoadAction()
	o.Told = o.Do == RoadClose
	if o.Do == RoadContraflow || o.Do == RoadContraflowEnd {
		o.Over = ContraflowSetUp
	}
	for i, v := range values {
		if !v.Given {
			continue
		}
		switch s.Params[i].Name {
		case "link":
			o.Link = LinkID(v.Ref.ID)
		case "node":
			o.Node = NodeID(v.Ref.ID)
		case "policy":
			o.Policy = ClosurePolicy(num.Uint8(v.Num))
		case "way":
			o.Way = RoadWay(num.Uint8(v.Num))
			if o.Do == RoadContraflow {
				o.Way++ // it has no choice of both
			}
		case "lanes":
			o.Lanes = num.Uint8(num.Round(v.Num))
		case "capacity":
			o.Share = v.Num / 100
		case "setup", "over":
			o.Over = Duration(num.RoundInt64(v.Num)) * Second
		case "state":
			o.On = v.Num == 1
		case "announce":
			o.Told = v.Num == 1
		}
	}
	return o
}

// arg writes what a parameter of an order to a road was, and says whether it was given.
func (o *RoadOrder) arg(p *ParamSpec) (value string, given bool) {
	switch p.Name {
	case "link":
		return fmt.Sprint(int32(o.Link)), true
	case "node":
		return fmt.Sprint(int32(o.Node)), true
	case "policy":
		return p.Choices[o.Policy], true
	case "way":
		k := int(o.Way)
		if o.Do == RoadContraflow {
			k--
		}
		return p.Choices[k], true
	case "lanes":
		return fmt.Sprint(o.Lanes), o.Lanes != AllLanes
	case "capacity":
		return fmt.Sprint(o.Share * 100), o.Share < 1
	case "setup", "over":
		return o.Over.String(), o.Over > 0
	case "announce":
		return p.Choices[0], !o.Told
	case "state":
		if o.On {
			return p.Choices[1], true
		}
		return p.Choices[0], true
	}
	return "", false
}

// AppendState saves the order.
func (o *RoadOrder) AppendState(e *Encoder) {
	e.U8(uint8(o.Do))
	e.I32(int32(o.Link))
	e.I32(int32(o.Node))
	e.U8(uint8(o.Way))
	e.U8(uint8(o.Policy))
	e.U8(o.Lanes)
	e.Bool(o.On)
	e.Bool(o.Told)
	e.F64(o.Share)
	e.I64(int64(o.Over))
}

// LoadState reads what AppendState wrote, and refuses what no order can be.
func (o *RoadOrder) LoadState(d *Decoder) {
	*o = RoadOrder{Do: RoadAction(d.U8()), Link: LinkID(d.I32()), Node: NodeID(d.I32()), Way: RoadWay(d.U8()),
		Policy: ClosurePolicy(d.U8()), Lanes: d.U8(), On: d.Bool(), Told: d.Bool(), Share: d.F64(), Over: Duration(d.I64())}
	if d.Err == nil && (o.Do >= RoadActionCount || o.Way >= RoadWayCount || o.Policy > ClosureStrand ||
		o.Do == RoadContraflow && o.Way == WayBoth || !(o.Share >= 0 && o.Share <= 1) || o.Over < 0) {
		d.Fail("an order to a road that cannot be")
	}
}
