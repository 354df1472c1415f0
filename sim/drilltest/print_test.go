package drilltest_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sandtable/evaluation"
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// TestZonesHaveAPageEach prints the report of hamlet, in which the lists of one zone are as long as an unlucky night can
// make them, in both languages, and looks on which page each section begins: every zone takes one page A4, whatever
// happened in it.
func TestZonesHaveAPageEach(t *testing.T) {
	browser := browserOf(t)
	in, reference := unluckyNight(t)
	rep := evaluation.Measure(in, reference)
	for _, lang := range []sim.Lang{sim.Chinese, sim.English} {
		var page bytes.Buffer
		if err := evaluation.WriteHTML(&page, in, rep, evaluation.Facts{Seed: "1"}, nil, lang); err != nil {
			t.Fatal(err)
		}
		begins := sections(t, printed(t, browser, page.Bytes()))
		last := -1
		for z := range in.Scenario.Zones {
			at, ok := begins[fmt.Sprintf("zone-%d", z)]
			if !ok {
				t.Fatalf("%v: no page of zone %d among the sections %v", lang, z, begins)
			}
			if last >= 0 && at != last+1 {
				t.Errorf("%v: zone %d begins on page %d, the one before it on page %d; want one page each", lang, z, at, last)
			}
			last = at
		}
		if begins["annex"] != last+1 {
			t.Errorf("%v: the annexes begin on page %d, the last zone on page %d; want one page for it", lang, begins["annex"], last)
		}
		if first := begins["zone-0"]; first <= begins["zones"] {
			t.Errorf("%v: the first zone begins on page %d, with the list of all on page %d; want a page of its own", lang, first,
				begins["zones"])
		}
	}
}

// browserOf finds a browser that prints.
func browserOf(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium in PATH: whether each zone takes one page can only be seen on paper")
	return ""
}

