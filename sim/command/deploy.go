package command

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// deployment is a bundle of orders.
type deployment struct {
	sent    sim.Time // -1 before it goes out
	done    bool     // it has been told that all are acknowledged
	weighed bool     // a consultation has looked at the conditions of its orders
}

// item is one order of a deployment.
type item struct {
	order int32    // its number among all orders; none while it has none
	due   sim.Time // by when it is to be acknowledged
	acked sim.Time // when the sender learnt that it was; -1 before
	calls int32    // how often it was called again because it was overdue
	why   sim.Text // why it was not given; empty where it was
	held  bool     // it was held back, for its condition was not so
}

func newItem() item { return item{order: none, due: sim.Never, acked: -1} }

// weigh looks at the conditions of the orders of a deployment as the post knows it that sends them, and returns those
// that are held back, in words.
func (c *Command) weigh(at sim.Time, d sim.DeploymentID) []sim.Text {
	var held []sim.Text
	c.council.deployments[d].weighed = true
	for i := range c.sc.Items {
		t := &c.council.conditions[i]
		if c.sc.Items[i].Of != c.sc.Deployments[d].Name || t.Gauge < 0 {
			continue
		}
		x := &c.council.items[i]
		if x.held, x.why = !c.shows(at, c.sender(d), t), (sim.Text{}); x.held {
			x.why = t.Words(c.title(sim.RefTo(sim.KindGauge, t.Gauge)), false)
			held = append(held, c.heldWords(i))
		}
	}
	return held
}

// shows says whether what a trigger waits for is so, as a post knows it.
func (c *Command) shows(at sim.Time, post sim.PostID, t *scenario.Trigger) bool {
	if post < 0 {
		return false
	}
	var gauges []sim.GaugeKnown
	if c.reads(post, t.Gauge) {
		gauges = c.gauges
	}
	return t.Holds(at, gauges, c.forecastsOf(post, nil))
}

// heldWords says which order of a deployment is held back, and why.
func (c *Command) heldWords(i int) sim.Text {
	words := sim.Said(c.sc.Items[i].Order)
	if spec := sim.OrderByName(c.sc.Items[i].Order); spec != nil {
		words = spec.Words(sim.Command{Order: spec.Name, Args: c.sc.Items[i].Args}, c.names)
	}
	return sim.Say("“%s”暂不下达：%s", "“%s” is held back: %s", words, c.council.items[i].why)
}

// Withheld says whether an order of a deployment is held back since its condition was not so.
func (c *Command) Withheld(i int) bool { return c.council.items[i].held }

// sender returns the post that sends a deployment out.
func (c *Command) sender(d sim.DeploymentID) sim.PostID {
	if id, ok := c.names.Resolve(sim.KindPost, c.sc.Deployments[d].Post); ok {
		return sim.PostID(id)
	}
	return c.sc.HighestPost()
}

// RefuseDeploy returns why a post may not send a deployment out, or nothing. Somebody must be at the post in whose name
// it goes out, so that its orders are not all refused.
func (c *Command) RefuseDeploy(from sim.PostID, d sim.DeploymentID) sim.Text {
	if reason := c.refuseBundle(from, d); !reason.Empty() {
		return reason
	}
	if sender := c.sender(d); !c.manned(sender) {
		return c.nobodyAt(sender)
	}
	return sim.Text{}
}

// refuseBundle returns why a post may not decide on a deployment, or nothing.
func (c *Command) refuseBundle(from sim.PostID, d sim.DeploymentID) sim.Text {
	title := c.title(sim.RefTo(sim.KindDeployment, d))
	switch sender := c.sender(d); {
	case sender < 0 || !c.above(from, sender):
		return sim.Say("%s无权下发%s；须由%s或其上级下发", "%s may not send %s out; want %s or a post above it",
			c.title(sim.RefTo(sim.KindPost, from)), title, c.title(sim.RefTo(sim.KindPost, sender)))
	case c.council.deployments[d].sent >= 0:
		return sim.Say("%s已下发", "%s has gone out already", title)
	}
	return sim.Text{}
}

