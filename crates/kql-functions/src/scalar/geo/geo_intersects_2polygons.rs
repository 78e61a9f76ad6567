//! `geo_intersects_2polygons`: whether two polygons meet.

use super::Shapes;
use crate::geo::json;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_intersects_2polygons",
    aliases: &[],
    help: "Whether two GeoJSON polygons, or several, have a place in common. Null where one is none.",
    examples: &[Example {
        query: "print v = geo_intersects_2polygons(dynamic({'type':'Polygon','coordinates':[[[1,1],[2,1],[2,2],[1,1]]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(geo_intersects_2polygons),
};

fn geo_intersects_2polygons(arguments: &Arguments<'_>) -> Answer {
    let (one, other) =
        (Shapes::new(arguments, 0, json::polygons)?, Shapes::new(arguments, 1, json::polygons)?);
    arguments.make_bools(|row| {
        let (one, other) = (one.at(row)?, other.at(row)?);
        Some(one.iter().any(|a| other.iter().any(|b| a.meets(b))))
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
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[5,5],[15,5],[15,15],[5,15],[5,5]]]}"#,
                    ),
                ],
                Value::Bool(true),
            ),
            (
                &[
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                    json(r#"{"type":"Polygon","coordinates":[[[25,25],[35,25],[35,35],[25,25]]]}"#),
                ],
                Value::Bool(false),
            ),
            (
                &[
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                    json(r#"{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}"#),
                ],
                Value::Null(Type::Bool),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Dynamic], Type::Bool, cases);
    }
}
