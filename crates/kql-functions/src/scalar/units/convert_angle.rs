//! `convert_angle`: an angle in another unit.

use crate::prelude::*;

use super::Unit;

pub(super) static FUNCTION: Function = Function {
    name: "convert_angle",
    aliases: &[],
    help: "An angle in another unit. A unit that is not known is an error; the units and how they are spelled are those of the Kusto manual.",
    examples: &[Example {
        query: "print v = convert_angle(1.2, 'Degree', 'Arcminute')",
        answer: &["v:real", "72.0"],
    }],
    meaning: Meaning::Kernel(convert_angle),
};

fn convert_angle(arguments: &Arguments<'_>) -> Answer {
    super::convert(arguments, "convert_angle", UNITS)
}

/// In degrees.
const UNITS: &[Unit] = &[
    Unit::of("Degree", 1.0),
    Unit::of("Nanodegree", 1e-9),
    Unit::of("Microdegree", 1e-6),
    Unit::of("Millidegree", 1e-3),
    Unit::per("Radian", 180.0, std::f64::consts::PI),
    Unit::per("Nanoradian", 180.0 * 1e-9, std::f64::consts::PI),
    Unit::per("Microradian", 180.0 * 1e-6, std::f64::consts::PI),
    Unit::per("Milliradian", 180.0 * 1e-3, std::f64::consts::PI),
    Unit::per("Centiradian", 180.0 * 1e-2, std::f64::consts::PI),
    Unit::per("Deciradian", 180.0 * 1e-1, std::f64::consts::PI),
    Unit::per("Arcminute", 1.0, 60.0),
    Unit::per("Arcsecond", 1.0, 3600.0),
    Unit::of("Gradian", 0.9),
    Unit::per("NatoMil", 9.0, 160.0),
    Unit::of("Revolution", 360.0),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[Value::Real(1.2), text("Degree"), text("Arcminute")], Value::Real(72.0)),
            (
                &[Value::Real(180.0), text("Degree"), text("Radian")],
                Value::Real(std::f64::consts::PI),
            ),
        ];
        check(&FUNCTION, &[Type::Real, Type::String, Type::String], Type::Real, cases);
        let unknown = [Value::Real(1.0), text("Cubit"), text("Span")];
        assert!(error(&FUNCTION, Type::Real, &unknown).contains("`Cubit`"));
    }
}
