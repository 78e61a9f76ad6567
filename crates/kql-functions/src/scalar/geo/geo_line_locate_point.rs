//! `geo_line_locate_point`: how far along a line a place lies.

use super::{Places, Shapes};
use crate::geo::json::{self, Place};
use crate::geo::sphere::{Vector, closest};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_line_locate_point",
    aliases: &[],
    help: "The fraction (0 to 1) of the length of a GeoJSON line at which it comes closest to a place (longitude, latitude). Null where one is none. Measuring on a spheroid is refused.",
    examples: &[Example {
        query: "print v = round(geo_line_locate_point(dynamic({'type':'LineString','coordinates':[[0,0],[10,0]]}), 5, 1), 6)",
        answer: &["v:real", "0.5"],
    }],
    meaning: Meaning::Kernel(geo_line_locate_point),
};

fn geo_line_locate_point(arguments: &Arguments<'_>) -> Answer {
    let shapes = Shapes::new(arguments, 0, json::single_line)?;
    let places = Places::new(arguments, 1)?;
    super::refuse_spheroid(arguments, 3)?;
    arguments.make_reals(|row| {
        let (longitude, latitude) = places.at(row)?;
        let line = shapes.at(row)?;
        Some(locate(&line, Vector::at(longitude, latitude)?))
    })
}

fn locate(line: &[Place], point: Vector) -> f64 {
    let (mut length, mut best) = (0.0, (f64::INFINITY, 0.0));
    for (a, b) in super::legs(line) {
        let nearest = closest(point, a, b);
        let distance = point.minus(nearest).norm();
        if distance < best.0 {
            best = (distance, length + a.angle(nearest));
        }
        length += a.angle(b);
    }
    best.1 / length
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
                    json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#),
                    Value::Real(12.0),
                    Value::Real(0.0),
                ],
                Value::Real(1.0),
            ),
            (
                &[
                    json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#),
                    Value::Real(-12.0),
                    Value::Real(0.0),
                ],
                Value::Real(0.0),
            ),
            (
                &[
                    json(r#"{"type":"LineString","coordinates":[[1,1]]}"#),
                    Value::Real(1.0),
                    Value::Real(1.0),
                ],
                Value::Null(Type::Real),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Real, Type::Real], Type::Real, cases);
    }
}
