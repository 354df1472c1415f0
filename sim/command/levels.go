package command

import (
	"cmp"
	"fmt"
	"slices"

	"sandtable/sim"
)

// mark is a published level, and how many had been published when it was: of two marks of one thing the one with more
// is the later. It is zero before the first.
type mark struct {
	level uint8
	set   int32
}

// levels are the published levels: as they are, or as a post knows them.
type levels struct {
	warning  mark   // of the county, an index into sim.WarningLevels
	response mark   // an index into sim.ResponseLevels
	zones    []mark // of each zone: the warning level published for it alone
}

func (l *levels) copy() *levels {
	other := *l
	other.zones = slices.Clone(l.zones)
	return &other
}

// covers says whether nothing in other levels is later than in these.
func (l *levels) covers(other *levels) bool {
	for z := range l.zones {
		if l.zones[z].set < other.zones[z].set {
			return false
		}
	}
	return l.warning.set >= other.warning.set && l.response.set >= other.response.set
}

// with returns what is known when both are: one of the two where that covers the other.
func (l *levels) with(other *levels) *levels {
	switch {
	case l.covers(other):
		return l
	case other.covers(l):
		return other
	}
	both := l.copy()
	both.warning, both.response = later(l.warning, other.warning), later(l.response, other.response)
	for z := range both.zones {
		both.zones[z] = later(l.zones[z], other.zones[z])
	}
	return both
}

func later(a, b mark) mark {
	if b.set > a.set {
		return b
	}
	return a
}

// ofZone returns the warning level that holds in a zone: the higher one of its own and the county's.
func (l *levels) ofZone(z sim.ZoneID) uint8 { return max(l.zones[z].level, l.warning.level) }

// words says how the levels are; those of single zones where they are above the county's.
func (l *levels) words(c *Command) sim.Text {
	parts := []sim.Text{sim.Say("预警级别%s，响应级别%s", "warning level %s, response level %s",
		sim.WarningTitle(int(l.warning.level)), sim.ResponseTitle(int(l.response.level)))}
	for z, own := range l.zones {
		if own.level > l.warning.level {
			parts = append(parts, sim.Say("%s预警级别%s", "%s: warning level %s",
				c.title(sim.RefTo(sim.KindZone, sim.ZoneID(z))), sim.WarningTitle(int(own.level))))
		}
	}
	return sim.Join(parts, sim.Sentences)
}

// levelsOf returns the levels as a post knows them; with None as they are.
func (c *Command) levelsOf(p sim.PostID) *levels {
	if p >= 0 && int(p) < len(c.posts) && c.posts[p].levels != nil {
		return c.posts[p].levels
	}
	return &c.levels
}

// SetWarning publishes a warning level, an index into sim.WarningLevels, in the name of a post: for a zone, or with
// None for the county.
func (c *Command) SetWarning(at sim.Time, by sim.PostID, level int, zone sim.ZoneID, log *sim.Log) {
	e := sim.Event{At: at, Kind: sim.EvWarningLevel, Count: int32(level)}
	of := func(l *levels) *mark { return &l.warning }
	if zone >= 0 {
		of = func(l *levels) *mark { return &l.zones[zone] }
		e.A = sim.RefTo(sim.KindZone, zone)
	}
	c.trail.Change(at, trailLevel, int32(zone)+2, uint64(level))
	c.publish(at, by, level, of)
	log.Emit(e)
}

// SetResponse sets a response level, an index into sim.ResponseLevels, in the name of a post. It calls in the people of
// the posts that hear it.
func (c *Command) SetResponse(at sim.Time, by sim.PostID, level int, log *sim.Log) {
	c.trail.Change(at, trailLevel, 1, uint64(level))
	c.publish(at, by, level, func(l *levels) *mark { return &l.response })
	log.Emit(sim.Event{At: at, Kind: sim.EvResponseLevel, Count: int32(level)})
}

// Levels returns the published warning level and the response level as they are.
func (c *Command) Levels() (warning, response int) {
	return int(c.levels.warning.level), int(c.levels.response.level)
}

// tiding is a post that has heard of levels, and from which post.
type tiding struct{ to, from sim.PostID }

// publish sets one level in the name of a post. Every post to which lines work from there hears it at once; any other
// goes on knowing what it knew.
func (c *Command) publish(at sim.Time, by sim.PostID, level int, of func(*levels) *mark) {
	before := c.levels.copy()
	for p := range c.posts {
		if c.posts[p].levels == nil {
			c.posts[p].levels = before
		}
	}
	c.issued++
	*of(&c.levels) = mark{uint8(level), c.issued}
	if by < 0 {
		return
	}
	known := c.posts[by].levels.copy()
	*of(known) = *of(&c.levels)
	c.learnLevels(by, known)
	c.heardLevels(at, c.spread(by, []tiding{{by, by}}))
	for p := range c.posts {
		if c.posts[p].levels != nil {
			c.trail.Change(at, trailLevel, int32(p), uint64(c.issued)<<32)
		}
	}
}

