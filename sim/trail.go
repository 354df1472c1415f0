package sim

import "math/bits"

// Trail is a rolling digest of everything that has changed in a subsystem, in order. A subsystem mixes in every
// change of its state as it happens, so that a digest costs nothing when nothing happens and shows a difference
// from the first change that differs. It is part of the saved state. It guards against accidents, not attacks;
// the full digest of a keyframe is a SHA-256 over the saved bytes.
type Trail uint64

// Mix adds 64 bits.
func (t *Trail) Mix(v uint64) {
	hi, lo := bits.Mul64(uint64(*t)^0x9E3779B97F4A7C15, v^0xD1B54A32D192ED03)
	*t = Trail(bits.RotateLeft64(uint64(*t), 23) ^ hi ^ lo ^ (v * 0xFF51AFD7ED558CCD))
}

// Change adds a change of one entity: when, what, which, and its new value.
func (t *Trail) Change(at Time, what uint8, id int32, value uint64) {
	t.Mix(uint64(at))
	t.Mix(uint64(what)<<56 ^ uint64(uint32(id)))
	t.Mix(value)
}

// Digest is the state of every subsystem's trail at the end of a tick.
type Digest struct {
	At    Time
	Parts []DigestPart // in the order of the phases
}

// DigestPart is the digest of one subsystem.
type DigestPart struct {
	Name  string
	Value uint64
}

// Equal says whether two digests agree, and names the first subsystem that differs.
func (d Digest) Equal(o Digest) (bool, string) {
	if d.At != o.At {
		return false, "time"
	}
	for i, p := range d.Parts {
		if i >= len(o.Parts) || o.Parts[i] != p {
			return false, p.Name
		}
	}
	if len(o.Parts) > len(d.Parts) {
		return false, o.Parts[len(d.Parts)].Name
	}
	return true, ""
}
