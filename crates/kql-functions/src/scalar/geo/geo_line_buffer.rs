//! `geo_line_buffer`: all that lies near a line.

use super::buffers::Buffers;
use super::{Shapes, shapes};
use crate::geo::json;
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_line_buffer",
    aliases: &[],
    help: "A GeoJSON polygon, or several, of all places within a radius in metres of a line, or of several, on a sphere; round at the ends. Its border keeps within a tolerance in metres (10 without the argument, at least a millionth of the radius). Null where an argument makes no sense.",
    examples: &[Example {
        query: "print v = array_length(geo_line_buffer(dynamic({'type':'LineString','coordinates':[[-80.66634997047466,24.894526340592122],[-80.67373241820246,24.890808090321286]]}), 4, 0.1).coordinates[0])",
        answer: &["v:long", "19"],
    }],
    meaning: Meaning::Kernel(geo_line_buffer),
};

fn geo_line_buffer(arguments: &Arguments<'_>) -> Answer {
    let lines = Shapes::new(arguments, 0, json::lines)?;
    let buffers = Buffers::new(arguments, 1)?;
    arguments.try_dynamics(|row, text| {
        let (Some(lines), Some(buffer)) = (lines.at(row), buffers.at(row)) else {
            return Ok(false);
        };
        let point = |place: &json::Place| Vector::unchecked(place.0, place.1);
        let line = |line: &Vec<json::Place>| line.iter().map(point).collect();
        let around = buffer.lines(&lines.iter().map(line).collect::<Vec<Vec<Vector>>>())?;
        Ok(shapes::write_regions(&around, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let line = r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#;
        let null = || Value::Null(Type::Dynamic);
        let cases: &[(&[Value], Value)] = &[
            (&[json(r#"{"type":"LineString"}"#), Value::Real(5.0)], null()),
            (&[json(line), Value::Real(0.0)], null()),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Real], Type::Dynamic, cases);
    }
}
