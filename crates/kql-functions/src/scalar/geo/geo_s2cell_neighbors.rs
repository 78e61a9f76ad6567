//! `geo_s2cell_neighbors`: the S2 cells around one.

use crate::geo::s2::Cell;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_s2cell_neighbors",
    aliases: &[],
    help: "The tokens of the S2 cells of the same level around one, as an array (row by row on the cell's face: the real engine gives them in an order without a rule); null where it is none.",
    examples: &[Example {
        query: "print v = geo_s2cell_neighbors('89c259')",
        answer: &[
            "v:dynamic",
            r#"["89c2f9","89c251","89c257","89c25f","89c2f7","89c25b","89c2f5","89c25d"]"#,
        ],
    }],
    meaning: Meaning::Kernel(geo_s2cell_neighbors),
};

fn geo_s2cell_neighbors(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| match Cell::parse(cells.at(row)) {
        Some(cell) => super::write_strings(&cell.neighbors().map(Cell::token), text),
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[text("89c259")],
                json(
                    r#"["89c2f9","89c251","89c257","89c25f","89c2f7","89c25b","89c2f5","89c25d"]"#,
                ),
            ),
            (&[text("a")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
