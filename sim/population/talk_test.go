package population

import (
	"math"
	"testing"

	"sandtable/sim"
)

// knows returns the share of a crowd that has heard an order to leave.
func (w *place) knows() float64 {
	return float64(len(w.find(sim.EvPartyWarned, -1))) / float64(len(w.p.told))
}

// Reference: G. O. Rogers and J. H. Sorensen, Diffusion of emergency warnings, Environmental Professional 10 (1988):
// dn/dt = k a1 (N-n) + (1-k) a2 n (N-n)/N. From n = 0 it has the solution
// n/N = A (1-exp(-(A+C) t)) / (A + C exp(-(A+C) t)), A = k a1, C = (1-k) a2.
func TestRogersSorensenDiffusion(t *testing.T) {
	const n = 5000
	sc := listeners(n, 0, "loudspeaker", "sms")
	b := &sc.Population.Belief
	b.Diffusion, b.RSk, b.RSa1, b.RSa2, b.TalkNight = "rogers-sorensen", 0.3, 1, 4, 1
	w := newPlace(t, sc)
	w.order(sim.OrderEvacuateZone)
	a, c := b.RSk*b.RSa1, (1-b.RSk)*b.RSa2
	for _, hours := range []float64{0.25, 0.5, 1, 1.5, 2} {
		w.play(seconds(hours * 3600))
		e := math.Exp(-(a + c) * hours)
		want := a * (1 - e) / (a + c*e)
		if got := w.knows(); math.Abs(got-want) > 0.02+2/math.Sqrt(n) {
			t.Errorf("after %v h %.3f have heard it; Rogers and Sorensen have %.3f", hours, got, want)
		}
	}
}

// TestWordOfMouthIsLogistic: from those whom a channel reached, the word goes round by n(t)/N =
// 1/(1 + (1/s - 1) exp(-a t)), s being their share.
func TestWordOfMouthIsLogistic(t *testing.T) {
	const n, reached, rate = 5000, 0.2, 1.0
	sc := listeners(n, 0, "loudspeaker")
	*sc.Channels[0].Night = reached
	sc.Population.Belief.Talk, sc.Population.Belief.TalkNight = rate*2, 0.5
	w := newPlace(t, sc)
	w.order(sim.OrderEvacuateZone)
	for _, hours := range []float64{0.5, 1, 2, 4} {
		w.play(seconds(60 + hours*3600))
		want := 1 / (1 + (1/reached-1)*math.Exp(-rate*hours))
		if got := w.knows(); math.Abs(got-want) > 0.02+2/math.Sqrt(n) {
			t.Errorf("after %v h %.3f have heard it; want %.3f", hours, got, want)
		}
	}
	w.play(seconds(24 * 3600))
	if len(w.find(sim.EvPartyWarned, -1)) != n || w.p.talks[0].Runs {
		t.Errorf("%.3f have heard it in the end, and the talk goes on: %v; want everybody, and an end", w.knows(),
			w.p.talks[0].Runs)
	}
}

func TestNobodyTalksWhereNobodyKnows(t *testing.T) {
	sc := listeners(100, 1, "loudspeaker")
	*sc.Channels[0].Night = 0
	sc.Population.Belief.Talk = 5
	w := newPlace(t, sc)
	w.order(sim.OrderEvacuateZone)
	w.play(seconds(3600))
	w.never(sim.EvPartyWarned)
	if w.p.talks[0].Runs {
		t.Error("an entry of the agenda goes on with nothing")
	}
}

// TestEarlierOrderIsHeardAndActedOnEarlierByEverybody: half an hour earlier means half an hour earlier for everybody,
// also for those who asked, were told by others or saw neighbours leave.
func TestEarlierOrderIsHeardAndActedOnEarlierByEverybody(t *testing.T) {
	leave := func(after sim.Time) []sim.Time {
		sc := listeners(400, 0.7, "loudspeaker", "sms")
		*sc.Channels[0].Night, *sc.Channels[1].Night = 0.3, 0.2
		b := &sc.Population.Belief
		b.AtOnce, b.Understood, b.Talk, b.Neighbours = 0.6, 0.8, 2, 0.5
		w := newPlace(t, sc)
		w.play(after)
		w.order(sim.OrderEvacuateZone)
		w.play(after.Add(3 * sim.Hour))
		out := make([]sim.Time, 400)
		for _, e := range w.find(sim.EvPartyLeft, -1) {
			out[e.A.ID] = e.At
		}
		return out
	}
	early, late := leave(0), leave(seconds(1800))
	for q := range early {
		if (early[q] == 0) != (late[q] == 0) || early[q] != 0 && late[q] != early[q]+seconds(1800) {
			t.Errorf("party %d leaves at %v, and at %v when the order comes half an hour later", q, early[q], late[q])
		}
	}
}

