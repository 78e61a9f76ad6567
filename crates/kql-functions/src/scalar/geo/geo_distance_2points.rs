//! `geo_distance_2points`: how far two places lie apart.

use super::Places;
use crate::geo::sphere::{self, EARTH_RADIUS};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_distance_2points",
    aliases: &[],
    help: "The shortest way between two places (longitude, latitude; longitude, latitude; in degrees) in metres, on a sphere. Null where one is out of range. Measuring on a spheroid is refused.",
    examples: &[Example {
        query: "print v = round(geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056))",
        answer: &["v:real", "1546754.0"],
    }],
    meaning: Meaning::Kernel(geo_distance_2points),
};

fn geo_distance_2points(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (Places::new(arguments, 0)?, Places::new(arguments, 2)?);
    super::refuse_spheroid(arguments, 4)?;
    arguments.make_reals(|row| Some(EARTH_RADIUS * sphere::distance(a.at(row)?, b.at(row)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[
                    Value::Real(-122.407628),
                    Value::Real(47.578557),
                    Value::Real(-118.275287),
                    Value::Real(34.019056),
                ],
                Value::Real(1546754.3519738095),
            ),
            (
                &[Value::Real(300.0), Value::Real(1.0), Value::Real(1.0), Value::Real(1.0)],
                Value::Null(Type::Real),
            ),
            (
                &[Value::Real(0.0), Value::Real(1.0), Value::Null(Type::Real), Value::Real(1.0)],
                Value::Null(Type::Real),
            ),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Real, Type::Real], Type::Real, cases);
    }
}
