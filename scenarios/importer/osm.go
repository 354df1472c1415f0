package importer

import (
	"bufio"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"sandtable/sim"
)

// Limits of an OpenStreetMap file. They lie far above any extract that a map of two degrees needs, and keep a broken or
// hostile file from taking the machine's memory.
const (
	maxFileBytes    = 4 << 30 // uncompressed
	maxElementBytes = 4 << 20 // between two tokens of XML
	maxNodes        = 30_000_000
	maxWays         = 5_000_000
	maxRelations    = 1_000_000
	maxRefs         = 100_000_000 // of nodes in all ways
	maxWayRefs      = 100_000     // in one way (the OpenStreetMap database allows 2,000)
	maxFaults       = 20          // that are listed before reading is given up
	maxDepth        = 16          // of nested elements
)

// tag is a key with its value.
type tag struct{ key, value string }

// tags are the tags of one element that matter here, in the order of the file.
type tags []tag

// get returns the value of a key; "" where it is missing.
func (t tags) get(key string) string {
	for i := range t {
		if t[i].key == key {
			return t[i].value
		}
	}
	return ""
}

// is says whether a key has one of the values.
func (t tags) is(key string, values ...string) bool {
	v := t.get(key)
	return v != "" && slices.Contains(values, v)
}

// usedKeys are the keys that the importer looks at; all others are skipped while reading.
var usedKeys = []string{"access", "amenity", "area", "boundary", "bridge", "building", "building:levels",
	"building:material",
	"building:use", "capacity", "beds", "emergency", "healthcare", "highway", "intermittent", "junction", "landuse",
	"lanes",
	"lanes:backward", "lanes:forward", "layer", "leisure", "man_made", "maxspeed", "motor_vehicle", "name", "name:en",
	"name:zh",
	"natural", "office", "oneway", "place", "population", "ref", "service", "shop", "social_facility", "tourism", "tunnel",
	"type",
	"vehicle", "water", "waterway", "wetland", "width"}

// osmNode is a point of the map.
type osmNode struct {
	id       int64
	lon, lat float64
}

// osmSpot is a node that means something by itself.
type osmSpot struct {
	node int32 // index in osmData.nodes
	tags tags
}

// osmWay is a line or ring of nodes, by index in osmData.nodes. A way from which a node is missing is open there: gaps
// holds the places in nodes before which something is missing.
type osmWay struct {
	id    int64
	nodes []int32
	gaps  []int32
	ring  bool // its first node is its last, in the file
	tags  tags
}

// closed says whether the way is a ring of which enough is left. One that reaches far off the map has straight sides
// there.
func (w *osmWay) closed() bool { return w.ring && len(w.nodes) >= 4 }

// whole says whether both ends of the way are there, so that it can be joined to others.
func (w *osmWay) whole() bool {
	n := len(w.gaps)
	return n == 0 || w.gaps[0] > 0 && int(w.gaps[n-1]) < len(w.nodes)
}

// osmMember is a way that belongs to a relation.
type osmMember struct {
	way   int64
	inner bool
}

// osmRelation is a multipolygon.
type osmRelation struct {
	id      int64
	members []osmMember
	tags    tags
}

// osmData is what was kept of a file.
type osmData struct {
	bounds    Box // of the file; the zero Box when it states none
	nodes     []osmNode
	spots     []osmSpot
	ways      []osmWay
	relations []osmRelation
	byID      map[int64]int32 // index of each node
	missing   int             // references to nodes that are not in the file
	repeated  int             // references that repeat the node before
	twice     int             // elements that stand in the file twice; the first one counts
}

// openOSM reads a file, .osm or .osm.gz by its content.
func openOSM(path string, keep Box) (*osmData, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	if head, err := in.Peek(2); err == nil && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, sim.Fail("%s：不是 gzip 文件：%v", "%s: not a gzip file after all: %v", path, err)
		}
		return readOSM(path, z, keep)
	}
	return readOSM(path, in, keep)
}

// readOSM reads OpenStreetMap XML. Nodes outside keep, unless it is the zero Box, are left out. path is for messages.
func readOSM(path string, in io.Reader, keep Box) (*osmData, error) {
	r := &osmReader{path: path, keep: keep, in: &boundedReader{in: in}, data: &osmData{byID: map[int64]int32{}}}
	r.xml = xml.NewDecoder(r.in)
	r.file()
	r.resolve()
	if len(r.faults) > 0 {
		return nil, errors.Join(r.faults...)
	}
	return r.data, nil
}

