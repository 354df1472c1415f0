package traffic

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sandtable/sim"
)

// Files that WriteSUMO writes.
const (
	sumoNodes  = "case.nod.xml"
	sumoEdges  = "case.edg.xml"
	sumoRoutes = "case.rou.xml"
)

// WriteSUMO writes the case of a run as Eclipse SUMO reads it: nodes and edges for netconvert, and vehicles with the
// routes that they take here, at free speed. A vehicle is 5 m long and keeps 2.5 m, which makes the 7.5 m of a standing
// car here, and drives at the speed of the road.
func (r *Run) WriteSUMO(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, f := range []struct {
		name  string
		write func(*bufio.Writer)
	}{{sumoNodes, r.sumoNodes}, {sumoEdges, r.sumoEdges}, {sumoRoutes, r.sumoRoutes}} {
		file, err := os.Create(filepath.Join(dir, f.name))
		if err != nil {
			return err
		}
		out := bufio.NewWriter(file)
		f.write(out)
		if err := firstOf(out.Flush(), file.Close()); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

// firstOf returns the first error.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// sumoName returns a name for SUMO: the case's own where SUMO allows it, else one of a letter and a number.
func sumoName(letter byte, k int, name string) string {
	if name == "" || strings.ContainsAny(name, " \t\n\r|\\'\";,!<>&*?[]{}()#:") || name[0] == '-' {
		return fmt.Sprintf("%c%d", letter, k)
	}
	return name
}

func (r *Run) sumoNodes(out *bufio.Writer) {
	fmt.Fprintln(out, "<nodes>")
	for k, n := range r.Case.Nodes {
		fmt.Fprintf(out, "<node id=%s x=\"%g\" y=\"%g\" type=\"priority\"/>\n", attr(r.sumoNode(k)), n.At.X, n.At.Y)
	}
	fmt.Fprintln(out, "</nodes>")
}

func (r *Run) sumoNode(k int) string { return sumoName('n', k, r.Case.NodeNames[k]) }

func (r *Run) sumoEdge(arc sim.Arc) string {
	return sumoName('e', r.Case.EdgeOf(arc), r.Case.EdgeName(arc))
}

func (r *Run) sumoEdges(out *bufio.Writer) {
	c := r.Case
	fmt.Fprintln(out, "<edges>")
	for _, e := range c.Edges {
		link, _ := e.Arc.Link()
		tail, head := c.Ends(e.Arc)
		l := &c.Links[link]
		fmt.Fprintf(out, "<edge id=%s from=%s to=%s length=\"%g\" numLanes=\"%d\" speed=\"%g\" priority=\"%d\"/>\n",
			attr(r.sumoEdge(e.Arc)), attr(r.sumoNode(int(tail))), attr(r.sumoNode(int(head))),
			r.Roads.Network().Length(link), l.Lanes, l.Speed, l.Rank)
	}
	fmt.Fprintln(out, "</edges>")
}

// sumoRoutes writes the vehicles in the order of departure.
func (r *Run) sumoRoutes(out *bufio.Writer) {
	fmt.Fprintln(out, `<routes>`)
	fmt.Fprintln(out, `<vType id="car" length="5.0" minGap="2.5" maxSpeed="100" speedFactor="1.0" speedDev="0"/>`)
	ways := r.ways()
	for k := range r.Case.Trips {
		t := &r.Case.Trips[k]
		fmt.Fprintf(out, "<vehicle id=%s type=\"car\" depart=\"%s\" departLane=\"best\" departSpeed=\"max\"><route edges=\"",
			attr(t.Name), appendFixed(nil, t.Depart.Seconds(), 2))
		for i, arc := range ways[k] {
			if i > 0 {
				out.WriteByte(' ')
			}
			xmlText(out, r.sumoEdge(arc))
		}
		fmt.Fprintln(out, `"/></vehicle>`)
	}
	fmt.Fprintln(out, "</routes>")
}

// ways returns the way of every trip at free speed. Trips with the same ends share theirs.
func (r *Run) ways() [][]sim.Arc {
	c := r.Case
	order := c.byDestination()
	ways := make([][]sim.Arc, len(c.Trips))
	type ends struct {
		from  sim.NodeID
		first sim.Arc
	}
	known := make(map[ends][]sim.Arc)
	for i, k := range order {
		t := &c.Trips[k]
		if i > 0 {
			if before := &c.Trips[order[i-1]]; before.To != t.To || before.Last != t.Last {
				clear(known)
			}
		}
		key := ends{t.From, t.First}
		way, ok := known[key]
		if !ok {
			way = slices.Clip(r.Roads.Way(c.trip(int(k)), nil))
			known[key] = way
		}
		ways[k] = way
	}
	return ways
}

// attr writes an attribute's value in quotes.
func attr(text string) string {
	var b bytes.Buffer
	b.WriteByte('"')
	xmlText(&b, text)
	b.WriteByte('"')
	return b.String()
}

// xmlText writes text as XML has it. What goes wrong with a buffered file is told when it is flushed.
func xmlText(out io.Writer, text string) { _ = xml.EscapeText(out, []byte(text)) }
