//! `geo_distance_point_to_line`: how far a place lies from a line.

use super::{Places, Shapes};
use crate::geo::json;
use crate::geo::polygon::closest_of;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_distance_point_to_line",
    aliases: &[],
    help: "The shortest way from a place (longitude, latitude) to a GeoJSON line or several, in metres, on a sphere. Null where one is none.",
    examples: &[Example {
        query: "print v = round(geo_distance_point_to_line(5, 1, dynamic({'type':'LineString','coordinates':[[0,0],[10,0]]})))",
        answer: &["v:real", "111195.0"],
    }],
    meaning: Meaning::Kernel(geo_distance_point_to_line),
};

fn geo_distance_point_to_line(arguments: &Arguments<'_>) -> Answer {
    let places = Places::new(arguments, 0)?;
    let shapes = Shapes::new(arguments, 2, json::lines)?;
    let found = super::closest(&places, |row, point| {
        let lines = shapes.at(row)?;
        closest_of(super::edges(&lines), point)
    });
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
                    json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#),
                ],
                Value::Real(111195.10117748393),
            ),
            (
                &[Value::Real(1.0), Value::Real(1.0), json(r#"{"type":"LineString"}"#)],
                Value::Null(Type::Real),
            ),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Dynamic], Type::Real, cases);
    }
}
