//! `geo_point_to_geohash`: the geohash of a place.

use super::{Depths, Places};
use crate::geo::geohash;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_point_to_geohash",
    aliases: &[],
    help: "The geohash of so many characters (1 to 18; 5 without the third argument) of a longitude and latitude in degrees; \"\" where they are out of range.",
    examples: &[Example {
        query: "print v = geo_point_to_geohash(-80.195829, 25.802215, 8)",
        answer: &["v:string", "dhwfz15h"],
    }],
    meaning: Meaning::Kernel(geo_point_to_geohash),
};

fn geo_point_to_geohash(arguments: &Arguments<'_>) -> Answer {
    let places = Places::new(arguments, 0)?;
    let lengths = Depths::new(arguments, 2, 5)?;
    arguments.make_strings(|row, text| {
        if let (Some(place), Some(length)) = (places.at(row), lengths.at(row, 1..=geohash::LONGEST))
        {
            geohash::write(place.0, place.1, length, text);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[Value::Real(-80.195829), Value::Real(25.802215), Value::Long(8)], text("dhwfz15h")),
            (&[Value::Real(200.0), Value::Real(1.0), Value::Long(8)], text("")),
            (&[Value::Real(1.0), Value::Real(1.0), Value::Null(Type::Long)], text("")),
            (&[Value::Real(1.0), Value::Real(1.0), Value::Long(19)], text("")),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Long], Type::String, cases);
    }
}
