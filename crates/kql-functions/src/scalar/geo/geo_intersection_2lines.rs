//! `geo_intersection_2lines`: what two lines have in common.

use super::{Shapes, shapes};
use crate::geo::{json, overlay};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_intersection_2lines",
    aliases: &[],
    help: "What two GeoJSON lines, or several, have in common, on a sphere: points where they cross or touch, lines where they lie on each other, an empty `GeometryCollection` where they do not meet. Null where one is none.",
    examples: &[Example {
        query: "print v = geo_intersection_2lines(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'LineString','coordinates':[[3,3],[4,4]]}))",
        answer: &["v:dynamic", r#"{"type":"GeometryCollection","geometries":[]}"#],
    }],
    meaning: Meaning::Kernel(geo_intersection_2lines),
};

fn geo_intersection_2lines(arguments: &Arguments<'_>) -> Answer {
    let one = Shapes::new(arguments, 0, json::lines)?;
    let other = Shapes::new(arguments, 1, json::lines)?;
    arguments.try_dynamics(|row, text| {
        let (Some(one), Some(other)) = (one.at(row), other.at(row)) else { return Ok(false) };
        shapes::write_common(&overlay::common_of_lines(&one, &other)?, text);
        Ok(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let line = r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#;
        let cases: &[(&[Value], Value)] = &[
            (
                &[json(line), json(r#"{"type":"LineString","coordinates":[[10,0],[20,5]]}"#)],
                json(r#"{"type":"Point","coordinates":[10.0,0.0]}"#),
            ),
            (
                &[json(line), json(line)],
                json(r#"{"type":"LineString","coordinates":[[0.0,0.0],[10.0,0.0]]}"#),
            ),
            (
                &[json(line), json(r#"{"type":"LineString","coordinates":[[3,3]]}"#)],
                Value::Null(Type::Dynamic),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Dynamic], Type::Dynamic, cases);
    }
}
