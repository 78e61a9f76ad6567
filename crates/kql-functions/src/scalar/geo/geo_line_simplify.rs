//! `geo_line_simplify`: a line of fewer points.

use super::Shapes;
use super::simplify::Simplifier;
use crate::geo::json;
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_line_simplify",
    aliases: &[],
    help: "A GeoJSON line, or several, of fewer points. Null where it is none, the tolerance in metres (10 without the argument) is out of range, or the line is shorter than that. Others are refused: which points are kept is not documented.",
    examples: &[Example {
        query: "print v = isnull(geo_line_simplify(dynamic({'type':'LineString','coordinates':[[1.1,1.1],[1.2,1.2]]}), 100000))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(geo_line_simplify),
};

fn geo_line_simplify(arguments: &Arguments<'_>) -> Answer {
    let shapes = Shapes::new(arguments, 0, json::lines)?;
    let simplifier = Simplifier::new(arguments)?;
    arguments.try_dynamics(|row, _| {
        if let Some(lines) = shapes.at(row) {
            let points: Vec<Vector> =
                lines.iter().flatten().map(|place| Vector::unchecked(place.0, place.1)).collect();
            simplifier.vanishes(row, &points)?;
        }
        Ok(false)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, json};

    #[test]
    fn answers() {
        let line = r#"{"type":"LineString","coordinates":[[1,1],[2,2]]}"#;
        let null = || Value::Null(Type::Dynamic);
        let cases: &[(&[Value], Value)] = &[
            (&[json(r#"{"type":"LineString","coordinates":[[1,1]]}"#), Value::Real(10.0)], null()),
            (&[json(line), Value::Real(-1.0)], null()),
            (&[json(line), Value::Real(1_000_000.0)], null()),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Real], Type::Dynamic, cases);
        let text = error(&FUNCTION, Type::Dynamic, &[json(line)]);
        assert!(text.contains("not documented"), "{text}");
    }
}
