//! `geo_h3cell_children`: the H3 cells within one.

use h3o::{CellIndex, Resolution};

use super::Depths;
use crate::operand::Texts;
use crate::prelude::*;

/// How many cells may be given.
const MOST: u64 = 1_000_000;

pub(super) static FUNCTION: Function = Function {
    name: "geo_h3cell_children",
    aliases: &[],
    help: "The H3 cells of a finer resolution (the next one without the second argument) within one, as an array; null where it is none, or the resolution is not finer. More than 1,000,000 are an error.",
    examples: &[Example {
        query: "print v = array_length(geo_h3cell_children('862a1072fffffff'))",
        answer: &["v:long", "7"],
    }],
    meaning: Meaning::Kernel(geo_h3cell_children),
};

fn geo_h3cell_children(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    let cell = |row| cells.at(row).parse::<CellIndex>().ok();
    let finer = arguments.len() > 1;
    let resolutions = Depths::new(arguments, 1, 0)?;
    arguments.try_dynamics(|row, text| {
        let Some(cell) = cell(row) else { return Ok(false) };
        let next = u32::from(u8::from(cell.resolution())) + 1;
        let depth = if finer { resolutions.at(row, next..=15) } else { Some(next) };
        let resolution = depth
            .and_then(|depth| u8::try_from(depth).ok())
            .and_then(|depth| Resolution::try_from(depth).ok());
        let Some(resolution) = resolution else { return Ok(false) };
        if cell.children_count(resolution) > MOST {
            return Err(KernelError::new(
                "`geo_h3cell_children` would give more than 1,000,000 cells",
            ));
        }
        let children: Vec<String> =
            cell.children(resolution).map(|cell| cell.to_string()).collect();
        Ok(super::write_strings(&children, text))
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
                    r#"["872a10728ffffff","872a10729ffffff","872a1072affffff","872a1072bffffff","872a1072cffffff","872a1072dffffff","872a1072effffff"]"#,
                ),
            ),
            (&[text("abc")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
        let cases: &[(&[Value], Value)] =
            &[(&[text("862a1072fffffff"), Value::Long(3)], Value::Null(Type::Dynamic))];
        check(&FUNCTION, &[Type::String, Type::Long], Type::Dynamic, cases);
    }
}
