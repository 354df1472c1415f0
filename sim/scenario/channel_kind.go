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
	Night    Figure   // [-]
}

// doorsPerHour is how many households one worker visits in an hour where doors are DoorSpacing apart (assumed: of the
// 986 people who were woken in Confluence in 1987 within 45 min it is not known by how many volunteers).
const doorsPerHour = 20.0

// law returns the row as a law.
func (r *KindRow) law() ChannelLaw {
	return ChannelLaw{DelayT50: minutes(r.DelayT50), DelayT90: minutes(r.DelayT90), Reach: r.Reach.Value,
		Night: r.Night.Value, Doors: doorsPerHour}
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
)

// ChannelKinds are the kinds and their values. docs/models/channels.md has the same, written from here.
var ChannelKinds = [ChannelKindCount]KindRow{
	KindPlain: {sim.Text{ZH: "一般信道", EN: "plain"}, all,
		assumed(1), assumed(5), assumed(1), assumed(1)},
	KindCellBroadcast: {sim.Text{ZH: "小区广播", EN: "cell broadcast"}, onlyPublic, assumed(1), assumed(5),
		Figure{0.9, harm.Checked, nlAlert}, assumed(0.6)},
	KindSMS: {sim.Text{ZH: "短信", EN: "text message"}, both,
		assumed(3), assumed(30), assumed(0.7), assumed(0.3)},
	KindPhone: {sim.Text{ZH: "电话", EN: "telephone"}, both,
		assumed(0.5), assumed(2), assumed(0.8), assumed(0.7)},
	KindPhoneTree: {sim.Text{ZH: "逐户电话", EN: "phone tree"}, onlyPublic,
		assumed(0), assumed(0), assumed(0.8), assumed(0.7)},
	KindWeChat: {sim.Text{ZH: "微信群", EN: "WeChat group"}, both,
		assumed(5), assumed(40), assumed(0.55), assumed(0.2)},
	KindLoudspeaker: {sim.Text{ZH: "大喇叭", EN: "loudspeakers"}, onlyPublic,
		assumed(1), assumed(5), assumed(0.75), assumed(0.55)},
	KindSiren: {sim.Text{ZH: "警报器", EN: "siren"}, onlyPublic, assumed(2), assumed(12),
		Figure{0.765, harm.Checked, nanticoke}, assumed(0.6)},
	KindRadio: {sim.Text{ZH: "370兆电台", EN: "370 MHz radio"}, onlyCommand,
		assumed(0.25), assumed(1.5), assumed(1), assumed(1)},
	KindSatphone: {sim.Text{ZH: "卫星电话", EN: "satellite phone"}, onlyCommand,
		assumed(1), assumed(5), assumed(1), assumed(1)},
	KindGong: {sim.Text{ZH: "铜锣", EN: "gong"}, onlyPublic,
		assumed(8), assumed(25), assumed(0.45), assumed(0.55)},
	KindDoor: {sim.Text{ZH: "入户叫应", EN: "door to door"}, []string{"door"},
		assumed(0), assumed(0), assumed(1), assumed(1)},
	KindCourier: {sim.Text{ZH: "人力送信", EN: "courier"}, onlyCommand,
		assumed(0), assumed(0), assumed(1), assumed(1)},
	KindTVRadio: {sim.Text{ZH: "广播电视", EN: "television and radio"}, onlyPublic,
		assumed(10), assumed(60), assumed(0.4), assumed(0.05)},
}
