//go:build headless

package main

import "context"

// window says that this program has none.
func (o *options) window(context.Context, *story) error {
	return badInput("built without a window; want --screenshot FILE")
}
