//! `geo_geohash_to_central_point`: the middle of a geohash.

use crate::geo::geohash::Cell;
use crate::geo::json;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_geohash_to_central_point",
    aliases: &[],
    help: "The middle of a geohash's cell, as a GeoJSON point; null where it is none.",
    examples: &[Example {
        query: "print v = geo_geohash_to_central_point('sunny')",
        answer: &["v:dynamic", r#"{"type":"Point","coordinates":[42.47314453125,23.70849609375]}"#],
    }],
    meaning: Meaning::Kernel(geo_geohash_to_central_point),
};

fn geo_geohash_to_central_point(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| match Cell::parse(cells.at(row)) {
        Some(cell) => {
            json::write_point(cell.center(), text);
            true
        }
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
                &[text("sunny")],
                json(r#"{"type":"Point","coordinates":[42.47314453125,23.70849609375]}"#),
            ),
            (&[text("a")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
