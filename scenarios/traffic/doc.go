// Package traffic holds cases of traffic: a road network and the trips of one run on it, without a drill around them.
//
// A case is read from three tables (nodes.csv, edges.csv, trips.csv) or from the files of the TNTP collection, or made
// as a grid town. What is wrong with its files is reported with place and want, all of it; the rows that are wrong are
// left out and counted, and the rest is a case.
//
// A Run plays a case on the roads of package sim/road, on one thread, and watches it: arrivals, flows of links by
// period, density and speed over distance and time. WriteSUMO writes a case for Eclipse SUMO, to be held against it.
//
// The formats are described in docs/traffic.md.
package traffic
