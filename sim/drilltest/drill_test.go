package drilltest

import "testing"

func TestDrills(t *testing.T) { Run(t, "../../testdata/drills", nil) }
