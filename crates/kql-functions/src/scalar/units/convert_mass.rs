//! `convert_mass`: a mass in another unit.

use crate::prelude::*;

use super::Unit;

pub(super) static FUNCTION: Function = Function {
    name: "convert_mass",
    aliases: &[],
    help: "A mass in another unit. A unit that is not known is an error; the units and how they are spelled are those of the Kusto manual.",
    examples: &[Example {
        query: "print v = convert_mass(2.0, 'Tonne', 'Kilogram')",
        answer: &["v:real", "2000.0"],
    }],
    meaning: Meaning::Kernel(convert_mass),
};

fn convert_mass(arguments: &Arguments<'_>) -> Answer {
    super::convert(arguments, "convert_mass", UNITS)
}

/// In kilograms.
const UNITS: &[Unit] = &[
    Unit::of("Gram", 1e-3),
    Unit::of("Nanogram", 1e-12),
    Unit::of("Microgram", 1e-9),
    Unit::of("Milligram", 1e-6),
    Unit::of("Centigram", 1e-5),
    Unit::of("Decigram", 1e-4),
    Unit::of("Decagram", 1e-2),
    Unit::of("Hectogram", 1e-1),
    Unit::of("Kilogram", 1.0),
    Unit::of("Tonne", 1e3),
    Unit::of("Kilotonne", 1e6),
    Unit::of("Megatonne", 1e9),
    Unit::of("Grain", 64.79891e-6),
    Unit::of("Ounce", 0.028349523125),
    Unit::of("Pound", 0.45359237),
    Unit::of("Kilopound", 453.59237),
    Unit::of("Megapound", 453592.37),
    Unit::of("Stone", 6.35029318),
    Unit::of("ShortHundredweight", 45.359237),
    Unit::of("LongHundredweight", 50.80234544),
    Unit::of("ShortTon", 907.18474),
    Unit::of("LongTon", 1016.0469088),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(
            &[Value::Real(1.2), text("Kilogram"), text("Pound")],
            Value::Real(2.6455471462185307),
        )];
        check(&FUNCTION, &[Type::Real, Type::String, Type::String], Type::Real, cases);
        let unknown = [Value::Real(1.0), text("Cubit"), text("Span")];
        assert!(error(&FUNCTION, Type::Real, &unknown).contains("`Cubit`"));
    }
}
