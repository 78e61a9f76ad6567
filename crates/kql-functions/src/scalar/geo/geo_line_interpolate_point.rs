//! `geo_line_interpolate_point`: the place so far along a line.

use super::Shapes;
use crate::geo::json::{self, Place};
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_line_interpolate_point",
    aliases: &[],
    help: "The place that lies at a fraction (0 to 1) of the length of a GeoJSON line, as a point. Null where it is no line, or the fraction none.",
    examples: &[Example {
        query: "print v = geo_line_interpolate_point(dynamic({'type':'LineString','coordinates':[[0,0],[10,0]]}), 1)",
        answer: &["v:dynamic", r#"{"type":"Point","coordinates":[10.0,0.0]}"#],
    }],
    meaning: Meaning::Kernel(geo_line_interpolate_point),
};

fn geo_line_interpolate_point(arguments: &Arguments<'_>) -> Answer {
    let shapes = Shapes::new(arguments, 0, json::single_line)?;
    let fractions = arguments.reals(1)?;
    arguments.make_dynamics(|row, text| {
        let fraction = fractions.at(row).filter(|fraction| (0.0..=1.0).contains(fraction));
        let line = shapes.at(row);
        let point = line.zip(fraction).and_then(|(line, fraction)| along(&line, fraction));
        super::write_point(point, text)
    })
}

fn along(line: &[Place], fraction: f64) -> Option<Vector> {
    let edges = || super::legs(line);
    let mut left = fraction * edges().map(|(a, b)| a.angle(b)).sum::<f64>();
    let mut last = None;
    for (a, b) in edges() {
        let length = a.angle(b);
        if left <= length {
            return Some(if left == length { b } else { a.towards(b, left / length) });
        }
        left -= length;
        last = Some(b);
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#), Value::Real(1.0)],
                json(r#"{"type":"Point","coordinates":[10.0,0.0]}"#),
            ),
            (
                &[json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#), Value::Real(0.0)],
                json(r#"{"type":"Point","coordinates":[0.0,0.0]}"#),
            ),
            (
                &[json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#), Value::Real(1.5)],
                Value::Null(Type::Dynamic),
            ),
            (
                &[json(r#"{"type":"LineString","coordinates":[[1,1]]}"#), Value::Real(0.5)],
                Value::Null(Type::Dynamic),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Real], Type::Dynamic, cases);
    }
}
