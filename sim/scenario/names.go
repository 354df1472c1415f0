package scenario

import (
	"fmt"
	"strconv"

	"sandtable/sim"
)

// Directory resolves the names of a scenario's entities. It implements sim.Names.
type Directory struct {
	ids        map[nameKey]int32
	sc         *Scenario
	structures []sim.StructureSpec
}

type nameKey struct {
	kind sim.Kind
	name string
}

// NewDirectory lists the names of a scenario. Where two entities of a kind share a name the first one has it;
// lint reports the second.
func NewDirectory(sc *Scenario) *Directory {
	d := &Directory{ids: make(map[nameKey]int32), sc: sc}
	addAll(d, sim.KindPost, sc.Posts, func(x *Post) string { return x.Name })
	addAll(d, sim.KindChannel, sc.Channels, func(x *Channel) string { return x.Name })
	addAll(d, sim.KindZone, sc.Zones, func(x *Zone) string { return x.Name })
	addAll(d, sim.KindShelter, sc.Shelters, func(x *Shelter) string { return x.Name })
	addAll(d, sim.KindAssembly, sc.Assemblies, func(x *AssemblyPoint) string { return x.Name })
	addAll(d, sim.KindHospital, sc.Hospitals, func(x *Hospital) string { return x.Name })
	addAll(d, sim.KindStation, sc.Stations, func(x *Station) string { return x.Name })
	addAll(d, sim.KindUnit, sc.Units, func(x *Unit) string { return x.Name })
	addAll(d, sim.KindGauge, sc.Gauges, func(x *Gauge) string { return x.Name })
	addAll(d, sim.KindHazard, sc.Hazards, func(x *Hazard) string { return x.Name })
	addAll(d, sim.KindOfficial, sc.Officials, func(x *Official) string { return x.Name })
	addAll(d, sim.KindUtility, sc.Utilities, func(x *Utility) string { return x.Name })
	addAll(d, sim.KindMeeting, sc.Meetings, func(x *Meeting) string { return x.Name })
	addAll(d, sim.KindDeployment, sc.Deployments, func(x *Deployment) string { return x.Name })
	addAll(d, sim.KindLadder, sc.Ladders, func(x *Ladder) string { return x.Name })
	addAll(d, sim.KindObjective, sc.Objectives, func(x *Objective) string { return x.Name })
	for i := range sc.Hazards {
		if sc.Hazards[i].Spec != nil {
			d.structures = append(d.structures, sc.Hazards[i].Spec.Structures()...)
		}
	}
	addAll(d, sim.KindStructure, d.structures, func(x *sim.StructureSpec) string { return x.Name })
	return d
}

func addAll[T any](d *Directory, kind sim.Kind, list []T, name func(*T) string) {
	for i := range list {
		key := nameKey{kind, name(&list[i])}
		if _, taken := d.ids[key]; !taken {
			d.ids[key] = int32(i)
		}
	}
}

// Structures returns the structures of all hazards, indexed by StructureID.
func (d *Directory) Structures() []sim.StructureSpec { return d.structures }

// Resolve returns the id of an entity. Links, nodes, buildings, parties and persons go by their numbers.
func (d *Directory) Resolve(kind sim.Kind, name string) (int32, bool) {
	if n := d.numbered(kind); n >= 0 {
		v, err := strconv.ParseInt(name, 10, 32)
		return int32(v), err == nil && v >= 0 && v < int64(n)
	}
	v, ok := d.ids[nameKey{kind, name}]
	return v, ok
}

// numbered returns how many entities a kind has that goes by numbers, and -1 for a kind that goes by names.
func (d *Directory) numbered(kind sim.Kind) int {
	switch kind {
	case sim.KindLink:
		return len(d.sc.Links)
	case sim.KindNode:
		return len(d.sc.Nodes)
	case sim.KindBuilding:
		return len(d.sc.Buildings)
	case sim.KindPerson:
		return len(d.sc.Persons)
	case sim.KindHousehold:
		return len(d.sc.Households)
	case sim.KindParty:
		return len(d.sc.Persons) // by day a household may be several parties, but never more than it has members
	}
	return -1
}

