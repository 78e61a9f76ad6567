//! `geo_polygon_centroid`: the middle of a polygon.

use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_polygon_centroid",
    aliases: &[],
    help: "The centre of mass of a GeoJSON polygon, or of several together, as a point. Null where it is none.",
    examples: &[Example {
        query: "print v = geo_polygon_centroid(dynamic({'type':'Polygon','coordinates':[[[-5,0],[0,-5],[5,0],[0,5],[-5,0]]]})).type",
        answer: &["v:dynamic", "Point"],
    }],
    meaning: Meaning::Kernel(geo_polygon_centroid),
};

fn geo_polygon_centroid(arguments: &Arguments<'_>) -> Answer {
    let centers = super::of_polygons(arguments, |polygons| {
        let zero = Vector { x: 0.0, y: 0.0, z: 0.0 };
        polygons.iter().fold(zero, |sum, polygon| sum.plus(polygon.centroid()))
    })?;
    arguments
        .make_dynamics(|row, text| super::write_point(centers.get(row).copied().flatten(), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(
            &[json(r#"{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}"#)],
            Value::Null(Type::Dynamic),
        )];
        check(&FUNCTION, &[Type::Dynamic], Type::Dynamic, cases);
    }
}
