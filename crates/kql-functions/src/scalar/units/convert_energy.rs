//! `convert_energy`: an energy in another unit.

use crate::prelude::*;

use super::Unit;

pub(super) static FUNCTION: Function = Function {
    name: "convert_energy",
    aliases: &[],
    help: "An energy in another unit. A unit that is not known is an error; the units and how they are spelled are those of the Kusto manual.",
    examples: &[Example {
        query: "print v = convert_energy(1.0, 'KilowattHour', 'Joule')",
        answer: &["v:real", "3600000.0"],
    }],
    meaning: Meaning::Kernel(convert_energy),
};

fn convert_energy(arguments: &Arguments<'_>) -> Answer {
    super::convert(arguments, "convert_energy", UNITS)
}

/// In joules.
const UNITS: &[Unit] = &[
    Unit::of("Joule", 1.0),
    Unit::of("Millijoule", 1e-3),
    Unit::of("Kilojoule", 1e3),
    Unit::of("Megajoule", 1e6),
    Unit::of("Gigajoule", 1e9),
    Unit::of("Calorie", 4.184),
    Unit::of("Kilocalorie", 4.184 * 1e3),
    Unit::of("Megacalorie", 4.184 * 1e6),
    Unit::of("BritishThermalUnit", 1055.05585262),
    Unit::of("KilobritishThermalUnit", 1055.05585262e3),
    Unit::of("MegabritishThermalUnit", 1055.05585262e6),
    Unit::of("GigabritishThermalUnit", 1055.05585262e9),
    Unit::of("Erg", 1e-7),
    Unit::of("WattHour", 3600.0),
    Unit::of("KilowattHour", 3600e3),
    Unit::of("MegawattHour", 3600e6),
    Unit::of("GigawattHour", 3600e9),
    Unit::of("TerawattHour", 3600e12),
    Unit::of("WattDay", 86400.0),
    Unit::of("KilowattDay", 86400e3),
    Unit::of("MegawattDay", 86400e6),
    Unit::of("GigawattDay", 86400e9),
    Unit::of("TerawattDay", 86400e12),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(
            &[Value::Real(1.2), text("Joule"), text("BritishThermalUnit")],
            Value::Real(0.0011373805443759806),
        )];
        check(&FUNCTION, &[Type::Real, Type::String, Type::String], Type::Real, cases);
        let unknown = [Value::Real(1.0), text("Cubit"), text("Span")];
        assert!(error(&FUNCTION, Type::Real, &unknown).contains("`Cubit`"));
    }
}
