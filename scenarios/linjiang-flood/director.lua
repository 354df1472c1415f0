-- 临江县暴雨洪水转移演练：导调脚本
-- Director's script of the Linjiang County flood evacuation.
--
-- 脚本只注入情景、提示席位，不替席位作转移决定；唯一的自动指令是库水位超校核洪水位时水库管理单位依规程开闸保坝。
-- It injects and prompts, and leaves the decisions on evacuation to the seats; the only order that it gives by
-- itself is the opening of the reservoir's gate by its keeper above the check flood level, as the operating rules ask.

-- 每次预报送达时，把未来三小时雨量通报各岗位。 Each forecast that arrives becomes a bulletin to all posts: the rain of
-- the three hours from its issue on, from the lowest to the highest member.
on.event("forecast-received", function()
  local f = truth.forecast("rain-town", 0, "3h")
  local low, high = string.format("%.0f", f.low[#f.low]), string.format("%.0f", f.high[#f.high])
  local same = low == high
  inject("message", {
    text = "气象台：县城未来三小时累计雨量" .. (same and "约" .. low or low .. "至" .. high) .. "毫米",
    text_en = "Weather service: " .. (same and "about " .. low or low .. " to " .. high) ..
      " mm of rain at the county town in three hours",
  })
end)

-- 水位站超过几个特征水位时怎么说。 How the marks that a gauge has passed are called.
local marks = {[0] = "未超设防水位", "超设防水位", "超警戒水位", "超保证水位"}
local marks_en = {[0] = "below all marks", "above watch level", "above warning level",
  "above guaranteed level"}

-- 每小时一次水雨情通报，让席位手上始终有数。 A bulletin every hour, so that the seats have figures in hand.
on.every("1h", function()
  local town = truth.gauge("town")
  inject("message", {
    to = "county",
    text = string.format("%s 水情通报：临江水文站水位%.2f米，%s", clock(), town.level, marks[town.above]),
    text_en = string.format("%s water bulletin: Linjiang gauge at %.2f m, %s", clock(), town.level, marks_en[town.above]),
  })
end)

-- 开场：水库正在预泄腾库。 At the start the reservoir makes room for the flood.
on.at("1m", function()
  inject("message", {
    to = "county",
    text = "水库管理所：青溪水库泄洪闸开度15%，按下游安全泄量预泄腾库；江水上涨时应关闸错峰，否则两峰相遇，县城江堤险段吃紧",
    text_en = "Reservoir office: gate 15 % open to make room, all that the stream below carries; to be shut when the river rises, or both floods meet at " ..
      "the weak stretch of the town's dyke",
  })
end)

-- 县城站超警戒半小时而闸门仍开：提醒一次。 The town's gauge has been above its warning level for half an hour and the
-- gate is still open: one reminder.
local gate = 15
on.event("structure", function(e)
  if e.a == "qingxi-gate" then gate = e.num end
end)
on.event("gauge", function(e)
  if e.a == "town" and e.count == 1 then
    on.at(now() + 1800, function()
      if gate > 0 then
        inject("message", {
          to = "county",
          text = string.format("水库管理所：泄洪闸仍开度%.0f%%，请明确是否关闸错峰", gate),
          text_en = string.format("Reservoir office: the gate is still %.0f %% open; asks whether to shut it", gate),
        })
      end
    end)
  end
end)

-- 库水位超校核洪水位时，管理单位依规程开闸保坝。
-- Above its check flood level the keeper opens the gate by the rules, for the sake of the dam.
when(function() return truth.gauge("reservoir").above >= 3 end, function()
  order("set_gate", {structure = "qingxi-gate", opening = 100})
  inject("message", {
    to = "county",
    text = "水库管理所：库水位超校核洪水位，依调度规程全开泄洪闸保坝，下游请注意",
    text_en = "Reservoir office: lake above its check flood level; gate fully open by the rules, attention downstream",
  })
end)

-- 江堤漫顶溃决：险情通报。 The dyke fails: a report.
on.event("structure", function(e)
  if e.a == "town-dyke-breach" then
    inject("message", {
      text = "县城江堤险段漫顶溃决，洪水正涌入县城低洼街区",
      text_en = "The weak stretch of the town's dyke has been overtopped and fails; water is running into the town",
    })
  end
end)

-- 断网：强降雨三小时后，部分地区移动信号中断；一小时后抢通。
-- The mobile network fails for an hour: orders have to find another way down.
on.at("3h", function()
  if random() < 0.8 then
    inject("channel_down", {channel = "wechat"})
    inject("channel_down", {channel = "phone"})
    note("断网情景已注入")
    on.at("4h", function()
      inject("channel_up", {channel = "phone"})
      inject("channel_up", {channel = "wechat"})
    end)
  end
end)

-- 有人被困而尚未启动一级响应：提示一次。 People are stranded and the response is not yet at level I: one prompt.
when(function() return truth.total().stranded > 50 end, function()
  inject("message", {
    to = "county",
    text = "110、119指挥中心：接到多起群众被困求救电话，请求增派冲锋舟",
    text_en = "Emergency call centre: many calls from people who are stranded; asks for more boats",
  })
  note("首次大量被困：" .. truth.total().stranded .. " 人")
end)

-- 避难场所满员：要求席位调整去向。 A shelter is full: the seats have to send people elsewhere.
on.event("shelter-full", function(e)
  inject("message", {
    to = "county",
    text = e.a_title .. "已满员，后续群众请另行安排",
    text_en = e.a_title_en .. " is full; send others elsewhere",
  })
end)
