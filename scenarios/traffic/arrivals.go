package traffic

import (
	"bufio"
	"io"
	"slices"
	"strconv"

	"sandtable/sim"
)

// Entries is a watcher that notes when each vehicle came onto its first link.
type Entries struct {
	At    []sim.Time // by trip; below 0 for who has not
	known int        // trips that have set out
	// Who has not come onto a link. On one that a trip begins with they are let in one after the other, so that only
	// the first of each is looked at.
	byArc [][]int32 // by first arc
	busy  []sim.Arc // those with somebody in byArc
	loose []int32   // without a first arc
}

// Watch looks at who has set out and not been seen on a link.
func (w *Entries) Watch(r *Run) {
	if w.byArc == nil {
		w.byArc = make([][]int32, 2*len(r.Case.Links)+1)
	}
	for ; w.known < r.next; w.known++ {
		w.At = append(w.At, -1)
		first := r.Case.Trips[w.known].First
		if first == 0 {
			w.loose = append(w.loose, int32(w.known))
			continue
		}
		if len(w.byArc[first]) == 0 {
			w.busy = append(w.busy, first)
		}
		w.byArc[first] = append(w.byArc[first], int32(w.known))
	}
	w.busy = slices.DeleteFunc(w.busy, func(arc sim.Arc) bool {
		queue := w.byArc[arc]
		for len(queue) > 0 && w.enters(r, queue[0]) {
			queue = queue[1:]
		}
		w.byArc[arc] = queue
		return len(queue) == 0
	})
	w.loose = slices.DeleteFunc(w.loose, func(k int32) bool { return w.enters(r, k) })
}

// enters says whether somebody has come onto a link, or has been and gone, and notes when.
func (w *Entries) enters(r *Run, k int32) bool {
	ref := sim.Ref{Kind: sim.KindParty, ID: k}
	arc, since, on := r.Roads.OnArc(ref)
	if first := r.Case.Trips[k].First; on && (first == 0 || arc == first) {
		w.At[k] = since
	} else if on {
		w.At[k] = r.Now() - sim.Time(step) // it has been on its first link for less than a second
	}
	_, there := r.Roads.Place(ref)
	return on || !there
}

// WriteArrivals writes what became of each trip as CSV: id, depart, entered, arrive [s], metres. Cells of what has not
// happened are empty; entered is empty too for a trip that was over within a second.
func (r *Run) WriteArrivals(to io.Writer, entries *Entries) error {
	out := bufio.NewWriter(to)
	arrived := make([]int32, len(r.Case.Trips))
	for k, a := range r.Arrived {
		arrived[a.Trip] = int32(k + 1)
	}
	buf := []byte("id,depart_s,entered_s,arrive_s,metres\n")
	for k := range r.Case.Trips {
		t := &r.Case.Trips[k]
		buf = appendCell(buf, t.Name)
		buf = appendFixed(append(buf, ','), t.Depart.Seconds(), 3)
		buf = append(buf, ',')
		if k < len(entries.At) && entries.At[k] >= 0 {
			buf = appendFixed(buf, entries.At[k].Seconds(), 3)
		}
		buf = append(buf, ',')
		if n := arrived[k]; n > 0 {
			buf = appendFixed(buf, r.Arrived[n-1].At.Seconds(), 3)
			buf = appendFixed(append(buf, ','), r.Arrived[n-1].Metres, 1)
		} else {
			buf = append(buf, ',')
		}
		if _, err := out.Write(append(buf, '\n')); err != nil {
			return err
		}
		buf = buf[:0]
	}
	return out.Flush()
}

// appendFixed appends a number with so many digits behind the point.
func appendFixed(buf []byte, x float64, digits int) []byte {
	return strconv.AppendFloat(buf, x, 'f', digits, 64)
}

// appendCell appends a text as a cell of a CSV table, in quotes where it needs them.
func appendCell(buf []byte, text string) []byte {
	plain := true
	for _, c := range []byte(text) {
		plain = plain && c != ',' && c != '"' && c != '\n' && c != '\r' && c != ' ' && c != '\t'
	}
	if plain {
		return append(buf, text...)
	}
	buf = append(buf, '"')
	for _, c := range []byte(text) {
		if c == '"' {
			buf = append(buf, '"')
		}
		buf = append(buf, c)
	}
	return append(buf, '"')
}
