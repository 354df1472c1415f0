package main

// firstDrill is played when no scenario is named: in a browser the small one, which is there at once.
const firstDrill = "hamlet"
