//! `convert_volume`: a volume in another unit.

use crate::prelude::*;

use super::Unit;

pub(super) static FUNCTION: Function = Function {
    name: "convert_volume",
    aliases: &[],
    help: "A volume in another unit. A unit that is not known is an error; the units and how they are spelled are those of the Kusto manual.",
    examples: &[Example {
        query: "print v = convert_volume(2.0, 'CubicMeter', 'Liter')",
        answer: &["v:real", "2000.0"],
    }],
    meaning: Meaning::Kernel(convert_volume),
};

fn convert_volume(arguments: &Arguments<'_>) -> Answer {
    super::convert(arguments, "convert_volume", UNITS)
}

/// In cubic metres.
const UNITS: &[Unit] = &[
    Unit::of("CubicMeter", 1.0),
    Unit::of("CubicMicrometer", 1e-18),
    Unit::of("CubicMillimeter", 1e-9),
    Unit::of("CubicCentimeter", 1e-6),
    Unit::of("CubicDecimeter", 1e-3),
    Unit::of("CubicHectometer", 1e6),
    Unit::of("CubicKilometer", 1e9),
    Unit::of("HectocubicMeter", 1e2),
    Unit::of("KilocubicMeter", 1e3),
    Unit::of("Microliter", 1e-9),
    Unit::of("Milliliter", 1e-6),
    Unit::of("Centiliter", 1e-5),
    Unit::of("Deciliter", 1e-4),
    Unit::of("Liter", 1e-3),
    Unit::of("Decaliter", 1e-2),
    Unit::of("Hectoliter", 1e-1),
    Unit::of("Kiloliter", 1.0),
    Unit::of("Megaliter", 1e3),
    Unit::per("AcreFoot", 1.0, 0.000810714),
    Unit::of("AuTablespoon", 20e-6),
    Unit::of("MetricCup", 250e-6),
    Unit::of("MetricTeaspoon", 5e-6),
    Unit::of("UkTablespoon", 15e-6),
    Unit::of("OilBarrel", 0.158987294928),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(
            &[Value::Real(1.2), text("CubicMeter"), text("AcreFoot")],
            Value::Real(0.0009728568),
        )];
        check(&FUNCTION, &[Type::Real, Type::String, Type::String], Type::Real, cases);
        let unknown = [Value::Real(1.0), text("Cubit"), text("Span")];
        assert!(error(&FUNCTION, Type::Real, &unknown).contains("`Cubit`"));
    }
}
