// Package render turns what a world shows (sim.Snapshot) into a picture, without a screen.
//
// Scene makes a draw list: rectangles, marks, lines, areas, texts and images in screen pixels, sheet upon sheet.
// Desk adds what surrounds the map (bar, panels, timeline, buttons) and turns mouse and keys into calls of a
// Controller. Paint draws a list into an image in memory, for reports, tests and pictures without a display; package
// render/window draws the same list in a window. All of this is a function of its inputs: equal snapshots, cameras and
// settings give equal lists.
//
// Colours. Red, orange, yellow and blue stand for warning levels and for nothing else; the depth of water is a ramp
// of one hue from light to dark; what people do is told by shape as well as by colour.
package render