// NameOf returns the short name of an entity, its number where it has none.
func (d *Directory) NameOf(r sim.Ref) string {
	if r.ID < 0 || int(r.ID) >= d.count(r.Kind) {
		return r.String()
	}
	switch r.Kind {
	case sim.KindPost:
		return d.sc.Posts[r.ID].Name
	case sim.KindChannel:
		return d.sc.Channels[r.ID].Name
	case sim.KindZone:
		return d.sc.Zones[r.ID].Name
	case sim.KindShelter:
		return d.sc.Shelters[r.ID].Name
	case sim.KindAssembly:
		return d.sc.Assemblies[r.ID].Name
	case sim.KindHospital:
		return d.sc.Hospitals[r.ID].Name
	case sim.KindStation:
		return d.sc.Stations[r.ID].Name
	case sim.KindUnit:
		return d.sc.Units[r.ID].Name
	case sim.KindGauge:
		return d.sc.Gauges[r.ID].Name
	case sim.KindHazard:
		return d.sc.Hazards[r.ID].Name
	case sim.KindObjective:
		return d.sc.Objectives[r.ID].Name
	case sim.KindOfficial:
		return d.sc.Officials[r.ID].Name
	case sim.KindUtility:
		return d.sc.Utilities[r.ID].Name
	case sim.KindMeeting:
		return d.sc.Meetings[r.ID].Name
	case sim.KindDeployment:
		return d.sc.Deployments[r.ID].Name
	case sim.KindLadder:
		return d.sc.Ladders[r.ID].Name
	case sim.KindStructure:
		return d.structures[r.ID].Name
	}
	return fmt.Sprint(r.ID)
}

// Title returns the name of an entity on screen in one language.
func (d *Directory) Title(r sim.Ref, l sim.Lang) string { return d.TitleOf(r).In(l) }

// TitleOf returns the name of an entity on screen. What goes by numbers, such as a link, has its kind and number.
func (d *Directory) TitleOf(r sim.Ref) sim.Text {
	switch {
	case r.Kind == sim.KindCounty:
		return r.Kind.Title()
	case r.ID < 0 || int(r.ID) >= d.count(r.Kind):
		return sim.Said(r.String())
	case d.numbered(r.Kind) >= 0:
		return sim.Say("%[2]d号%[1]s", "%[1]s %[2]d", r.Kind.Title(), r.ID)
	}
	var t sim.Text
	switch r.Kind {
	case sim.KindPost:
		t = d.sc.Posts[r.ID].Title
	case sim.KindChannel:
		t = d.sc.Channels[r.ID].Title
	case sim.KindZone:
		t = d.sc.Zones[r.ID].Title
	case sim.KindShelter:
		t = d.sc.Shelters[r.ID].Title
	case sim.KindAssembly:
		t = d.sc.Assemblies[r.ID].Title
	case sim.KindHospital:
		t = d.sc.Hospitals[r.ID].Title
	case sim.KindStation:
		t = d.sc.Stations[r.ID].Title
	case sim.KindUnit:
		t = d.sc.Units[r.ID].Title
	case sim.KindGauge:
		t = d.sc.Gauges[r.ID].Title
	case sim.KindStructure:
		t = d.structures[r.ID].Title
	case sim.KindObjective:
		t = d.sc.Objectives[r.ID].Title
	case sim.KindOfficial:
		t = d.sc.Officials[r.ID].Title
	case sim.KindUtility:
		t = d.sc.Utilities[r.ID].Title
	case sim.KindMeeting:
		t = d.sc.Meetings[r.ID].Title
	case sim.KindDeployment:
		t = d.sc.Deployments[r.ID].Title
	}
	return t.Or(d.NameOf(r))
}

