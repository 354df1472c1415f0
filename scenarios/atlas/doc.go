// Package atlas writes maps of a run (sim/maps) as files for other programs: GeoTIFF and ESRI ASCII grids, and polygons
// of arrival by steps of time, of depth and of danger as GeoJSON, with a page that says what each file is.
package atlas
