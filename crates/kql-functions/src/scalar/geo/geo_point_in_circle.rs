//! `geo_point_in_circle`: whether a place lies in a circle.

use super::Places;
use crate::geo::sphere::{self, EARTH_RADIUS};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_point_in_circle",
    aliases: &[],
    help: "Whether a place lies no further than so many metres from another (longitude, latitude; longitude, latitude; radius). Null where a place is out of range, or the radius negative.",
    examples: &[Example {
        query: "print v = geo_point_in_circle(-122.143564, 47.535677, -122.100896, 47.527351, 3500)",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(geo_point_in_circle),
};

fn geo_point_in_circle(arguments: &Arguments<'_>) -> Answer {
    let (places, centers) = (Places::new(arguments, 0)?, Places::new(arguments, 2)?);
    let radii = arguments.reals(4)?;
    arguments.make_bools(|row| {
        let radius = radii.at(row).filter(|radius| *radius >= 0.0)?;
        let distance = sphere::distance(places.at(row)?, centers.at(row)?);
        Some(EARTH_RADIUS * distance <= radius)
    })
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
                    Value::Real(-122.143564),
                    Value::Real(47.535677),
                    Value::Real(-122.100896),
                    Value::Real(47.527351),
                    Value::Real(3500.0),
                ],
                Value::Bool(true),
            ),
            (
                &[
                    Value::Real(-122.137575),
                    Value::Real(47.630683),
                    Value::Real(-122.100896),
                    Value::Real(47.527351),
                    Value::Real(3500.0),
                ],
                Value::Bool(false),
            ),
            (
                &[
                    Value::Real(0.0),
                    Value::Real(91.0),
                    Value::Real(0.0),
                    Value::Real(0.0),
                    Value::Real(1.0),
                ],
                Value::Null(Type::Bool),
            ),
            (
                &[
                    Value::Real(0.0),
                    Value::Real(1.0),
                    Value::Real(0.0),
                    Value::Real(0.0),
                    Value::Real(-1.0),
                ],
                Value::Null(Type::Bool),
            ),
        ];
        check(
            &FUNCTION,
            &[Type::Real, Type::Real, Type::Real, Type::Real, Type::Real],
            Type::Bool,
            cases,
        );
    }
}