// RoadOf names the road of which a link is a part; one without a name has its number.
func (d *Directory) RoadOf(link sim.LinkID) sim.Text {
	if link >= 0 && int(link) < len(d.sc.Links) && d.sc.Links[link].Name != "" {
		return sim.Said(d.sc.Links[link].Name)
	}
	return d.TitleOf(sim.RefTo(sim.KindLink, link))
}

// LinkOn names a link with its road and its number, by which orders name it.
func (d *Directory) LinkOn(link sim.LinkID) sim.Text {
	road, number := d.RoadOf(link), d.TitleOf(sim.RefTo(sim.KindLink, link))
	if road == number {
		return number
	}
	return sim.Say("%s（%s）", "%s (%s)", road, number)
}

// ReceiverOf names who receives an order for an entity and acknowledges it: the post or unit itself, the staff of a
// shelter, the crew of a road, the keeper of a structure, and of what concerns the whole county its services.
func (d *Directory) ReceiverOf(r sim.Ref) sim.Text {
	title := d.TitleOf(r)
	switch r.Kind {
	case sim.KindCounty:
		return sim.Text{ZH: "有关部门", EN: "the services concerned"}
	case sim.KindShelter:
		return sim.Say("%s工作人员", "staff of %s", title)
	case sim.KindLink:
		return sim.Say("%s管护人员", "crew of %s", title)
	case sim.KindNode:
		return sim.Say("%s交警", "police at %s", title)
	case sim.KindStructure:
		return sim.Say("%s值守人员", "keeper of %s", title)
	}
	return title
}

// InstitutionIn names the institution in a building; the building where there is none.
func (d *Directory) InstitutionIn(building sim.Ref) sim.Text {
	if x := d.sc.InstitutionAt(sim.BuildingID(building.ID)); x != nil && building.Kind == sim.KindBuilding {
		return x.Title.Or(x.Name)
	}
	return d.TitleOf(building)
}

// Count returns how many entities of a kind the scenario has, 0 of what only a run has.
func (d *Directory) Count(kind sim.Kind) int {
	if n := d.numbered(kind); n >= 0 {
		return n
	}
	if n := d.count(kind); n < uncounted {
		return n
	}
	return 0
}

// count returns how many entities of a kind there are; a large number for kinds that go by numbers of the run.
func (d *Directory) count(kind sim.Kind) int {
	switch kind {
	case sim.KindPost:
		return len(d.sc.Posts)
	case sim.KindChannel:
		return len(d.sc.Channels)
	case sim.KindZone:
		return len(d.sc.Zones)
	case sim.KindShelter:
		return len(d.sc.Shelters)
	case sim.KindAssembly:
		return len(d.sc.Assemblies)
	case sim.KindHospital:
		return len(d.sc.Hospitals)
	case sim.KindStation:
		return len(d.sc.Stations)
	case sim.KindUnit:
		return len(d.sc.Units)
	case sim.KindGauge:
		return len(d.sc.Gauges)
	case sim.KindHazard:
		return len(d.sc.Hazards)
	case sim.KindObjective:
		return len(d.sc.Objectives)
	case sim.KindOfficial:
		return len(d.sc.Officials)
	case sim.KindUtility:
		return len(d.sc.Utilities)
	case sim.KindMeeting:
		return len(d.sc.Meetings)
	case sim.KindDeployment:
		return len(d.sc.Deployments)
	case sim.KindLadder:
		return len(d.sc.Ladders)
	case sim.KindStructure:
		return len(d.structures)
	}
	return uncounted
}

// uncounted stands for the number of entities of a kind that goes by numbers of the run.
const uncounted = 1 << 30

// All returns the names of a kind in the order of their ids; nil for kinds that go by numbers.
func (d *Directory) All(kind sim.Kind) []string {
	if d.numbered(kind) >= 0 {
		return nil
	}
	n := d.count(kind)
	if n == uncounted {
		return nil
	}
	names := make([]string, n)
	for i := range names {
		names[i] = d.NameOf(sim.Ref{Kind: kind, ID: int32(i)})
	}
	return names
}
