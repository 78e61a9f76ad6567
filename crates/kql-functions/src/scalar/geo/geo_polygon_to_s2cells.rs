//! `geo_polygon_to_s2cells`: the S2 cells that cover a polygon.

use super::s2cells;
use crate::geo::json;
use crate::geo::polygon::{Polygon, any_holds};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_polygon_to_s2cells",
    aliases: &[],
    help: "The tokens of all S2 cells of a level (0 to 30; 11 without the second argument) that have a place in common with a GeoJSON polygon, or several, as an array. Null where it is none, or the cells are more than 65,536. A radius around it is refused.",
    examples: &[Example {
        query: "print v = array_length(geo_polygon_to_s2cells(dynamic({'type':'Polygon','coordinates':[[[0,0],[0,50],[100,50],[0,0]]]}), 5))",
        answer: &["v:long", "286"],
    }],
    meaning: Meaning::Kernel(geo_polygon_to_s2cells),
};

fn geo_polygon_to_s2cells(arguments: &Arguments<'_>) -> Answer {
    let edges = |polygons: &Vec<Polygon>| polygons.iter().flat_map(Polygon::edges).collect();
    s2cells::of_shapes(arguments, json::polygons, edges, |polygons, point| {
        any_holds(polygons, point)
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
                &[json(r#"{"type":"LineString","coordinates":[[[0,0],[0,0]]]}"#), Value::Long(5)],
                Value::Null(Type::Dynamic),
            ),
            (
                &[
                    json(r#"{"type":"Polygon","coordinates":[[[0,0],[0,50],[100,50],[0,0]]]}"#),
                    Value::Long(30),
                ],
                Value::Null(Type::Dynamic),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Long], Type::Dynamic, cases);
    }
}
