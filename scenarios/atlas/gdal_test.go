package atlas

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"sandtable/sim"
)

// ask is what GDAL is asked of the files of an atlas.
const ask = `
import json, sys
from osgeo import gdal, ogr, osr
gdal.UseExceptions(); ogr.UseExceptions()
out = {}
for kind in ("tif", "asc"):
    d = gdal.Open(sys.argv[1] + "/depth-max." + kind)
    b = d.GetRasterBand(1)
    s = osr.SpatialReference(wkt=d.GetProjection()) if d.GetProjection() else None
    if s and kind == "asc": s = osr.SpatialReference(osr.SpatialReference.FindMatches(s)[0][0].ExportToWkt())
    out[kind] = {"size": [d.RasterXSize, d.RasterYSize, d.RasterCount], "place": d.GetGeoTransform(),
        "none": b.GetNoDataValue(), "unit": b.GetUnitType(), "type": gdal.GetDataTypeName(b.DataType),
        "name": b.GetDescription(), "area": d.GetMetadataItem("AREA_OR_POINT") or "",
        "epsg": (s.GetAuthorityCode(None) or "") if s else "", "local": bool(s and (s.IsLocal() or "Local metres" in d.GetProjection())),
        "values": [list(r) for r in b.ReadAsArray().tolist()]}
d = ogr.Open(sys.argv[1] + "/arrival.geojson")
layer = d.GetLayer(0)
out["valid"] = all(f.GetGeometryRef().IsValid() for f in layer)
layer.ResetReading()
out["features"] = layer.GetFeatureCount()
out["crs"] = layer.GetSpatialRef().GetAuthorityCode(None) if layer.GetSpatialRef() else ""
to = osr.SpatialReference(); to.ImportFromEPSG(32649)
layer.GetSpatialRef().SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
turn = osr.CoordinateTransformation(layer.GetSpatialRef(), to)
out["areas"] = []
for f in layer:
    g = f.GetGeometryRef().Clone()
    if sys.argv[2] == "utm": g.Transform(turn)
    out["areas"].append([g.GetArea(), f.GetField("area_m2")])
print(json.dumps(out))
`

// raster as GDAL sees it.
type seen struct {
	Size   [3]int      `json:"size"`
	Place  [6]float64  `json:"place"`
	None   float64     `json:"none"`
	Unit   string      `json:"unit"`
	Type   string      `json:"type"`
	Name   string      `json:"name"`
	Area   string      `json:"area"`
	EPSG   string      `json:"epsg"`
	Local  bool        `json:"local"`
	Values [][]float64 `json:"values"`
}

// GDAL, with which QGIS opens files, sees what was meant.
//
// Reference: GDAL 3.6 of Debian 12 (python3-gdal), where it is installed.
func TestAgainstGDAL(t *testing.T) {
	if err := exec.Command("/usr/bin/python3", "-c", "from osgeo import gdal").Run(); err != nil {
		t.Skip("GDAL is not installed; want the package python3-gdal")
	}
	m := creek(t)
	for crs, name := range map[string]string{"EPSG:32649": "utm", "local": "local", "EPSG:4547": "other"} {
		dir := t.TempDir()
		f := creekFacts(t, crs)
		if _, err := Write(dir, m, f, Options{Formats, 30 * sim.Minute}, func(string) {}); err != nil {
			t.Fatal(err)
		}
		script := filepath.Join(t.TempDir(), "ask.py")
		if err := os.WriteFile(script, []byte(ask), 0o666); err != nil {
			t.Fatal(err)
		}
		answer, err := exec.Command("/usr/bin/python3", script, dir, name).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, answer)
		}
		var got struct {
			Tif, Asc seen
			Valid    bool
			Features int
			CRS      string
			Areas    [][2]float64
		}
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatalf("%v: %s", err, answer)
		}
		place := [6]float64{0, 20, 0, 80, 0, -20}
		epsg, crs := map[string]string{"tif": "", "asc": ""}, "4326"
		switch name {
		case "utm":
			place[0], place[3], epsg = 500_000, 2_765_080, map[string]string{"tif": "32649", "asc": "32649"}
		case "other": // a grid has no place for the code, and no description is written that might be a wrong one
			place[0], place[3], epsg, crs = 500_000, 2_765_080, map[string]string{"tif": "4547"}, "4547"
		}
		if got.CRS != crs { // of numbers without a projection GDAL says what RFC 7946 says
			t.Errorf("%s: polygons in %q; want %q", name, got.CRS, crs)
		}
		values := [][]float64{{-9999, -9999, -9999, -9999, -9999}, {-9999, 0.42, 0.66, 0.9, -9999},
			{-9999, 0.18, -9999, 1.14, -9999}, {2.1, 1.86, 1.62, 1.38, -9999}}
		for kind, s := range map[string]seen{"tif": got.Tif, "asc": got.Asc} {
			if s.Size != [3]int{5, 4, 1} || s.Place != place || s.None != -9999 || s.Type != "Float32" || !same(s.Values, values) {
				t.Errorf("%s %s: %+v", name, kind, s)
			}
			if s.EPSG != epsg[kind] {
				t.Errorf("%s %s: projection %q; want %q", name, kind, s.EPSG, epsg[kind])
			}
		}
		if s := got.Tif; s.Unit != "m" || s.Name != "greatest depth" || s.Area != "Area" || s.Local != (name == "local") {
			t.Errorf("%s: %+v", name, s)
		}
		if !got.Valid || got.Features != 7 {
			t.Errorf("%s: valid %v, %d features; want 7", name, got.Valid, got.Features)
		}
		for _, a := range got.Areas {
			// Longitude and latitude are written to a centimetre, of cells of 20 m.
			if rel := a[0]/a[1] - 1; rel > 1e-3 || rel < -1e-3 {
				t.Errorf("%s: an area of %v m2 is told as %v", name, a[0], a[1])
			}
		}
	}
}

// same compares values as 32-bit floats.
func same(a, b [][]float64) bool {
	if len(a) != len(b) {
		return false
	}
	for j := range a {
		for i := range a[j] {
			if float32(a[j][i]) != float32(b[j][i]) {
				return false
			}
		}
	}
	return true
}
