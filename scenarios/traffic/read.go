package traffic

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/road"
)

// Files of a case in tables.
var tableFiles = [...]string{"nodes.csv", "edges.csv", "trips.csv"}

// Read reads the case in a directory: nodes.csv, edges.csv and trips.csv, each also packed as .csv.gz, or else
// *_net.tntp, *_trips.tntp and, where it is there, *_node.tntp, whose units the file does not tell. It returns the case
// without the rows that are wrong, and everything that is wrong; an error when nothing is left to be run.
func Read(dir string, units Units) (*Case, scenarios.Diagnostics, error) {
	shown := func(name string) string { return filepath.ToSlash(filepath.Join(dir, name)) }
	if net, err := findOne(dir, "*_net.tntp"); err != nil {
		return nil, nil, err
	} else if net != "" {
		return readTNTP(dir, net, units)
	}
	t := tables{Case: &Case{}}
	for k, read := range [...]func(string, []byte){t.readNodes, t.readEdges, t.readTrips} {
		name, data, err := readPlain(dir, tableFiles[k])
		if err != nil {
			return nil, t.found, err
		}
		read(shown(name), data)
		if k < len(tableFiles)-1 && len(t.Nodes) == 0 || k == 1 && len(t.Links) == 0 {
			return nil, t.found, t.empty(dir) // every row of the tables that follow would be told to be wrong for that alone
		}
	}
	t.checkParts(shown("edges.csv"), shown("nodes.csv"))
	t.sortTrips()
	return t.Case, t.found, t.empty(dir)
}

// empty is the error of a case without nodes, links or trips.
func (c *Case) empty(dir string) error {
	switch {
	case len(c.Nodes) == 0:
		return sim.Fail("%s：没有可用的节点，无从推演", "%s: no usable node; want at least two", dir)
	case len(c.Links) == 0:
		return sim.Fail("%s：没有可用的路段，无从推演", "%s: no usable link; want at least one", dir)
	case len(c.Trips) == 0:
		return sim.Fail("%s：没有可用的行程，无从推演", "%s: no usable trip; want at least one", dir)
	}
	return nil
}

// findOne returns the one file that fits a pattern, or "".
func findOne(dir, pattern string) (string, error) {
	found, err := filepath.Glob(filepath.Join(dir, pattern)) // in the order of names
	if err != nil {
		return "", fmt.Errorf("traffic: %w", err)
	}
	if len(found) > 1 {
		return "", sim.Fail("%s 中有 %d 个 %s；只应一个", "%s has %d files %s; want one", dir, len(found), pattern)
	}
	if len(found) == 0 {
		return "", nil
	}
	return filepath.Base(found[0]), nil
}

// readPlain reads a file, or its packed form.
func readPlain(dir, name string) (found string, data []byte, err error) {
	for _, found = range []string{name, name + ".gz"} {
		data, err = os.ReadFile(filepath.Join(dir, found))
		if !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, sim.Fail("%s 中没有 %s；应有 %s，或 TNTP 的 *_net.tntp 和 *_trips.tntp",
			"%s: no %s; want %s there, or *_net.tntp and *_trips.tntp of TNTP", dir, name, strings.Join(tableFiles[:], ", "))
	}
	if err != nil {
		return "", nil, fmt.Errorf("traffic: %w", err)
	}
	return found, data, nil
}

// checkParts warns of nodes that no edge touches, and of parts of the network that are not joined to the largest.
func (t *tables) checkParts(edges, nodes string) {
	if len(t.Links) == 0 {
		return
	}
	part := t.parts()
	size := make(map[int32]int)
	for _, p := range part {
		size[p]++
	}
	largest, touched := part[t.Links[0].From], make([]bool, len(part))
	for k := range t.Links {
		l := &t.Links[k]
		touched[l.From], touched[l.To] = true, true
		if p := part[l.From]; size[p] > size[largest] {
			largest = p
		}
	}
	told := make(map[int32]bool)
	for _, e := range t.Edges {
		tail, _ := t.Ends(e.Arc)
		if p := part[tail]; p != largest && !told[p] {
			told[p] = true
			t.warn(edges, "路段 %.40q 所在部分有 %d 个节点，与路网主体（%d 个节点）不相连；行程不能跨越",
				"edge %.40q is in a part of %d nodes that is not joined to the largest part, of %d; want them joined, or no "+
					"trips between them", e.Name, size[p], size[largest])
		}
	}
	for node, yes := range touched {
		if !yes && !told[-1] {
			told[-1] = true
			t.warn(nodes, "节点 %.40q 等 %d 个节点没有路段；应有路段，或删去", "node %.40q and others, %d in all, have no edge; want "+
				"one, or no such nodes", t.NodeNames[node], len(touched)-count(touched))
		}
	}
}

func count(set []bool) (n int) {
	for _, in := range set {
		if in {
			n++
		}
	}
	return n
}

// warn notes a doubt about a file as a whole.
func (t *tables) warn(path, zh, en string, args ...any) {
	t.found = append(t.found, scenarios.Diagnostic{Path: path, Severity: scenarios.Warning,
		Text: sim.Say(zh, en, args...)})
}

// parts numbers the parts of the network that hang together, whatever the directions: by node, that of its first node.
func (c *Case) parts() []int32 {
	part := make([]int32, len(c.Nodes))
	for k := range part {
		part[k] = int32(k)
	}
	root := func(k int32) int32 {
		for part[k] != k {
			part[k] = part[part[k]]
			k = part[k]
		}
		return k
	}
	for k := range c.Links {
		a, b := root(int32(c.Links[k].From)), root(int32(c.Links[k].To))
		part[max(a, b)] = min(a, b)
	}
	for k := range part {
		part[k] = root(int32(k))
	}
	return part
}

// bansOf lists the turns that vehicles must not make: through zones that nobody passes, and, when they may turn round
// at dead ends only, back into the opposite edge where that is not the same link.
func (c *Case) bansOf(rule road.UTurnRule) []road.Ban {
	out, in := make([][]sim.Arc, len(c.Nodes)), make([][]sim.Arc, len(c.Nodes))
	for _, e := range c.Edges {
		if link, _ := e.Arc.Link(); c.Links[link].Capacity > 0 {
			tail, head := c.Ends(e.Arc)
			out[tail], in[head] = append(out[tail], e.Arc), append(in[head], e.Arc)
		}
	}
	var bans []road.Ban
	for node := range c.Nodes {
		wall := slices.Contains(c.Walls, sim.NodeID(node))
		for _, from := range in[node] {
			back, _ := c.Ends(from)
			goesOn := slices.ContainsFunc(out[node], func(to sim.Arc) bool { _, head := c.Ends(to); return head != back })
			for _, to := range out[node] {
				_, head := c.Ends(to)
				a, _ := from.Link()
				b, _ := to.Link()
				if wall || rule == road.UTurnDeadEnd && head == back && a != b && goesOn {
					bans = append(bans, road.Ban{From: from, To: to})
				}
			}
		}
	}
	return bans
}
