//! `geo_line_densify`: a line with places between those far apart.

use super::Shapes;
use crate::geo::json;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_line_densify",
    aliases: &[],
    help: "A GeoJSON line with places added, so that the shortest ways between them stay within so many metres (10 without the second argument, 0.1 at least) of straight lines on a map of longitude and latitude. Null where one is none.",
    examples: &[Example {
        query: "print v = array_length(geo_line_densify(dynamic({'type':'LineString','coordinates':[[50,50],[51,51]]})).coordinates)",
        answer: &["v:long", "9"],
    }],
    meaning: Meaning::Kernel(geo_line_densify),
};

fn geo_line_densify(arguments: &Arguments<'_>) -> Answer {
    let shapes = Shapes::new(arguments, 0, json::single_line)?;
    let tolerances = super::Tolerances::new(arguments, 1)?;
    arguments.make_dynamics(|row, text| match (shapes.at(row), tolerances.at(row)) {
        (Some(line), Some(tolerance)) => {
            json::write_line(&super::densified(&line, tolerance), text);
            true
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(
            &[json(
                r#"{"type":"LineString","coordinates":[[-73.949247,40.796860],[-73.973017,40.764323]]}"#,
            )],
            json(
                r#"{"type":"LineString","coordinates":[[-73.949247,40.79686],[-73.973017,40.764323000000008]]}"#,
            ),
        )];
        check(&FUNCTION, &[Type::Dynamic], Type::Dynamic, cases);
        let cases: &[(&[Value], Value)] = &[(
            &[json(r#"{"type":"LineString","coordinates":[[0,0],[10,0]]}"#), Value::Real(0.0)],
            Value::Null(Type::Dynamic),
        )];
        check(&FUNCTION, &[Type::Dynamic, Type::Real], Type::Dynamic, cases);
    }
}
