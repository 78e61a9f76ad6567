//! `geo_angle`: the angle at a place.

use super::Places;
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_angle",
    aliases: &[],
    help: "The angle at the second of three places (longitude, latitude; three times) between the shortest ways to the first and the third, clockwise, in radians. Null where one is out of range, or two that follow each other are the same or opposite.",
    examples: &[Example {
        query: "print v = round(geo_angle(0, 10, 0, 5, 3, -10), 6)",
        answer: &["v:real", "2.944938"],
    }],
    meaning: Meaning::Kernel(geo_angle),
};

fn geo_angle(arguments: &Arguments<'_>) -> Answer {
    let [a, b, c] =
        [Places::new(arguments, 0)?, Places::new(arguments, 2)?, Places::new(arguments, 4)?];
    arguments.make_reals(|row| {
        let point =
            |places: &Places<'_>| places.at(row).map(|place| Vector::unchecked(place.0, place.1));
        angle(point(&a)?, point(&b)?, point(&c)?)
    })
}

fn angle(a: Vector, b: Vector, c: Vector) -> Option<f64> {
    let (from, to) = (b.across(a), b.across(c));
    if from.norm() < 1e-15 || to.norm() < 1e-15 {
        return None;
    }
    let angle = from.angle(to);
    // Against the clock it is the rest of the circle.
    let is_clockwise = b.dot(from.cross(to)) <= 0.0;
    Some(if is_clockwise { angle } else { 2.0 * std::f64::consts::PI - angle })
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
                    Value::Real(0.0),
                    Value::Real(10.0),
                    Value::Real(0.0),
                    Value::Real(5.0),
                    Value::Real(3.0),
                    Value::Real(-10.0),
                ],
                Value::Real(2.9449384340688165),
            ),
            (
                &[
                    Value::Real(0.0),
                    Value::Real(10.0),
                    Value::Real(0.0),
                    Value::Real(10.0),
                    Value::Real(3.0),
                    Value::Real(-10.0),
                ],
                Value::Null(Type::Real),
            ),
        ];
        check(
            &FUNCTION,
            &[Type::Real, Type::Real, Type::Real, Type::Real, Type::Real, Type::Real],
            Type::Real,
            cases,
        );
    }
}
