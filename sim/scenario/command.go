package scenario

import "sandtable/sim"

// Official is somebody who holds a post, or stands in for who does. The first of a post in the scenario holds it, the
// others are its deputies in this order.
type Official struct {
	Name    string        `toml:"name" doc:"short name"`
	Title   sim.Text      `toml:"title" doc:"name and office on screen"`
	Post    string        `toml:"post" ref:"post" doc:"the post that he holds, or whose deputy he is: the first one of a post holds it"`
	Person  *int64        `toml:"person,omitempty" range:"[0,]" optional:"true" doc:"number of the person in the table of persons who this is, whose fate he shares; nobody of them when missing"`
	Absent  bool          `toml:"absent" default:"false" doc:"away at the start, and not to be called"`
	Knocks  bool          `toml:"knocks" default:"false" doc:"he is one of the workers of his post, such as a grid officer (网格员): while he is away, busy, hurt or at another post it has one fewer to knock at doors"`
	Arrives *sim.Duration `toml:"arrives,omitempty" when:"absent" range:"[0s,30d]" instant:"true" optional:"true" doc:"when he is back; never when missing"`
}

// Utility is a substation that feeds zones, or a base station of the public network.
type Utility struct {
	Name    string       `toml:"name" doc:"short name"`
	Title   sim.Text     `toml:"title" doc:"name on screen"`
	Kind    string       `toml:"kind" choices:"power,network" doc:"mains, or the public network"`
	Place   [2]float64   `toml:"place" unit:"m" doc:"where it is [x, y]"`
	Zones   []string     `toml:"zones,omitempty" ref:"zone" optional:"true" doc:"the zones that it serves; all that no other of its kind serves when missing"`
	FailsAt float64      `toml:"fails_at" unit:"m" range:"(0,20]" default:"0.5" doc:"depth of water at its place from which on it fails (assumed)"`
	Backup  sim.Duration `toml:"backup" when:"kind=network" range:"[0s,30d]" default:"3h" doc:"network: how long its batteries last without mains (assumed)"`
	Repair  sim.Duration `toml:"repair" range:"[0s,30d]" default:"6h" doc:"from when the water at it is gone until it works again; restore_power does it at once (assumed)"`
}

// Meeting is a consultation (会商): who takes part, and how long it takes.
type Meeting struct {
	Name     string       `toml:"name" doc:"short name"`
	Title    sim.Text     `toml:"title" doc:"name on screen"`
	Post     string       `toml:"post" ref:"post" doc:"the post that calls it"`
	Members  []string     `toml:"members" ref:"official" doc:"who takes part, and is away from his post meanwhile"`
	Form     string       `toml:"form" choices:"room,video" default:"video" doc:"in one room, to which members drive, or by video"`
	Gather   sim.Duration `toml:"gather" range:"[1m,12h]" default:"10m" doc:"from the call until who can be there by then is (assumed)"`
	Duration sim.Duration `toml:"duration" range:"[1m,12h]" default:"20m" doc:"how long it takes (assumed)"`
}

// Deployment is a bundle of orders that goes out at once (部署): each says who does what, where, by when.
type Deployment struct {
	Name  string   `toml:"name" doc:"short name"`
	Title sim.Text `toml:"title" doc:"name on screen"`
	Post  string   `toml:"post,omitempty" ref:"post" optional:"true" doc:"who sends it out; the highest post when missing"`
}

// DeploymentItem is one order of a deployment.
type DeploymentItem struct {
	Of    string       `toml:"of" ref:"deployment" doc:"the deployment that it is part of"`
	Order string       `toml:"order" doc:"name of the order (docs/orders.md)"`
	Due   sim.Duration `toml:"due" range:"[1m,24h]" default:"30m" doc:"by when it is to be acknowledged (assumed)"`

	Gauge   string       `toml:"gauge,omitempty" ref:"gauge" optional:"true" doc:"condition: the order is given only when this gauge shows what follows, as the post knows it that sends the deployment, at the end of the consultation or when it goes out without one; else it is held back"`
	Above   float64      `toml:"above,omitempty" when:"gauge;!warning" needed:"true" unit:"m or mm" optional:"true" doc:"level above the datum that is passed; with window the depth of rain [mm]"`
	Window  sim.Duration `toml:"window,omitempty" range:"[30m,24h]" optional:"true" doc:"of a rain gauge: the window of the depth, 30m, 1h, 3h, 6h, 12h or 24h"`
	Warning string       `toml:"warning,omitempty" choices:"blue,yellow,orange,red" optional:"true" doc:"instead of above: a threshold of this warning level or a higher one is passed"`
	Lead    sim.Duration `toml:"lead,omitempty" range:"(0s,48h]" optional:"true" doc:"the last forecast that the post has, and not the reading, passes it within so long from then"`
	Share   float64      `toml:"share,omitempty" unit:"-" range:"(0,1]" optional:"true" doc:"with lead: at least this share of the forecast's members must say so; one half when missing"`

	Args []sim.Arg `toml:",rest" doc:"the order's parameters"`
}

// ZoneThreshold says when a zone is to prepare or to move: the short form of a line of the standing plan that waits for
// a gauge, a forecast or a published warning.
type ZoneThreshold struct {
	Zone    string       `toml:"zone" ref:"zone" doc:"the zone"`
	Gauge   string       `toml:"gauge,omitempty" ref:"gauge" when:"!published" needed:"true" optional:"true" doc:"gauge that is watched"`
	Above   float64      `toml:"above,omitempty" when:"gauge;!warning" needed:"true" unit:"m or mm" optional:"true" doc:"level above the datum; with window the depth of rain [mm]"`
	Window  sim.Duration `toml:"window,omitempty" range:"[30m,24h]" optional:"true" doc:"of a rain gauge: the window of the depth, 30m, 1h, 3h, 6h, 12h or 24h"`
	Warning string       `toml:"warning,omitempty" choices:"blue,yellow,orange,red" optional:"true" doc:"instead of above: a threshold of this warning level or a higher one"`
	Lead    sim.Duration `toml:"lead,omitempty" range:"(0s,48h]" optional:"true" doc:"the last forecast that the post has, and not the reading, passes it within so long from now"`
	Share   float64      `toml:"share,omitempty" unit:"-" range:"(0,1]" optional:"true" doc:"with lead: at least this share of the forecast's members must say so; one half when missing"`
	Public  string       `toml:"published,omitempty" choices:"blue,yellow,orange,red" optional:"true" doc:"instead of a gauge: this warning level or a higher one has been published for the zone or the county (发布预警)"`
	Action  string       `toml:"action" choices:"prepare,move" default:"move" doc:"prepare to move (准备转移), or move (立即转移)"`
	Delay   sim.Duration `toml:"delay,omitempty" range:"[0s,24h]" optional:"true" doc:"from the threshold to the order: the time to decide"`
	Post    string       `toml:"post,omitempty" ref:"post" optional:"true" doc:"who watches and gives the order; the highest post when missing"`
}
