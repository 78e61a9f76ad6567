//! `geo_h3cell_to_central_point`: the middle of an H3 cell.

use h3o::{CellIndex, LatLng};

use crate::geo::json;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_h3cell_to_central_point",
    aliases: &[],
    help: "The middle of an H3 cell, as a GeoJSON point; null where it is none.",
    examples: &[Example {
        query: "print v = geo_h3cell_to_central_point('862a1072fffffff').type",
        answer: &["v:dynamic", "Point"],
    }],
    meaning: Meaning::Kernel(geo_h3cell_to_central_point),
};

fn geo_h3cell_to_central_point(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    let cell = |row| cells.at(row).parse::<CellIndex>().ok();
    arguments.make_dynamics(|row, text| match cell(row).map(LatLng::from) {
        Some(point) => {
            json::write_point((point.lng(), point.lat()), text);
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
        let cases: &[(&[Value], Value)] = &[(&[text("1")], Value::Null(Type::Dynamic))];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
