package scenarios

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"

	"sandtable/sim"
)

// MainFile is the file that a scenario begins with.
const MainFile = "scenario.toml"

// maxIncluded is how many files a scenario may include.
const maxIncluded = 50

// reader reads the files of one scenario and collects what is wrong.
type reader struct {
	fsys  fs.FS
	dir   string
	diags Diagnostics
	files []string                // as shown, in the order of reading
	bytes map[string][]byte       // every file read, by its name inside the directory
	bad   map[string]map[int]bool // rows of tables, by the file's name, about which something has been said
}

func newReader(fsys fs.FS, dir string) *reader {
	return &reader{fsys: fsys, dir: dir, bytes: make(map[string][]byte), bad: make(map[string]map[int]bool)}
}

// shown is the name of a file in messages.
func (r *reader) shown(name string) string { return path.Join(r.dir, name) }

// maxFindings is how many findings are listed.
const maxFindings = 2000

// add notes a finding.
func (r *reader) add(d Diagnostic) {
	switch n := len(r.diags); {
	case n < maxFindings:
		r.diags = append(r.diags, d)
	case n == maxFindings:
		r.diags = append(r.diags, Diagnostic{Path: r.shown(MainFile),
			Text: sim.Say("问题超过 %d 处，其余未列出", "more than %d findings, of which the others are not listed", maxFindings)})
	}
}

// maxFile is the largest file that is read, compressed or not [bytes].
const maxFile = 1 << 30

// read returns the bytes of a file of the scenario; why says what is wrong.
func (r *reader) read(name string) (data []byte, why sim.Text) {
	if !fs.ValidPath(name) || name == "." {
		return nil, sim.Say("%q；应为情景目录内的文件", "%q; want a file inside the scenario's directory", name)
	}
	if data, ok := r.bytes[name]; ok {
		return data, why
	}
	full := path.Join(r.dir, name)
	info, err := fs.Stat(r.fsys, full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, sim.Say("没有文件 %s；应与 %s 放在一起", "there is no file %s; want it beside %s", r.shown(name), MainFile)
	case err != nil:
		return nil, sim.Say("%s 无法读取：%v", "%s cannot be read: %v", r.shown(name), err)
	case !info.Mode().IsRegular():
		return nil, sim.Say("%s 不是文件；应为文件", "%s is no file; want one", r.shown(name))
	case info.Size() > maxFile:
		return nil, sim.Say("%s 有 %d 字节；最多 %d 字节", "%s has %d bytes; want at most %d", r.shown(name), info.Size(), maxFile)
	}
	data, err = fs.ReadFile(r.fsys, full)
	if err != nil {
		return nil, sim.Say("%s 无法读取：%v", "%s cannot be read: %v", r.shown(name), err)
	}
	r.files = append(r.files, r.shown(name))
	r.bytes[name] = data
	return data, why
}

// merged is scenario.toml with everything that it includes.
type merged struct {
	values map[string]any
	root   *node
}

// document reads scenario.toml and the files that it includes, depth first. It returns nil when one of them is no
// TOML: then nothing can be said about the whole.
func (r *reader) document() *merged {
	data, why := r.read(MainFile)
	if !why.Empty() {
		r.add(Diagnostic{Path: r.shown(MainFile),
			Text: sim.Say("无法读取；应为含 %s 的目录", "cannot be read; want a directory with %s", MainFile)})
		return nil
	}
	m := &merged{values: make(map[string]any)}
	seen := map[string]Diagnostic{}
	if !r.include(m, MainFile, data, seen, []string{MainFile}) {
		return nil
	}
	return m
}

