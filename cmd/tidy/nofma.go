package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// machine is a platform on which the compiler fuses x*y + z into one instruction with one rounding.
type machine struct {
	name string
	env  []string
}

// fusingMachines are the platforms whose assembly is inspected. On amd64 v1 and wasm the compiler never fuses, so
// that these two decide whether all four platforms of the promise agree.
var fusingMachines = []machine{
	{"arm64", []string{"GOOS=linux", "GOARCH=arm64"}},
	{"amd64 v3", []string{"GOOS=linux", "GOARCH=amd64", "GOAMD64=v3"}},
}

// fusedInstruction matches one line of the assembly that the compiler prints: offset, place and a fused instruction
// (FMADDD, FNMSUBS… on arm64, VFMADD231SD… on amd64, VFMLA on arm64's vectors).
var fusedInstruction = regexp.MustCompile(
	`^\s+0x[0-9a-f]+ \d+ \((.+):(\d+)\)\s+(FN?M(?:ADD|SUB)[SD]|VFN?M(?:ADD|SUB)\w*|VFML[AS]\w*)\b`)

// functionStart matches the line that begins the assembly of a function.
var functionStart = regexp.MustCompile(`^(\S.*) STEXT `)

// nofma compiles the core of the module at root for every fusing machine and returns the fused instructions. It looks
// at the assembly and not at the source, because the compiler fuses across statements, through inlined calls of other
// packages, through memory, and in `-=`. Where packages of the core are named, only they are judged.
func nofma(root string, only []string, stdout io.Writer) ([]Finding, error) {
	tree, err := readTree(root)
	if err != nil {
		return nil, err
	}
	packages := corePackages(tree)
	if len(packages) == 0 {
		return nil, fmt.Errorf("nofma: %s holds no package of the core", root)
	}
	for i, p := range only {
		only[i] = path.Clean(p)
		if !slices.Contains(packages, only[i]) {
			return nil, fmt.Errorf("nofma: %s is no package of the core; want one of %s", p, strings.Join(packages, ", "))
		}
	}
	if len(only) > 0 {
		packages = only
	}
	var out []Finding
	for _, m := range fusingMachines {
		functions, found, err := m.compile(root, tree.Module, packages)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(stdout, "nofma: %s: %d functions of %d packages, %d fused instructions\n",
			m.name, functions, len(packages), len(found))
		out = append(out, found...)
	}
	return out, nil
}

// compile builds the packages for one machine and reads the assembly off the compiler's messages, which the build
// cache repeats for packages that are up to date.
func (m machine) compile(root, module string, packages []string) (functions int, out []Finding, err error) {
	args := []string{"build", "-gcflags=" + module + "/sim/...=-S"} // x/... includes x itself
	for _, p := range packages {
		args = append(args, "./"+p)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), append(m.env, "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false", "GOWORK=off")...)
	messages, err := cmd.StderrPipe()
	if err != nil {
		return 0, nil, fmt.Errorf("nofma: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return 0, nil, fmt.Errorf("nofma: %w", err)
	}
	functions, out, complaints, readErr := m.read(root, messages)
	if readErr != nil {
		io.Copy(io.Discard, messages) // let the compiler end
	}
	if err := cmd.Wait(); err != nil {
		return 0, nil, fmt.Errorf("nofma: go %s for %s: %w\n%s", strings.Join(args, " "), m.name, err, complaints)
	}
	if readErr != nil {
		return 0, nil, fmt.Errorf("nofma: reading the assembly for %s: %w", m.name, readErr)
	}
	if functions == 0 {
		return 0, nil, fmt.Errorf("nofma: the compiler printed no assembly for %s", m.name)
	}
	return functions, out, nil
}

// compilerMessage matches what is neither assembly nor data: the name of a package, and errors with their place.
var compilerMessage = regexp.MustCompile(`^(# |\S+\.go:\d+:\d+: |go: |package |\S+: )`)

// read goes through the compiler's messages: how many functions there were, the fused instructions, and error messages.
func (m machine) read(root string, r io.Reader) (functions int, out []Finding, complaints string, err error) {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 16<<20)
	var errors strings.Builder
	name := ""
	for scan.Scan() {
		line := scan.Text()
		if start := functionStart.FindStringSubmatch(line); start != nil {
			functions++
			name = start[1]
			continue
		}
		if f := fusedInstruction.FindStringSubmatch(line); f != nil {
			n, _ := strconv.Atoi(f[2]) // the pattern admits digits only
			out = append(out, Finding{
				Path: relativeTo(root, f[1]), Line: n, Col: 1, Rule: "nofma",
				What: fmt.Sprintf("%s in %s (%s)", f[3], name, m.name), Want: "float64(x*y) + z, which is never fused",
			})
		}
		if !strings.HasPrefix(line, "\t") && compilerMessage.MatchString(line) {
			errors.WriteString(line + "\n")
		}
	}
	return functions, sorted(out), errors.String(), scan.Err()
}

// relativeTo gives a compiler's place relative to the module where it lies inside it.
func relativeTo(root, place string) string {
	if !filepath.IsAbs(place) {
		return filepath.ToSlash(filepath.Clean(place))
	}
	rel, err := filepath.Rel(root, place)
	if err != nil || strings.HasPrefix(rel, "..") {
		return place
	}
	return filepath.ToSlash(rel)
}
