// Package simtest holds conformance kits: what every implementation of a socket of package sim must pass. It imports
// only sim and what lies below, so that any package can use it in its tests.
package simtest
