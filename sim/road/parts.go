package road

// parts tells which nodes hang together by arcs that a sight takes to be open, in whatever direction: there is no way
// between two that do not. Water cuts roads into many parts, and to learn from a tree that no way leads out of an
// island one would have to grow it over all the rest of the county.
//
// They are worked out when somebody asks after an arc has been opened or closed.
type parts struct {
	of    []int32 // by node: a node of its part, the same for the whole part
	fresh bool    // no arc has been opened or closed since
}

// growFirst is how many states a tree grows before it is worth while to ask whether there can be a way at all.
const growFirst = 256

// apart says whether it is known that a sight sees no way between two nodes, without working anything out.
func (r *routes) apart(s sight, a, b int32) bool {
	p := &r.parts[s]
	return p.fresh && p.of[a] != p.of[b]
}

// divide works out the parts of a sight, if they are not known.
func (r *routes) divide(s sight) {
	p := &r.parts[s]
	if p.fresh {
		return
	}
	p.fresh = true
	if p.of == nil {
		p.of = make([]int32, len(r.net.nodes))
	}
	for node := range p.of {
		p.of[node] = int32(node)
	}
	for arc, cost := range r.cost[s] {
		if cost >= closed {
			continue
		}
		if a, b := p.first(r.net.tail[arc]), p.first(r.net.head[arc]); a != b {
			p.of[max(a, b)] = min(a, b)
		}
	}
	for node := range p.of {
		p.of[node] = p.of[p.of[node]] // the lowest of a part comes before all others
	}
}

// first returns the lowest node of a node's part as far as it is known, and shortens the way to it.
func (p *parts) first(node int32) int32 {
	for p.of[node] != node {
		p.of[node] = p.of[p.of[node]]
		node = p.of[node]
	}
	return node
}
