package evaluation

import (
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func TestTimelineSaysOneThingOnce(t *testing.T) {
	in, _ := five()
	in.Scenario.Zones = append(in.Scenario.Zones, in.Scenario.Zones[0], in.Scenario.Zones[0])
	for i, name := range []string{"青石", "柳湾", "高滩"} {
		in.Scenario.Zones[i].Name = name
		in.Scenario.Zones[i].Title = sim.Text{ZH: name, EN: name}
	}
	in.Names = scenario.NewDirectory(in.Scenario)
	in.Events = nil
	for i := range int32(3) {
		in.Events = append(in.Events, sim.Event{At: sim.Time(10*sim.Minute) + sim.Time(i), Kind: sim.EvAccepted,
			A: sim.Ref{Kind: sim.KindZone, ID: i}, Count: int32(sim.OrderEvacuateZone),
			Text: sim.Say("立即转移：%s（县一中）", "Evacuate now: %s (School)", in.Scenario.Zones[i].Title)})
	}
	in.Events = append(in.Events, sim.Event{At: sim.Time(12 * sim.Minute), Kind: sim.EvResponseLevel, Count: 3})
	var lines []string
	for _, e := range Timeline(in, sim.Chinese) {
		lines = append(lines, e.At.String()+" "+e.Text)
	}
	want := "0:10:00 【预案】立即转移：青石、柳湾、高滩（县一中）\n0:12:00 启动响应：II 级"
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("the timeline is\n%s\nwant\n%s", got, want)
	}
}
