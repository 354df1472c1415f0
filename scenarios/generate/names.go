package generate

import (
	"strings"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/rng"
)

// The syllables of places: Chinese and how it is written in English, in pairs. All are common in the place names of
// central and southern China; the places are made up.
const (
	countyNames = "临江 Linjiang 清河 Qinghe 永丰 Yongfeng 安澜 Anlan 平阳 Pingyang 双溪 Shuangxi 沅南 Yuannan 江口 Jiangkou"
	townNames   = "青石 Qingshi 白沙 Baisha 双河 Shuanghe 石门 Shimen 龙泉 Longquan 清溪 Qingxi 永兴 Yongxing 大桥 Daqiao " +
		"新市 Xinshi 平安 Ping'an 黄土岭 Huangtuling 三塘 Santang 马家渡 Majiadu 枫林 Fenglin 太和 Taihe 长乐 Changle " +
		"金田 Jintian 文家市 Wenjiashi 官渡 Guandu 东乡 Dongxiang 西河 Xihe 南坪 Nanping 北山 Beishan 洪桥 Hongqiao"
	firstNames = "柳树 Liushu 青山 Qingshan 石桥 Shiqiao 白鹭 Bailu 黄泥 Huangni 大塘 Datang 小河 Xiaohe 杨梅 Yangmei " +
		"枫树 Fengshu 竹林 Zhulin 龙潭 Longtan 虎头 Hutou 凤凰 Fenghuang 马鞍 Ma'an 狮子 Shizi 金鸡 Jinji 银杏 Yinxing " +
		"桃花 Taohua 梅子 Meizi 茶山 Chashan 油坊 Youfang 樟木 Zhangmu 荷叶 Heye 芦苇 Luwei 沙田 Shatian 泉水 Quanshui " +
		"红旗 Hongqi 三合 Sanhe 五星 Wuxing 团结 Tuanjie 高峰 Gaofeng 长岭 Changling 月亮 Yueliang 石板 Shiban " +
		"陈家 Chenjia 李家 Lijia 王家 Wangjia 张家 Zhangjia 刘家 Liujia 周家 Zhoujia 吴家 Wujia 赵家 Zhaojia 黄家 Huangjia " +
		"徐家 Xujia 孙家 Sunjia 胡家 Hujia 朱家 Zhujia 高家 Gaojia 林家 Linjia 何家 Hejia 郭家 Guojia 罗家 Luojia " +
		"梁家 Liangjia 宋家 Songjia 谢家 Xiejia 唐家 Tangjia 韩家 Hanjia 冯家 Fengjia 邓家 Dengjia 曹家 Caojia 彭家 Pengjia " +
		"曾家 Zengjia 萧家 Xiaojia 田家 Tianjia 董家 Dongjia 袁家 Yuanjia 潘家 Panjia 蒋家 Jiangjia 蔡家 Caijia 余家 Yujia"
	plainEnds   = "湾 wan 洲 zhou 埠 bu 渡 du 圩 wei 畈 fan 塘 tang 滩 tan"
	terraceEnds = "岗 gang 坪 ping 庄 zhuang 店 dian 铺 pu 桥 qiao 台 tai 园 yuan"
	valleyEnds  = "沟 gou 冲 chong 坳 ao 坞 wu 岭 ling 溪 xi 寨 zhai 源 yuan"
	riverNames  = "沅江 Yuan|River 清江 Qing|River 澜水 Lan|River 丰河 Feng|River 锦江 Jin|River 澄江 Cheng|River"
	brookNames  = "青溪 Qingxi 白水溪 Baishuixi 石门溪 Shimenxi 龙潭河 Longtanhe 枫溪 Fengxi 双溪 Shuangxi 桃源溪 Taoyuanxi " +
		"马渡河 Maduhe 黄沙溪 Huangshaxi 竹溪 Zhuxi 梅溪 Meixi 樟溪 Zhangxi 大坪溪 Dapingxi 麻石溪 Mashixi 金沙溪 Jinshaxi " +
		"冷水溪 Lengshuixi 石板溪 Shibanxi 花桥溪 Huaqiaoxi"
	streetNames = "人民路 Renmin|Road 解放路 Jiefang|Road 建设路 Jianshe|Road 中山路 Zhongshan|Road 文化路 Wenhua|Road " +
		"新华路 Xinhua|Road 和平路 Heping|Road 光明路 Guangming|Road 胜利路 Shengli|Road 朝阳路 Chaoyang|Road " +
		"工农路 Gongnong|Road 青年路 Qingnian|Road"
)

