//! `geo_distance_point_to_polygon`: how far a place lies from a polygon.

use super::{Places, Shapes};
use crate::geo::json;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_distance_point_to_polygon",
    aliases: &[],
    help: "The shortest way from a place (longitude, latitude) to a GeoJSON polygon or several, in metres, on a sphere; 0 within. Null where one is none.",
    examples: &[Example {
        query: "print v = geo_distance_point_to_polygon(5, 5, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}))",
        answer: &["v:real", "0.0"],
    }],
    meaning: Meaning::Kernel(geo_distance_point_to_polygon),
};

fn geo_distance_point_to_polygon(arguments: &Arguments<'_>) -> Answer {
    let places = Places::new(arguments, 0)?;
    let shapes = Shapes::new(arguments, 2, json::polygons)?;
    let found = super::closest(&places, |row, point| super::closest_in(&shapes.at(row)?, point));
    arguments.make_reals(|row| found(row).map(|(distance, _)| distance))
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
                    Value::Real(11.0),
                    Value::Real(0.0),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Real(111195.10117748393),
            ),
            (
                &[
                    Value::Real(5.0),
                    Value::Real(5.0),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Real(0.0),
            ),
            (
                &[
                    Value::Real(1.0),
                    Value::Real(1.0),
                    json(r#"{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}"#),
                ],
                Value::Null(Type::Real),
            ),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Dynamic], Type::Real, cases);
    }
}
