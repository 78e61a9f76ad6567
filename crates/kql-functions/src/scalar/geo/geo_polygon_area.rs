//! `geo_polygon_area`: the area of a polygon.

use crate::geo::polygon::Polygon;
use crate::geo::sphere::EARTH_RADIUS;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_polygon_area",
    aliases: &[],
    help: "The area of a GeoJSON polygon, or of several together, in square metres, on a sphere. Null where it is none.",
    examples: &[Example {
        query: "print v = round(geo_polygon_area(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,10],[0,0]]]})) / 1000000)",
        answer: &["v:real", "1233205.0"],
    }],
    meaning: Meaning::Kernel(geo_polygon_area),
};

fn geo_polygon_area(arguments: &Arguments<'_>) -> Answer {
    let areas = super::of_polygons(arguments, |polygons| {
        polygons.iter().map(Polygon::area).sum::<f64>() * EARTH_RADIUS * EARTH_RADIUS
    })?;
    arguments.make_reals(|row| areas.get(row).copied().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[json(
                    r#"{"type":"Polygon","coordinates":[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]}"#,
                )],
                Value::Real(3475207.28346606),
            ),
            (
                &[json(r#"{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}"#)],
                Value::Null(Type::Real),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic], Type::Real, cases);
    }
}
