//! `geo_simplify_polygons_array`: several polygons of fewer corners.

use super::Shapes;
use super::simplify::Simplifier;
use crate::geo::json;
use crate::geo::polygon::Polygon;
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_simplify_polygons_array",
    aliases: &[],
    help: "An array of GeoJSON polygons together, of fewer corners. Null where one is none, the tolerance in metres (10 without the argument) is out of range, or all are smaller than that together. Others are refused: which corners are kept is not documented.",
    examples: &[Example {
        query: "print v = isnull(geo_simplify_polygons_array(dynamic([{'type':'Polygon','coordinates':[[[5,48],[0,50],[0,47],[5,48]]]}]), 1000000))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(geo_simplify_polygons_array),
};

fn geo_simplify_polygons_array(arguments: &Arguments<'_>) -> Answer {
    let shapes = Shapes::new(arguments, 0, json::polygons_array)?;
    let simplifier = Simplifier::new(arguments)?;
    arguments.try_dynamics(|row, _| {
        if let Some(polygons) = shapes.at(row) {
            let edges = polygons.iter().flatten().flat_map(Polygon::edges);
            let corners: Vec<Vector> = edges.map(|edge| edge.0).collect();
            simplifier.vanishes(row, &corners)?;
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
        let polygon = r#"[{"type":"Polygon","coordinates":[[[5,48],[0,50],[0,47],[5,48]]]}]"#;
        let null = || Value::Null(Type::Dynamic);
        let cases: &[(&[Value], Value)] = &[
            (&[json(r#"[{"type":"Polygon"}]"#), Value::Real(10.0)], null()),
            (&[json(polygon), Value::Real(-1.0)], null()),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Real], Type::Dynamic, cases);
        let text = error(&FUNCTION, Type::Dynamic, &[json(polygon)]);
        assert!(text.contains("not documented"), "{text}");
    }
}
