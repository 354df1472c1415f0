package scenarios

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// places lists every key of a text with where it stands: path line:col, or path line:col=line:col with its value.
func places(n *node, path string) []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(n.keys)) {
		c := n.keys[key]
		at := strings.TrimPrefix(path+"."+key, ".")
		out = append(out, at+" "+where(c))
		out = append(out, places(c, at)...)
	}
	for i, c := range n.items {
		at := fmt.Sprintf("%s[%d]", path, i)
		out = append(out, at+" "+where(c))
		out = append(out, places(c, at)...)
	}
	return out
}

func where(n *node) string {
	l1, c1 := n.src.place(int(n.key))
	l2, c2 := n.src.place(int(n.val))
	if l1 == l2 && c1 == c2 {
		return fmt.Sprintf("%d:%d", l1, c1)
	}
	return fmt.Sprintf("%d:%d=%d:%d", l1, c1, l2, c2)
}

func TestKeysAreFoundWhereTheyStand(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"pairs":         {"a = 1\nb = 2\n", "a 1:1=1:5\nb 2:1=2:5"},
		"comments":      {"# a = 1\n\n  b = 2 # c = 3\n", "b 3:3=3:7"},
		"table":         {"[t]\nx = 1\n[u.v]\ny = 2", "t 1:1\nt.x 2:1=2:5\nu 3:1\nu.v 3:1\nu.v.y 4:1=4:5"},
		"tables":        {"[[z]]\nn = 1\n[[z]]\nn = 2\n[z.in]\nk = 3", "z 1:1\nz[0] 1:1\nz[0].n 2:1=2:5\nz[1] 3:1\nz[1].in 5:1\nz[1].in.k 6:1=6:5\nz[1].n 4:1=4:5"},
		"dotted":        {"a.b . c = 1", "a 1:1\na.b 1:3\na.b.c 1:7=1:11"},
		"quoted":        {`"a b".'c"d' = 1`, "a b 1:1\na b.c\"d 1:7=1:15"},
		"escaped":       {`"\u4e2d\"\\" = 1`, "中\"\\ 1:1=1:16"},
		"chinese":       {`标题 = "大坝" # 说明` + "\n" + `x = {zh = "大坝", en = "dam"}`, "x 2:1=2:5\nx.en 2:17=2:22\nx.zh 2:6=2:11\n标题 1:1=1:6"},
		"list":          {"a = [1, 2,\n  3, # four\n]", "a 1:1=1:5\na[0] 1:6\na[1] 1:9\na[2] 2:3"},
		"lists":         {"a = [[1, 2], [3]]", "a 1:1=1:5\na[0] 1:6\na[0][0] 1:7\na[0][1] 1:10\na[1] 1:14\na[1][0] 1:15"},
		"inline tables": {`a = [{x = 1}, {y.z = "]"}]`, "a 1:1=1:5\na[0] 1:6\na[0].x 1:7=1:11\na[1] 1:15\na[1].y 1:16\na[1].y.z 1:18=1:22"},
		"strings":       {"a = \"#]\\\"\" \nb = '\\'\nc = 1", "a 1:1=1:5\nb 2:1=2:5\nc 3:1=3:5"},
		"long strings":  {"a = \"\"\"\nx = 1\n\"quoted\"\\\"\"\"\"\"\"\nb = '''\n''''\nc = 1", "a 1:1=1:5\nb 4:1=4:5\nc 6:1=6:5"},
		"windows":       {"a = 1\r\nb = 2\r\n", "a 1:1=1:5\nb 2:1=2:5"},
		"mark":          {"\xef\xbb\xbfa = 1", "a 1:1=1:5"},
		"dates":         {"a = 2026-07-18 18:00:00\nb = 1", "a 1:1=1:5\nb 2:1=2:5"},
	} {
		root, _ := scanKeys(newSource("t.toml", []byte(c.text)))
		got := strings.Join(places(root, ""), "\n")
		if got != c.want {
			t.Errorf("%s: found\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// every key and element that the TOML parser returns must have been seen by the scan.
func unseen(n *node, value any, path string) string {
	switch value := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			c := n.keys[key]
			if c == nil {
				return path + "." + key
			}
			if p := unseen(c, value[key], path+"."+key); p != "" {
				return p
			}
		}
	case []map[string]any:
		for i, v := range value {
			if i >= len(n.items) {
				return fmt.Sprintf("%s[%d]", path, i)
			}
			if p := unseen(n.items[i], v, fmt.Sprintf("%s[%d]", path, i)); p != "" {
				return p
			}
		}
	case []any:
		for i, v := range value {
			if i >= len(n.items) {
				return fmt.Sprintf("%s[%d]", path, i)
			}
			if p := unseen(n.items[i], v, fmt.Sprintf("%s[%d]", path, i)); p != "" {
				return p
			}
		}
	}
	return ""
}

func TestMistakesOfSyntaxAreFoundAfterChineseText(t *testing.T) {
	for text, want := range map[string]string{
		"a = \"大坝\nb = 1":            "t.toml:1:8: ",
		"名 = 1":                      "t.toml:1:1: ",
		"a = \"大坝\" x":               "t.toml:1:10: ",
		"# 大坝\na = \"大坝\"\nb = 大坝":   "t.toml:3:5: ",
		"a = {zh = \"大坝\", n = 01}":  "t.toml:1:21: ",
		"a = [\"大坝\", 1, \"\\q\"]":   "t.toml:1:16: ",
		"\xef\xbb\xbfa = \"大坝\" = 2": "t.toml:1:10: ",
		"a = 1\na = 2":               "t.toml:2:1: ",
		"a = \"大坝\" # 注释\n[t]\nx = 99999999999999999999": "t.toml:3:5: ",
		"a = \"\xff\"": "t.toml:1:6: ",
		"a = \"\x00\"": "t.toml:1:",
	} {
		_, wrong := parseTOML("t.toml", []byte(text))
		if wrong == nil || !strings.HasPrefix(wrong.String(), want) {
			t.Errorf("%q: %v; want %s…", text, wrong, want)
		}
	}
}

func TestNestingIsBounded(t *testing.T) {
	for name, text := range map[string]string{
		"lists":  "a = " + strings.Repeat("[", 1<<20),
		"tables": "a = " + strings.Repeat("{a=", 1<<20),
		"keys":   strings.Repeat("a.", 1<<20) + "a = 1",
		"heads":  "[" + strings.Repeat("a.", 1<<20) + "a]",
	} {
		if _, wrong := parseTOML("t.toml", []byte(text)); wrong == nil || !strings.Contains(wrong.Text.EN, "nested too deep") {
			t.Errorf("%s: %v; want nested too deep", name, wrong)
		}
	}
	if _, wrong := parseTOML("t.toml", make([]byte, maxTOML+1)); wrong == nil || !strings.Contains(wrong.Text.EN, "at most") {
		t.Errorf("a large file: %v", wrong)
	}
}
