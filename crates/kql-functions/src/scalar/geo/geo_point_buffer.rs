//! `geo_point_buffer`: a circle round a place.

use super::Places;
use super::buffers::Buffers;
use super::shapes;
use crate::geo::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_point_buffer",
    aliases: &[],
    help: "A GeoJSON polygon of all places within a radius in metres of a longitude and latitude, on a sphere. Its border keeps within a tolerance in metres of the circle (10 without the argument, at least a millionth of the radius). Null where an argument makes no sense.",
    examples: &[Example {
        query: "print v = array_length(geo_point_buffer(-115.1745008278, 36.1497251277, 20000).coordinates[0])",
        answer: &["v:long", "101"],
    }],
    meaning: Meaning::Kernel(geo_point_buffer),
};

fn geo_point_buffer(arguments: &Arguments<'_>) -> Answer {
    let places = Places::new(arguments, 0)?;
    let buffers = Buffers::new(arguments, 2)?;
    arguments.make_dynamics(|row, text| match (places.at(row), buffers.at(row)) {
        (Some(place), Some(buffer)) => {
            let circle = buffer.circle(Vector::unchecked(place.0, place.1));
            shapes::write_regions(&[vec![circle]], text)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn answers() {
        let reals = |values: [f64; 3]| values.map(Value::Real);
        let null = || Value::Null(Type::Dynamic);
        let cases: &[(&[Value], Value)] = &[
            (&reals([200.0, 1.0, 0.1]), null()),
            (&reals([10.0, 10.0, -1.0]), null()),
            (&reals([10.0, 10.0, f64::NAN]), null()),
        ];
        check(&FUNCTION, &[Type::Real; 3], Type::Dynamic, cases);
    }
}
