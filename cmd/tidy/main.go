package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with its surroundings handed in: 0 nothing found, 1 findings, 2 the check itself could not be made.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("tidy", flag.ContinueOnError)
	flags.SetOutput(stderr)
	rewrite := flags.Bool("rewrite", false, "lower the function-length ratchet to what the tree needs")
	dir := flags.String("C", ".", "any directory of the module to check")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: tidy [-C dir] [-rewrite] [nofma [package…]]")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return 2
	}
	root, err := moduleRoot(*dir)
	if err != nil {
		fmt.Fprintln(stderr, "tidy:", err)
		return 2
	}
	var findings []Finding
	switch {
	case flags.NArg() == 0 && *rewrite:
		err = rewriteRatchet(root, stdout)
	case flags.NArg() == 0:
		findings, err = checkDir(root)
	case flags.Arg(0) == "nofma" && !*rewrite:
		findings, err = nofma(root, flags.Args()[1:], stdout)
	default:
		flags.Usage()
		return 2
	}
	if err != nil {
		fmt.Fprintln(stderr, "tidy:", err)
		return 2
	}
	for _, f := range findings {
		fmt.Fprintln(stdout, f)
	}
	if len(findings) > 0 {
		fmt.Fprintf(stderr, "tidy: %d findings\n", len(findings))
		return 1
	}
	return 0
}

// checkDir applies every rule to the module at root.
func checkDir(root string) ([]Finding, error) {
	tree, err := readTree(root)
	if err != nil {
		return nil, err
	}
	return check(tree), nil
}

// moduleRoot walks up from dir to the directory that holds go.mod.
func moduleRoot(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for at := abs; ; at = filepath.Dir(at) {
		_, err := os.Stat(filepath.Join(at, "go.mod"))
		if err == nil {
			return at, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("no go.mod in %s or above it", abs)
		}
	}
}
