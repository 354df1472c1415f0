package scenario

import "fmt"

// shelters checks what shelters say of their buildings.
func (c *checker) shelters() {
	for i := range c.sc.Shelters {
		b := c.sc.Shelters[i].Building
		if n := len(c.sc.Buildings); b != nil && n > 0 && *b >= int64(n) {
			c.add(fmt.Sprintf("shelter[%d].building", i), "%d；应为 0 到 %d 的房屋编号", "%d; want the number of a building, 0 to %d",
				*b, n-1)
		}
	}
}

// tightShelters finds shelters that take more people than have the floor of their class, and desks that nobody serves.
func (c *checker) tightShelters() {
	for i := range c.sc.Shelters {
		s := &c.sc.Shelters[i]
		path := fmt.Sprintf("shelter[%d]", i)
		if n := int64(s.Places()); n < s.Capacity {
			c.add(path+".capacity", "可容 %[1]d 人，而 %[2]g 平方米按每人 %[3]g 平方米（%[4]s）只够 %[5]d 人；应减小容量、增加面积或改变类别",
				"takes %d persons, while %g m2 at %g m2 a person (%s) are enough for %d; want a smaller capacity, more "+
					"area or another class",
				s.Capacity, s.Area, s.ClassArea(), s.Class, n)
		}
		if s.Staff > 0 && s.Staff < s.Desks {
			c.add(path+".desks", "%d 个登记台只有 %d 名工作人员；应增加人员或减少登记台",
				"%d desks, and %d of the staff; want more staff or fewer desks", s.Desks, s.Staff)
		}
	}
}
