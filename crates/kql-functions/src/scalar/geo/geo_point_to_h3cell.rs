//! `geo_point_to_h3cell`: the H3 cell of a place.

use h3o::{LatLng, Resolution};

use super::{Depths, Places};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_point_to_h3cell",
    aliases: &[],
    help: "The H3 cell of a resolution (0 to 15; 6 without the third argument) that holds a longitude and latitude in degrees; \"\" where they are out of range.",
    examples: &[Example {
        query: "print v = geo_point_to_h3cell(-74.04450446039874, 40.689250859314974, 6)",
        answer: &["v:string", "862a1072fffffff"],
    }],
    meaning: Meaning::Kernel(geo_point_to_h3cell),
};

fn geo_point_to_h3cell(arguments: &Arguments<'_>) -> Answer {
    let places = Places::new(arguments, 0)?;
    let resolutions = Depths::new(arguments, 2, 6)?;
    arguments.make_strings(|row, text| {
        let point = places.at(row).and_then(|place| LatLng::new(place.1, place.0).ok());
        let resolution =
            resolutions.at(row, 0..=15).and_then(|depth| Resolution::try_from(depth).ok());
        if let (Some(point), Some(resolution)) = (point, resolution) {
            let _ = write!(text, "{}", point.to_cell(resolution));
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
            (
                &[Value::Real(-74.04450446039874), Value::Real(40.689250859314974), Value::Long(6)],
                text("862a1072fffffff"),
            ),
            (&[Value::Real(1.0), Value::Real(1.0), Value::Long(16)], text("")),
            (&[Value::Real(181.0), Value::Real(1.0), Value::Long(6)], text("")),
        ];
        check(&FUNCTION, &[Type::Real, Type::Real, Type::Long], Type::String, cases);
    }
}
