package scenario

// Measures are the measures that an objective may name, in the order of docs/measures.md.
var Measures = []string{
	"at_risk",                  // persons
	"at_risk_present",          // persons
	"warned",                   // persons
	"warned_share",             // of those at risk [-]
	"moved_before_water",       // persons
	"moved_before_water_share", // of those at risk [-]
	"moved_present",            // persons
	"moved_present_share",      // of at_risk_present [-]
	"moved_and_safe",           // persons
	"moved_and_safe_share",     // of those at risk [-]
	"moved_by_coach",           // persons
	"moved_by_car",             // persons
	"moved_by_bike",            // persons
	"moved_by_foot",            // persons
	"rescued_by_boat",          // persons
	"stranded_end",             // persons
	"caught",                   // persons
	"hurt",                     // persons
	"dead",                     // persons
	"sheltered",                // persons
	"relief_10h",               // persons
	"relief_10h_share",         // of those who left where they were and whose ten hours are over [-]
	"went_off",                 // persons
	"home_again",               // persons
	"ill",                      // persons
	"clearance_s",              // until the last person who will move has left [s]
	"buildings_wet",            // buildings
	"buildings_collapsed",      // buildings
	"value_lost_share",         // of the value of all buildings [-]
	"gridlocks",                // rings of full links
	"gridlocks_end",            // of them, at the end
	"gridlock_s",               // the longest [s]
	"stuck_max",                // vehicles in rings and behind them
	"stuck_end",                // vehicles
	"cars_left",                // parties
	"outsiders_stranded",       // vehicles
	"outsiders_no_way",         // vehicles
}
