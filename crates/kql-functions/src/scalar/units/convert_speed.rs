//! `convert_speed`: a speed in another unit.

use crate::prelude::*;

use super::Unit;

pub(super) static FUNCTION: Function = Function {
    name: "convert_speed",
    aliases: &[],
    help: "A speed in another unit. A unit that is not known is an error; the units and how they are spelled are those of the Kusto manual.",
    examples: &[Example {
        query: "print v = convert_speed(1.2, 'MeterPerSecond', 'CentimeterPerHour')",
        answer: &["v:real", "432000.0"],
    }],
    meaning: Meaning::Kernel(convert_speed),
};

fn convert_speed(arguments: &Arguments<'_>) -> Answer {
    super::convert(arguments, "convert_speed", UNITS)
}

/// In metres a second.
const UNITS: &[Unit] = &[
    Unit::of("MeterPerSecond", 1.0),
    Unit::per("MeterPerMinute", 1.0, 60.0),
    Unit::per("MeterPerHour", 1.0, 3600.0),
    Unit::of("NanometerPerSecond", 1e-9),
    Unit::per("NanometerPerMinute", 1e-9, 60.0),
    Unit::per("NanometerPerHour", 1e-9, 3600.0),
    Unit::of("MicrometerPerSecond", 1e-6),
    Unit::per("MicrometerPerMinute", 1e-6, 60.0),
    Unit::per("MicrometerPerHour", 1e-6, 3600.0),
    Unit::of("MillimeterPerSecond", 1e-3),
    Unit::per("MillimeterPerMinute", 1e-3, 60.0),
    Unit::per("MillimeterPerHour", 1e-3, 3600.0),
    Unit::of("CentimeterPerSecond", 1e-2),
    Unit::per("CentimeterPerMinute", 1e-2, 60.0),
    Unit::per("CentimeterPerHour", 1e-2, 3600.0),
    Unit::of("DecimeterPerSecond", 1e-1),
    Unit::per("DecimeterPerMinute", 1e-1, 60.0),
    Unit::per("DecimeterPerHour", 1e-1, 3600.0),
    Unit::of("KilometerPerSecond", 1e3),
    Unit::per("KilometerPerMinute", 1e3, 60.0),
    Unit::per("KilometerPerHour", 1e3, 3600.0),
    Unit::of("InchPerSecond", 0.0254),
    Unit::per("InchPerMinute", 0.0254, 60.0),
    Unit::per("InchPerHour", 0.0254, 3600.0),
    Unit::of("FootPerSecond", 0.3048),
    Unit::per("FootPerMinute", 0.3048, 60.0),
    Unit::per("FootPerHour", 0.3048, 3600.0),
    Unit::per("UsSurveyFootPerSecond", 1200.0, 3937.0),
    Unit::per("UsSurveyFootPerMinute", 1200.0 / 3937.0, 60.0),
    Unit::per("UsSurveyFootPerHour", 1200.0 / 3937.0, 3600.0),
    Unit::of("YardPerSecond", 0.9144),
    Unit::per("YardPerMinute", 0.9144, 60.0),
    Unit::per("YardPerHour", 0.9144, 3600.0),
    Unit::of("MilePerHour", 0.44704),
    Unit::per("Knot", 1852.0, 3600.0),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[Value::Real(1.2), text("MeterPerSecond"), text("CentimeterPerHour")],
                Value::Real(432000.0),
            ),
            (&[Value::Real(1.0), text("Knot"), text("KilometerPerHour")], Value::Real(1.852)),
        ];
        check(&FUNCTION, &[Type::Real, Type::String, Type::String], Type::Real, cases);
        let unknown = [Value::Real(1.0), text("Cubit"), text("Span")];
        assert!(error(&FUNCTION, Type::Real, &unknown).contains("`Cubit`"));
    }
}
