//! `geo_geohash_to_polygon`: the cell of a geohash.

use crate::geo::geohash::Cell;
use crate::geo::json;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_geohash_to_polygon",
    aliases: &[],
    help: "The cell of a geohash, as a GeoJSON polygon; null where it is none.",
    examples: &[Example {
        query: "print v = geo_geohash_to_polygon('dr5ru')",
        answer: &[
            "v:dynamic",
            r#"{"type":"Polygon","coordinates":[[[-74.00390625,40.7373046875],[-73.9599609375,40.7373046875],[-73.9599609375,40.78125],[-74.00390625,40.78125],[-74.00390625,40.7373046875]]]}"#,
        ],
    }],
    meaning: Meaning::Kernel(geo_geohash_to_polygon),
};

fn geo_geohash_to_polygon(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| match Cell::parse(cells.at(row)) {
        Some(Cell { west, east, south, north }) => {
            let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)];
            json::write_polygon(&[ring.to_vec()], text);
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
                &[text("dr5ru")],
                json(
                    r#"{"type":"Polygon","coordinates":[[[-74.00390625,40.7373046875],[-73.9599609375,40.7373046875],[-73.9599609375,40.78125],[-74.00390625,40.78125],[-74.00390625,40.7373046875]]]}"#,
                ),
            ),
            (&[text("")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
