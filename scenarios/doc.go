// Package scenarios reads, checks and writes drills: a directory with scenario.toml, the tables that it names, and a
// director's script. It also carries the drills that are shipped with the program.
//
// Mistakes are reported all at once, each as path:line:col: what is wrong; want …. Columns count characters, not
// bytes, so that an editor goes to the right place in a line with Chinese text.
//
// The files and every key are described in docs/scenario.md, which is made from package sim/scenario's schema.
package scenarios