// Quarters of the county town, by the river and behind.
const (
	bankQuarters = "滨江 Riverside 西门 West|Gate 码头 Quay 东门 East|Gate 沿河 Waterfront 老街 Old|Street 船厂 Shipyard " +
		"江滩 River|Flat 渡口 Ferry 河街 River|Street 下河 Lower|Bank 柳堤 Willow|Dyke"
	innerQuarters = "城西 West|Town 文昌 Wenchang 鼓楼 Drum|Tower 城东 East|Town 南市 South|Market 北市 North|Market " +
		"三元 Sanyuan 四方 Sifang 五里 Wuli 六合 Liuhe 七里 Qili 八角 Bajiao"
)

// pairs splits a list of pairs.
func pairs(list string) []sim.Text {
	words := strings.Fields(list)
	var out []sim.Text
	for i := 0; i+1 < len(words); i += 2 {
		out = append(out, sim.Text{ZH: words[i], EN: strings.ReplaceAll(words[i+1], "|", " ")})
	}
	return out
}

// namer gives names, each one once.
type namer struct {
	stream rng.Stream
	used   map[string]bool // looked up only, never iterated
	draws  int
}

func newNamer(seed uint64) *namer {
	return &namer{stream: rng.New(seed, "generate.names"), used: map[string]bool{}}
}

// draw returns an unused name of the list; when all are used it puts a word before one.
func (n *namer) draw(list string) sim.Text {
	return n.unused(func(d *dice.Dice) sim.Text {
		all := pairs(list)
		return all[d.Below(len(all))]
	})
}

// place returns an unused name for a village or a hamlet on that kind of ground.
func (n *namer) place(ends string) sim.Text {
	firsts, lasts := pairs(firstNames), pairs(ends)
	return n.unused(func(d *dice.Dice) sim.Text {
		first, last := firsts[d.Below(len(firsts))], lasts[d.Below(len(lasts))]
		return sim.Text{ZH: first.ZH + last.ZH, EN: first.EN + last.EN}
	})
}

// unused draws until a name is new. After many tries it tells the places of one name apart, as maps do.
func (n *namer) unused(draw func(*dice.Dice) sim.Text) sim.Text {
	before := []sim.Text{{ZH: "上", EN: "Upper "}, {ZH: "下", EN: "Lower "}, {ZH: "新", EN: "New "}, {ZH: "老", EN: "Old "},
		{ZH: "东", EN: "East "}, {ZH: "西", EN: "West "}, {ZH: "南", EN: "South "}, {ZH: "北", EN: "North "},
		{ZH: "前", EN: "Front "}, {ZH: "后", EN: "Back "}}
	n.draws++
	d := dice.Roll(n.stream, n.draws)
	for try := 0; ; try++ {
		name := draw(d)
		for k := 0; k < try/20; k++ {
			w := before[d.Below(len(before))]
			name = sim.Text{ZH: w.ZH + name.ZH, EN: w.EN + name.EN}
		}
		if !n.used[name.ZH] {
			n.used[name.ZH] = true
			return name
		}
	}
}

// with adds a word to a name in both languages.
func with(name sim.Text, zh, en string) sim.Text { return sim.Text{ZH: name.ZH + zh, EN: name.EN + en} }
