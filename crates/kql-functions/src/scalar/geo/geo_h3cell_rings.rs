//! `geo_h3cell_rings`: the H3 cells around one, ring by ring.

use h3o::CellIndex;

use super::Depths;
use crate::operand::Texts;
use crate::prelude::*;

/// The furthest ring that may be asked for.
const FURTHEST: u32 = 142;

pub(super) static FUNCTION: Function = Function {
    name: "geo_h3cell_rings",
    aliases: &[],
    help: "The H3 cells of the same resolution around one, as an array of rings: the cell itself, those next to it, and so on up to a distance (0 to 142). Null where one is none.",
    examples: &[Example {
        query: "print v = geo_h3cell_rings('862a1072fffffff', 1)",
        answer: &[
            "v:dynamic",
            r#"[["862a1072fffffff"],["862a10727ffffff","862a10707ffffff","862a1070fffffff","862a10777ffffff","862a100dfffffff","862a100d7ffffff"]]"#,
        ],
    }],
    meaning: Meaning::Kernel(geo_h3cell_rings),
};

fn geo_h3cell_rings(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    let cell = |row| cells.at(row).parse::<CellIndex>().ok();
    let distances = Depths::new(arguments, 1, 1)?;
    arguments.make_dynamics(|row, text| match (cell(row), distances.at(row, 0..=FURTHEST)) {
        (Some(cell), Some(distance)) => {
            for ring in 0..=distance {
                text.push(if ring == 0 { '[' } else { ',' });
                super::write_strings(&super::ring(cell, ring), text);
            }
            text.push(']');
            true
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("861f8894fffffff"), Value::Long(0)], json(r#"[["861f8894fffffff"]]"#)),
            (
                &[text("861f8894fffffff"), Value::Long(2)],
                json(
                    r#"[["861f8894fffffff"], ["861f88947ffffff", "861f8895fffffff", "861f88867ffffff", "861f8d497ffffff", "861f8d4b7ffffff", "861f8896fffffff"], ["861f88967ffffff", "861f88977ffffff", "861f88957ffffff", "861f8882fffffff", "861f88877ffffff", "861f88847ffffff", "861f8886fffffff", "861f8d49fffffff", "861f8d487ffffff", "861f8d4a7ffffff", "861f8d59fffffff", "861f8d597ffffff"]]"#,
                ),
            ),
            (&[text("abc"), Value::Long(3)], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String, Type::Long], Type::Dynamic, cases);
    }
}