// printed returns a page as a PDF.
func printed(t *testing.T, browser string, page []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	html, pdf := filepath.Join(dir, "report.html"), filepath.Join(dir, "report.pdf")
	if err := os.WriteFile(html, page, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	out, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--print-to-pdf="+pdf, "file://"+html).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", browser, err, out)
	}
	file, err := os.ReadFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// What a browser writes: objects by number, the pages as a tree, and for each place that is linked to the page on which
// it stands.
var (
	pdfKids = regexp.MustCompile(`/Kids \[([^\]]*)\]`)
	pdfRef  = regexp.MustCompile(`(\d+) 0 R`)
	pdfRoot = regexp.MustCompile(`/Type /Catalog\s+/Pages (\d+) 0 R\s+/Dests (\d+) 0 R`)
	pdfDest = regexp.MustCompile(`/([\w-]+) \[(\d+) 0 R /XYZ`)
)

// sections returns the page, from 0, on which each section begins that the table of contents links to.
func sections(t *testing.T, file []byte) map[string]int {
	t.Helper()
	root := pdfRoot.FindSubmatch(file)
	if root == nil {
		t.Fatal("the PDF has no catalogue of pages and destinations that this test can read")
	}
	object := func(number string) []byte {
		_, rest, _ := bytes.Cut(file, []byte("\n"+number+" 0 obj\n"))
		body, _, _ := bytes.Cut(rest, []byte("endobj"))
		return body
	}
	var pages []string
	var walk func(number string)
	walk = func(number string) {
		kids := pdfKids.FindSubmatch(object(number))
		if kids == nil || !bytes.Contains(object(number), []byte("/Type /Pages")) {
			pages = append(pages, number)
			return
		}
		for _, kid := range pdfRef.FindAllSubmatch(kids[1], -1) {
			walk(string(kid[1]))
		}
	}
	walk(string(root[1]))
	begins := make(map[string]int)
	for _, dest := range pdfDest.FindAllSubmatch(object(string(root[2])), -1) {
		begins[string(dest[1])] = slices.Index(pages, string(dest[2]))
	}
	return begins
}

// unluckyNight is hamlet ordered to leave, with all that can make the page of its first zone long: a dozen shelters with
// long names in its plan and people in each, as many homes for the aged, officials one after another hurt, an order that is given again and again,
// channels that come and go, helpers who fail for a dozen reasons.
func unluckyNight(t *testing.T) (*evaluation.Input, []sim.Event) {
	t.Helper()
	l := newLaboratory(t, hamlet(t))
	reference := l.run(t, 1, false, nil)
	r := l.run(t, 1, true, evacuation(l.sc, 30*sim.Minute))
	sc := *l.sc
	long := func(what string, k int) sim.Text {
		n := strconv.Itoa(k)
		return sim.Text{ZH: "第" + n + "避难场所（" + strings.Repeat("临江", 4) + what + "）",
			EN: "Shelter " + n + " at the " + strings.Repeat("Riverside ", 3) + what}
	}
	sc.Shelters, sc.Officials = slices.Clone(sc.Shelters), slices.Clone(sc.Officials)
	for k := range 12 {
		sc.Shelters = append(sc.Shelters, scenario.Shelter{Name: fmt.Sprint("further-", k), Title: long("School", k), Capacity: 100})
		sc.Officials = append(sc.Officials, scenario.Official{Name: fmt.Sprint("o", k), Title: long("Officer", k), Post: sc.Zones[0].Post})
	}
	sc.Institutions = slices.Clone(sc.Institutions)
	for k, b := range homesAtRisk(l.sc, r.Roster, 12) {
		sc.Institutions = append(sc.Institutions, scenario.Institution{Name: fmt.Sprint("further-", k), Kind: "care", Building: int64(b),
			Title: long("Home", k), Plan: "leave"})
	}
	in := &evaluation.Input{Scenario: &sc, Names: scenario.NewDirectory(&sc), Roster: r.Roster, Until: r.Until,
		Events: slices.Clone(r.Events)}
	in.Sites = scenario.Locate(&sc, in.Names)
	in.Sites.Zone[0].Shelters = nil
	for s := range sc.Shelters {
		in.Sites.Zone[0].Shelters = append(in.Sites.Zone[0].Shelters, sim.ShelterID(s))
	}
	in.Events = append(in.Events, mishaps(in)...)
	return in, reference.Events
}

// homesAtRisk returns so many buildings of the first zone in which people are at the start, the ones that lie lowest.
func homesAtRisk(sc *scenario.Scenario, roster *sim.Roster, n int) []sim.BuildingID {
	var all []sim.BuildingID
	for q := range roster.Parties {
		if x := &roster.Parties[q]; x.Zone == 0 && x.Place >= 0 && !slices.Contains(all, x.Place) {
			all = append(all, x.Place)
		}
	}
	ground := func(b sim.BuildingID) float64 {
		at, _ := sc.Terrain.Grid.CellAt(sc.Buildings[b].At)
		return float64(sc.Terrain.Bed[at])
	}
	slices.SortStableFunc(all, func(a, b sim.BuildingID) int { return cmp.Compare(ground(a), ground(b)) })
	return all[:min(n, len(all))]
}

// mishaps are the events of such a night after all others.
func mishaps(in *evaluation.Input) []sim.Event {
	var all []sim.Event
	add := func(e sim.Event) {
		e.At = in.Until
		all = append(all, e)
	}
	zone := sim.RefTo(sim.KindZone, sim.ZoneID(0))
	post := sim.RefTo(sim.KindPost, in.Sites.Zone[0].Post)
	town := sim.RefTo(sim.KindPost, in.Sites.Tree[post.ID])
	county := sim.RefTo(sim.KindPost, in.Sites.Tree[town.ID])
	order := int32(sim.OrderEvacuateZone)
	first := int32(len(in.Scenario.Shelters) - 12)
	why := "the road to " + "the place where the person lives " + "is closed, reason "
	var parties []sim.PartyID
	for q := range in.Roster.Parties {
		if in.Roster.Parties[q].Zone == 0 {
			parties = append(parties, sim.PartyID(q))
		}
	}
	for k := range int32(12) {
		shelter := sim.Ref{Kind: sim.KindShelter, ID: first + k}
		add(sim.Event{Kind: sim.EvAccepted, A: zone, B: county, Count: order})
		for _, hop := range [][2]sim.Ref{{county, town}, {town, post}} {
			add(sim.Event{Kind: sim.EvOrderSent, A: hop[1], B: hop[0], C: zone, Count: order})
			add(sim.Event{Kind: sim.EvOrderAcked, A: hop[1], B: hop[0], C: zone, Count: order})
		}
		add(sim.Event{Kind: sim.EvShelterOpened, A: shelter})
		add(sim.Event{Kind: sim.EvPartySheltered, A: sim.RefTo(sim.KindParty, parties[int(k)%len(parties)]), B: shelter})
		add(sim.Event{Kind: sim.EvHeadCount, A: shelter, Count: 3, Num: 4})
		add(sim.Event{Kind: sim.EvOfficial, A: sim.Ref{Kind: sim.KindOfficial, ID: int32(len(in.Scenario.Officials)) - 1 - k},
			Count: int32(sim.OfficialHurt), Text: sim.Said(why + strconv.Itoa(int(k)))})
		add(sim.Event{Kind: sim.EvChannel, A: sim.Ref{Kind: sim.KindChannel, ID: k % 8}, B: zone, Count: k % 2})
		add(sim.Event{Kind: sim.EvPower, A: zone, Count: k % 2})
		add(sim.Event{Kind: sim.EvHelper, A: sim.Ref{Kind: sim.KindPerson, ID: int32(personOf(in))}, Count: int32(sim.HelperFails),
			Text: sim.Said(why + strconv.Itoa(int(k)))})
		control := []sim.OrderID{sim.OrderCutPower, sim.OrderBanEntry, sim.OrderBanGathering, sim.OrderSuspend}[k%4]
		add(sim.Event{Kind: sim.EvAccepted, A: zone, B: county, Count: int32(control)})
	}
	return all
}

// personOf is somebody of the first zone.
func personOf(in *evaluation.Input) sim.PersonID {
	return sim.PersonID(slices.IndexFunc(in.Roster.Persons, func(x sim.PersonEntry) bool {
		return in.Roster.Parties[x.Party].Zone == 0
	}))
}
