//! `geo_line_centroid`: the middle of a line.

use super::Shapes;
use crate::geo::json::{self, Place};
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_line_centroid",
    aliases: &[],
    help: "The centre of mass of a GeoJSON line, or of several together, as a point. Null where it is none.",
    examples: &[Example {
        query: "print v = geo_line_centroid(dynamic({'type':'LineString','coordinates':[[0,-5],[0,5]]}))",
        answer: &["v:dynamic", r#"{"type":"Point","coordinates":[0.0,0.0]}"#],
    }],
    meaning: Meaning::Kernel(geo_line_centroid),
};

fn geo_line_centroid(arguments: &Arguments<'_>) -> Answer {
    let shapes = Shapes::new(arguments, 0, json::lines)?;
    arguments.make_dynamics(|row, text| {
        let lines = shapes.at(row);
        super::write_point(lines.map(|lines| centroid(&lines)), text)
    })
}

fn centroid(lines: &[Vec<Place>]) -> Vector {
    let zero = Vector { x: 0.0, y: 0.0, z: 0.0 };
    super::edges(lines).fold(zero, |center, (a, b)| {
        // The middle of the edge, as heavy as the edge is long.
        let (sum, difference) = (a.plus(b), a.minus(b));
        center.plus(sum.times((difference.dot(difference) / sum.dot(sum)).sqrt()))
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
                &[json(r#"{"type":"LineString","coordinates":[[0,-5],[0,5]]}"#)],
                json(r#"{"type":"Point","coordinates":[0.0,0.0]}"#),
            ),
            (&[json(r#"{"type":"LineString","coordinates":[[1,1]]}"#)], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::Dynamic], Type::Dynamic, cases);
    }
}
