//! `geo_union_lines_array`: several lines as one.

use super::{Shapes, shapes};
use crate::geo::{json, overlay};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_union_lines_array",
    aliases: &[],
    help: "An array of GeoJSON lines as one, each edge once, and lines that go on from each other joined. Null where one is none. Lines that cross between their points are refused: whether the real engine cuts them there is not documented.",
    examples: &[Example {
        query: "print v = geo_union_lines_array(dynamic([{'type':'LineString','coordinates':[[0,0],[10,0]]},{'type':'LineString','coordinates':[[10,0],[20,0]]}]))",
        answer: &[
            "v:dynamic",
            r#"{"type":"LineString","coordinates":[[0.0,0.0],[10.0,0.0],[20.0,0.0]]}"#,
        ],
    }],
    meaning: Meaning::Kernel(geo_union_lines_array),
};

fn geo_union_lines_array(arguments: &Arguments<'_>) -> Answer {
    let lines = Shapes::new(arguments, 0, json::lines_array)?;
    arguments.try_dynamics(|row, text| {
        let Some(lines) = lines.at(row) else { return Ok(false) };
        shapes::write_lines(&overlay::union_of_lines(&lines)?, text);
        Ok(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, json};

    #[test]
    fn answers() {
        let one = r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#;
        let cases: &[(&[Value], Value)] = &[
            (
                &[json(&format!("[{one},{one}]"))],
                json(r#"{"type":"LineString","coordinates":[[0.0,0.0],[10.0,0.0]]}"#),
            ),
            (&[json(&format!("[{one},1]"))], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::Dynamic], Type::Dynamic, cases);
        let across = r#"{"type":"LineString","coordinates":[[5,-5],[5,5]]}"#;
        let text = error(&FUNCTION, Type::Dynamic, &[json(&format!("[{one},{across}]"))]);
        assert!(text.contains("lines that cross"), "{text}");
    }
}
