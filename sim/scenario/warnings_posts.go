package scenario

import (
	"fmt"
	"slices"
)

// emptyDeployments finds deployments without a single order.
func (c *checker) emptyDeployments() {
	for i := range c.sc.Deployments {
		d := &c.sc.Deployments[i]
		if !slices.ContainsFunc(c.sc.Items, func(x DeploymentItem) bool { return x.Of == d.Name }) {
			c.add(fmt.Sprintf("deployment[%d]", i), "部署 %q 没有任何指令，下发后无事可做；应写 [[item]]",
				"deployment %q has no order, so that nothing goes out with it; want an [[item]] of it", d.Name)
		}
	}
}

// idlePosts finds what is said of posts and of those who hold them and has no effect.
func (c *checker) idlePosts() {
	for i := range c.sc.Posts {
		p, path := &c.sc.Posts[i], fmt.Sprintf("post[%d]", i)
		officials := 0
		for k := range c.sc.Officials {
			if c.sc.Officials[k].Post == p.Name {
				officials++
			}
		}
		if p.Ladder != "" && p.Superior == "" {
			c.add(path+".ladder", "岗位 %q 没有上级，无人呼叫它", "post %q has no superior who would call it", p.Name)
		}
		l := slices.IndexFunc(c.sc.Ladders, func(l Ladder) bool { return l.Name == p.Ladder })
		if officials == 1 && l >= 0 && !slices.ContainsFunc(c.sc.Ladders[l].Steps, func(s LadderStep) bool {
			return s.Who != "deputy"
		}) {
			c.add(path+".ladder", "阶梯 %q 只呼叫副手，而岗位 %q 没有副手；应加入 holder 或 any 的一级",
				"ladder %q calls deputies alone, and post %q has none; want a step for the holder or any", p.Ladder, p.Name)
		}
		if officials > 0 && !slices.ContainsFunc(c.sc.Officials, func(o Official) bool {
			return o.Post == p.Name && (!o.Absent || o.Arrives != nil)
		}) {
			c.add(path, "岗位 %q 的责任人始终都不在，叫应永远无人应答；应有人在岗或写 arrives",
				"all officials of post %q are away for good, so that no call is ever answered; want somebody there, or arrives",
				p.Name)
		}
	}
	for i := range c.sc.Ladders {
		l := &c.sc.Ladders[i]
		if !slices.ContainsFunc(c.sc.Posts, func(p Post) bool { return p.Ladder == l.Name }) {
			c.add(fmt.Sprintf("ladder[%d]", i), "没有岗位使用阶梯 %q；应写入某岗位的 ladder",
				"no post uses ladder %q; want it as ladder of a post", l.Name)
		}
	}
}
