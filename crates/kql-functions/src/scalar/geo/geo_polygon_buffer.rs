//! `geo_polygon_buffer`: all that lies near a polygon.

use super::buffers::Buffers;
use super::{Shapes, shapes};
use crate::geo::{json, overlay};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_polygon_buffer",
    aliases: &[],
    help: "A GeoJSON polygon, or several, of all places in a polygon, or in several, and within a radius in metres of it, on a sphere. Its border keeps within a tolerance in metres (10 without the argument, at least a millionth of the radius). Null where an argument makes no sense.",
    examples: &[Example {
        query: "print v = array_length(geo_polygon_buffer(dynamic({'type':'Polygon','coordinates':[[[139.813757,35.719666],[139.72558,35.71813],[139.727471,35.653231],[139.818721,35.657264],[139.813757,35.719666]]]}), 10000).coordinates) ",
        answer: &["v:long", "1"],
    }],
    meaning: Meaning::Kernel(geo_polygon_buffer),
};

fn geo_polygon_buffer(arguments: &Arguments<'_>) -> Answer {
    let polygons = Shapes::new(arguments, 0, json::polygons)?;
    let buffers = Buffers::new(arguments, 1)?;
    arguments.try_dynamics(|row, text| {
        let (Some(polygons), Some(buffer)) = (polygons.at(row), buffers.at(row)) else {
            return Ok(false);
        };
        let around = buffer.polygons(&overlay::regions(&polygons)?)?;
        Ok(shapes::write_regions(&around, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let polygon = r#"{"type":"Polygon","coordinates":[[[10,10],[0,10],[0,0],[10,10]]]}"#;
        let null = || Value::Null(Type::Dynamic);
        let cases: &[(&[Value], Value)] = &[
            (&[json(r#"{"type":"p"}"#), Value::Real(1.0)], null()),
            (&[json(polygon), Value::Real(0.0)], null()),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Real], Type::Dynamic, cases);
    }
}
