//! `geo_intersection_2polygons`: what two polygons have in common.

use super::{Shapes, shapes};
use crate::geo::{json, overlay};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_intersection_2polygons",
    aliases: &[],
    help: "What two GeoJSON polygons, or several, have in common, on a sphere: polygons where they overlap, lines and points where only their borders meet, an empty `GeometryCollection` where they do not meet. Null where one is none.",
    examples: &[Example {
        query: "print v = geo_intersection_2polygons(dynamic({'type':'Polygon','coordinates':[[[2,45],[0,45],[1,44],[2,45]]]}), dynamic({'type':'Polygon','coordinates':[[[3,44],[2,45],[2,43],[3,44]]]}))",
        answer: &["v:dynamic", r#"{"type":"Point","coordinates":[2.0,45.0]}"#],
    }],
    meaning: Meaning::Kernel(geo_intersection_2polygons),
};

fn geo_intersection_2polygons(arguments: &Arguments<'_>) -> Answer {
    let one = Shapes::new(arguments, 0, json::polygons)?;
    let other = Shapes::new(arguments, 1, json::polygons)?;
    arguments.try_dynamics(|row, text| {
        let (Some(one), Some(other)) = (one.at(row), other.at(row)) else { return Ok(false) };
        let (one, other) = (overlay::regions(&one)?, overlay::regions(&other)?);
        shapes::write_common(&overlay::common_of_polygons(&one, &other)?, text);
        Ok(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let square = r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#;
        let far = r#"{"type":"Polygon","coordinates":[[[20,0],[30,0],[30,10],[20,0]]]}"#;
        let nothing = r#"{"type":"GeometryCollection","geometries":[]}"#;
        let cases: &[(&[Value], Value)] = &[
            (&[json(square), json(far)], json(nothing)),
            (&[json(square), json(r#"{"type":"Polygon"}"#)], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Dynamic], Type::Dynamic, cases);
    }
}
