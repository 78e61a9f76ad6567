//! `geo_point_to_s2cell`: the S2 cell of a place.

use super::{Depths, Places};
use crate::geo::s2::{Cell, DEEPEST};
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_point_to_s2cell",
    aliases: &[],
    help: "The token of the S2 cell of a level (0 to 30; 11 without the third argument) that holds a longitude and latitude in degrees; \"\" where they are out of range.",
    examples: &[Example {
        query: "print v = geo_point_to_s2cell(-80.195829, 25.802215, 8)",
        answer: &["v:string", "88d9b"],
    }],
    meaning: Meaning::Kernel(geo_point_to_s2cell),
};

fn geo_point_to_s2cell(arguments: &Arguments<'_>) -> Answer {
    let places = Places::new(arguments, 0)?;
    let levels = Depths::new(arguments, 2, 11)?;
    arguments.make_strings(|row, text| {
        let point = places.at(row).and_then(|place| Vector::at(place.0, place.1));
        if let (Some(point), Some(level)) = (point, levels.at(row, 0..=DEEPEST)) {
            text.push_str(&Cell::of(point, level).token());
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
            (&[Value::Real(-80.195829), Value::Real(25.802215), Value::Long(8)], text("88d9b")),
            (&[Value::Real(300.0), Value::Real(1.0), Value::Long(8)], text("")),
            (&[Value::Real(1.0), Value::Real(1.0), Value::Long(35)], text("")),
            (&[Value::Real(1.0), Value::Real(1.0), Value::Null(Type::Long)], text("")),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Long], Type::String, cases);
    }
}