// SendOut begins a deployment and returns the post in whose name its orders go out; false when it has gone out already.
func (c *Command) SendOut(at sim.Time, d sim.DeploymentID, log *sim.Log) (sim.PostID, bool) {
	if c.council.deployments[d].sent >= 0 {
		return sim.None, false
	}
	c.council.deployments[d].sent = at
	if !c.council.deployments[d].weighed {
		c.weigh(at, d)
	}
	n, held := 0, 0
	for i := range c.sc.Items {
		switch {
		case c.sc.Items[i].Of != c.sc.Deployments[d].Name:
		case c.council.items[i].held:
			held++
		default:
			c.council.items[i].due = at.Add(c.sc.Items[i].Due)
			n++
		}
	}
	c.trail.Change(at, trailCouncil, int32(d), uint64(n))
	post, title := c.sender(d), c.title(sim.RefTo(sim.KindDeployment, d))
	text := sim.Say("%s下发，共%d项", "%s goes out with %d orders", title, n)
	if held > 0 {
		text = sim.Say("%s下发，下达%[3]d项中的%[2]d项", "%s goes out with %d of %d orders", title, n, n+held)
	}
	log.Emit(sim.Event{At: at, Kind: sim.EvDeployment, A: sim.RefTo(sim.KindDeployment, d),
		B: sim.RefTo(sim.KindPost, post), Text: text})
	for i := range c.sc.Items {
		if c.sc.Items[i].Of == c.sc.Deployments[d].Name && c.council.items[i].held {
			c.trail.Change(at, trailCouncil, int32(d), uint64(i)<<32)
			log.Emit(sim.Event{At: at, Kind: sim.EvDeployment, A: sim.RefTo(sim.KindDeployment, d),
				B: sim.RefTo(sim.KindPost, post), Count: 3, Num: float64(i), Text: c.heldWords(i)})
		}
	}
	return post, true
}

// ItemGiven says what became of an order of a deployment as it was given: why it was refused, or that it took effect at
// once, or travels and is to be acknowledged.
func (c *Command) ItemGiven(at sim.Time, i int32, refused sim.Text, travels bool) {
	x := &c.council.items[i]
	switch {
	case !refused.Empty():
		x.why = refused
	case travels:
		c.put(x.due, entry{kind: entryDue, a: i})
	default:
		x.acked = at
	}
	c.put(at, entry{kind: entryTally, a: i}) // all may be acknowledged now
}

// deploymentOf returns the deployment of an order.
func (c *Command) deploymentOf(i int32) sim.DeploymentID {
	id, _ := c.names.Resolve(sim.KindDeployment, c.sc.Items[i].Of)
	return sim.DeploymentID(id)
}

// itemHeard follows word of the end of an order at the post that gave it.
func (c *Command) itemHeard(at sim.Time, k int32) {
	i := c.orders[k].d.Item - 1
	if i < 0 {
		return
	}
	if x := &c.council.items[i]; x.acked < 0 && c.orders[k].known >= 0 {
		x.acked = at
		c.tally(at, i)
	}
}

// tally tells when all orders of a deployment are acknowledged; those that were refused or held back do not count.
func (c *Command) tally(at sim.Time, i int32) {
	d := c.deploymentOf(i)
	x := &c.council.deployments[d]
	if x.done {
		return
	}
	given := 0
	for k := range c.sc.Items {
		switch y := &c.council.items[k]; {
		case c.sc.Items[k].Of != c.sc.Deployments[d].Name || !y.why.Empty():
		case y.acked < 0:
			return
		default:
			given++
		}
	}
	if given == 0 {
		return // nothing was taken
	}
	x.done = true
	c.trail.Change(at, trailCouncil, int32(d), uint64(given)<<32)
	c.log.Emit(sim.Event{At: at, Kind: sim.EvDeployment, A: sim.RefTo(sim.KindDeployment, d),
		B: sim.RefTo(sim.KindPost, c.sender(d)), Count: 2, Text: sim.Say("%s各项均已叫应",
			"all orders of %s are acknowledged", c.title(sim.RefTo(sim.KindDeployment, d)))})
}

