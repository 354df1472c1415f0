package scenario

import (
	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/num"
)

// ChannelKind is what a channel is.
type ChannelKind uint8

// Kinds of channels, in the order of the key's choices.
const (
	KindPlain ChannelKind = iota
	KindCellBroadcast
	KindSMS
	KindPhone
	KindPhoneTree
	KindWeChat
	KindLoudspeaker
	KindSiren
	KindRadio // 370 MHz
	KindSatphone
	KindGong
	KindDoor
	KindCourier
	KindTVRadio
	ChannelKindCount
)

var channelKindNames = [ChannelKindCount]string{"plain", "cell_broadcast", "sms", "phone", "phone_tree", "wechat",
	"loudspeaker", "siren", "radio", "satphone", "gong", "door", "courier", "tv_radio"}

// String returns the kind's name in files.
func (k ChannelKind) String() string { return channelKindNames[min(k, ChannelKindCount-1)] }

// Figure is a number of a table, with how far it can be trusted.
type Figure struct {
	Value  float64 // [of the column]
	Status harm.Status
	Source string // where it comes from; empty for what is assumed
}

// assumed is a figure that no source gives.
func assumed(value float64) Figure { return Figure{Value: value, Status: harm.Assumed} }

// KindRow is what a kind of channel is like when the scenario does not say.
type KindRow struct {
	Title    sim.Text
	Uses     []string // of the key use that it can have
	DelayT50 Figure   // [min]
	DelayT90 Figure   // [min]
	Reach    Figure   // by day [-]
	Night    Figure   // from 22:00 to 06:00 [-]
	Capacity Figure   // [1/h]; 0 for no limit
	Needs    Needs    // what such things run on
	Battery  Figure   // how long it works without mains [h]
}

// doorsPerHour is how many households one worker visits in an hour where doors are DoorSpacing apart (assumed: of the
// 986 people who were woken in Confluence in 1987 within 45 min it is not known by how many volunteers).
const doorsPerHour = 20.0

// law returns the row as a law.
func (r *KindRow) law() ChannelLaw {
	return ChannelLaw{DelayT50: minutes(r.DelayT50), DelayT90: minutes(r.DelayT90), Reach: r.Reach.Value,
		Night: r.Night.Value, Capacity: r.Capacity.Value, Needs: r.Needs, Talk: talkOf(doorsPerHour),
		Battery: 60 * minutes(r.Battery)}
}

// minutes is a figure in minutes as a span, in whole seconds.
func minutes(f Figure) sim.Duration { return sim.Duration(num.RoundInt64(f.Value*60)) * sim.Second }

var (
	all         = []string{"command", "public", "door"}
	onlyCommand = []string{"command"}
	onlyPublic  = []string{"public"}
	both        = []string{"command", "public"}
)

// Sources of figures.
const (
	nanticoke = "Nanticoke: 76.5 % of those asked had heard a test of 110 sirens at 11:55 on 30 July 1986 " +
		"(Sorensen 1992, in appendix C of the LifeSim technical reference manual)"
	nlAlert = "NL-Alert: about 90 % of residents from 12 years on received the test of 5 June 2023 at noon " +
		"(Dutch government); 49 % in December 2015"
	handset = "Iridium 9555: about 30 h on standby and 4 h of talk"
)

// ChannelKinds are the kinds and their values. docs/models/channels.md has the same, written from here.
var ChannelKinds = [ChannelKindCount]KindRow{
	KindPlain: {Title: sim.Text{ZH: "一般信道", EN: "plain"}, Uses: all,
		DelayT50: assumed(1), DelayT90: assumed(5), Reach: assumed(1), Night: assumed(1)},
	KindCellBroadcast: {Title: sim.Text{ZH: "小区广播", EN: "cell broadcast"}, Uses: onlyPublic, Needs: NeedsNetwork,
		DelayT50: assumed(1), DelayT90: assumed(5), Reach: Figure{0.9, harm.Checked, nlAlert}, Night: assumed(0.6)},
	KindSMS: {Title: sim.Text{ZH: "短信", EN: "text message"}, Uses: both, Needs: NeedsNetwork,
		DelayT50: assumed(3), DelayT90: assumed(30), Reach: assumed(0.7), Night: assumed(0.3), Capacity: assumed(36000)},
	KindPhone: {Title: sim.Text{ZH: "电话", EN: "telephone"}, Uses: both, Needs: NeedsNetwork,
		DelayT50: assumed(0.5), DelayT90: assumed(2), Reach: assumed(0.8), Night: assumed(0.7), Capacity: assumed(30)},
	KindPhoneTree: {Title: sim.Text{ZH: "逐户电话", EN: "phone tree"}, Uses: onlyPublic, Needs: NeedsNetwork,
		DelayT50: assumed(0), DelayT90: assumed(0), Reach: assumed(0.8), Night: assumed(0.7), Capacity: assumed(120)},
	KindWeChat: {Title: sim.Text{ZH: "微信群", EN: "WeChat group"}, Uses: both, Needs: NeedsNetwork,
		DelayT50: assumed(5), DelayT90: assumed(40), Reach: assumed(0.55), Night: assumed(0.2)},
	KindLoudspeaker: {Title: sim.Text{ZH: "大喇叭", EN: "loudspeakers"}, Uses: onlyPublic, Needs: NeedsPower,
		DelayT50: assumed(1), DelayT90: assumed(5), Reach: assumed(0.75), Night: assumed(0.55), Battery: assumed(2)},
	KindSiren: {Title: sim.Text{ZH: "警报器", EN: "siren"}, Uses: onlyPublic, Needs: NeedsPower, DelayT50: assumed(2),
		DelayT90: assumed(12), Reach: Figure{0.765, harm.Checked, nanticoke}, Night: assumed(0.6), Battery: assumed(4)},
	KindRadio: {Title: sim.Text{ZH: "370兆电台", EN: "370 MHz radio"}, Uses: onlyCommand, Needs: NeedsPower,
		DelayT50: assumed(0.25), DelayT90: assumed(1.5), Reach: assumed(1), Night: assumed(1), Battery: assumed(8)},
	KindSatphone: {Title: sim.Text{ZH: "卫星电话", EN: "satellite phone"}, Uses: onlyCommand, Needs: NeedsPower,
		DelayT50: assumed(1), DelayT90: assumed(5), Reach: assumed(1), Night: assumed(1),
		Battery: Figure{30, harm.Recalled, handset}},
	KindGong: {Title: sim.Text{ZH: "铜锣", EN: "gong"}, Uses: onlyPublic,
		DelayT50: assumed(8), DelayT90: assumed(25), Reach: assumed(0.45), Night: assumed(0.55)},
	KindDoor: {Title: sim.Text{ZH: "入户叫应", EN: "door to door"}, Uses: []string{"door"},
		DelayT50: assumed(0), DelayT90: assumed(0), Reach: assumed(1), Night: assumed(1)},
	KindCourier: {Title: sim.Text{ZH: "人力送信", EN: "courier"}, Uses: onlyCommand,
		DelayT50: assumed(0), DelayT90: assumed(0), Reach: assumed(1), Night: assumed(1)},
	KindTVRadio: {Title: sim.Text{ZH: "广播电视", EN: "television and radio"}, Uses: onlyPublic, Needs: NeedsPower,
		DelayT50: assumed(10), DelayT90: assumed(60), Reach: assumed(0.4), Night: assumed(0.05), Battery: assumed(0)},
}
