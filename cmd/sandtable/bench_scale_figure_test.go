package main

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"testing"

	"sandtable/figure"
)

// scaleFile is the table that `make bench` keeps.
const scaleFile = "../../docs/bench/scale.csv"

// What a drill of 12 h with its film may take [core-s], by persons, and the memory of the largest [MB].
var (
	scaleGoals  = []figure.Point{{X: 60_000, Y: 5}, {X: 100_000, Y: 8}, {X: 1_000_000, Y: 100}}
	scaleMemory = 4096.0
)

// The table of costs can be read and keeps the goals that it covers. It is measured by `make bench`, not here.
func TestScaleTable(t *testing.T) {
	rows := scaleTable(t)
	for _, goal := range scaleGoals {
		k := slices.IndexFunc(rows, func(r scaleRow) bool { return float64(r.persons) >= goal.X })
		if k < 0 {
			t.Logf("no county of %g persons is in the table", goal.X)
			continue
		}
		if most := goal.Y * float64(rows[k].persons) / goal.X; rows[k].filmed > most {
			t.Errorf("%d persons took %g core-s; want %g at most", rows[k].persons, rows[k].filmed, most)
		}
	}
	if most := rows[len(rows)-1].memory; float64(most) > scaleMemory {
		t.Errorf("%d MB; want %g at most", most, scaleMemory)
	}
}

// scaleTable reads the table.
func scaleTable(t *testing.T) (rows []scaleRow) {
	f, err := os.Open(scaleFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := csv.NewReader(f).ReadAll()
	if err != nil || len(table) < 2 || !slices.Equal(table[0], scaleHeader) {
		t.Fatalf("%s: %v, %d lines; want those of `sandtable bench scale --csv`", scaleFile, err, len(table))
	}
	for _, line := range table[1:] {
		var v []float64
		for _, field := range line {
			x, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatalf("%s: %v", scaleFile, err)
			}
			v = append(v, x)
		}
		rows = append(rows, scaleRow{int(v[0]), int(v[1]), int(v[2]), int(v[3]), v[4], v[5], int(v[6])})
	}
	return rows
}

// TestFigureScale draws how the cost of a drill grows with its county.
func TestFigureScale(t *testing.T) {
	figure.Wanted(t)
	var filmed, perHead, memory []figure.Point
	for _, r := range scaleTable(t) {
		n := float64(r.persons)
		filmed = append(filmed, figure.Point{X: n, Y: r.filmed})
		perHead = append(perHead, figure.Point{X: n, Y: 1e6 * r.filmed / n})
		memory = append(memory, figure.Point{X: n, Y: float64(r.memory)})
	}
	cost := figure.NewPanel("12 h with the film", "persons", "[core-s]", figure.TopLeft)
	cost.LogX()
	cost.LogY()
	cost.Line("measured", figure.Ours, filmed)
	cost.Dots("goal", figure.Truth, scaleGoals)
	last := filmed[len(filmed)-1]
	cost.Line("as persons", figure.Limit, []figure.Point{{X: filmed[0].X, Y: last.Y * filmed[0].X / last.X}, last})
	heads := figure.NewPanel("per 1,000 persons", "persons", "[core-ms]", figure.TopRight)
	heads.LogX()
	heads.Y(0, 140)
	heads.Line("measured", figure.Ours, perHead)
	room := figure.NewPanel("memory at most", "persons", "[MB]", figure.TopLeft)
	room.LogX()
	room.LogY()
	room.Line("measured", figure.Ours, memory)
	room.Dots("goal", figure.Truth, []figure.Point{{X: 1_000_000, Y: scaleMemory}})
	figure.Save(t, "engine-scale", "Generated counties with a threatened dam, 12 h, standing plan, one processor; "+
		"docs/bench/scale.csv, by sandtable bench scale.", 3, cost, heads, room)
}
