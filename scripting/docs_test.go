package scripting

import (
	"flag"
	"os"
	"testing"
)

var rewrite = flag.Bool("rewrite", false, "write docs/scripting.md anew")

func TestReferenceIsUpToDate(t *testing.T) {
	const path = "../docs/scripting.md"
	want := Reference()
	got, err := os.ReadFile(path)
	if err == nil && string(got) == want {
		return
	}
	if *rewrite {
		if err := os.WriteFile(path, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Errorf("%s is not what the code says; go test ./scripting -rewrite writes it anew", path)
}
