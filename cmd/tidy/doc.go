// Command tidy checks our own source against the rules of the project: import layers, calls that the deterministic
// core may not make, lengths of functions and lines, words that promise work instead of doing it, doc comments and
// units, markdown links, and the record behind every dependency.
//
// Usage:
//
//	tidy            check the tree; print every finding and exit with 1 if there is any
//	tidy -rewrite   lower or drop entries of the function-length ratchet, never raise or add one
//	tidy nofma      compile the core for arm64 and amd64 v3 and fail on any fused multiply-add in the assembly;
//	                `tidy nofma sim/num` looks at one package of the core only
//
// Findings have the form
//
//	path:line:col: rule: what is wrong; want what is wanted
//
// The same checks run as tests of this package, so `go test ./cmd/tidy` fails when the tree breaks a rule. Files are
// read with os.ReadFile and parsed with go/parser, because `go test` notices changes of files that a test opens, but
// not of those that a child process such as `go list` opens: a cached pass would be stale.
package main
