package scenarios

import (
	"fmt"
	"strings"

	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// ChannelDocs returns docs/models/channels.md: what each kind of channel is like when the scenario does not say.
func ChannelDocs() []byte {
	w := &docWriter{}
	w.line(channelIntro)
	var rows []string
	rows = append(rows, "| kind | 中文 | | use | t50 | t90 | reach by day | at night | needs | battery | per hour |\n"+
		"|---|---|---|---|---|---|---|---|---|---|---|")
	var sources []string
	note := func(f scenario.Figure, unit string) string {
		if f.Value == 0 {
			return "–"
		}
		text := fmt.Sprintf("%g%s", f.Value, unit)
		if f.Status == harm.Assumed {
			return text
		}
		sources = append(sources, fmt.Sprintf("%d. %s (%s)", len(sources)+1, f.Source, f.Status))
		return fmt.Sprintf("**%s** [%d]", text, len(sources))
	}
	for k := range scenario.ChannelKindCount {
		r := &scenario.ChannelKinds[k]
		rows = append(rows, fmt.Sprintf("| `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |", k, r.Title.ZH,
			r.Title.EN, strings.Join(r.Uses, ", "), note(r.DelayT50, " min"), note(r.DelayT90, " min"), note(r.Reach, ""),
			note(r.Night, ""), needsWords(r.Needs), note(r.Battery, " h"), note(r.Capacity, "")))
	}
	w.line(strings.Join(rows, "\n") + "\n")
	w.line("Sources of the numbers in bold; all others are assumed:\n\n" + strings.Join(sources, "\n"))
	return w.bytes()
}

// needsWords names what a channel runs on.
func needsWords(n scenario.Needs) string {
	var words []string
	if n&scenario.NeedsPower != 0 {
		words = append(words, "power")
	}
	if n&scenario.NeedsNetwork != 0 {
		words = append(words, "network")
	}
	if len(words) == 0 {
		return "–"
	}
	return strings.Join(words, ", ")
}

const channelIntro = `# Kinds of channels (信道)

This page is made from the table in sim/scenario/channel_kind.go (` + "`go generate ./scenarios`" + `); a test fails
when it is out of date.

The ` + "`kind`" + ` of a ` + "`[[channel]]`" + ` says what it is, and gives what the scenario leaves out. t50 and t90
are the median and the 90th percentile of the time until a message has arrived, or until a household that is reached has
heard it. Reach is the share of households that a public channel reaches. What a channel needs must be there where its
users are; without mains it runs on its battery. "Per hour" is how many calls or messages one post makes in an hour with
one caller: households of a phone tree queue, and orders wait for the line ([command.md](command.md)).
`
