//! `geo_line_to_s2cells`: the S2 cells that cover a line.

use super::s2cells;
use crate::geo::json;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_line_to_s2cells",
    aliases: &[],
    help: "The tokens of all S2 cells of a level (0 to 30; 11 without the second argument) that have a place in common with a GeoJSON line, or several, as an array. Null where it is none, or the cells are more than 65,536. A radius around it is refused.",
    examples: &[Example {
        query: "print v = array_length(geo_line_to_s2cells(dynamic({'type':'LineString','coordinates':[[1,1],[1.001,1.001]]}), 5))",
        answer: &["v:long", "1"],
    }],
    meaning: Meaning::Kernel(geo_line_to_s2cells),
};

fn geo_line_to_s2cells(arguments: &Arguments<'_>) -> Answer {
    let edges = |lines: &Vec<Vec<json::Place>>| super::edges(lines).collect();
    s2cells::of_shapes(arguments, json::lines, edges, |_, _| false)
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
                &[json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#), Value::Long(-1)],
                Value::Null(Type::Dynamic),
            ),
        ];
        check(&FUNCTION, &[Type::Dynamic, Type::Long], Type::Dynamic, cases);
    }
}
