// Package par runs work over disjoint tiles on several processors. It is the only place of the core that starts
// goroutines.
//
// The rule that makes it deterministic: tile k writes only what belongs to tile k, and reads only what no tile
// writes. A reduction is left per tile and summed afterwards in tile order by the caller. The number of workers
// is then no part of any result.
package par

import (
	"sync"
	"sync/atomic"
)

// Tiles calls f once for every tile in [0, n), on at most the given number of workers, and returns when all are
// done. One worker (or fewer) runs everything on the caller's goroutine. A panic in f is raised again in the
// caller, with the value of the lowest tile that panicked among those that ran.
func Tiles(n, workers int, f func(tile int)) {
	workers = min(workers, n)
	if workers <= 1 {
		for tile := range n {
			f(tile)
		}
		return
	}
	var (
		next  atomic.Int64
		group sync.WaitGroup
		trap  catcher
	)
	work := func() {
		for {
			tile := int(next.Add(1)) - 1
			if tile >= n {
				return
			}
			trap.run(tile, f)
		}
	}
	group.Add(workers - 1)
	for range workers - 1 {
		go func() {
			defer group.Done()
			work()
		}()
	}
	work()
	group.Wait()
	trap.raise()
}

// catcher carries the panic of the lowest tile out of the workers.
type catcher struct {
	mu     sync.Mutex
	caught bool
	tile   int
	value  any
}

func (c *catcher) run(tile int, f func(int)) {
	defer func() {
		if v := recover(); v != nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			if !c.caught || tile < c.tile {
				c.caught, c.tile, c.value = true, tile, v
			}
		}
	}()
	f(tile)
}

func (c *catcher) raise() {
	if c.caught {
		panic(c.value)
	}
}