// errTooLarge is what a file that passes a limit gives.
var errTooLarge = sim.Fail("过大", "larger than is read")

// boundedReader counts what passes, and gives up when too much does.
type boundedReader struct {
	in    io.Reader
	total int64
	since int64 // the last token
}

func (b *boundedReader) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	b.total += int64(n)
	b.since += int64(n)
	if b.total > maxFileBytes || b.since > maxElementBytes {
		return 0, errTooLarge
	}
	return n, err
}

// osmReader is the state of reading one file.
type osmReader struct {
	path   string
	keep   Box
	in     *boundedReader
	xml    *xml.Decoder
	data   *osmData
	faults []error
	ended  bool
	refs   [][]int64 // of each way, until all nodes are known
	total  int       // of references
}

// fault notes a mistake at the place where the reader is.
func (r *osmReader) fault(zh, en string, args ...any) {
	line, col := r.xml.InputPos()
	r.faults = append(r.faults, sim.Fail("%s:%d:%d: %s", "%s:%d:%d: %s", r.path, line, col, sim.Say(zh, en, args...)))
	if len(r.faults) >= maxFaults {
		r.ended = true
	}
}

// next returns the next token, nil at the end of the file or when reading is over.
func (r *osmReader) next() xml.Token {
	if r.ended {
		return nil
	}
	r.in.since = 0
	t, err := r.xml.RawToken()
	switch {
	case err == nil:
		return t
	case errors.Is(err, errTooLarge):
		r.fault("文件或元素%v；最多 %d MiB，每个元素最多 %d MiB",
			"a file or element %v; want at most %d MiB, and %d MiB in one element", err, maxFileBytes>>20,
			maxElementBytes>>20)
	case !errors.Is(err, io.EOF):
		r.fault("XML 有误（%s）；应为 OpenStreetMap 文件",
			"broken XML: %s; want an OpenStreetMap file", strings.TrimPrefix(err.Error(), "XML syntax error on "))
	}
	r.ended = true
	return nil
}

// file reads everything.
func (r *osmReader) file() {
	var open []string
	seen := false
	for t := r.next(); t != nil; t = r.next() {
		switch e := t.(type) {
		case xml.StartElement:
			name := e.Name.Local
			switch {
			case len(open) == 0 && name != "osm":
				r.fault("元素 <%s>；应为 <osm>", "element <%s>; want <osm>", name)
				r.ended = true
				continue
			case len(open) == 1 && r.element(e):
				continue // has read up to its end
			case len(open) >= maxDepth:
				r.fault("元素嵌套超过 %d 层；应为 OpenStreetMap 文件",
					"elements nested more than %d deep; want an OpenStreetMap file", maxDepth)
				r.ended = true
				continue
			}
			seen = true
			open = append(open, name)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != e.Name.Local {
				r.fault("</%s> 没有对应的开头；应为 OpenStreetMap 文件", "</%s> that closes nothing; want an OpenStreetMap file", e.Name.Local)
				r.ended = true
				continue
			}
			open = open[:len(open)-1]
		}
	}
	if len(r.faults) == 0 && (len(open) > 0 || !seen) {
		r.fault("文件过早结束；应有 </osm>", "the file ends too early; want </osm>")
	}
}

// element reads a node, way, relation or the bounds, and says whether it was one of them.
func (r *osmReader) element(e xml.StartElement) bool {
	switch e.Name.Local {
	case "node":
		r.node(e)
	case "way":
		r.way(e)
	case "relation":
		r.relation(e)
	case "bounds":
		r.bounds(e)
	default:
		return false
	}
	return true
}

// children reads what stands inside an element, one level deep, up to its end.
func (r *osmReader) children(parent string, f func(name string, attrs []xml.Attr)) {
	depth := 0
	for t := r.next(); t != nil; t = r.next() {
		switch e := t.(type) {
		case xml.StartElement:
			if depth == 0 {
				f(e.Name.Local, e.Attr)
			}
			if depth++; depth > maxDepth {
				r.fault("元素嵌套超过 %d 层；应为 OpenStreetMap 文件",
					"elements nested more than %d deep; want an OpenStreetMap file", maxDepth)
				r.ended = true
			}
		case xml.EndElement:
			if depth == 0 {
				if e.Name.Local != parent {
					r.fault("</%s> 在 <%s> 内；应为 </%s>", "</%s> inside <%s>; want </%s>", e.Name.Local, parent, parent)
					r.ended = true
				}
				return
			}
			depth--
		}
	}
	if len(r.faults) == 0 {
		r.fault("文件在 <%s> 内结束；应有 </%s>", "the file ends inside <%s>; want </%s>", parent, parent)
	}
}

