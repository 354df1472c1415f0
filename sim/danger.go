package sim

// DangerClass is a hazard class of flowing water from H1 (no danger) to H6 (danger to everything); 0 is dry.
type DangerClass uint8

// Classes of the combined hazard curves of the Australian Disaster Resilience guideline 7-3 (Smith, Davey and
// Cox 2014): H1 generally safe; H2 unsafe for small vehicles; H3 unsafe for vehicles, children and the elderly;
// H4 unsafe for people and vehicles; H5 and weak buildings; H6 and all buildings. Their limits are in sim/harm.
const (
	H0 DangerClass = iota
	H1
	H2
	H3
	H4
	H5
	H6
)

// String returns "H3"; "-" for dry.
func (c DangerClass) String() string {
	if c == H0 {
		return "-"
	}
	return string([]byte{'H', '0' + byte(c)})
}
