//! `geo_intersection_line_with_polygon`: what a line and a polygon have in common.

use super::{Shapes, shapes};
use crate::geo::{json, overlay};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_intersection_line_with_polygon",
    aliases: &[],
    help: "What a GeoJSON line and a polygon, or several, have in common, on a sphere: the parts of the line within the polygon or on its border, points where they only touch, an empty `GeometryCollection` where they do not meet. Null where one is none.",
    examples: &[Example {
        query: "print v = geo_intersection_line_with_polygon(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'Polygon','coordinates':[[[5,5],[6,5],[6,6],[5,5]]]}))",
        answer: &["v:dynamic", r#"{"type":"GeometryCollection","geometries":[]}"#],
    }],
    meaning: Meaning::Kernel(geo_intersection_line_with_polygon),
};

fn geo_intersection_line_with_polygon(arguments: &Arguments<'_>) -> Answer {
    let lines = Shapes::new(arguments, 0, json::lines)?;
    let polygons = Shapes::new(arguments, 1, json::polygons)?;
    arguments.try_dynamics(|row, text| {
        let (Some(lines), Some(polygons)) = (lines.at(row), polygons.at(row)) else {
            return Ok(false);
        };
        let polygons = overlay::regions(&polygons)?;
        shapes::write_common(&overlay::common_of_lines_and_polygons(&lines, &polygons)?, text);
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
        let cases: &[(&[Value], Value)] = &[
            (
                &[json(r#"{"type":"LineString","coordinates":[[10,0],[20,0]]}"#), json(square)],
                json(r#"{"type":"Point","coordinates":[10.0,0.0]}"#),
            ),
            (&[json(r#"{"type":"LineString"}"#), json(square)], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Dynamic], Type::Dynamic, cases);
    }
}
