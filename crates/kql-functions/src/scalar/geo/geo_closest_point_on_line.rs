//! `geo_closest_point_on_line`: the place of a line that lies closest.

use super::{Places, Shapes};
use crate::geo::json;
use crate::geo::polygon::closest_of;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_closest_point_on_line",
    aliases: &[],
    help: "The place of a GeoJSON line or several that lies closest to a place (longitude, latitude), as a point. Null where one is none.",
    examples: &[Example {
        query: "print v = geo_closest_point_on_line(20, 1, dynamic({'type':'LineString','coordinates':[[0,0],[10,0]]}))",
        answer: &["v:dynamic", r#"{"type":"Point","coordinates":[10.0,0.0]}"#],
    }],
    meaning: Meaning::Kernel(geo_closest_point_on_line),
};

fn geo_closest_point_on_line(arguments: &Arguments<'_>) -> Answer {
    let places = Places::new(arguments, 0)?;
    let shapes = Shapes::new(arguments, 2, json::lines)?;
    let found = super::closest(&places, |row, point| {
        let lines = shapes.at(row)?;
        closest_of(super::edges(&lines), point)
    });
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
                    Value::Real(1.0),
                    json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#),
                ],
                json(r#"{"type":"Point","coordinates":[10.0,0.0]}"#),
            ),
            (
                &[
                    Value::Real(300.0),
                    Value::Real(3.0),
                    json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#),
                ],
                Value::Null(Type::Dynamic),
            ),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Dynamic], Type::Dynamic, cases);
    }
}
