package scenario

import (
	"fmt"

	"sandtable/sim"
)

// care checks institutions and the times of care.
func (c *checker) care() {
	named(c, "institution", c.sc.Institutions, func(x *Institution) string { return x.Name })
	k := &c.sc.Population.Care
	c.delays("population.care.home_t90", k.Home, k.HomeT9)
	owner := make(map[int64]string)
	for i := range c.sc.Institutions {
		x, path := &c.sc.Institutions[i], fmt.Sprintf("institution[%d]", i)
		c.delays(path+".ready_t90", x.Ready, x.ReadyT90)
		if c.missing.Buildings {
			continue
		}
		if x.Building < 0 || x.Building >= int64(len(c.sc.Buildings)) {
			c.add(path+".building", "没有 %d 号建筑；应为 %s", "there is no building %d; want %s", x.Building,
				numberRange(int32(len(c.sc.Buildings))))
			continue
		}
		if other, twice := owner[x.Building]; twice {
			c.add(path+".building", "%d 号建筑已属机构 %q；每栋只能有一个机构",
				"building %d is that of institution %q; want one institution to a building", x.Building, other)
		}
		owner[x.Building] = x.Name
	}
}

// careDoubts finds special-care persons whom nobody will fetch, and institutions that cannot do what is planned.
func (c *checker) careDoubts() {
	c.helperDoubts()
	vans := false
	for _, u := range c.sc.Units {
		vans = vans || u.Kind == "van"
	}
	staff, residents, chairs := c.peopleOfInstitutions()
	for i := range c.sc.Institutions {
		x, path := &c.sc.Institutions[i], fmt.Sprintf("institution[%d]", i)
		b := &c.sc.Buildings[x.Building]
		switch {
		case x.Plan == "up" && b.Storeys < 2:
			c.add(path+".plan", "其建筑只有一层，无法上楼避险；应为 leave", "its building has one storey, and nothing to go up to; want leave")
		case x.Plan == "leave" && chairs[i] > 0 && !vans:
			c.add(path, "有 %d 人不能行走，而没有无障碍车接转；应配 kind 为 van 的救援力量",
				"%d of its people cannot walk and there is no van to fetch them; want a unit of kind van", chairs[i])
		}
		switch {
		case staff[i]+residents[i] == 0:
			c.add(path+".building", "没有人在该建筑上学、工作或居住；应在人员表或住户表中写明",
				"nobody is at school, works or lives in its building; want persons or households there")
		case staff[i] == 0:
			c.add(path+".building", "没有人在该建筑工作，即没有工作人员；应在人员表的 work 列写明",
				"nobody works in its building: it has no staff; want persons whose work is there")
		}
	}
}

// peopleOfInstitutions counts, by institution, who works there, who is at school or lives there, and how many of these
// cannot walk.
func (c *checker) peopleOfInstitutions() (staff, residents, chairs []int) {
	n := len(c.sc.Institutions)
	staff, residents, chairs = make([]int, n), make([]int, n), make([]int, n)
	of := make(map[sim.BuildingID]int)
	for i := range c.sc.Institutions {
		of[sim.BuildingID(c.sc.Institutions[i].Building)] = i
	}
	for k := range c.sc.Persons {
		x := &c.sc.Persons[k]
		if i, ok := of[x.Work]; ok {
			staff[i]++
		}
		i, ok := of[x.School]
		if j, lives := of[c.sc.Households[x.Household].Home]; lives {
			i, ok = j, true
		}
		if !ok {
			continue
		}
		residents[i]++
		if x.Mobility == MobilityNone {
			chairs[i]++
		}
	}
	return staff, residents, chairs
}

// helperDoubts finds special-care persons without a helper, where others have one, and helpers who cannot help.
func (c *checker) helperDoubts() {
	given := false
	for i := range c.sc.Persons {
		given = given || c.sc.Persons[i].Helper >= 0
	}
	if !given {
		return // the scenario names no helpers at all
	}
	most, special, distant := c.sc.Population.Care.Far, 0, 0
	inside := make(map[sim.BuildingID]bool)
	for i := range c.sc.Institutions {
		inside[sim.BuildingID(c.sc.Institutions[i].Building)] = true
	}
	for i := range c.sc.Persons {
		x := &c.sc.Persons[i]
		home := c.sc.Households[x.Household].Home
		if !x.Special && x.Helper >= 0 {
			c.row("person", i, "helper", "有包保责任人而不是特殊群体；应写 special",
				"a helper of somebody who is not in special care; want special")
		}
		if !x.Special || inside[home] {
			continue
		}
		if x.Helper < 0 {
			c.row("person", i, "helper", "特殊群体没有包保责任人，只能等入户人员发现或求助；应写 helper",
				"in special care without a helper: found at the door or by her own call only; want helper")
			continue
		}
		special++
		h := &c.sc.Persons[x.Helper]
		far := c.sc.Buildings[home].At.Dist(c.sc.Buildings[c.sc.Households[h.Household].Home].At)
		switch {
		case h.Special || h.Mobility != MobilityAble || h.Age < 16 || h.Age > 75:
			c.row("person", i, "helper", "包保责任人（%d 号人员）自己是特殊群体、行动不便、未满 16 岁或年过 75；应另定",
				"the helper, person %d, is in special care himself, walks badly, or is under 16 or over 75; want another one",
				x.Helper)
		case far > most && h.Work != home && c.sc.Households[h.Household].Cars == 0:
			distant++
		}
	}
	c.endRows("person")
	if float64(distant) > float64(oddHelpers*float64(special)) {
		c.add("population.persons", "%d 名特殊群体中有 %d 人的包保责任人住在 %.1f 公里（helper_far）以外且无车；应就近指定",
			"of %d special-care persons %d have a helper who lives more than %.1f km away, which is helper_far, and has no "+
				"car; want helpers nearby", special, distant, most/1000)
	}
}

// oddHelpers is which share of helpers may live out of reach before lint doubts it [-] (assumed: single ones are found
// by the play itself).
const oddHelpers = 0.05
