// Package figure draws the pictures of the documents: what a model gives, against what is published or worked out by
// hand. Only tests use it, those named TestFigure…; `make figures` runs them.
//
// A picture is one or more panels side by side, with axes that have units, a legend, and a line below that says where
// the truth in it comes from. Colours differ in brightness as well, so that they can be told apart in grey; the
// project's own results are dark, what they are held against is light or dashed.
//
// A picture is an SVG file below [Most] bytes, and drawing it twice gives the same bytes.
package figure
