//! `geo_intersects_line_with_polygon`: whether a line meets a polygon.

use super::Shapes;
use crate::geo::json;
use crate::geo::polygon::any_holds;
use crate::geo::sphere::meet;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_intersects_line_with_polygon",
    aliases: &[],
    help: "Whether a GeoJSON line and polygon, or several, have a place in common. Null where one is none.",
    examples: &[Example {
        query: "print v = geo_intersects_line_with_polygon(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(geo_intersects_line_with_polygon),
};

fn geo_intersects_line_with_polygon(arguments: &Arguments<'_>) -> Answer {
    let lines = Shapes::new(arguments, 0, json::lines)?;
    let polygons = Shapes::new(arguments, 1, json::polygons)?;
    arguments.make_bools(|row| {
        let (lines, polygons) = (lines.at(row)?, polygons.at(row)?);
        Some(super::edges(&lines).any(|(a, b)| {
            any_holds(&polygons, a)
                || polygons.iter().any(|one| one.edges().any(|(c, d)| meet(a, b, c, d)))
        }))
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
                    json(r#"{"type":"LineString","coordinates":[[1,1],[2,2]]}"#),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Bool(true),
            ),
            (
                &[
                    json(r#"{"type":"LineString","coordinates":[[-5,5],[15,5]]}"#),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Bool(true),
            ),
            (
                &[
                    json(r#"{"type":"LineString","coordinates":[[-5,5],[-5,6]]}"#),
                    json(
                        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
                    ),
                ],
                Value::Bool(false),
            ),
            (
                &[
                    json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#),
                    json(r#"{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]}"#),
                ],
                Value::Null(Type::Bool),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Dynamic], Type::Bool, cases);
    }
}
