//! `geo_h3cell_neighbors`: the H3 cells around one.

use h3o::CellIndex;

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_h3cell_neighbors",
    aliases: &[],
    help: "The H3 cells of the same resolution around one, as an array (one beside the other, as `geo_h3cell_rings` gives them: the real engine's order has no rule); null where it is none.",
    examples: &[Example {
        query: "print v = geo_h3cell_neighbors('862a1072fffffff')",
        answer: &[
            "v:dynamic",
            r#"["862a10727ffffff","862a10707ffffff","862a1070fffffff","862a10777ffffff","862a100dfffffff","862a100d7ffffff"]"#,
        ],
    }],
    meaning: Meaning::Kernel(geo_h3cell_neighbors),
};

fn geo_h3cell_neighbors(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    let cell = |row| cells.at(row).parse::<CellIndex>().ok();
    arguments.make_dynamics(|row, text| match cell(row) {
        Some(cell) => super::write_strings(&super::ring(cell, 1), text),
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
                &[text("862a1072fffffff")],
                json(
                    r#"["862a10727ffffff","862a10707ffffff","862a1070fffffff","862a10777ffffff","862a100dfffffff","862a100d7ffffff"]"#,
                ),
            ),
            (&[text("abc")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
