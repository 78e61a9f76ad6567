//! Regions as arguments and as answers.

use crate::geo::json::{self, Place};
use crate::geo::outline::Rings;
use crate::geo::overlay::Common;
use crate::geo::sphere::Vector;

fn places(points: &[Vector]) -> Vec<Place> {
    points.iter().map(|point| point.degrees()).collect()
}

/// Rings that end where they begin.
fn closed(rings: &Rings) -> Vec<Vec<Place>> {
    let closed = |ring: &Vec<Vector>| {
        let mut places = places(ring);
        places.extend(places.first().copied());
        places
    };
    rings.iter().map(closed).collect()
}

/// Writes regions as a `Polygon` or `MultiPolygon`; gives false where there is none.
pub(super) fn write_regions(regions: &[Rings], text: &mut String) -> bool {
    let polygons: Vec<_> = regions.iter().map(closed).collect();
    match polygons.as_slice() {
        [] => return false,
        [one] => json::write_polygon(one, text),
        several => json::write_polygons(several, text),
    }
    true
}

/// Writes lines as a `LineString` or `MultiLineString`.
pub(super) fn write_lines(lines: &[Vec<Vector>], text: &mut String) {
    let lines: Vec<_> = lines.iter().map(|line| places(line)).collect();
    json::write_shapes(&[], &lines, &[], text);
}

/// Writes what shapes have in common; a collection without geometries where that is nothing.
pub(super) fn write_common(common: &Common, text: &mut String) {
    let lines: Vec<_> = common.lines.iter().map(|line| places(line)).collect();
    let polygons: Vec<_> = common.polygons.iter().map(closed).collect();
    json::write_shapes(&places(&common.points), &lines, &polygons, text);
}
