package sim

// Observation is what one seat knows: reports received, its own sensors, published forecasts; each with its
// source and the time at which it was true. It is made from command's records alone. Changing a truth that nobody
// observed leaves its bytes unchanged.
type Observation struct {
	Now      Time
	Post     PostID
	Warning  int // published level as the post has heard of it, index into WarningLevels
	Response int // the same, index into ResponseLevels
	// LevelsHeard is when the post heard of published levels last, those of zones as well; -1 before any.
	LevelsHeard Time
	Zones       []ZoneKnown
	Shelters    []ShelterKnown
	Units       []UnitKnown
	Gauges      []GaugeKnown
	Inbox       []Inbound // newest last
	Orders      []OrderKnown
	// Forecasts are the last that the seat has received of each hazard, in the order of the hazards.
	Forecasts []ForecastKnown
	// CutOff is the instant since which the post has no contact with its superior, as far as it can tell; -1 when it has.
	CutOff Time
	// Unmanned says that nobody acts for the post: it gives no orders, and where nobody of it sits in a consultation at
	// its place nobody reads either, so that but for the published levels all else is empty. What comes meanwhile lies
	// there for who is back first.
	Unmanned bool
	Seen     []ZoneSeen // by zone: what the post's own people see there
	// ZoneWarnings are the published levels by zone as the post has heard of them, index into WarningLevels: the higher
	// one of the zone's own and the county's.
	ZoneWarnings []uint8
	Roads        []RoadKnown       // by link; what the seat was never told of is left out
	Posts        []PostKnown       // by id: the posts below it, as they have been heard of
	Meetings     []MeetingKnown    // that its post has called
	Deployments  []DeploymentKnown // that its post has sent out
	Incident     IncidentKnown     // what it reports upward
	Own          OwnKnown          // of the post itself
	Received     []OrderReceived   // orders about zones that have come down to it, in the order in which they were given
}

// OrderReceived is an order about a zone that a post above has given and that has come down to a post, which carries it
// out or passes it on.
type OrderReceived struct {
	Order OrderID
	Zone  ZoneID
	From  PostID
	Given Time
}

// Append writes an order that a post has received.
func (k OrderReceived) Append(e *Encoder) {
	e.U8(uint8(k.Order))
	e.I32(int32(k.Zone))
	e.I32(int32(k.From))
	e.Time(k.Given)
}

// OwnKnown is what a post knows of itself.
type OwnKnown struct {
	Acting  OfficialID // who acts for it; None where nobody does, or nobody is named
	Working PostState  // PostOnDuty, PostCalling or PostRunning
	Away    int32      // messengers of it who are out
	Mandate PostID     // who has delegated its authority to it; None
}

// Append writes what a post knows of itself.
func (k OwnKnown) Append(e *Encoder) {
	e.I32(int32(k.Acting))
	e.U8(uint8(k.Working))
	e.I32(k.Away)
	e.I32(int32(k.Mandate))
}

// Via is how a seat came to know something.
type Via struct {
	From Ref       // the post, unit or shelter that told it; the zone for its own people there
	Over ChannelID // by which channel; None face to face, or by a sensor
}

// Append writes how something came to be known.
func (v Via) Append(e *Encoder) {
	e.Ref(v.From)
	e.I32(int32(v.Over))
}

// Load reads what Append wrote.
func (v *Via) Load(d *Decoder) { v.From, v.Over = d.Ref(), ChannelID(d.I32()) }

// RoadKnown is what a seat has been told of a link: that it is closed, or open again.
type RoadKnown struct {
	Link     LinkID
	Closed   bool
	Cause    StrandCause // StrandClosed by order
	Reported Time        // when it was so
	Via
}

// PostKnown is when a post below was last heard of: it acknowledged an order, or reported. Answered is -1 before.
type PostKnown struct {
	Post     PostID
	Answered Time
	Over     ChannelID
	By       OfficialID // who acknowledged an order there last, as he said on the line; None where nobody is named
}

// MeetingStep is how far a consultation has come.
type MeetingStep uint8

// Steps.
const (
	MeetingNone   MeetingStep = iota // not called yet
	MeetingCalled                    // its members are being called together
	MeetingSits
	MeetingEnded
	MeetingFailed // nobody came
	MeetingStepCount
)

// MeetingKnown is the last consultation of its kind that a post has called.
type MeetingKnown struct {
	Meeting MeetingID
	Step    MeetingStep
	Since   Time // when it came to that
	Present int32
}

// DeploymentKnown is a deployment that a post has sent out, with what became of its orders as far as the post knows.
type DeploymentKnown struct {
	Deployment DeploymentID
	Sent       Time
	Items      []ItemKnown
}

