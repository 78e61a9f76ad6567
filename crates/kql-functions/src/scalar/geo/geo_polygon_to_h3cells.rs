//! `geo_polygon_to_h3cells`: the H3 cells whose middles lie in a polygon.

use super::{Depths, Shapes};
use crate::geo::json;
use crate::prelude::*;

/// The resolution that is meant where none is given.
const USUAL_RESOLUTION: u32 = 6;

pub(super) static FUNCTION: Function = Function {
    name: "geo_polygon_to_h3cells",
    aliases: &[],
    help: "The H3 cells whose middles lie in a GeoJSON polygon, or in several. Null where it is none, or the resolution is not 0 to 15. Others are refused: the real engine gives the cells in an order that is not documented.",
    examples: &[Example {
        query: "print v = isnull(geo_polygon_to_h3cells(dynamic({'type':'Polygon','coordinates':[[[0,0],[1,1]]]})))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(geo_polygon_to_h3cells),
};

fn geo_polygon_to_h3cells(arguments: &Arguments<'_>) -> Answer {
    let shapes = Shapes::new(arguments, 0, json::polygons)?;
    let resolutions = Depths::new(arguments, 1, USUAL_RESOLUTION)?;
    arguments.try_dynamics(|row, _| match (shapes.at(row), resolutions.at::<u8>(row, 0..=15)) {
        (Some(_), Some(_)) => Err(KernelError::new(
            "the H3 cells of a polygon are not supported: their order is not documented",
        )),
        _ => Ok(false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, json};

    #[test]
    fn answers() {
        let polygon = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#;
        let null = || Value::Null(Type::Dynamic);
        let cases: &[(&[Value], Value)] = &[
            (
                &[json(r#"{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}"#), Value::Long(6)],
                null(),
            ),
            (&[json(polygon), Value::Long(16)], null()),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Long], Type::Dynamic, cases);
        let text = error(&FUNCTION, Type::Dynamic, &[json(polygon)]);
        assert!(text.contains("not documented"), "{text}");
    }
}