// TestMoreEarsHearNoLater: a channel more makes nobody hear later, also of those who have it from others (common random
// numbers).
func TestMoreEarsHearNoLater(t *testing.T) {
	hear := func(channels int) []sim.Time {
		sc := listeners(500, 0, "loudspeaker", "sms")
		*sc.Channels[0].Night, *sc.Channels[1].Night = 0.2, 0.3
		sc.Population.Belief.Talk, sc.Population.Belief.TalkNight = 1, 1
		w := newPlace(t, sc)
		for c := range channels {
			w.broadcast(sim.OrderEvacuateZone, sim.ChannelID(c))
		}
		w.play(seconds(12 * 3600))
		out := make([]sim.Time, 500)
		for q := range out {
			out[q] = sim.Never
		}
		for _, e := range w.find(sim.EvPartyWarned, -1) {
			out[e.A.ID] = min(out[e.A.ID], e.At)
		}
		return out
	}
	one, two := hear(1), hear(2)
	for q := range one {
		if two[q] > one[q] {
			t.Errorf("party %d hears at %v, and at %v with a channel more", q, one[q], two[q])
		}
	}
}

func TestRumourReachesNobodyTwiceAndDiesWithTheStatement(t *testing.T) {
	const n = 3000
	sc := listeners(n, 0.6, "loudspeaker")
	b := &sc.Population.Belief
	b.RumourRate, b.RumourStay, b.TalkNight, b.Statement = 2, 0.5, 1, 1
	w := newPlace(t, sc)
	w.p.StartRumour(0, sim.None, false, 0.05, sim.Said("no flood"), &w.log)
	for _, hours := range []float64{0.5, 1, 2} {
		w.play(seconds(hours * 3600))
		want := 1 / (1 + (1/0.05-1)*math.Exp(-2*hours))
		if got := float64(w.p.rumours[0].Believes) / n; math.Abs(got-want) > 0.02+2/math.Sqrt(n) {
			t.Errorf("after %v h %.3f believe the rumour; want %.3f (logistic)", hours, got, want)
		}
	}
	believers := w.p.rumours[0].Believes
	w.order(sim.OrderEvacuateZone)
	w.play(w.p.now.Add(90 * sim.Second))
	share := float64(believers) / n
	wantOf := share*(1-math.Pow(0.4, 0.5)) + (1-share)*0.6
	if got := float64(len(w.moved())) / n; math.Abs(got-wantOf) > 0.03 {
		t.Errorf("%.3f leave while the rumour goes round; want %.3f", got, wantOf)
	}
	w.order(sim.OrderStatement)
	w.play(w.p.now.Add(10 * sim.Minute))
	if r := &w.p.rumours[0]; r.Believes != 0 || r.Runs {
		t.Errorf("%d believe the rumour when everybody has heard the statement (it runs: %v)", r.Believes, r.Runs)
	}
	events := w.find(sim.EvRumour, -1)
	if last := events[len(events)-1]; last.Count != 0 || last.Text.EN != "no flood" {
		t.Errorf("last event of the rumour: %+v; want its end", last)
	}
	if got := float64(len(w.moved())) / n; math.Abs(got-0.6) > 0.03 {
		t.Errorf("%.3f leave after the statement; want those who heed", got)
	}
}

func TestStatementBeforehandKeepsTheRumourAway(t *testing.T) {
	sc := listeners(200, 0.6, "loudspeaker")
	w := newPlace(t, sc)
	w.order(sim.OrderStatement)
	w.play(seconds(120))
	w.p.StartRumour(w.p.now, 0, false, 1, sim.Text{}, &w.log)
	w.play(seconds(3600))
	if r := &w.p.rumours[0]; r.Believes != 0 || r.Runs {
		t.Errorf("%d believe a rumour that was put right before it began", r.Believes)
	}
}