// ItemKnown is one order of a deployment.
type ItemKnown struct {
	Order   OrderID
	Target  Ref
	Due     Time  // by when it is to be acknowledged
	Acked   Time  // -1 while it is not, as far as the post knows
	Calls   int32 // how often it was called again because it was overdue
	Refused bool  // it could not be given
	Held    bool  // it was held back, for what it waits for was not so
	Failed  bool  // nobody was reached with it, or who received it does not carry it out
	Reason  Text  // why it was refused or held back, or is not carried out; empty where nobody was reached
}

// IncidentKnown is what a post has reported upward of its incident (首报、续报、终报).
type IncidentKnown struct {
	Since   Time  // when the post learnt of it; -1 without one
	Reports int32 // so far
	Last    Time  // when the last one was sent; -1 before
	Kind    ReportKind
}

// ZoneSeen is what a post's own people see in a zone that it moves: the deepest water at its houses and road nodes.
// At is -1 where nobody has looked.
type ZoneSeen struct {
	At    Time
	Depth float64 // [m]
}

// Append writes what somebody sees.
func (k ZoneSeen) Append(e *Encoder) {
	e.Time(k.At)
	e.F64(k.Depth)
}

// ForecastKnown is a forecast that a seat has received. What it says was made at Forecast.Issued.
type ForecastKnown struct {
	Received Time
	Forecast *Forecast // never changes
}

// Append writes a forecast that a seat knows.
func (k ForecastKnown) Append(e *Encoder) {
	e.Time(k.Received)
	k.Forecast.Append(e)
}

// ZoneKnown is what a seat has been told of a zone. Reported is -1 before the first report.
type ZoneKnown struct {
	Reported Time
	Report   ZoneReport
	Lines    LineKnown
	Via
}

// LineKnown is what a seat knows of mains and public network in a zone: its own post sees it, others are told.
type LineKnown struct {
	Reported  Time // when it was so; 0 before anything has failed that the seat knows of
	NoPower   bool
	NoNetwork bool
}

// ShelterKnown is what a seat has been told of a shelter.
type ShelterKnown struct {
	Reported Time
	Count    ShelterCount
	Via
}

// UnitKnown is what a seat has been told of a unit.
type UnitKnown struct {
	Reported Time
	Report   UnitReport
	Via
}

// GaugeKnown is the last reading of a gauge that the seat receives.
type GaugeKnown struct {
	Reported Time
	Level    float64     // stage: [m] above the datum
	Rain     RainDepths  // rain gauge: [mm]
	Above    int         // index of the highest threshold it is above, or -1
	Warning  int         // highest warning level of the thresholds it is above, index into WarningLevels
	Action   GaugeAction // the most urgent one of them
}

// NoReading is what is known of a gauge before its first reading.
func NoReading() GaugeKnown { return GaugeKnown{Reported: -1, Above: -1} }

// Inbound is a message in a seat's inbox.
type Inbound struct {
	At   Time
	From Ref
	Text Text
}

// OrderKnown is the state of an order that the post has given, as far as the post knows.
type OrderKnown struct {
	Order  OrderID
	Target Ref
	Sent   Time
	Acked  Time // -1 while it is not
	Failed bool // every channel was tried, or who received it did not carry it out

	To     PostID     // the post that is called with it; None where it goes to a unit, a shelter, a crew or a keeper
	Taken  bool       // that post has answered since, and passes it on where it does not end there
	Calls  int32      // calls that the giver has made so far
	Of     int32      // calls of the ladder in all
	Over   ChannelID  // channel of the last call; None before the first one
	Called OfficialID // whom it called by name; None where it calls whoever is there
	Reason Text       // of a failed one: why who received it does not carry it out; empty where nobody was reached
}

// AppendObservation writes everything that an observation holds, so that two can be compared byte for byte.
func AppendObservation(e *Encoder, o *Observation) {
	e.Section("observation")
	e.Time(o.Now)
	e.I32(int32(o.Post))
	e.I32(int32(o.Warning))
	e.I32(int32(o.Response))
	e.Time(o.LevelsHeard)
	AppendEach(e, o.Zones)
	AppendEach(e, o.Shelters)
	AppendEach(e, o.Units)
	AppendEach(e, o.Gauges)
	AppendEach(e, o.Inbox)
	AppendEach(e, o.Orders)
	AppendEach(e, o.Forecasts)
	e.Time(o.CutOff)
	e.Bool(o.Unmanned)
	AppendEach(e, o.Seen)
	e.Bytes(o.ZoneWarnings)
	AppendEach(e, o.Roads)
	AppendEach(e, o.Posts)
	AppendEach(e, o.Meetings)
	AppendEach(e, o.Deployments)
	o.Incident.Append(e)
	o.Own.Append(e)
	AppendEach(e, o.Received)
}

// AppendEach writes a list of records that write themselves.
func AppendEach[T interface{ Append(e *Encoder) }](e *Encoder, list []T) {
	e.Len(len(list))
	for _, x := range list {
		x.Append(e)
	}
}

