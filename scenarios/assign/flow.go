package assign

import "math"

// flow is a minimum cost flow of whole persons: arcs with capacities and costs that are not negative, sent from a
// source to a sink by the primal-dual method (Ford and Fulkerson 1962; Ahuja, Magnanti and Orlin 1993, chapter 9.8):
// shortest distances by reduced costs, then as much as possible over the arcs that lie on shortest paths, again and
// again. Each flow on the way is the cheapest of its amount.
type flow struct {
	first []int32 // of each node: its first arc, or -1
	next  []int32 // of each arc: the next one of its tail
	head  []int32 // of each arc; arc e^1 is its reverse
	room  []int32 // of each arc: what may still be sent over it
	cost  []int32 // of each arc

	price []int32 // potential of each node
	dist  []int32
	level []int32
	at    []int32 // of each node: the arc that the search looks at
	queue []int32
	lanes [][]int32 // nodes by distance
}

const far = math.MaxInt32

func newFlow(nodes int) *flow {
	f := &flow{first: make([]int32, nodes), price: make([]int32, nodes), dist: make([]int32, nodes),
		level: make([]int32, nodes), at: make([]int32, nodes)}
	for v := range f.first {
		f.first[v] = -1
	}
	return f
}

// arc adds an arc and returns its number.
func (f *flow) arc(from, to, room, cost int32) int32 {
	e := int32(len(f.head))
	f.head = append(f.head, to, from)
	f.room = append(f.room, room, 0)
	f.cost = append(f.cost, cost, -cost)
	f.next = append(f.next, f.first[from], f.first[to])
	f.first[from], f.first[to] = e, e+1
	return e
}

// sent returns what goes over an arc.
func (f *flow) sent(e int32) int32 { return f.room[e^1] }

// run sends as much as there is a way for, as cheaply as possible, and returns how much and its cost. Arcs that carry
// something already keep it as long as that makes the whole cheaper.
func (f *flow) run(source, sink int32) (amount, cost int64) {
	for f.search(source, sink) {
		for v := range f.price {
			f.price[v] += min(f.dist[v], f.dist[sink])
		}
		unit := int64(f.price[sink] - f.price[source])
		for f.layer(source, sink) {
			copy(f.at, f.first)
			for {
				n := f.push(source, sink, far)
				if n == 0 {
					break
				}
				amount += int64(n)
				cost += unit * int64(n)
			}
		}
	}
	return amount, cost
}

// keep makes what was sent so far fixed: it takes room and is not sent another way any more.
func (f *flow) keep() {
	for e := 1; e < len(f.room); e += 2 {
		f.room[e] = 0
	}
	for v := range f.price {
		f.price[v] = 0
	}
}

// search finds the shortest distances from the source by reduced costs, up to that of the sink.
func (f *flow) search(source, sink int32) bool {
	for v := range f.dist {
		f.dist[v] = far
	}
	for d := range f.lanes {
		f.lanes[d] = f.lanes[d][:0]
	}
	f.reach(source, 0)
	for d := int32(0); int(d) < len(f.lanes); d++ {
		for k := 0; k < len(f.lanes[d]); k++ {
			v := f.lanes[d][k]
			if f.dist[v] != d {
				continue // it was reached by a shorter way since
			}
			if v == sink {
				return true
			}
			for e := f.first[v]; e >= 0; e = f.next[e] {
				if to := f.head[e]; f.room[e] > 0 {
					f.reach(to, d+f.cost[e]+f.price[v]-f.price[to])
				}
			}
		}
	}
	return false
}

// reach notes a way of a length to a node when it is shorter than those before.
func (f *flow) reach(v, d int32) {
	if d >= f.dist[v] {
		return
	}
	f.dist[v] = d
	for int(d) >= len(f.lanes) {
		f.lanes = append(f.lanes, nil)
	}
	f.lanes[d] = append(f.lanes[d], v)
}

// tight says whether an arc has room and lies on shortest paths.
func (f *flow) tight(v, e int32) bool {
	return f.room[e] > 0 && f.cost[e]+f.price[v]-f.price[f.head[e]] == 0
}

// layer numbers the nodes by how many tight arcs lead to them, and says whether one gets to the sink.
func (f *flow) layer(source, sink int32) bool {
	for v := range f.level {
		f.level[v] = -1
	}
	f.level[source] = 0
	f.queue = append(f.queue[:0], source)
	for k := 0; k < len(f.queue); k++ {
		v := f.queue[k]
		for e := f.first[v]; e >= 0; e = f.next[e] {
			if to := f.head[e]; f.level[to] < 0 && f.tight(v, e) {
				f.level[to] = f.level[v] + 1
				if to == sink {
					return true
				}
				f.queue = append(f.queue, to)
			}
		}
	}
	return false
}

// push sends up to so much from a node to the sink over tight arcs, each to a node of the next level.
func (f *flow) push(v, sink, most int32) int32 {
	if v == sink {
		return most
	}
	for ; f.at[v] >= 0; f.at[v] = f.next[f.at[v]] {
		e := f.at[v]
		to := f.head[e]
		if f.level[to] != f.level[v]+1 || !f.tight(v, e) {
			continue
		}
		if n := f.push(to, sink, min(most, f.room[e])); n > 0 {
			f.room[e] -= n
			f.room[e^1] += n
			return n
		}
	}
	return 0
}