// overdue calls an order of a deployment again whose time has come without an acknowledgement that its sender knows of,
// three times at the most.
func (c *Command) overdue(at sim.Time, i int32) {
	x := &c.council.items[i]
	if x.acked >= 0 || x.order == none {
		return
	}
	o := &c.orders[x.order]
	if o.failed && !o.reply.Empty() {
		return // the sender knows that it is not carried out
	}
	if !c.manned(o.d.From) {
		c.put(at.Add(watchEvery), entry{kind: entryDue, a: i})
		return // nobody is there who could call
	}
	x.calls++
	c.trail.Change(at, trailCouncil, i, uint64(x.calls))
	d := c.deploymentOf(i)
	c.log.Emit(sim.Event{At: at, Kind: sim.EvDeployment, A: sim.RefTo(sim.KindDeployment, d),
		B: sim.RefTo(sim.KindPost, o.d.From), Count: 1, Num: float64(i),
		Text: sim.Say("%s逾期未叫应，再次呼叫（第%d次）", "%s is overdue and called again (time %d)", o.d.Words(c.names), x.calls)})
	c.callAgain(at, x.order)
	if x.calls < maxRounds {
		c.put(at.Add(c.sc.Items[i].Due), entry{kind: entryDue, a: i})
	}
}

// callAgain tries an order once more that its giver has no word of: one that was given up starts anew where it
// was, one on its way is tried over the next channel at once, and who has acknowledged says so again.
func (c *Command) callAgain(at sim.Time, k int32) {
	o := &c.orders[k]
	switch o.state {
	case orderFailed:
		if !o.reply.Empty() {
			return // who received it has said that he does not carry it out
		}
		o.state, o.failed = orderTravelling, false
		c.count.failed--
		c.count.travelling++
		c.pass(at, k)
	case orderTravelling:
		c.send(at, k)
	case orderActed:
		c.tellGiver(at, k, c.caller(o), false)
	}
}

func (c *Command) deploymentKnown(d sim.DeploymentID) sim.DeploymentKnown {
	k := sim.DeploymentKnown{Deployment: d, Sent: c.council.deployments[d].sent}
	for i := range c.sc.Items {
		if c.sc.Items[i].Of != c.sc.Deployments[d].Name {
			continue
		}
		x := &c.council.items[i]
		one := sim.ItemKnown{Due: x.due, Acked: x.acked, Calls: x.calls, Refused: !x.why.Empty() && !x.held,
			Held: x.held, Reason: x.why}
		if x.order != none && c.orders[x.order].failed {
			one.Failed, one.Reason = true, c.orders[x.order].reply
		}
		if spec := sim.OrderByName(c.sc.Items[i].Order); spec != nil {
			one.Order, one.Target = spec.ID, c.aim(spec, c.sc.Items[i].Args)
		}
		k.Items = append(k.Items, one)
	}
	return k
}

// aim returns what an order as it is written is about: the first thing that it names, or the county.
func (c *Command) aim(spec *sim.OrderSpec, args []sim.Arg) sim.Ref {
	command := sim.Command{Order: spec.Name, Args: args}
	for _, p := range spec.Params {
		if name, given := command.Arg(p.Name); given && p.Kind == sim.ParamRef {
			if id, ok := c.names.Resolve(p.Ref, name); ok {
				return sim.Ref{Kind: p.Ref, ID: id}
			}
		}
	}
	return sim.Ref{Kind: sim.KindCounty}
}

func (x *item) append(e *sim.Encoder) {
	e.I32(x.order)
	e.Time(x.due)
	e.Time(x.acked)
	e.I32(x.calls)
	e.Text(x.why)
	e.Bool(x.held)
}

func (l loader) item(x *item) {
	d := l.d
	x.order = d.Index(len(l.c.orders), "order")
	x.due, x.acked, x.calls, x.why = d.Time(), d.Time(), d.I32(), d.Text()
	x.held = d.Bool()
}
