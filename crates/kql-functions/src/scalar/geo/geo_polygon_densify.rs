//! `geo_polygon_densify`: a polygon with corners between those far apart.

use super::Shapes;
use crate::geo::json::{self, Place};
use crate::geo::polygon::{Polygon, Ring};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_polygon_densify",
    aliases: &[],
    help: "A GeoJSON polygon, or several, with corners added, so that the shortest ways between them stay within so many metres (10 without the second argument, 0.1 at least) of straight lines on a map of longitude and latitude. Null where one is none.",
    examples: &[Example {
        query: "print v = array_length(geo_polygon_densify(dynamic({'type':'Polygon','coordinates':[[[10,10],[11,10],[11,11],[10,11],[10,10]]]})).coordinates[0])",
        answer: &["v:long", "11"],
    }],
    meaning: Meaning::Kernel(geo_polygon_densify),
};

fn geo_polygon_densify(arguments: &Arguments<'_>) -> Answer {
    let shapes = Shapes::new(arguments, 0, json::polygons)?;
    let tolerances = super::Tolerances::new(arguments, 1)?;
    arguments.make_dynamics(|row, text| match (shapes.at(row), tolerances.at(row)) {
        (Some(polygons), Some(tolerance)) => {
            let dense: Vec<_> = polygons.iter().map(|one| rings(one, tolerance)).collect();
            match dense.as_slice() {
                [one] => json::write_polygon(one, text),
                several => json::write_polygons(several, text),
            }
            true
        }
        _ => false,
    })
}

fn rings(polygon: &Polygon, tolerance: f64) -> Vec<Vec<Place>> {
    let closed = |ring: &Ring| {
        let places: Vec<Place> = ring.places.iter().chain(ring.places.first()).copied().collect();
        super::densified(&places, tolerance)
    };
    polygon.rings().iter().map(closed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                    Value::Real(0.0),
                ],
                Value::Null(Type::Dynamic),
            ),
            (
                &[
                    json(r#"{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}"#),
                    Value::Real(10.0),
                ],
                Value::Null(Type::Dynamic),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Real], Type::Dynamic, cases);
    }
}
