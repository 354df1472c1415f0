package sim

import "sandtable/sim/geo"

// Rasters is a quantity on a regular grid at one or several times, as a file beside a scenario holds it.
type Rasters struct {
	Grid   geo.Grid
	Times  []Duration  // since the start, rising; none in a file that knows no time, which then holds one raster
	Values [][]float64 // per time, one per cell
}

// Attachment is a file beside scenario.toml that a hazard's configuration names.
type Attachment struct {
	Path string   // of the key that names it, as in Problem
	File string   // its name
	Into *Rasters // where what is read from it goes, and where it stands when a scenario is written
	// Unit of the values, and the limits within which they lie.
	Unit      string
	Low, High float64
}

// Attached is a HazardSpec of which a part stands in files of their own. The files belong to the scenario's bundle and
// to its hash.
type Attached interface {
	// Attachments lists the files in a fixed order, as far as they are named.
	Attachments() []Attachment
}
