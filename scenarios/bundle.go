package scenarios

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// File is a file of a scenario: its name inside the directory, with slashes, and its bytes.
type File struct {
	Name string
	Data []byte
}

// Bundle returns the files that a scenario consists of, sorted by name: scenario.toml, what it includes, the tables
// and grids that it and its hazards name, and the director's script. Other files beside them, such as README.md, do
// not belong to it. It fails when scenario.toml cannot be read or one of the files is not there; it does not check the
// scenario.
func Bundle(fsys fs.FS, dir string, kinds Kinds) ([]File, error) {
	l := newLoader(fsys, dir, kinds)
	r, doc := l.reader, l.document()
	if doc == nil {
		return nil, r.diags.Err()
	}
	l.bundleHazards(doc)
	for _, key := range []string{"drill.director", "place.terrain", "place.cover", "roads.nodes", "roads.links",
		"population.buildings", "population.households", "population.persons"} {
		table, field, _ := strings.Cut(key, ".")
		values, _ := doc.values[table].(map[string]any)
		name, _ := values[field].(string)
		if name == "" {
			continue
		}
		if _, why := r.read(name); !why.Empty() {
			n, _ := follow(doc.root, key)
			r.addAt(n, why)
		}
	}
	if err := r.diags.Err(); err != nil {
		return nil, err
	}
	var files []File
	for _, name := range slices.Sorted(maps.Keys(r.bytes)) {
		files = append(files, File{name, r.bytes[name]})
	}
	return files, nil
}

// bundleHazards reads the files that the hazards name.
func (l *loader) bundleHazards(doc *merged) {
	l.root, l.sc = doc.root, &scenario.Scenario{}
	l.head(doc)
	before := l.diags
	l.hazards(doc.values["hazard"], &scenario.Missing{})
	l.diags = before // what is wrong with the tables is not asked here
	for i := range l.sc.Hazards {
		for _, a := range attached(l.sc.Hazards[i].Spec) {
			if _, why := l.read(a.File); !why.Empty() {
				n, _ := follow(l.root, fmt.Sprintf("hazard[%d].%s", i, a.Path))
				l.addAt(n, why)
			}
		}
	}
}

// HashFiles returns the hash of a bundle, which is Scenario.Hash of the scenario that is loaded from it: SHA-256
// over the files sorted by name, each as length and bytes of its name, length and bytes of its content.
func HashFiles(files []File) [32]byte {
	all := make(map[string][]byte, len(files))
	for _, f := range files {
		all[f.Name] = f.Data
	}
	return hashFiles(all)
}

func hashFiles(files map[string][]byte) (sum [32]byte) {
	h := sha256.New()
	var length [8]byte
	put := func(data []byte) {
		binary.LittleEndian.PutUint64(length[:], uint64(len(data)))
		h.Write(length[:])
		h.Write(data)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		put([]byte(name))
		put(files[name])
	}
	h.Sum(sum[:0])
	return sum
}

// errNoScenario says that a directory holds none.
var errNoScenario = sim.Fail("其中没有 %s", "no %s there", MainFile)
