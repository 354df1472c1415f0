package replay

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// A chained file holds one JSON object per line. The last member of each is "h": the SHA-256, cut to 128 bits, of
// the hash of the line before and of the line without its own "h".
const (
	hashDigits = 32
	sealHead   = `,"h":"`
	sealTail   = `"}`
	sealBytes  = len(sealHead) + hashDigits + len(sealTail)
	maxLine    = 16 << 20 // bytes; a longer line is damage
)

// chainStart is the hash that the first line of a chain follows: that of the bytes it is bound to.
func chainStart(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:hashDigits/2])
}

// link hashes a line's body after the hash of the line before.
func link(prev string, body []byte) string {
	h := sha256.New()
	h.Write([]byte(prev))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil)[:hashDigits/2])
}

// seal makes the line, with its end, of a body: a JSON object with at least one member.
func seal(prev string, body []byte) (line []byte, hash string) {
	hash = link(prev, body)
	line = make([]byte, 0, len(body)+sealBytes)
	line = append(line, body[:len(body)-1]...)
	line = append(line, sealHead...)
	line = append(line, hash...)
	return append(line, sealTail+"\n"...), hash
}

var (
	errCut   = errors.New("the line is cut off")
	errShape = errors.New("the line is no object that ends with its hash")
	errChain = errors.New("the hash does not follow from the line and those before it")
	errLong  = fmt.Errorf("the line is longer than %d bytes", maxLine)
)

// unseal checks a line (without its end) and returns its body, which is a copy.
func unseal(prev string, line []byte) (body []byte, hash string, err error) {
	n := len(line) - sealBytes
	if n < 2 || line[0] != '{' || !bytes.HasPrefix(line[n:], []byte(sealHead)) ||
		!bytes.HasSuffix(line, []byte(sealTail)) {
		return nil, "", errShape
	}
	body = append(append(make([]byte, 0, n+1), line[:n]...), '}')
	hash = string(line[n+len(sealHead) : n+len(sealHead)+hashDigits])
	if link(prev, body) != hash {
		return nil, "", errChain
	}
	return body, hash, nil
}

// Damage tells where a file of a run stops being good. What lies before is whole and, in a chained file, proven.
type Damage struct {
	File   string
	Offset int64 // byte at which the damaged part begins; -1 where no place in the file can be told
	Line   int   // counted from 1; 0 in a file that has no lines
	Why    string
}

// String writes the place and the reason.
func (d Damage) String() string {
	if d.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", d.File, d.Line, d.Why)
	}
	if d.Offset >= 0 {
		return fmt.Sprintf("%s: byte %d: %s", d.File, d.Offset, d.Why)
	}
	return fmt.Sprintf("%s: %s", d.File, d.Why)
}

// scanChain reads a chained file and hands each good body to take; a body that take refuses counts as damage. It
// returns how many bytes are good and, when the file goes on after them, what is wrong there. Only reading errors
// are errors. Memory is bounded by maxLine, whatever the file holds.
func scanChain(r io.Reader, file, start string, take func(body []byte, hash string) error) (int64, *Damage, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	good, prev := int64(0), start
	var line []byte
	for number := 1; ; number++ {
		var err error
		line, err = readLine(in, line[:0])
		if err == io.EOF {
			return good, nil, nil
		}
		var body []byte
		var hash string
		why := err
		if why == nil {
			body, hash, why = unseal(prev, line)
		}
		if why == nil {
			why = take(body, hash)
		} else if !errors.Is(why, errCut) && !errors.Is(why, errLong) && err != nil {
			return good, nil, err
		}
		if why != nil {
			return good, &Damage{File: file, Offset: good, Line: number, Why: why.Error()}, nil
		}
		good += int64(len(line)) + 1
		prev = hash
	}
}

// readLine appends the next line, without its end, to buf. It gives io.EOF at the end of the file, errCut for a
// line without an end and errLong for one that is too long.
func readLine(in *bufio.Reader, buf []byte) ([]byte, error) {
	for {
		part, err := in.ReadSlice('\n')
		buf = append(buf, part...)
		switch {
		case err == nil && len(buf) <= maxLine:
			return buf[:len(buf)-1], nil
		case len(buf) > maxLine:
			return buf, errLong
		case err == io.EOF && len(buf) == 0:
			return buf, io.EOF
		case err == io.EOF:
			return buf, errCut
		case err != nil && err != bufio.ErrBufferFull:
			return buf, err
		}
	}
}
