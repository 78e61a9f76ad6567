//! `geo_point_in_polygon`: whether a place lies in a polygon.

use super::{Places, Shapes};
use crate::geo::json;
use crate::geo::polygon::any_holds;
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_point_in_polygon",
    aliases: &[],
    help: "Whether a place (longitude, latitude) lies in a GeoJSON polygon or one of several, whose edges are shortest ways on a sphere. Null where one is none: a ring must be closed and not meet itself.",
    examples: &[Example {
        query: "print v = geo_point_in_polygon(5, 5, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(geo_point_in_polygon),
};

fn geo_point_in_polygon(arguments: &Arguments<'_>) -> Answer {
    let places = Places::new(arguments, 0)?;
    let shapes = Shapes::new(arguments, 2, json::polygons)?;
    arguments.make_bools(|row| {
        let (longitude, latitude) = places.at(row)?;
        Some(any_holds(&shapes.at(row)?, Vector::at(longitude, latitude)?))
    })
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
                    Value::Real(5.0),
                    Value::Real(5.0),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Bool(true),
            ),
            (
                &[
                    Value::Real(11.0),
                    Value::Real(5.0),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Bool(false),
            ),
            (
                &[
                    Value::Real(200.0),
                    Value::Real(1.0),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Null(Type::Bool),
            ),
            (
                &[
                    Value::Real(1.0),
                    Value::Real(1.0),
                    json(r#"{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}"#),
                ],
                Value::Null(Type::Bool),
            ),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Dynamic], Type::Bool, cases);
    }
}
