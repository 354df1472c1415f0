// Package sim is the vocabulary of Sandtable: the types that every part of the simulator speaks with.
//
// The core is a state machine. Commands go in, events come out, nothing else crosses its border: no clock, no
// file, no log. A World (package sim/engine) advances by ticks of one second; inside a tick every subsystem works
// through its own agenda in microseconds. Subsystems talk only through the typed mailboxes of Ports.
//
// What lies here: time (Time, Duration, Tick), typed ids and Ref, commands and the catalogue of orders, events,
// quantity layers and the Hazard socket, ports, what is true (Truth) and what a seat knows (Observation), what is
// drawn (Snapshot), the interfaces towards the outside (Source, Sink, Runner, FilmStore), and how state is saved
// and digested.
package sim
