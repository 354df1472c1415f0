package importer

// parts are sets of numbers that are joined two by two; the least number of a set names it.
type parts []int

// newParts returns n sets of one number each.
func newParts(n int) parts {
	p := make(parts, n)
	for i := range p {
		p[i] = i
	}
	return p
}

// of returns the name of the set that holds i.
func (p parts) of(i int) int {
	for p[i] != i {
		p[i] = p[p[i]]
		i = p[i]
	}
	return i
}

// join makes one set of those that hold i and j.
func (p parts) join(i, j int) {
	a, b := p.of(i), p.of(j)
	p[max(a, b)] = min(a, b)
}
