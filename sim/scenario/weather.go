package scenario

// Weather is what people in the water and wet people outdoors have to bear: it does not change in a drill. Rain comes
// from the hazards.
type Weather struct {
	Water float64 `toml:"water_temperature" unit:"°C" range:"[-2,40]" default:"22" doc:"of the flood: how long people last in it (docs/models/harm.md; the default, a summer flood, is assumed)"`
	Air   float64 `toml:"air_temperature" unit:"°C" range:"[-40,50]" default:"22" doc:"how long who is wet lasts outdoors, on roofs and in the street (assumed); from 12 on nobody dies of it in a drill"`
}
