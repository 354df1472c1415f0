//go:build linux && !headless

package main

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The program, begun where there is no display, ends with a sentence and not with a library's panic.
func TestSaysThatThereIsNoDisplay(t *testing.T) {
	program := filepath.Join(t.TempDir(), "sandbox")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := exec.Command(program, "--help")
	run.Env = []string{"HOME=" + t.TempDir()}
	out, err := run.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("%v; want exit code 1", err)
	}
	if text := string(out); !strings.HasPrefix(text, "no display: want DISPLAY") || strings.Contains(text, "panic") {
		t.Errorf("it says %q", text)
	}
}
