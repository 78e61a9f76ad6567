//! `geo_polygon_perimeter`: the length of a polygon's edges.

use crate::geo::polygon::Polygon;
use crate::geo::sphere::EARTH_RADIUS;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_polygon_perimeter",
    aliases: &[],
    help: "The length of all edges of a GeoJSON polygon, or of several together, in metres, on a sphere. Null where it is none.",
    examples: &[Example {
        query: "print v = round(geo_polygon_perimeter(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,10],[0,0]]]})) / 1000)",
        answer: &["v:real", "4431.0"],
    }],
    meaning: Meaning::Kernel(geo_polygon_perimeter),
};

fn geo_polygon_perimeter(arguments: &Arguments<'_>) -> Answer {
    let lengths = super::of_polygons(arguments, |polygons| {
        let edges = polygons.iter().flat_map(Polygon::edges);
        edges.map(|(a, b)| a.angle(b)).sum::<f64>() * EARTH_RADIUS
    })?;
    arguments.make_reals(|row| lengths.get(row).copied().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(
            &[json(r#"{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}"#)],
            Value::Null(Type::Real),
        )];
        check(&FUNCTION, &[Type::Dynamic], Type::Real, cases);
    }
}
