package par

import "testing"

func TestEveryTileRunsOnce(t *testing.T) {
	for _, workers := range []int{-1, 0, 1, 2, 7, 100} {
		for _, n := range []int{0, 1, 2, 50} {
			runs := make([]int, n)
			Tiles(n, workers, func(tile int) { runs[tile]++ })
			for tile, k := range runs {
				if k != 1 {
					t.Errorf("%d workers, %d tiles: tile %d ran %d times", workers, n, tile, k)
				}
			}
		}
	}
}

func TestPanicReachesTheCaller(t *testing.T) {
	for _, workers := range []int{1, 3} {
		func() {
			defer func() {
				if v := recover(); v != "tile 4" {
					t.Errorf("%d workers: recovered %v; want tile 4", workers, v)
				}
			}()
			Tiles(8, workers, func(tile int) {
				if tile == 4 {
					panic("tile 4")
				}
			})
		}()
	}
}
