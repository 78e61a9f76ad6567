//! `geo_from_wkt`: a shape in well-known text, as GeoJSON.

use crate::geo::wkt;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_from_wkt",
    aliases: &[],
    help: "A shape in well-known text (`POINT (1 2)`, `LINESTRING (1 2, 3 4)`, ...) as GeoJSON. Null where it is none.",
    examples: &[Example {
        query: "print v = geo_from_wkt('LINESTRING (1 2, 3 4)')",
        answer: &["v:dynamic", r#"{"type":"LineString","coordinates":[[1.0,2.0],[3.0,4.0]]}"#],
    }],
    meaning: Meaning::Kernel(geo_from_wkt),
};

fn geo_from_wkt(arguments: &Arguments<'_>) -> Answer {
    let texts = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| wkt::write(texts.at(row), text).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("POINT (1 2)")], json(r#"{"type":"Point","coordinates":[1.0,2.0]}"#)),
            (&[text("LINESTRING")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
