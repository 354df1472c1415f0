package scenarios

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"strings"

	"sandtable/sim"
)

// Limits of a big table or grid.
const (
	maxUnpacked = 2 << 30  // bytes after decompression
	maxLine     = 16 << 20 // bytes of one line: a row of a grid of a million columns
)

// lineReader reads a text file line by line, unpacking it where its name ends in .gz.
type lineReader struct {
	in    *bufio.Reader
	line  int    // number of the line that next returned, from 1
	long  []byte // a line that does not fit the buffer
	total int64
	wrong sim.Text // why reading ended early; empty at a proper end
}

// newLineReader opens a file; why says what is wrong with it.
func newLineReader(name string, data []byte) (l *lineReader, why sim.Text) {
	var in io.Reader = bytes.NewReader(data)
	if strings.HasSuffix(name, ".gz") {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, sim.Say("无法解压：%v；应为 gzip 文件", "cannot be unpacked: %v; want a gzip file", err)
		}
		in = unpacked
	}
	return &lineReader{in: bufio.NewReaderSize(in, 1<<16)}, why
}

// next returns the next line without its end, valid until the call after; false at the end or when something is
// wrong.
func (l *lineReader) next() ([]byte, bool) {
	if !l.wrong.Empty() {
		return nil, false
	}
	line, err := l.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		line, err = l.readLong(line)
	}
	l.total += int64(len(line))
	switch {
	case err != nil && err != io.EOF:
		l.wrong = sim.Say("无法继续读取：%v；应为完整的文件", "cannot be read further: %v; want a whole file", err)
		return nil, false
	case l.total > maxUnpacked:
		l.wrong = sim.Say("解压后超过 %d 字节；应减小", "more than %d bytes when unpacked; want fewer", maxUnpacked)
		return nil, false
	case err == io.EOF && len(line) == 0:
		return nil, false
	}
	l.line++
	if l.line == 1 {
		line = bytes.TrimPrefix(line, byteOrderMark)
	}
	line = bytes.TrimSuffix(line, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), true
}

// readLong puts together a line that is longer than the buffer.
func (l *lineReader) readLong(begin []byte) ([]byte, error) {
	l.long = append(l.long[:0], begin...)
	for {
		more, err := l.in.ReadSlice('\n')
		l.long = append(l.long, more...)
		if len(l.long) > maxLine {
			return nil, sim.Fail("第 %d 行超过 %d 字节", "line %d has more than %d bytes", l.line+1, maxLine)
		}
		if err != bufio.ErrBufferFull {
			return l.long, err
		}
	}
}