// attr returns an attribute's value.
func attr(attrs []xml.Attr, name string) (string, bool) {
	for i := range attrs {
		if attrs[i].Name.Local == name {
			return attrs[i].Value, true
		}
	}
	return "", false
}

// number reads an attribute that must be a number within limits.
func (r *osmReader) number(e string, attrs []xml.Attr, name string, limit float64) (float64, bool) {
	text, ok := attr(attrs, name)
	if !ok {
		r.fault("<%s> 缺少 %s；应补上", "<%s> without %s", e, name)
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || !(math.Abs(x) <= limit) {
		r.fault("<%s> 的 %s=%q；应为 -%g 至 %g 的数",
			"<%s> with %s=%q; want a number from -%g to %g", e, name, brief(text), limit, limit)
		return 0, false
	}
	return x, true
}

// id reads an attribute that must be a whole number.
func (r *osmReader) id(e string, attrs []xml.Attr, name string) (int64, bool) {
	text, ok := attr(attrs, name)
	if !ok {
		r.fault("<%s> 缺少 %s；应补上", "<%s> without %s", e, name)
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		r.fault("<%s> 的 %s=%q；应为整数", "<%s> with %s=%q; want a whole number", e, name, brief(text))
		return 0, false
	}
	return n, true
}

// brief shortens a text for a message.
func brief(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

// maxTagBytes is the longest value that is kept; OpenStreetMap allows 255 characters.
const maxTagBytes = 1024

// tag keeps one tag if it matters.
func (r *osmReader) tag(list tags, attrs []xml.Attr) tags {
	k, ok1 := attr(attrs, "k")
	v, ok2 := attr(attrs, "v")
	if !ok1 || !ok2 {
		r.fault("<tag> 缺少 k 或 v；应补上", "<tag> without k or v")
		return list
	}
	at, used := slices.BinarySearch(usedKeysSorted, k)
	if !used || len(v) > maxTagBytes || list.get(k) != "" {
		return list
	}
	return append(list, tag{usedKeysSorted[at], strings.Clone(strings.TrimSpace(v))})
}

var usedKeysSorted = func() []string { s := slices.Clone(usedKeys); slices.Sort(s); return s }()

func (r *osmReader) bounds(e xml.StartElement) {
	var b Box
	var ok [4]bool
	b.MinLat, ok[0] = r.number("bounds", e.Attr, "minlat", 90)
	b.MinLon, ok[1] = r.number("bounds", e.Attr, "minlon", 180)
	b.MaxLat, ok[2] = r.number("bounds", e.Attr, "maxlat", 90)
	b.MaxLon, ok[3] = r.number("bounds", e.Attr, "maxlon", 180)
	r.children("bounds", func(string, []xml.Attr) {})
	if ok != [4]bool{true, true, true, true} {
		return
	}
	if d := &r.data.bounds; *d == (Box{}) {
		*d = b
	} else { // files that were merged have several
		*d = Box{min(d.MinLon, b.MinLon), min(d.MinLat, b.MinLat), max(d.MaxLon, b.MaxLon), max(d.MaxLat, b.MaxLat)}
	}
}

func (r *osmReader) node(e xml.StartElement) {
	id, ok := r.id("node", e.Attr, "id")
	deleted, _ := attr(e.Attr, "visible")
	n := osmNode{id: id}
	if deleted != "false" {
		var ok1, ok2 bool
		n.lat, ok1 = r.number("node", e.Attr, "lat", 90)
		n.lon, ok2 = r.number("node", e.Attr, "lon", 180)
		ok = ok && ok1 && ok2
	}
	var kept tags
	r.children("node", func(name string, attrs []xml.Attr) {
		if name == "tag" {
			kept = r.tag(kept, attrs)
		}
	})
	if !ok || deleted == "false" || r.keep != (Box{}) && !r.keep.holds(n.lon, n.lat) {
		return
	}
	if _, twice := r.data.byID[id]; twice {
		r.data.twice++
		return
	}
	if len(r.data.nodes) >= maxNodes {
		r.fault("节点多于 %d 个；应缩小地图或用 --bbox", "more than %d nodes; want a smaller extract, or --bbox", maxNodes)
		r.ended = true
		return
	}
	r.data.byID[id] = int32(len(r.data.nodes))
	if meaningful(kept) {
		r.data.spots = append(r.data.spots, osmSpot{int32(len(r.data.nodes)), kept})
	}
	r.data.nodes = append(r.data.nodes, n)
}

// meaningful says whether a node is something by itself.
func meaningful(t tags) bool {
	return t.get("place") != "" || t.get("amenity") != "" || t.get("healthcare") != "" || t.get("emergency") != ""
}

func (r *osmReader) way(e xml.StartElement) {
	id, ok := r.id("way", e.Attr, "id")
	w := osmWay{id: id}
	var refs []int64
	r.children("way", func(name string, attrs []xml.Attr) {
		switch name {
		case "tag":
			w.tags = r.tag(w.tags, attrs)
		case "nd":
			if ref, good := r.id("nd", attrs, "ref"); good && len(refs) <= maxWayRefs {
				refs = append(refs, ref)
			}
		}
	})
	switch deleted, _ := attr(e.Attr, "visible"); {
	case !ok || deleted == "false":
		return
	case len(refs) > maxWayRefs:
		r.fault("路线 %d 的节点多于 %d 个；最多这么多", "way %d with more than %d nodes; want at most so many", id, maxWayRefs)
		return
	case len(r.data.ways) >= maxWays || r.total+len(refs) > maxRefs:
		r.fault("路线多于 %d 条或其节点多于 %d 个；应缩小地图或用 --bbox",
			"more than %d ways or %d nodes in them; want a smaller extract, or --bbox", maxWays, maxRefs)
		r.ended = true
		return
	}
	r.total += len(refs)
	r.data.ways = append(r.data.ways, w)
	r.refs = append(r.refs, refs)
}

func (r *osmReader) relation(e xml.StartElement) {
	id, ok := r.id("relation", e.Attr, "id")
	rel := osmRelation{id: id}
	r.children("relation", func(name string, attrs []xml.Attr) {
		switch name {
		case "tag":
			rel.tags = r.tag(rel.tags, attrs)
		case "member":
			kind, _ := attr(attrs, "type")
			role, _ := attr(attrs, "role")
			if ref, good := r.id("member", attrs, "ref"); good && kind == "way" && len(rel.members) < maxWayRefs {
				rel.members = append(rel.members, osmMember{ref, role == "inner"})
			}
		}
	})
	if !ok || rel.tags.get("type") != "multipolygon" {
		return
	}
	if len(r.data.relations) >= maxRelations {
		r.fault("多边形关系多于 %d 个；应缩小地图", "more than %d multipolygons; want a smaller extract", maxRelations)
		r.ended = true
		return
	}
	r.data.relations = append(r.data.relations, rel)
}

// resolve replaces the ids of nodes by their places in the list. Nodes may stand behind the ways that use them.
func (r *osmReader) resolve() {
	d := r.data
	seen := make(map[int64]bool, len(d.ways))
	kept := d.ways[:0]
	for i, w := range d.ways {
		if seen[w.id] {
			d.twice++
			continue
		}
		seen[w.id] = true
		gap := false
		refs := r.refs[i]
		w.ring = len(refs) >= 4 && refs[0] == refs[len(refs)-1]
		for _, ref := range refs {
			at, ok := d.byID[ref]
			n := len(w.nodes)
			switch {
			case !ok:
				d.missing++
				gap = true
				continue
			case n > 0 && !gap && w.nodes[n-1] == at:
				d.repeated++
				continue
			case gap:
				w.gaps = append(w.gaps, int32(n))
				gap = false
			}
			w.nodes = append(w.nodes, at)
		}
		if gap {
			w.gaps = append(w.gaps, int32(len(w.nodes)))
		}
		if len(w.nodes) > 0 {
			kept = append(kept, w)
		}
	}
	d.ways, r.refs = kept, nil
}

// runs calls f with each stretch of a way that has no node missing inside.
func (w *osmWay) runs(f func(nodes []int32)) {
	from := 0
	for _, gap := range w.gaps {
		if int(gap)-from >= 2 {
			f(w.nodes[from:gap])
		}
		from = int(gap)
	}
	if len(w.nodes)-from >= 2 {
		f(w.nodes[from:])
	}
}
