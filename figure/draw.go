package figure

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Most is the size that a picture stays below [bytes].
const Most = 60_000

const (
	panelWidth  = 310 // of one panel among several [pt]
	wholeWidth  = 460 // of a panel alone [pt]
	panelHeight = 230 // [pt]
	margin      = 8   // [pt]
	captionLine = 11  // height of a line of the caption [pt]
)

// Wanted skips a test unless pictures are wanted: it draws into $SANDTABLE_FIGURES only.
func Wanted(t testing.TB) {
	t.Helper()
	if os.Getenv("SANDTABLE_FIGURES") == "" {
		t.Skip("draws only into $SANDTABLE_FIGURES (make figures)")
	}
}

// Save draws panels, so many in a row, with a caption below them, into $SANDTABLE_FIGURES/name.svg. The caption says
// where the truth comes from; its lines are broken by the caller.
func Save(t testing.TB, name, caption string, columns int, panels ...*Panel) {
	t.Helper()
	Wanted(t)
	picture, err := render(caption, columns, panels)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	again, err := render(caption, columns, panels)
	if err != nil || !bytes.Equal(picture, again) {
		t.Fatalf("%s: drawn a second time it differs (%v)", name, err)
	}
	if len(picture) >= Most {
		t.Fatalf("%s: %d bytes; want less than %d: leave out points", name, len(picture), Most)
	}
	if err := os.WriteFile(filepath.Join(os.Getenv("SANDTABLE_FIGURES"), name+".svg"), picture, 0o666); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s.svg: %d bytes", name, len(picture))
}

// render draws the panels row by row, with their axes aligned.
func render(caption string, columns int, panels []*Panel) ([]byte, error) {
	rows := (len(panels) + columns - 1) / columns
	width := vg.Length(columns) * panelWidth
	if columns == 1 {
		width = wholeWidth
	}
	lines := strings.Split(caption, "\n")
	foot := vg.Length(len(lines))*captionLine + margin
	height := vg.Length(rows)*panelHeight + foot
	c := vgsvg.New(width, height)
	dc := draw.New(c)
	dc.SetColor(whiteInk)
	dc.Fill(dc.Rectangle.Path())
	for i, line := range lines {
		dc.FillText(textStyle(8, black), vg.Point{X: margin, Y: foot - vg.Length(i+1)*captionLine}, line)
	}
	grid := make([][]*plot.Plot, rows)
	for i := range grid {
		grid[i] = make([]*plot.Plot, columns)
	}
	for i, p := range panels {
		grid[i/columns][i%columns] = p.plot
	}
	area := draw.Crop(dc, margin, -margin, foot, -margin)
	tiles := draw.Tiles{Rows: rows, Cols: columns, PadX: 2 * margin, PadY: margin}
	for r, row := range plot.Align(grid, tiles, area) {
		for k, at := range row {
			if grid[r][k] != nil {
				grid[r][k].Draw(at)
			}
		}
	}
	var out bytes.Buffer
	if _, err := c.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("figure: %w", err)
	}
	return compact(out.Bytes()), nil
}

// compact shortens what the library writes on every text, and names fonts of the same widths for readers that do not
// have Liberation Sans.
func compact(svg []byte) []byte {
	return []byte(strings.NewReplacer(
		"font-family:Liberation Sans;font-variant:normal;font-weight:normal;font-style:normal",
		"font-family:Liberation Sans,Arial,Helvetica,sans-serif").Replace(string(svg)))
}
