//go:build !js

package main

// firstDrill is played when no scenario is named.
const firstDrill = "linjiang-flood"
