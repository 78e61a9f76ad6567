//! `convert_length`: a length in another unit.

use crate::prelude::*;

use super::Unit;

pub(super) static FUNCTION: Function = Function {
    name: "convert_length",
    aliases: &[],
    help: "A length in another unit. A unit that is not known is an error; the units and how they are spelled are those of the Kusto manual.",
    examples: &[Example {
        query: "print v = convert_length(1.0, 'Mile', 'Meter')",
        answer: &["v:real", "1609.344"],
    }],
    meaning: Meaning::Kernel(convert_length),
};

fn convert_length(arguments: &Arguments<'_>) -> Answer {
    super::convert(arguments, "convert_length", UNITS)
}

/// In metres.
const UNITS: &[Unit] = &[
    Unit::of("Meter", 1.0),
    Unit::of("Nanometer", 1e-9),
    Unit::of("Micrometer", 1e-6),
    Unit::of("Millimeter", 1e-3),
    Unit::of("Centimeter", 1e-2),
    Unit::of("Decimeter", 1e-1),
    Unit::of("Decameter", 1e1),
    Unit::of("Hectometer", 1e2),
    Unit::of("Kilometer", 1e3),
    Unit::of("Angstrom", 1e-10),
    Unit::of("Inch", 0.0254),
    Unit::of("Microinch", 0.0254e-6),
    Unit::of("Mil", 0.0254e-3),
    Unit::of("Hand", 0.1016),
    Unit::of("Foot", 0.3048),
    Unit::per("UsSurveyFoot", 1200.0, 3937.0),
    Unit::of("Yard", 0.9144),
    Unit::of("Fathom", 1.8288),
    Unit::of("Shackle", 27.432),
    Unit::of("Chain", 20.1168),
    Unit::of("Mile", 1609.344),
    Unit::of("DataMile", 1828.8),
    Unit::of("NauticalMile", 1852.0),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] =
            &[(&[Value::Real(1.2), text("Meter"), text("Foot")], Value::Real(3.9370078740157477))];
        check(&FUNCTION, &[Type::Real, Type::String, Type::String], Type::Real, cases);
        let unknown = [Value::Real(1.0), text("Cubit"), text("Span")];
        assert!(error(&FUNCTION, Type::Real, &unknown).contains("`Cubit`"));
    }
}
