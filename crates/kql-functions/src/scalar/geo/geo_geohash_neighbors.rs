//! `geo_geohash_neighbors`: the geohashes around one.

use crate::geo::geohash;
use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_geohash_neighbors",
    aliases: &[],
    help: "The geohashes of the same length around one, as an array; null where it is none.",
    examples: &[Example {
        query: "print v = geo_geohash_neighbors('sunny')",
        answer: &[
            "v:dynamic",
            r#"["sunnv","sunnt","sunnw","sunnx","sunpp","sunnz","sunpn","sunpj"]"#,
        ],
    }],
    meaning: Meaning::Kernel(geo_geohash_neighbors),
};

fn geo_geohash_neighbors(arguments: &Arguments<'_>) -> Answer {
    let cells = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| match geohash::neighbors(cells.at(row)) {
        Some(neighbors) => super::write_strings(&neighbors, text),
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
                json(r#"["sunnv","sunnt","sunnw","sunnx","sunpp","sunnz","sunpn","sunpj"]"#),
            ),
            (&[text("a")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
