package evaluation

import "sandtable/sim"

// Did says in words what a control did; a dash for what no event tells of.
func (x *ControlMeasure) Did() sim.Text {
	switch {
	case x.Already:
		return sim.Text{ZH: "此前已生效", EN: "was in force already"}
	case x.Effect < 0:
		return sim.Text{ZH: "未生效", EN: "never in force"}
	}
	switch x.id {
	case sim.OrderCutPower:
		return sim.Say("信道失效 %d 次", "failures of channels: %d", x.Channels)
	case sim.OrderCloseRoad:
		return sim.Say("滞留车辆 %d 辆", "vehicles caught on it: %d", x.Caught)
	case sim.OrderBanEntry:
		return sim.Say("在边界劝返 %d 人", "turned back at the border: %d persons", x.TurnedBack)
	case sim.OrderBanGathering:
		return sim.Say("离开的游客 %d 人", "visitors who left: %d", x.VisitorsLeft)
	case sim.OrderWithdraw:
		return sim.Say("中止的接人任务 %d 次", "errands of helpers broken off: %d", x.Helpers)
	case sim.OrderContraflow:
		return sim.Say("改向车道 %d 条", "lanes turned round: %d", x.Lanes)
	case sim.OrderSuspend:
		return x.sentHome()
	}
	return sim.Said("–")
}

// sentHome says in words what a suspension did.
func (x *ControlMeasure) sentHome() sim.Text {
	home := sim.Say("动身回家 %d 人，其中到家 %d 人", "set out for home: %d persons, got there: %d", x.SentHome, x.CameHome)
	switch x.what {
	case sim.SuspendTransport, sim.SuspendNavigation:
		return sim.Said("–")
	case sim.SuspendKindergarten:
		return sim.Say("%d 所停园；%s", "kindergartens that ended their day: %d; %s", x.Schools, home)
	case sim.SuspendSchool:
		return sim.Say("%d 所停课；%s", "schools that ended their day: %d; %s", x.Schools, home)
	}
	return home
}
