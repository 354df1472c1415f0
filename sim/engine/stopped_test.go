package engine

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// A run has come to its end when a hazard has failed, and not when something else goes wrong: then it can be taken up.
func TestStopped(t *testing.T) {
	hazard := fmt.Errorf("hazard 0: %w", errors.New("cell 3: the depth is not a number"))
	film := fmt.Errorf("hazard 0: %w", fmt.Errorf("the film x shows other layers; %w", ErrFilm))
	saved := fmt.Errorf("hazard 0: %w", errSaved)
	for _, c := range []struct {
		failed, err error
		want        bool
	}{
		{nil, nil, false},
		{nil, context.Canceled, false},
		{hazard, fmt.Errorf("at 0:10:00: %w", hazard), true},
		{hazard, errors.New("disk full"), false}, // of a sink, in the same tick
		{film, fmt.Errorf("at 0:10:00: %w", film), false},
		{saved, saved, false},
	} {
		if got := Stopped(&World{failed: c.failed}, c.err); got != c.want {
			t.Errorf("failed %v, error %v: %v; want %v", c.failed, c.err, got, c.want)
		}
	}
}
