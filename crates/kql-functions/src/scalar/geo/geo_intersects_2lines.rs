//! `geo_intersects_2lines`: whether two lines meet.

use super::Shapes;
use crate::geo::json;
use crate::geo::sphere::meet;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_intersects_2lines",
    aliases: &[],
    help: "Whether two GeoJSON lines have a place in common. Null where one is none.",
    examples: &[Example {
        query: "print v = geo_intersects_2lines(dynamic({'type':'LineString','coordinates':[[0,0],[10,0]]}), dynamic({'type':'LineString','coordinates':[[5,-5],[5,5]]}))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(geo_intersects_2lines),
};

fn geo_intersects_2lines(arguments: &Arguments<'_>) -> Answer {
    let (one, other) =
        (Shapes::new(arguments, 0, json::lines)?, Shapes::new(arguments, 1, json::lines)?);
    arguments.make_bools(|row| {
        let (one, other) = (one.at(row)?, other.at(row)?);
        Some(super::edges(&one).any(|(a, b)| super::edges(&other).any(|(c, d)| meet(a, b, c, d))))
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
                    json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#),
                    json(r#"{"type":"LineString","coordinates":[[5,-5],[5,5]]}"#),
                ],
                Value::Bool(true),
            ),
            (
                &[
                    json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#),
                    json(r#"{"type":"LineString","coordinates":[[5,1],[5,5]]}"#),
                ],
                Value::Bool(false),
            ),
            (
                &[
                    json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Null(Type::Bool),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Dynamic], Type::Bool, cases);
    }
}
