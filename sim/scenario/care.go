package scenario

import "sandtable/sim"

// Care says how those are moved who do not leave by themselves: special-care persons and their helpers, schools,
// hospitals and nursing homes, visitors; and what emergency controls take.
type Care struct {
	Call   sim.Duration `toml:"call" range:"[1s,2h]" default:"2m" doc:"time that a post takes for each call of its list: helpers of special-care persons and heads of institutions, one after the other (一对一; assumed)"`
	HelpOn string       `toml:"help_on" choices:"prepare,evacuate" default:"prepare" doc:"on which order of their zone special-care persons are brought out: already when it is to prepare (先老幼病残), or when it is to leave"`
	Ready  sim.Duration `toml:"helper_ready" range:"[0s,12h]" default:"5m" doc:"from the word until a helper sets out (assumed)"`
	Far    float64      `toml:"helper_far" unit:"m" range:"[0,50000]" default:"5000" doc:"the longest way that a helper walks; beyond it he takes the car that stands at his house, if he drives (assumed)"`
	Door   sim.Duration `toml:"helper_door" range:"[0s,12h]" default:"10m" doc:"what he, or the post's worker, takes at the door until the person can leave: to explain, pack, carry out (assumed)"`
	Heed   float64      `toml:"helper_heed" unit:"-" range:"[0,1]" default:"0.95" doc:"share of households with a special-care person that leave when the helper stands at the door (assumed)"`
	Alone  int64        `toml:"alone_from" unit:"years" range:"[0,18]" default:"10" doc:"pupils who are sent home go alone from this age on; younger ones stay until they are fetched (assumed)"`
	Home   sim.Duration `toml:"home_t50" range:"[0s,12h]" default:"15m" doc:"from the order that suspends school, work or business until who is there sets out for home, median (assumed)"`
	HomeT9 sim.Duration `toml:"home_t90" range:"[0s,24h]" default:"40m" doc:"the same, 90th percentile (assumed)"`
	Guard  sim.Duration `toml:"guard" range:"[0s,12h]" default:"20m" doc:"from the acknowledgement of ban_entry until all ways in are guarded (assumed)"`
	Days   string       `toml:"days" choices:"working,calendar,holidays" default:"working" doc:"what day the start is: a working day of school term; by its date: no school and few at work on Saturday and Sunday; the same in school holidays: no school on any day"`
	Rest   float64      `toml:"weekend_home" unit:"-" range:"[0,1]" default:"0.75" when:"days=calendar,holidays" doc:"share of working people at home by day on Saturday and Sunday (assumed)"`
}

// Kinds of institutions.
const (
	InstitutionSchool       = "school"
	InstitutionKindergarten = "kindergarten"
	InstitutionHospital     = "hospital"
	InstitutionCare         = "care"
)

// InstitutionAt returns the institution in a building, nil where there is none.
func (sc *Scenario) InstitutionAt(b sim.BuildingID) *Institution {
	for i := range sc.Institutions {
		if sc.Institutions[i].Building == int64(b) {
			return &sc.Institutions[i]
		}
	}
	return nil
}

// Institution is a school, kindergarten, hospital or nursing home: who is in it does not decide by himself but is moved
// by it. Its people are those who are in the building at the start: pupils and staff, and the persons whose household
// has its home there, such as residents and patients.
type Institution struct {
	Name     string       `toml:"name" doc:"short name"`
	Title    sim.Text     `toml:"title" doc:"name on screen"`
	Kind     string       `toml:"kind" choices:"school,kindergarten,hospital,care" doc:"what it is; care is a nursing home"`
	Building int64        `toml:"building" range:"[0,]" doc:"number of its building in the table of buildings; of a larger one the building where its people are"`
	Ready    sim.Duration `toml:"ready_t50" range:"[0s,48h]" default:"45m" doc:"from the call to its head until its people can leave, median (assumed)"`
	ReadyT90 sim.Duration `toml:"ready_t90" range:"[0s,72h]" default:"90m" doc:"the same, 90th percentile (assumed)"`
	Group    int64        `toml:"group" unit:"persons" range:"[1,1000]" default:"40" doc:"how many leave together: a class, a ward (assumed)"`
	Every    sim.Duration `toml:"group_every" range:"[0s,4h]" default:"2m" doc:"time between two groups (assumed)"`
	Plan     string       `toml:"plan" choices:"leave,up" default:"leave" doc:"what it does when its zone is told to leave: leave for the shelter, or bring all upstairs and stay"`
	To       string       `toml:"to,omitempty" ref:"shelter" when:"plan=leave" optional:"true" doc:"where to; that of its zone when missing"`
	Pupils   string       `toml:"pupils" choices:"send_home,keep" when:"kind=school,kindergarten" default:"send_home" doc:"what becomes of pupils when school is suspended: those of alone_from years and more go home alone, or all are kept until they are fetched"`
}