// include parses one file and puts it into m. above are the files that led here.
func (r *reader) include(m *merged, name string, data []byte, seen map[string]Diagnostic, above []string) bool {
	doc, wrong := parseTOML(r.shown(name), data)
	if wrong != nil {
		r.add(*wrong)
		return false
	}
	if m.root == nil {
		m.root = doc.root
		maps.Copy(m.values, doc.values)
		delete(m.values, "include")
	} else {
		r.merge(m, doc)
	}
	ok := true
	for i, v := range r.includes(doc) {
		at := doc.root.keys["include"].item(i)
		here := at.src.at(int(at.val), sim.Text{})
		switch first, twice := seen[v]; {
		case slices.Contains(above, v):
			r.addAt(at, sim.Say("%q 经 %s 包含了自身；不应循环", "%q includes itself, by way of %s; want no circle", v, name))
		case twice:
			r.addAt(at, sim.Say("%q 被再次包含，前一次在 %s:%d:%d；只应一次",
				"%q is included a second time, after %s:%d:%d; want it once", v, first.Path, first.Line, first.Col))
		case len(seen) >= maxIncluded:
			r.addAt(at, sim.Say("包含的文件多于 %d 个；应减少", "more than %d included files; want fewer", maxIncluded))
		default:
			seen[v] = here
			data, why := r.read(v)
			if !why.Empty() {
				r.addAt(at, why)
				continue
			}
			ok = r.include(m, v, data, seen, append(slices.Clone(above), v)) && ok
		}
	}
	return ok
}

// includes returns the names in the include list of a file.
func (r *reader) includes(doc *document) []string {
	value, ok := doc.values["include"]
	if !ok {
		return nil
	}
	list, isList := value.([]any)
	if !isList {
		r.addAt(doc.root.keys["include"], instead(value, sim.Text{ZH: `文件列表（如 ["units.toml"]）`,
			EN: `a list of files such as ["units.toml"]`}))
		return nil
	}
	var names []string
	for i, v := range list {
		name, isText := v.(string)
		if !isText {
			r.addAt(doc.root.keys["include"].item(i), instead(v, sim.Text{ZH: "文件名", EN: "the name of a file"}))
			return names
		}
		names = append(names, name)
	}
	return names
}

// merge puts the tables of an included file to those already there: lists of tables one after the other, anything
// else may stand in one file only.
func (r *reader) merge(m *merged, doc *document) {
	for _, key := range slices.Sorted(maps.Keys(doc.values)) {
		if key == "include" {
			continue
		}
		value, n := doc.values[key], doc.root.keys[key]
		have, twice := m.values[key]
		list1, ok1 := tables(have)
		list2, ok2 := tables(value)
		switch {
		case !twice:
			m.values[key] = value
			m.root.adopt(key, n)
		case ok1 && ok2:
			m.values[key] = append(slices.Clone(list1), list2...)
			there := m.root.keys[key]
			there.items = append(there.items, n.items...)
		default:
			first := m.root.keys[key]
			line, col := first.src.place(int(first.key))
			r.addAt(n, sim.Say("%s 被再次定义，前一次在 %s:%d:%d；只应在一个文件中",
				"%s is defined a second time, after %s:%d:%d; want it in one file", key, first.src.path, line, col))
		}
	}
}

// tables returns a list of tables as such, also one that is written as a list of inline tables.
func tables(v any) ([]map[string]any, bool) {
	switch v := v.(type) {
	case []map[string]any:
		return v, true
	case []any:
		var list []map[string]any
		for _, x := range v {
			t, ok := x.(map[string]any)
			if !ok {
				return nil, false
			}
			list = append(list, t)
		}
		return list, true
	}
	return nil, false
}

// adopt hangs a node of another file below n.
func (n *node) adopt(key string, other *node) {
	if n.keys == nil {
		n.keys = make(map[string]*node)
	}
	n.keys[key] = other
}

// item returns the node of an element, or n itself where the element has no place of its own.
func (n *node) item(i int) *node {
	if n != nil && i < len(n.items) {
		return n.items[i]
	}
	return n
}

// addAt notes an error at the value of a node.
func (r *reader) addAt(n *node, text sim.Text) {
	n.reported = true
	if len(r.diags) <= maxFindings { // the place in a long line takes time
		r.add(n.src.at(int(n.val), text))
	}
}

// addAtKey notes an error at the key of a node.
func (r *reader) addAtKey(n *node, text sim.Text) {
	n.reported = true
	if len(r.diags) <= maxFindings {
		r.add(n.src.at(int(n.key), text))
	}
}
