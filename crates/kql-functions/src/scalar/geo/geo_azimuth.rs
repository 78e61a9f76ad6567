//! `geo_azimuth`: the direction from one place to another.

use super::Places;
use crate::geo::json::Place;
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_azimuth",
    aliases: &[],
    help: "The angle between north and the shortest way from one place to another (longitude, latitude; longitude, latitude), clockwise, in radians. Null where a place is out of range, or both are the same or opposite to each other.",
    examples: &[Example {
        query: "print v = round(degrees(geo_azimuth(5, 10, 10, -40)), 6)",
        answer: &["v:real", "175.015654"],
    }],
    meaning: Meaning::Kernel(geo_azimuth),
};

fn geo_azimuth(arguments: &Arguments<'_>) -> Answer {
    let (from, to) = (Places::new(arguments, 0)?, Places::new(arguments, 2)?);
    arguments.make_reals(|row| azimuth(from.at(row)?, to.at(row)?))
}

fn azimuth(from: Place, to: Place) -> Option<f64> {
    let (a, b) = (Vector::at(from.0, from.1)?, Vector::at(to.0, to.1)?);
    if a == b || a.plus(b).norm() < 1e-15 {
        return None;
    }
    let (latitude, other) = (from.1.to_radians(), to.1.to_radians());
    let across = (to.0 - from.0).to_radians();
    let east = across.sin() * other.cos();
    let north = latitude.cos() * other.sin() - latitude.sin() * other.cos() * across.cos();
    Some(east.atan2(north).rem_euclid(2.0 * std::f64::consts::PI))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[Value::Real(5.0), Value::Real(10.0), Value::Real(10.0), Value::Real(-40.0)],
                Value::Real(3.054599397964492),
            ),
            (
                &[Value::Real(5.0), Value::Real(10.0), Value::Real(5.0), Value::Real(10.0)],
                Value::Null(Type::Real),
            ),
            (
                &[Value::Real(5.0), Value::Real(100.0), Value::Real(5.0), Value::Real(10.0)],
                Value::Null(Type::Real),
            ),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Real, Type::Real], Type::Real, cases);
    }
}
