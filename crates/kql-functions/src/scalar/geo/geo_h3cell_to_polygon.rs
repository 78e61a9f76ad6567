//! `geo_h3cell_to_polygon`: the corners of an H3 cell.

use h3o::CellIndex;

use crate::geo::json;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_h3cell_to_polygon",
    aliases: &[],
    help: "An H3 cell as a GeoJSON polygon; null where it is none.",
    examples: &[Example {
        query: "print v = array_length(geo_h3cell_to_polygon('862a1072fffffff').coordinates[0])",
        answer: &["v:long", "7"],
    }],
    meaning: Meaning::Kernel(geo_h3cell_to_polygon),
};

fn geo_h3cell_to_polygon(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    let cell = |row| cells.at(row).parse::<CellIndex>().ok();
    arguments.make_dynamics(|row, text| match cell(row) {
        Some(cell) => {
            let boundary = cell.boundary();
            let mut ring: Vec<_> =
                boundary.iter().map(|point| (point.lng(), point.lat())).collect();
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
        let cases: &[(&[Value], Value)] = &[(&[text("@")], Value::Null(Type::Dynamic))];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
