//! `convert_force`: a force in another unit.

use crate::prelude::*;

use super::Unit;

pub(super) static FUNCTION: Function = Function {
    name: "convert_force",
    aliases: &[],
    help: "A force in another unit. A unit that is not known is an error; the units and how they are spelled are those of the Kusto manual.",
    examples: &[Example {
        query: "print v = convert_force(1.2, 'Newton', 'Decanewton')",
        answer: &["v:real", "0.12"],
    }],
    meaning: Meaning::Kernel(convert_force),
};

fn convert_force(arguments: &Arguments<'_>) -> Answer {
    super::convert(arguments, "convert_force", UNITS)
}

/// In newtons.
const UNITS: &[Unit] = &[
    Unit::of("Newton", 1.0),
    Unit::of("Micronewton", 1e-6),
    Unit::of("Millinewton", 1e-3),
    Unit::of("Decanewton", 1e1),
    Unit::of("Kilonewton", 1e3),
    Unit::of("Meganewton", 1e6),
    Unit::of("Dyn", 1e-5),
    Unit::of("KilogramForce", 9.80665),
    Unit::of("KiloPond", 9.80665),
    Unit::of("TonneForce", 9806.65),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[Value::Real(1.2), text("Newton"), text("Decanewton")], Value::Real(0.12)),
            (&[Value::Real(1.0), text("KilogramForce"), text("Newton")], Value::Real(9.80665)),
        ];
        check(&FUNCTION, &[Type::Real, Type::String, Type::String], Type::Real, cases);
        let unknown = [Value::Real(1.0), text("Cubit"), text("Span")];
        assert!(error(&FUNCTION, Type::Real, &unknown).contains("`Cubit`"));
    }
}
