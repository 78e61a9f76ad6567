//! `geo_h3cell_parent`: the H3 cell around one.

use h3o::{CellIndex, Resolution};

use super::Depths;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_h3cell_parent",
    aliases: &[],
    help: "The H3 cell of a coarser resolution (the next one without the second argument) that holds one; \"\" where it is none, or the resolution is not coarser.",
    examples: &[Example {
        query: "print v = geo_h3cell_parent('862a1072fffffff')",
        answer: &["v:string", "852a1073fffffff"],
    }],
    meaning: Meaning::Kernel(geo_h3cell_parent),
};

fn geo_h3cell_parent(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    let cell = |row| cells.at(row).parse::<CellIndex>().ok();
    let coarser = arguments.len() > 1;
    let resolutions = Depths::new(arguments, 1, 0)?;
    arguments.make_strings(|row, text| {
        let parent = || {
            let cell = cell(row)?;
            let before = u32::from(u8::from(cell.resolution())).checked_sub(1)?;
            let depth = if coarser { resolutions.at(row, 0..=before)? } else { before };
            cell.parent(Resolution::try_from(u8::try_from(depth).ok()?).ok()?)
        };
        if let Some(parent) = parent() {
            let _ = write!(text, "{parent}");
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] =
            &[(&[text("862a1072fffffff")], text("852a1073fffffff")), (&[text("123")], text(""))];
        check(&FUNCTION, &[Type::String], Type::String, cases);
        let cases: &[(&[Value], Value)] = &[
            (&[text("862a1072fffffff"), Value::Long(100)], text("")),
            (&[text("862a1072fffffff"), Value::Long(15)], text("")),
            (&[text("862a1072fffffff"), Value::Long(0)], text("802bfffffffffff")),
        ];
        check(&FUNCTION, &[Type::String, Type::Long], Type::String, cases);
    }
}