// Append writes what is known of a zone.
func (k ZoneKnown) Append(e *Encoder) {
	e.Time(k.Reported)
	r := k.Report
	for _, n := range [...]int32{int32(r.Zone), r.Persons, r.Warned, r.Left, r.Waiting, r.Stranded, r.Missing, r.Dead,
		r.Hurt, r.Wet, r.Destroyed} {
		e.I32(n)
	}
	for _, n := range [...]int32{r.Doors, r.Searched, r.Remaining} {
		e.I32(n)
	}
	e.Time(r.Done)
	e.F64(r.Depth)
	e.Time(k.Lines.Reported)
	e.Bool(k.Lines.NoPower)
	e.Bool(k.Lines.NoNetwork)
	k.Via.Append(e)
}

// Append writes what is known of a link.
func (k RoadKnown) Append(e *Encoder) {
	e.I32(int32(k.Link))
	e.Bool(k.Closed)
	e.U8(uint8(k.Cause))
	e.Time(k.Reported)
	k.Via.Append(e)
}

// Append writes what is known of a post.
func (k PostKnown) Append(e *Encoder) {
	e.I32(int32(k.Post))
	e.Time(k.Answered)
	e.I32(int32(k.Over))
	e.I32(int32(k.By))
}

// Append writes what is known of a consultation.
func (k MeetingKnown) Append(e *Encoder) {
	e.I32(int32(k.Meeting))
	e.U8(uint8(k.Step))
	e.Time(k.Since)
	e.I32(k.Present)
}

// Append writes what is known of a deployment.
func (k DeploymentKnown) Append(e *Encoder) {
	e.I32(int32(k.Deployment))
	e.Time(k.Sent)
	AppendEach(e, k.Items)
}

// Append writes what is known of an order of a deployment.
func (k ItemKnown) Append(e *Encoder) {
	e.U8(uint8(k.Order))
	e.Ref(k.Target)
	e.Time(k.Due)
	e.Time(k.Acked)
	e.I32(k.Calls)
	e.Bool(k.Refused)
	e.Bool(k.Held)
	e.Bool(k.Failed)
	e.Text(k.Reason)
}

// Append writes what a post has reported.
func (k IncidentKnown) Append(e *Encoder) {
	e.Time(k.Since)
	e.I32(k.Reports)
	e.Time(k.Last)
	e.U8(uint8(k.Kind))
}

// Append writes what is known of a shelter.
func (k ShelterKnown) Append(e *Encoder) {
	e.Time(k.Reported)
	e.I32(int32(k.Count.Shelter))
	e.Bool(k.Count.Open)
	e.Bool(k.Count.Shut)
	e.I32(k.Count.Inside)
	e.I32(k.Count.Waiting)
	e.I32(k.Count.Special)
	e.I32(k.Count.Ill)
	e.I32(k.Count.Missing)
	k.Via.Append(e)
}

// Append writes what is known of a unit.
func (k UnitKnown) Append(e *Encoder) {
	e.Time(k.Reported)
	e.I32(int32(k.Report.Unit))
	e.U8(uint8(k.Report.Status))
	e.I32(k.Report.Aboard)
	e.I32(k.Report.Carried)
	e.F64(k.Report.X)
	e.F64(k.Report.Y)
	k.Via.Append(e)
}

// Append writes what is known of a gauge.
func (k GaugeKnown) Append(e *Encoder) {
	e.Time(k.Reported)
	e.F64(k.Level)
	for _, mm := range k.Rain {
		e.F64(mm)
	}
	e.I32(int32(k.Above))
	e.U8(uint8(k.Warning))
	e.U8(uint8(k.Action))
}

// Load reads what Append wrote.
func (k *GaugeKnown) Load(d *Decoder) {
	k.Reported, k.Level = d.Time(), d.F64()
	for i := range k.Rain {
		k.Rain[i] = d.F64()
	}
	k.Above, k.Warning, k.Action = int(d.I32()), int(d.U8()), GaugeAction(d.U8())
	if k.Warning >= len(levels) || k.Action >= gaugeActionCount {
		d.Fail("an unknown warning level or action of a gauge")
	}
}

// Append writes a message.
func (m Inbound) Append(e *Encoder) {
	e.Time(m.At)
	e.Ref(m.From)
	e.Text(m.Text)
}

// Append writes what is known of an order.
func (k OrderKnown) Append(e *Encoder) {
	e.U8(uint8(k.Order))
	e.Ref(k.Target)
	e.Time(k.Sent)
	e.Time(k.Acked)
	e.Bool(k.Failed)
	e.I32(int32(k.To))
	e.Bool(k.Taken)
	e.I32(k.Calls)
	e.I32(k.Of)
	e.I32(int32(k.Over))
	e.I32(int32(k.Called))
	e.Text(k.Reason)
}
