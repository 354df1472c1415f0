package replay

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"sandtable/sim"
)

// Kind says what a line of the journal is.
type Kind string

// Kinds of records.
const (
	KindBegin  Kind = "begin"  // the first line
	KindCmds   Kind = "cmds"   // the commands of one tick, as they were given
	KindReject Kind = "reject" // a command that was refused, with the reasons
	KindNote   Kind = "note"   // what somebody wrote down during the run
	KindScript Kind = "script" // a note or an error of a script
	KindDigest Kind = "digest" // the digests of all subsystems
	KindKey    Kind = "key"    // a keyframe, by the full digest of its state
	KindEnd    Kind = "end"    // the last line of a run that has come to its end or was stopped
)

var kinds = []Kind{KindBegin, KindCmds, KindReject, KindNote, KindScript, KindDigest, KindKey, KindEnd}

// Record is one line of the journal.
type Record struct {
	Kind     Kind
	At       sim.Time
	Commands []sim.Command    // cmds
	Serial   int32            // reject: number of the command in the run, or -1 when a hazard refused
	Author   string           // note
	Text     string           // note, script: what it says; end: why
	Why      sim.Text         // reject: command and reasons
	Parts    []sim.DigestPart // digest, end
	Full     [32]byte         // key, end: engine.World.FullDigest
	Ticks    int64            // end: ticks that were played
	Hash     string           // of the line; empty before it is written

	body []byte // the line as it stands in the file, without its hash
}

// Digest returns the digests of a digest or end record.
func (r *Record) Digest() sim.Digest { return sim.Digest{At: r.At, Parts: r.Parts} }

// wireRecord is a record as it stands in the file. The order of the fields is the order of the keys.
type wireRecord struct {
	Kind   Kind          `json:"k"`
	At     int64         `json:"t"` // microseconds since the start
	Cmds   []wireCommand `json:"c,omitempty"`
	Serial *int32        `json:"n,omitempty"`
	Author text          `json:"by,omitempty"`
	Text   text          `json:"text,omitempty"`
	ZH     text          `json:"zh,omitempty"`
	EN     text          `json:"en,omitempty"`
	Parts  [][2]string   `json:"parts,omitempty"`
	Full   string        `json:"full,omitempty"`
	Ticks  int64         `json:"ticks,omitempty"`
}

// wireCommand is a command as it stands in the file. Its parameters are pairs, so that their order is kept.
type wireCommand struct {
	At    int64     `json:"at"`
	From  string    `json:"from"`
	Post  text      `json:"post,omitempty"`
	Order text      `json:"order"`
	Args  [][2]text `json:"args,omitempty"`
}

// text is a string that keeps every byte: JSON knows only UTF-8, so any other string is written in base64, as
// {"base64":"…"}. What a player sent must be played again exactly, also when it was nonsense.
type text string

type rawText struct {
	Base64 []byte `json:"base64"`
}

// MarshalJSON writes the string.
func (t text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(t)) {
		return canonical(string(t))
	}
	return canonical(rawText{[]byte(t)})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (t *text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '{' {
		var raw rawText
		err := strict(data, &raw)
		*t = text(raw.Base64)
		return err
	}
	return json.Unmarshal(data, (*string)(t))
}

// canonical writes JSON in one line without HTML escapes. Equal values give equal bytes.
func canonical(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// strict reads JSON that may hold nothing unknown and nothing behind it.
func strict(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return errors.New("more than one value")
	}
	return nil
}

// encode writes the record as a body.
func (r *Record) encode() ([]byte, error) {
	w := wireRecord{Kind: r.Kind, At: int64(r.At), Author: text(r.Author), Text: text(r.Text), ZH: text(r.Why.ZH),
		EN: text(r.Why.EN), Ticks: r.Ticks}
	if r.Kind == KindReject {
		w.Serial = &r.Serial
	}
	if r.Kind == KindKey || r.Kind == KindEnd {
		w.Full = hex.EncodeToString(r.Full[:])
	}
	for _, p := range r.Parts {
		w.Parts = append(w.Parts, [2]string{p.Name, fmt.Sprintf("%016x", p.Value)})
	}
	for i := range r.Commands {
		w.Cmds = append(w.Cmds, encodeCommand(&r.Commands[i]))
	}
	body, err := canonical(w)
	if err == nil && len(body)+sealBytes > maxLine {
		err = fmt.Errorf("%s at %v takes %d bytes; want at most %d", r.Kind, r.At, len(body), maxLine-sealBytes)
	}
	return body, err
}

func encodeCommand(c *sim.Command) wireCommand {
	w := wireCommand{At: int64(c.At), From: c.Origin.String(), Post: text(c.Post), Order: text(c.Order)}
	for _, a := range c.Args {
		w.Args = append(w.Args, [2]text{text(a.Name), text(a.Value)})
	}
	return w
}

// decodeRecord reads a body.
func decodeRecord(body []byte, hash string) (Record, error) {
	var w wireRecord
	if err := strict(body, &w); err != nil {
		return Record{}, err
	}
	r := Record{Kind: w.Kind, At: sim.Time(w.At), Author: string(w.Author), Text: string(w.Text),
		Why: sim.Text{ZH: string(w.ZH), EN: string(w.EN)}, Ticks: w.Ticks, Hash: hash, body: body}
	if !slices.Contains(kinds, w.Kind) {
		return r, fmt.Errorf("a record of unknown kind %q", w.Kind)
	}
	if w.Serial != nil {
		r.Serial = *w.Serial
	}
	for _, p := range w.Parts {
		v, err := strconv.ParseUint(p[1], 16, 64)
		if err != nil || len(p[1]) != 16 {
			return r, fmt.Errorf("digest %q of %s; want 16 hex digits", p[1], p[0])
		}
		r.Parts = append(r.Parts, sim.DigestPart{Name: p[0], Value: v})
	}
	if r.Kind == KindKey || r.Kind == KindEnd {
		if n, err := hex.Decode(r.Full[:], []byte(w.Full)[:min(len(w.Full), 64)]); err != nil || n != len(r.Full) ||
			len(w.Full) != 64 {
			return r, fmt.Errorf("full digest %q; want 64 hex digits", w.Full)
		}
	}
	for i := range w.Cmds {
		c, err := decodeCommand(&w.Cmds[i])
		if err != nil {
			return r, err
		}
		r.Commands = append(r.Commands, c)
	}
	return r, nil
}

func decodeCommand(w *wireCommand) (sim.Command, error) {
	origin, ok := sim.OriginByName(w.From)
	if !ok {
		return sim.Command{}, fmt.Errorf("a command from %q", w.From)
	}
	c := sim.Command{At: sim.Time(w.At), Origin: origin, Post: string(w.Post), Order: string(w.Order)}
	for _, a := range w.Args {
		c.Args = append(c.Args, sim.Arg{Name: string(a[0]), Value: string(a[1])})
	}
	return c, nil
}
