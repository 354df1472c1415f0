// Package harm says what water does to people, vehicles and buildings, as tables with their sources: the
// classes H1 to H6, the hazard rating of FD2321, what people and vehicles stand, how fast one drives and walks
// through water, which buildings give way, what a flooded house loses, and how many die.
//
// Every number of that kind has its only place here. A table is a Go value with its name, source, status and
// rows; functions over the tables answer what the rest of the core asks. The package holds no state and draws
// nothing at random: where a criterion is a range, the caller brings the place in it. docs/models/harm.md shows
// all tables and is checked against them by a test.
//
// Lengths are in metres, speeds in metres per second, depth times speed in square metres per second, unless a
// name or a comment says otherwise.
package harm
