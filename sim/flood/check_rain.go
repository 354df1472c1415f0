package flood

// rain checks what falls, and how it soaks in.
func (k *checker) rain(c *Config) {
	for _, p := range c.Rain.Check(k.area) {
		k.add("rain."+p.Path, "%s", "%s", p.Text)
	}
	if h := c.Soil.Horton(); h.First < h.Final {
		path, mm := "infiltration.first", 1000.0*3600
		if c.Soil.First == 0 {
			path = "infiltration.final"
		}
		k.add(path, "初渗 %.3g mm/h 小于稳渗 %.3g mm/h；不应小于",
			"a capacity of %.3g mm/h of dry ground and %.3g of wet ground; want the first at least as great",
			h.First*mm, h.Final*mm)
	}
}
