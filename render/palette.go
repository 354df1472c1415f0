package render

import (
	"image/color"

	"sandtable/sim"
	"sandtable/sim/harm"
)

// rgb makes an opaque colour of 0xRRGGBB, rgba one with alpha.
func rgb(v uint32) color.NRGBA { return rgba(v, 255) }

func rgba(v uint32, a uint8) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: a}
}

// Ink and paper of map and desk.
var (
	inkDark    = rgb(0x1C2228)
	inkSoft    = rgb(0x4A5560)
	paper      = rgb(0xFFFFFF)
	halo       = rgba(0xFFFFFF, 225)
	deskBack   = rgba(0x111A22, 250)
	deskRaise  = rgba(0x24313D, 255)
	deskHover  = rgba(0x35495B, 255)
	deskLine   = rgba(0x4B6072, 255)
	deskText   = rgb(0xF2F5F7)
	deskFaint  = rgb(0xA9B7C3)
	deskGood   = rgb(0x7FD6B2)
	deskAlarm  = rgb(0xFF8AC8) // counts that ask for action: light form of stranded
	deskOrder  = rgb(0xCDA9F0) // orders, and what the keyboard is at
	plate      = rgba(0xFFFFFF, 218)
	labelPlate = rgba(0xFFFFFF, 205)
)

// Depth of water. Breaks in metres: 0.15 m stops small children and low cars from walking and driving safely, 0.3 m
// floats cars, 0.5 m stops adults on foot; 1 and 2 m are storeys' worth. Colours: one hue, light to dark.
var (
	depthBreaks = [...]float64{0.05, 0.15, 0.3, 0.5, 1.0, 2.0}
	depthColors = [...]color.NRGBA{
		rgba(0xDDEBF7, 150), rgba(0xB7D4EA, 205), rgba(0x86BCDC, 215), rgba(0x4F9BCB, 222), rgba(0x2272B2, 228),
		rgba(0x0B3F83, 232),
	}
)

// Arrival of the water, from early to late: dark to pale, so that what is reached first weighs most. Danger, from H1 to
// H6: pale to dark. Both keep away from the colours of depth, of warning levels and of people.
var (
	arrivalColors = [...]color.NRGBA{
		rgba(0x3B0F4F, 215), rgba(0x3E4A89, 215), rgba(0x26828E, 215), rgba(0x35B779, 215), rgba(0x9BD93C, 210),
		rgba(0xE4EFB0, 210),
	}
	dangerColors = [...]color.NRGBA{
		rgba(0xF3E4D7, 190), rgba(0xDFBFA8, 205), rgba(0xC28E80, 215), rgba(0x9A5B66, 220), rgba(0x682F52, 225),
		rgba(0x34103A, 230),
	}
)

// ratingColors are those of danger for the levels of the hazard rating.
var ratingColors = [harm.LevelCount - 1]color.NRGBA{dangerColors[0], dangerColors[2], dangerColors[4], dangerColors[5]}

// coverColors tint the relief by class of land cover, in the order of the classes; pale, so that what lies above
// reads well. Rivers and lakes as they always are have a greyish blue outside the ramp of depths, dark enough to
// read as deep.
var coverColors = [...]color.NRGBA{
	rgb(0xEDE9D3), // farmland
	rgb(0xCBD6B8), // forest
	rgb(0xDCD3CC), // urban
	rgb(0x5F8197), // water
	rgb(0xE3DCCB), // bare
	rgb(0xCBDAC9), // wetland
}

// Marks of people. No warning colour among them, and each stage has a mark of its own, see stageStyles.
var (
	colorUnaware   = rgb(0x6F7377)
	colorWarned    = rgb(0x7A4FA3) // violet
	colorStaying   = rgb(0x3B3B3B)
	colorMoving    = rgb(0x00795C) // green
	colorWaiting   = rgb(0x5C4A1F) // dark olive
	colorSafe      = rgb(0x0F4D2E) // dark green
	colorStranded  = rgb(0xC2006B) // magenta
	colorDead      = rgb(0x000000)
	colorZone      = rgb(0x6B4E8C)
	colorZoneCold  = rgb(0x77808A)
	colorRoadEdge  = rgb(0x6A635B)
	colorRoad      = rgb(0xFFFFFF)
	colorRoadMinor = rgb(0xFBF9F4)
	colorTrack     = rgb(0x8B7F6F)
	colorClosed    = rgb(0x14181C)
	colorJam       = rgb(0x6D1A36) // dark wine
	colorHouse     = rgb(0x9C9188)
	colorOffice    = rgb(0x6E6259)
	colorUnit      = rgb(0x123C5A)
	colorShelter   = rgb(0x0F6B46)
	colorPost      = rgb(0x2B2F36)
	colorGauge     = rgb(0x20405F)
	colorWork      = rgb(0x5A3A22) // dark brown
	colorChosen    = rgb(0x7B2FB5) // what the form of an order names
	colorPointed   = rgba(0x7B2FB5, 130)
)

// stageStyle is how a party of one stage looks.
type stageStyle struct {
	mark  Mark
	size  float32 // [pixel] at scale 1
	color color.NRGBA
	edge  bool // with a white edge
}

var stageStyles = [sim.StageCount]stageStyle{
	sim.StageUnaware:   {MarkDisc, 4, colorUnaware, false},
	sim.StageWarned:    {MarkRing, 6, colorWarned, false},
	sim.StageStaying:   {MarkSquare, 4.5, colorStaying, false},
	sim.StagePreparing: {MarkDisc, 6, colorWarned, false},
	sim.StageWalking:   {MarkTriangle, 7, colorMoving, false},
	sim.StageDriving:   {MarkTriangle, 7, colorMoving, false},
	sim.StageWaiting:   {MarkHourglass, 8, colorWaiting, false},
	sim.StageRiding:    {MarkTriangle, 7, colorMoving, false},
	sim.StageAtDoor:    {MarkHourglass, 7, colorSafe, false},
	sim.StageSheltered: {MarkDisc, 5, colorSafe, false},
	sim.StageOutside:   {MarkDisc, 4, colorSafe, false},
	sim.StageStranded:  {MarkDiamond, 11, colorStranded, true},
	sim.StageDead:      {MarkCross, 11, colorDead, true},
}

// levelColors are the colours of warning levels after GB/T 37230-2018, from none to red.
var levelColors = [...]color.NRGBA{rgb(0x5A6670), rgb(0x1F6FEB), rgb(0xF2C500), rgb(0xF57C00), rgb(0xD81E1E)}

// levelInk is the colour of writing on a level's colour.
var levelInk = [...]color.NRGBA{paper, paper, inkDark, inkDark, paper}
