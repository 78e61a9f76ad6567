//! `geo_union_polygons_array`: several polygons as one.

use super::{Shapes, shapes};
use crate::geo::{json, overlay};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_union_polygons_array",
    aliases: &[],
    help: "What an array of GeoJSON polygons are together, on a sphere: a polygon, or several where they do not all meet. Null where one is none.",
    examples: &[Example {
        query: "print v = array_length(geo_union_polygons_array(dynamic([{'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]},{'type':'Polygon','coordinates':[[[1,1],[3,1],[3,3],[1,3],[1,1]]]}])).coordinates[0])",
        answer: &["v:long", "9"],
    }],
    meaning: Meaning::Kernel(geo_union_polygons_array),
};

fn geo_union_polygons_array(arguments: &Arguments<'_>) -> Answer {
    let polygons = Shapes::new(arguments, 0, json::polygons_array)?;
    arguments.try_dynamics(|row, text| {
        let Some(polygons) = polygons.at(row) else { return Ok(false) };
        let regions = polygons.iter().map(|polygons| overlay::regions(polygons));
        let union = overlay::union(regions.collect::<Result<_, _>>()?)?;
        Ok(shapes::write_regions(&union, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn answers() {
        let square = r#"{"type":"Polygon","coordinates":[[[0,0],[45,0],[45,45],[0,0]]]}"#;
        let cases: &[(&[Value], Value)] = &[
            (&[json(&format!("[{square},{{}}]"))], Value::Null(Type::Dynamic)),
            (&[json("[]")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::Dynamic], Type::Dynamic, cases);
    }
}