// learnLevels gives a post levels to know.
func (c *Command) learnLevels(p sim.PostID, l *levels) {
	if l.covers(&c.levels) {
		l = nil
	}
	c.posts[p].levels = l
}

// spread has a post pass on what it knows of the levels, up and down, as far as lines work and somebody is there to do
// it, and adds who hears something by that.
func (c *Command) spread(p sim.PostID, told []tiding) []tiding {
	if !c.manned(p) {
		return told
	}
	if above := c.sites.Tree[p]; above >= 0 && c.inLine(p) {
		told = c.hand(p, above, told)
	}
	for _, k := range c.council.heard[p] {
		if c.inLine(k.Post) {
			told = c.hand(p, k.Post, told)
		}
	}
	return told
}

// hand passes levels from one post to the one next to it, which passes on what is later than what it knew.
func (c *Command) hand(from, to sim.PostID, told []tiding) []tiding {
	known := c.levelsOf(to)
	both := known.with(c.levelsOf(from))
	if both == known {
		return told
	}
	c.learnLevels(to, both)
	return c.spread(to, append(told, tiding{to, from}))
}

// inLine says whether a post and the one above it can tell each other something: over a line that works, or since they
// sit in the same place.
func (c *Command) inLine(p sim.PostID) bool {
	return c.sc.Posts[p].Place == c.sc.Posts[c.sites.Tree[p]].Place || c.hasLine(p)
}

// heardLevels is what follows where levels are heard: the people of posts are called in whom the response level calls.
// It returns each post once, in id order.
func (c *Command) heardLevels(at sim.Time, told []tiding) []tiding {
	slices.SortFunc(told, func(a, b tiding) int { return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.from, b.from)) })
	told = slices.CompactFunc(told, func(a, b tiding) bool { return a.to == b.to })
	for _, t := range told {
		c.posts[t.to].heard = at
		c.raise(at, t.to)
	}
	return told
}

// catchUp has a post and its superior tell each other of levels that one of them has not heard of, when somebody is
// there and they can.
func (c *Command) catchUp(at sim.Time, p sim.PostID) {
	above := c.sites.Tree[p]
	if c.posts[p].levels == c.posts[above].levels || !c.manned(above) || !c.inLine(p) {
		return // nearly always both know how they are
	}
	told := c.hand(p, above, c.hand(above, p, nil))
	for _, t := range c.heardLevels(at, told) {
		l := c.levelsOf(t.to)
		c.trail.Change(at, trailLevel, int32(t.to), uint64(l.response.set)<<32|uint64(uint32(l.warning.set)))
		c.inform(at, t.to, sim.RefTo(sim.KindPost, t.from), l.words(c))
	}
}

// observeLevels fills in the levels as a post knows them; with None as they are.
func (c *Command) observeLevels(p sim.PostID, o *sim.Observation) {
	l := c.levelsOf(p)
	o.Warning, o.Response, o.LevelsHeard = int(l.warning.level), int(l.response.level), -1
	if p >= 0 && int(p) < len(c.posts) {
		o.LevelsHeard = c.posts[p].heard
	}
	o.ZoneWarnings = o.ZoneWarnings[:0]
	for z := range l.zones {
		o.ZoneWarnings = append(o.ZoneWarnings, l.ofZone(sim.ZoneID(z)))
	}
}

// checkLevels looks for a post that knows levels which were never published so.
func (c *Command) checkLevels() error {
	right := func(known, truth mark) bool {
		return known.set >= 0 && truth.set <= c.issued && (known.set < truth.set || known == truth)
	}
	for p := range c.posts {
		l := c.levelsOf(sim.PostID(p))
		fits := right(l.warning, c.levels.warning) && right(l.response, c.levels.response)
		for z := range l.zones {
			fits = fits && right(l.zones[z], c.levels.zones[z])
		}
		if !fits {
			return fmt.Errorf("command: %v: post %d knows levels that were never published", c.now, p)
		}
	}
	return nil
}

func (m mark) append(e *sim.Encoder) {
	e.U8(m.level)
	e.I32(m.set)
}

func (l *levels) append(e *sim.Encoder) {
	l.warning.append(e)
	l.response.append(e)
	for _, m := range l.zones {
		m.append(e)
	}
}

func (l loader) mark(known []string) mark {
	m := mark{level: l.d.U8(), set: l.d.I32()}
	if int(m.level) >= len(known) {
		l.fail("an unknown level")
		m.level = 0 // the state is refused; what is left is read to its end
	}
	return m
}

func (l loader) levels() levels {
	warnings := sim.WarningLevels()
	x := levels{warning: l.mark(warnings), response: l.mark(sim.ResponseLevels()), zones: make([]mark, len(l.c.zones))}
	for z := range x.zones {
		x.zones[z] = l.mark(warnings)
	}
	return x
}
