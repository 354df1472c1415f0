package sim

// Control is an emergency control as it is carried out.
type Control struct {
	Order OrderID    // of the catalogue's controls
	Zone  ZoneID     // None for everywhere
	What  Suspension // of what is suspended or resumed
	On    bool       // it holds from now on; else it is lifted
}

// Title returns the control in words.
func (c Control) Title() Text {
	title := Orders[c.Order].Title
	switch {
	case c.Order == OrderSuspend || c.Order == OrderResume:
		return Say("%s：%s", "%s: %s", title, suspensionWords[min(c.What, SuspensionCount-1)])
	case c.Order == OrderWithdraw:
		return title
	case c.On:
		return Say("%s：实施", "%s: on", title)
	}
	return Say("%s：取消", "%s: off", title)
}

// Post puts a control into the mailboxes of those who carry it out.
func (c Control) Post(at Time, ports *Ports) {
	ports.Controls.Post(at, int32(c.Zone), c)
	if c.What == SuspendTransport && (c.Order == OrderSuspend || c.Order == OrderResume) {
		ports.RoadOrders.Post(at, None, RoadOrder{Do: RoadTransport, Link: None, Node: None, Lanes: AllLanes, Share: 1,
			On: c.On})
	}
}

// Control returns what an order for an emergency control does.
func (d Directive) Control() Control {
	c := Control{Order: d.Order, Zone: d.Zone, On: d.On}
	switch d.Order {
	case OrderSuspend, OrderResume:
		c.What, c.On = Suspension(d.Choice), d.Order == OrderSuspend
	case OrderWithdraw:
		c.On = true
	}
	return c
}
