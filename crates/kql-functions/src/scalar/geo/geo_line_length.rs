//! `geo_line_length`: the length of a line.

use super::Shapes;
use crate::geo::json;
use crate::geo::sphere::EARTH_RADIUS;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_line_length",
    aliases: &[],
    help: "The length of a GeoJSON line, or of several together, in metres, on a sphere. Null where it is none.",
    examples: &[Example {
        query: "print v = round(geo_line_length(dynamic({'type':'LineString','coordinates':[[0,0],[10,0]]})))",
        answer: &["v:real", "1111951.0"],
    }],
    meaning: Meaning::Kernel(geo_line_length),
};

fn geo_line_length(arguments: &Arguments<'_>) -> Answer {
    let shapes = Shapes::new(arguments, 0, json::lines)?;
    arguments.make_reals(|row| {
        let lines = shapes.at(row)?;
        let legs = super::edges(&lines).map(|(a, b)| a.angle(b));
        Some(EARTH_RADIUS * legs.sum::<f64>())
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
                &[json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#)],
                Value::Real(1111951.0117748394),
            ),
            (&[json(r#"{"type":"LineString","coordinates":[[1,1]]}"#)], Value::Null(Type::Real)),
        ];
        check(&FUNCTION, &[Type::Dynamic], Type::Real, cases);
    }
}
