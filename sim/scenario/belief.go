package scenario

import (
	"fmt"

	"sandtable/sim"
)

// Belief are the parameters of how a household comes to believe a warning, after the Protective Action Decision Model
// (Lindell and Perry 2012): docs/models/evacuation.md, "Deciding". A weight says how much a cue counts against the
// standard one, an order over loudspeakers that names a place: with weight w the share of those who doubt it is
// (1-p)^w.
type Belief struct {
	Messages   string  `toml:"messages" choices:"behaviour,ees" default:"behaviour" doc:"what share of households a message moves by itself: heed_prepare and heed_evacuate of population.behaviour; or as calibrated in EES (Castlemaine): to prepare 5 %, to leave without a place 30 %, to leave 40 %, a statement 1 %"`
	AtOnce     float64 `toml:"at_once" unit:"-" range:"[0,1]" default:"0.6" doc:"part of an order's weight that it has before it is confirmed: by asking, by a second source, or face to face; 1 for people who do not ask (assumed)"`
	Understood float64 `toml:"understood" unit:"-" range:"[0,1]" default:"0.95" doc:"share of households that understand a message when they hear it; for the others it is but an alarm, and they ask (assumed)"`
	Again      float64 `toml:"again" unit:"-" range:"[0,1]" default:"0.3" doc:"weight of the same order from every further source; the same source counts once (assumed)"`

	Signals  float64 `toml:"signals" unit:"-" range:"[0,1]" default:"0.5" doc:"share of households that know from drills what sirens and gongs mean here; for the others they are but an alarm, and they ask (assumed)"`
	Signal   float64 `toml:"signal" unit:"-" range:"[0,10]" default:"0.6" doc:"weight of an order by siren or gong for who knows what it means (assumed)"`
	Door     float64 `toml:"door" unit:"-" range:"[0,10]" default:"1.5" doc:"weight of an order face to face at the door (assumed)"`
	Known    float64 `toml:"known" unit:"-" range:"[0,10]" default:"1.2" doc:"weight of an order by telephone or chat group from people whom one knows (assumed)"`
	Cell     float64 `toml:"cell" unit:"-" range:"[0,10]" default:"0.7" doc:"weight of an order by SMS or cell broadcast (assumed)"`
	Word     float64 `toml:"word" unit:"-" range:"[0,10]" default:"0.8" doc:"weight of an order that one has from neighbours (assumed)"`
	Vague    float64 `toml:"vague" unit:"-" range:"[0,1]" default:"0.6" doc:"factor on the weight of an order that names no place to go to (assumed)"`
	Upstairs float64 `toml:"upstairs" unit:"-" range:"[0,1]" default:"0.9" doc:"factor on the weight of orders for a household that has a dry upper storey in a sound building where it is, and so does not feel meant, until somebody is at the door or water is in sight (assumed)"`

	Statement   float64 `toml:"statement" unit:"-" range:"[1,10]" default:"1.2" doc:"factor on the weight of orders for who has heard an official statement (assumed)"`
	Warned      float64 `toml:"warned" unit:"-" range:"[1,2]" default:"1.05" doc:"factor on the weight of orders for each step of the warning level that is published for the household's zone or the county and has reached it (blue one step, red four); 1 for people whom published warnings do not move (assumed)"`
	FalseAlarms int64   `toml:"false_alarms" range:"[0,20]" default:"0" doc:"orders to leave in recent years after which no water came"`
	FalseAlarm  float64 `toml:"false_alarm" unit:"-" range:"[0,1]" default:"0.85" doc:"factor on the weight of orders for each of them, and for an order of this drill that was lifted without water (assumed)"`
	Neighbours  float64 `toml:"neighbours" unit:"-" range:"[0,1)" default:"0.3" doc:"share of households that the sight of all their neighbours leaving would move by itself (assumed)"`
	Attached    float64 `toml:"attached" unit:"-" range:"[0,1]" default:"0.03" doc:"share that does not leave property or animals, among those whom the standard order does not move (assumed; 5-20 % never go, LifeSim)"`
	Defiant     float64 `toml:"defiant" unit:"-" range:"[0,1]" default:"0.02" doc:"share that believes nothing that officials say, among the same (assumed)"`
	Persuaded   float64 `toml:"persuaded" unit:"-" range:"[0,1]" default:"0.5" doc:"share of the attached whom somebody at the door talks round (assumed)"`

	MillingT50 sim.Duration `toml:"milling_t50" range:"[1s,24h]" default:"10m" doc:"how long people ask about before they know whether it is true, median (assumed)"`
	MillingT90 sim.Duration `toml:"milling_t90" range:"[1s,48h]" default:"40m" doc:"the same, 90th percentile (assumed)"`
	NoticeIn   sim.Duration `toml:"notice" range:"[1s,1h]" default:"1m" doc:"until neighbours notice that somebody leaves (assumed)"`

	Diffusion string  `toml:"diffusion" choices:"channels,rogers-sorensen" default:"channels" doc:"how public channels spread: each by its own reach and delays; or all together by Rogers and Sorensen, dn/dt = k a1 (N-n) + (1-k) a2 n (N-n)/N"`
	Talk      float64 `toml:"talk" when:"diffusion=channels" unit:"1/h" range:"[0,100]" default:"0.5" doc:"how often a household that knows tells another one of its zone (assumed)"`
	RSk       float64 `toml:"rs_k" when:"diffusion=rogers-sorensen" unit:"-" range:"[0,1]" default:"0.5" doc:"share k of the broadcast term (assumed)"`
	RSa1      float64 `toml:"rs_a1" when:"diffusion=rogers-sorensen" unit:"1/h" range:"[0,1000]" default:"6" doc:"rate a1 of the broadcast term (assumed)"`
	RSa2      float64 `toml:"rs_a2" when:"diffusion=rogers-sorensen" unit:"1/h" range:"[0,1000]" default:"2" doc:"rate a2 of the contagion term (assumed)"`
	TalkNight float64 `toml:"talk_night" unit:"-" range:"[0,1]" default:"0.3" doc:"factor on the contagion of orders and rumours from 22:00 to 06:00 (assumed)"`

	RumourRate  float64 `toml:"rumour_rate" unit:"1/h" range:"[0,100]" default:"2" doc:"how often a household that believes a rumour tells another one of its zone (assumed)"`
	RumourStay  float64 `toml:"rumour_stay" unit:"-" range:"[0,1]" default:"0.5" doc:"factor on the weight of orders for who believes that there is no need (assumed)"`
	RumourLeave float64 `toml:"rumour_leave" unit:"-" range:"[0,1)" default:"0.3" doc:"share of households that a rumour to flee would move by itself (assumed)"`

	Mobilisation string       `toml:"mobilisation" choices:"weibull,rayleigh,logistic,points" default:"weibull" doc:"form of the time from the decision to setting off: through delay_t50 and delay_t90 (weibull, logistic), through delay_t50 (rayleigh), or the points below"`
	Points       []SharePoint `toml:"departure" when:"mobilisation=points" needed:"true" optional:"true" doc:"points of the curve of departures, linear between; from 0 at the decision to a share of 1"`
	NightWait    float64      `toml:"night_wait" unit:"-" range:"[0,1]" default:"0" doc:"share of households that put a departure between 22:00 and 06:00 off until 06:00, unless they see water (assumed; hurricane Floyd, with days of warning: about 0.9)"`
}

