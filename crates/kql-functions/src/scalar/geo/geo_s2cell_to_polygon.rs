//! `geo_s2cell_to_polygon`: the corners of an S2 cell.

use crate::geo::json;
use crate::geo::s2::Cell;
use crate::geo::sphere::Vector;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_s2cell_to_polygon",
    aliases: &[],
    help: "An S2 cell as a GeoJSON polygon; null where it is none.",
    examples: &[Example {
        query: "print v = array_length(geo_s2cell_to_polygon('89c259').coordinates[0])",
        answer: &["v:long", "5"],
    }],
    meaning: Meaning::Kernel(geo_s2cell_to_polygon),
};

fn geo_s2cell_to_polygon(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| match Cell::parse(cells.at(row)) {
        Some(cell) => {
            let mut ring = cell.corners().map(Vector::degrees).to_vec();
            ring.extend(ring.first().copied());
            json::write_polygon(&[ring], text);
            true
        }
        None => false,
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
