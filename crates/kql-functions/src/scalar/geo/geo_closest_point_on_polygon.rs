//! `geo_closest_point_on_polygon`: the place of a polygon that lies closest.

use super::{Places, Shapes};
use crate::geo::json;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_closest_point_on_polygon",
    aliases: &[],
    help: "The place of a GeoJSON polygon or several that lies closest to a place (longitude, latitude), as a point: the place itself where it lies within. Null where one is none.",
    examples: &[Example {
        query: "print v = geo_closest_point_on_polygon(20, -1, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}))",
        answer: &["v:dynamic", r#"{"type":"Point","coordinates":[10.0,0.0]}"#],
    }],
    meaning: Meaning::Kernel(geo_closest_point_on_polygon),
};

fn geo_closest_point_on_polygon(arguments: &Arguments<'_>) -> Answer {
    let places = Places::new(arguments, 0)?;
    let shapes = Shapes::new(arguments, 2, json::polygons)?;
    let found = super::closest(&places, |row, point| super::closest_in(&shapes.at(row)?, point));
    arguments
        .make_dynamics(|row, text| super::write_point(found(row).map(|(_, point)| point), text))
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
                    Value::Real(20.0),
                    Value::Real(-1.0),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                json(r#"{"type":"Point","coordinates":[10.0,0.0]}"#),
            ),
            (
                &[
                    Value::Real(500.0),
                    Value::Real(1.0),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Null(Type::Dynamic),
            ),
            (
                &[
                    Value::Real(1.0),
                    Value::Real(1.0),
                    json(r#"{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}"#),
                ],
                Value::Null(Type::Dynamic),
            ),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Dynamic], Type::Dynamic, cases);
    }
}