// SharePoint is a point of a curve of departures.
type SharePoint struct {
	After sim.Duration `toml:"after" range:"[0s,72h]" doc:"since the decision"`
	Share float64      `toml:"share" unit:"-" range:"[0,1]" doc:"of those who leave, who have set off by then"`
}

// Hopeless are the households that no standard order moves: property, animals or distrust keep them.
func (b *Belief) Hopeless() float64 { return b.Attached + b.Defiant }

// belief checks what the schema cannot say about the table.
func (c *checker) belief() {
	b := &c.sc.Population.Belief
	const at = "population.belief"
	c.milling(at, b)
	if b.Hopeless() > 1 {
		c.add(at+".defiant", "%g，与 attached（%g）之和大于 1；两者之和应不大于 1",
			"%g, and attached is %g; want no more than 1 together", b.Defiant, b.Attached)
	}
	if b.Mobilisation != "points" {
		return
	}
	last := SharePoint{}
	for i, p := range b.Points {
		path := at + fmt.Sprintf(".departure[%d]", i)
		switch {
		case i > 0 && p.After <= last.After:
			c.add(path+".after", "%s；应晚于前一点（%s）", "%s; want more than the point before, which is %s", p.After, last.After)
		case p.Share < last.Share:
			c.add(path+".share", "%g；应不小于前一点（%g）", "%g; want no less than the point before, which is %g", p.Share, last.Share)
		case i == len(b.Points)-1 && p.Share != 1:
			c.add(path+".share", "%g；最后一点应为 1", "%g; want 1 at the last point", p.Share)
		}
		last = p
	}
}

func (c *checker) milling(at string, b *Belief) {
	if b.MillingT90 < b.MillingT50 || b.MillingT90 == b.MillingT50 && b.MillingT50 != 0 {
		c.add(at+".milling_t90", "%s；应大于 milling_t50（%s）", "%s; want more than milling_t50, which is %s",
			b.MillingT90, b.MillingT50)
	}
}
