//! `convert_temperature`: a temperature in another unit.

use crate::prelude::*;

use super::Unit;

pub(super) static FUNCTION: Function = Function {
    name: "convert_temperature",
    aliases: &[],
    help: "A temperature in another unit. A unit that is not known is an error; the units and how they are spelled are those of the Kusto manual.",
    examples: &[Example {
        query: "print v = convert_temperature(20.0, 'DegreeCelsius', 'Kelvin')",
        answer: &["v:real", "293.15"],
    }],
    meaning: Meaning::Kernel(convert_temperature),
};

fn convert_temperature(arguments: &Arguments<'_>) -> Answer {
    super::convert(arguments, "convert_temperature", UNITS)
}

/// In kelvins.
const UNITS: &[Unit] = &[
    Unit::of("Kelvin", 1.0),
    Unit { name: "DegreeCelsius", factor: 1.0, per: 1.0, zero: 273.15 },
    Unit { name: "MillidegreeCelsius", factor: 1e-3, per: 1.0, zero: 273.15 },
    Unit { name: "DegreeFahrenheit", factor: 5.0 / 9.0, per: 1.0, zero: 459.67 * 5.0 / 9.0 },
    Unit::of("DegreeRankine", 5.0 / 9.0),
    Unit { name: "DegreeReaumur", factor: 5.0 / 4.0, per: 1.0, zero: 273.15 },
    Unit { name: "DegreeNewton", factor: 100.0 / 33.0, per: 1.0, zero: 273.15 },
    Unit { name: "DegreeRoemer", factor: 40.0 / 21.0, per: 1.0, zero: 273.15 - 7.5 * 40.0 / 21.0 },
    Unit { name: "DegreeDelisle", factor: -2.0 / 3.0, per: 1.0, zero: 373.15 },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[Value::Real(1.2), text("Kelvin"), text("DegreeCelsius")], Value::Real(-271.95)),
            (
                &[Value::Real(212.0), text("DegreeFahrenheit"), text("DegreeCelsius")],
                Value::Real(100.0),
            ),
            (&[Value::Real(100.0), text("DegreeCelsius"), text("DegreeDelisle")], Value::Real(0.0)),
        ];
        check(&FUNCTION, &[Type::Real, Type::String, Type::String], Type::Real, cases);
        let unknown = [Value::Real(1.0), text("Cubit"), text("Span")];
        assert!(error(&FUNCTION, Type::Real, &unknown).contains("`Cubit`"));
    }
}
