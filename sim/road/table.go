package road

// pageBits is the binary logarithm of how many records a page holds: 1,024.
const pageBits = 10

const pageSize = 1 << pageBits

// table holds records by number. It grows by whole pages, so that nothing is copied: while a slice grows, its records
// are there twice.
type table[T any] struct{ pages []*[pageSize]T }

// at returns record k, which must be there.
func (t *table[T]) at(k int32) *T { return &t.pages[k>>pageBits][k&(pageSize-1)] }

// reach returns record k and makes room for it; new records are zero.
func (t *table[T]) reach(k int32) *T {
	page := int(k >> pageBits)
	for page >= len(t.pages) {
		t.pages = append(t.pages, nil)
	}
	if t.pages[page] == nil {
		t.pages[page] = new([pageSize]T)
	}
	return t.at(k)
}

// has says whether record k is on a page that is there.
func (t *table[T]) has(k int32) bool {
	page := int(k >> pageBits)
	return page < len(t.pages) && t.pages[page] != nil
}

// room returns how many records the pages hold that are there.
func (t *table[T]) room() int64 {
	count := int64(0)
	for _, page := range t.pages {
		if page != nil {
			count += pageSize
		}
	}
	return count
}
