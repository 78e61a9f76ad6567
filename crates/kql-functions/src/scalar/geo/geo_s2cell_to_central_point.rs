//! `geo_s2cell_to_central_point`: the middle of an S2 cell.

use crate::geo::s2::Cell;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_s2cell_to_central_point",
    aliases: &[],
    help: "The middle of an S2 cell, as a GeoJSON point; null where it is none.",
    examples: &[Example {
        query: "print v = geo_s2cell_to_central_point('1').type",
        answer: &["v:dynamic", "Point"],
    }],
    meaning: Meaning::Kernel(geo_s2cell_to_central_point),
};

fn geo_s2cell_to_central_point(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| {
        super::write_point(Cell::parse(cells.at(row)).map(Cell::center), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(&[text("a")], Value::Null(Type::Dynamic))];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
