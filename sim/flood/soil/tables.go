package soil

// Texture is a class of soil texture with its parameters in the law of Green and Ampt.
type Texture struct {
	Name         string
	Porosity     float64 // effective: between residual saturation and saturation [-]
	Suction      float64 // at the wetting front [m]
	Conductivity float64 // half of that of saturated soil, as the law wants it [m/s]
}

// cmPerHour is a rate [m/s].
const cmPerHour = 0.01 / 3600

// Textures are the classes of Rawls, Brakensiek and Miller 1983 (Journal of Hydraulic Engineering 109, 62-70), means of
// some 5,000 horizons in the United States; the same in Chow, Maidment and Mays 1988, table 4.3.1. Held against two
// transcriptions: the soil physics toolbox of Oklahoma State University, and EPA's reference manual of SWMM (2016,
// volume I, table 4-7), which gives sand 12.04 cm/h (4.74 for 4.64 in/h).
var Textures = []Texture{
	{"sand", 0.417, 0.0495, 11.78 * cmPerHour},
	{"loamy_sand", 0.401, 0.0613, 2.99 * cmPerHour},
	{"sandy_loam", 0.412, 0.1101, 1.09 * cmPerHour},
	{"loam", 0.434, 0.0889, 0.34 * cmPerHour},
	{"silt_loam", 0.486, 0.1668, 0.65 * cmPerHour},
	{"sandy_clay_loam", 0.330, 0.2185, 0.15 * cmPerHour},
	{"clay_loam", 0.309, 0.2088, 0.10 * cmPerHour},
	{"silty_clay_loam", 0.432, 0.2730, 0.10 * cmPerHour},
	{"sandy_clay", 0.321, 0.2390, 0.06 * cmPerHour},
	{"silty_clay", 0.423, 0.2922, 0.05 * cmPerHour},
	{"clay", 0.385, 0.3163, 0.03 * cmPerHour},
}

// texture returns the class of a name; the first one for a name that there is not.
func texture(name string) Texture {
	for _, t := range Textures {
		if t.Name == name {
			return t
		}
	}
	return Textures[0]
}

// Groups are the hydrologic soil groups: A takes water fast even when wet, D very slowly.
var Groups = []string{"A", "B", "C", "D"}

// group returns the index of a group; 0 for one that there is not.
func group(name string) int {
	for k, g := range Groups {
		if g == name {
			return k
		}
	}
	return 0
}

// inchPerHour is a rate [m/s].
const inchPerHour = inch / 3600

// hortonGroups are the parameters of Horton's law by hydrologic soil group, under bluegrass turf: Terstriep and Stall
// 1974, The Illinois urban drainage area simulator, ILLUDAS. Recalled; no text that states them was found. For ground
// that has been wet for long Musgrave 1955 gives these groups less: 7.6-11.4, 3.8-7.6, 1.3-3.8 and 0-1.3 mm/h (SWMM
// reference manual, volume I, table 4-4).
var hortonGroups = [4]Horton{
	{10 * inchPerHour, 1.0 * inchPerHour, 2.0 / 3600},
	{8 * inchPerHour, 0.5 * inchPerHour, 2.0 / 3600},
	{5 * inchPerHour, 0.25 * inchPerHour, 2.0 / 3600},
	{3 * inchPerHour, 0.1 * inchPerHour, 2.0 / 3600},
}

// Curve numbers by hydrologic soil group, for average moisture before the rain and Ia = 0.2 S: Technical Release 55
// (Soil Conservation Service 1986), tables 2-2a to 2-2c. Held against several transcriptions, as that of r.cn in GRASS.
var (
	curveRowCrops = [4]float64{67, 78, 85, 89} // straight rows, good condition
	curveWoods    = [4]float64{36, 60, 73, 79} // fair condition
	curveTown     = [4]float64{77, 85, 90, 92} // lots of 500 m2 and less, 65 % sealed
	curveFallow   = [4]float64{77, 86, 91, 94} // bare soil
)
