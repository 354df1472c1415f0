//go:build headless

package main

import (
	"context"

	"sandtable/cmd/internal/stage"
)

// window says that this program has none.
func (o *options) window(context.Context, *story) error {
	return stage.Bad("此版本没有窗口；应给出 --screenshot 文件", "built without a window; want --screenshot FILE")
}
