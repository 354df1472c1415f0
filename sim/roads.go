package sim

// RoadAction is what a road order does.
type RoadAction uint8

// Road actions. The numbers are part of saved states: new ones go to the end.
const (
	RoadOpen          RoadAction = iota // takes a closure back; the water may keep the link closed
	RoadClose                           // nobody but boats afloat enters the link any more
	RoadReduce                          // leaves a link some of its lanes and a share of its capacity; all of both restores it
	RoadContraflow                      // gives lanes of one direction of a link to the other
	RoadContraflowEnd                   // gives them back
	RoadClear                           // takes stalled vehicles off a link
	RoadPolice                          // puts police at a node, or takes them away
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
	Link   LinkID        // not for RoadPolice
	Node   NodeID        // of RoadPolice
	Way    RoadWay       // of RoadReduce: which direction; of RoadContraflow: which one gains, not WayBoth
	Policy ClosurePolicy // of RoadClose, and of RoadContraflow when a direction gives up all of its lanes
	Lanes  uint8         // of RoadReduce: that stay open; of RoadContraflow: that are turned; AllLanes for all
	On     bool          // of RoadPolice
	Share  float64       // of RoadReduce: of the capacity of the open lanes that is left [-]
	Over   Duration      // of contraflow and its end: set-up time; of RoadClear: until the road is free
}
