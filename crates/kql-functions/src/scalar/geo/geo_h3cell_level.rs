//! `geo_h3cell_level`: the resolution of an H3 cell.

use h3o::CellIndex;

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_h3cell_level",
    aliases: &[],
    help: "The resolution of an H3 cell, 0 to 15; null where it is none.",
    examples: &[Example {
        query: "print v = geo_h3cell_level('862a1072fffffff')",
        answer: &["v:int", "6"],
    }],
    meaning: Meaning::Kernel(geo_h3cell_level),
};

fn geo_h3cell_level(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    let cell = |row| cells.at(row).parse::<CellIndex>().ok();
    arguments.make_ints(|row| Some(i32::from(u8::from(cell(row)?.resolution()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("862a1072fffffff")], Value::Int(6)),
            (&[text("abc")], Value::Null(Type::Int)),
        ];
        check(&FUNCTION, &[Type::String], Type::Int, cases);
    }
}
