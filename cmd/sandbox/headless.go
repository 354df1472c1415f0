//go:build headless

package main

import (
	"context"

	"sandtable/cmd/internal/stage"
)

// window says that this program has none.
func (o *options) window(context.Context, *story) error {
	return stage.Bad("built without a window; want --screenshot FILE")
}
