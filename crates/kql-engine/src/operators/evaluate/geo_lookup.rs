//! `geo_polygon_lookup(table, polygon, longitude, latitude, radius)`, `geo_line_lookup`: rows beside the rows of a table whose
//! shapes hold their places or lie near them.

use std::sync::Arc;

use arrow::array::{Array, RecordBatch};
use datafusion::common::Result;
use kql_functions::Example;
use kql_functions::geo::json;
use kql_functions::geo::polygon::{Polygon, any_holds, closest_of};
use kql_functions::geo::sphere::{EARTH_RADIUS, Vector};
use kql_functions::physical;
use kql_semantics::bound::Scalar;
use kql_semantics::{Type, Value};

use super::table_lookup::{Find, TableLookup, key_column, table_of};
use super::{Call, Plugin};
use crate::QueryError;
use crate::cells;
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};

pub(super) static GEO_LINE_LOOKUP: Plugin = Plugin {
    name: "geo_line_lookup",
    help: "The rows beside those of a table whose GeoJSON lines lie within a radius in metres of their longitude and latitude; with rows near none where `return_unmatched` is true, with the lines where `return_lookup_key` is.",
    examples: &[Example {
        query: "datatable(x:real, y:real)[0.5, 0.0001] | evaluate geo_line_lookup((datatable(name:string, line:dynamic)['equator', dynamic({'type':'LineString','coordinates':[[0,0],[1,0]]})]), line, x, y, 100)",
        answer: &["x:real, y:real, name:string", "0.5, 0.0001, equator"],
    }],
    lower,
};

pub(super) static GEO_POLYGON_LOOKUP: Plugin = Plugin {
    name: "geo_polygon_lookup",
    help: "The rows beside those of a table whose GeoJSON polygons hold their longitude and latitude, or lie within a radius in metres; with rows in none where `return_unmatched` is true, with the polygons where `return_lookup_key` is.",
    examples: &[Example {
        query: "datatable(x:real, y:real)[0.5, 0.5, 5, 5] | evaluate geo_polygon_lookup((datatable(name:string, area:dynamic)['square', dynamic({'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,1],[0,0]]]})]), area, x, y)",
        answer: &["x:real, y:real, name:string", "0.5, 0.5, square"],
    }],
    lower,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let table = table_of(call)?;
    let plan = call.input(lowering)?;
    let other = lowering.rowset(table)?;
    let options = Options::new(lowering, call)?;
    let places = [call.needed(2)?, call.needed(3)?];
    let plan = lowering.prepared(plan, &places)?;
    let mut held = Vec::new();
    for place in places {
        let name = lowering.fresh("x");
        held.push((lowering.scalar(place)?, (name, place.ty)));
    }
    let columns = held.iter().map(|(value, (name, _))| (value.clone(), name.clone())).collect();
    let plan = plan.extend(columns)?;
    let held: Vec<(String, Type)> = held.into_iter().map(|(_, named)| named).collect();
    let key = key_column(call.needed(1)?)?;
    let is_line = &*call.evaluate.plugin == "geo_line_lookup";
    let reads = held.iter().map(|(name, _)| name.clone()).collect();
    let radius = options.radius;
    let index = move |table: &RecordBatch| -> Result<Box<Find>> {
        let texts = cells::texts(table, &key)?;
        let shape = |row| (!texts.is_null(row)).then(|| Shape::read(texts.value(row), is_line));
        let shapes: Vec<(u32, Shape)> = (0_u32..)
            .zip(0..texts.len())
            .filter_map(|(number, row)| Some((number, shape(row).flatten()?)))
            .collect();
        let held = held.clone();
        Ok(Box::new(move |batch| found(batch, &held, &shapes, radius)))
    };
    let operator = TableLookup {
        name: "GeoLookup",
        reads,
        table: table.columns.iter().map(|own| (column_name(own.id), own.ty)).collect(),
        returns_unmatched: options.returns_unmatched,
        index: Box::new(index),
    };
    call.given(plan.operator_with(Arc::new(operator), other)?)
}

/// What the arguments after the places say.
struct Options {
    radius: Option<f64>,
    returns_unmatched: bool,
}

impl Options {
    fn new(lowering: &Lowering<'_>, call: &Call<'_>) -> Result<Self, QueryError> {
        let given = |at: usize, name: &str| call.named(name).or_else(|| call.scalar(at));
        let constant =
            |argument: Option<&Scalar>| argument.map(|own| lowering.constant(own)).transpose();
        let radius = constant(given(4, "radius"))?.as_ref().and_then(number);
        let unmatched = constant(given(5, "return_unmatched"))?;
        Ok(Self { radius, returns_unmatched: unmatched == Some(Value::Bool(true)) })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a radius is a few digits")]
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Real(number) => Some(*number),
        Value::Long(number) => Some(*number as f64),
        Value::Int(number) => Some(f64::from(*number)),
        Value::Decimal(number) => Some(number.to_f64()),
        _ => None,
    }
}

/// A shape of the table.
enum Shape {
    Polygons(Vec<Polygon>),
    Lines(Vec<(Vector, Vector)>),
}

impl Shape {
    fn read(text: &str, is_line: bool) -> Option<Self> {
        if !is_line {
            return json::polygons(text).map(Self::Polygons);
        }
        let point = |place: &json::Place| Vector::unchecked(place.0, place.1);
        let lines = json::lines(text)?;
        let two = lines.iter().flat_map(|line| line.iter().zip(line.iter().skip(1)));
        Some(Self::Lines(two.map(|(a, b)| (point(a), point(b))).collect()))
    }

    /// Whether a point lies in it, or so many metres from it at most.
    fn is_near(&self, point: Vector, radius: Option<f64>) -> bool {
        let far = |edges: &mut dyn Iterator<Item = (Vector, Vector)>| {
            closest_of(edges, point).map(|closest| EARTH_RADIUS * point.angle(closest))
        };
        let is_within =
            |far: Option<f64>| far.zip(radius).is_some_and(|(far, radius)| far <= radius);
        match self {
            Self::Polygons(polygons) => {
                any_holds(polygons, point)
                    || radius.is_some()
                        && is_within(far(&mut polygons.iter().flat_map(Polygon::edges)))
            }
            Self::Lines(edges) => is_within(far(&mut edges.iter().copied())),
        }
    }
}

/// For each row of a batch the rows of the table whose shapes are near its place.
fn found(
    batch: &RecordBatch,
    held: &[(String, Type)],
    shapes: &[(u32, Shape)],
    radius: Option<f64>,
) -> Result<Vec<Vec<u32>>> {
    let columns = held.iter().map(|(name, ty)| Ok((cells::column(batch, name)?, *ty)));
    let columns = columns.collect::<Result<Vec<_>>>()?;
    let place = |row: usize| {
        let mut degrees =
            columns.iter().map(|(array, ty)| number(&physical::value_at(array, row, *ty)));
        Vector::at(degrees.next()??, degrees.next()??)
    };
    let of_row = |row: usize| match place(row) {
        Some(point) => {
            let near = shapes.iter().filter(|(_, shape)| shape.is_near(point, radius));
            near.map(|(number, _)| *number).collect()
        }
        None => Vec::new(),
    };
    Ok((0..batch.num_rows()).map(of_row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_hold_what_lies_in_them_or_near() {
        let square = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}"#;
        let polygon = Shape::read(square, false).unwrap();
        let at = Vector::unchecked;
        assert!(polygon.is_near(at(0.5, 0.5), None) && !polygon.is_near(at(1.5, 0.5), None));
        assert!(polygon.is_near(at(1.5, 0.5), Some(60_000.0)));
        let line =
            Shape::read(r#"{"type":"LineString","coordinates":[[0,0],[1,0]]}"#, true).unwrap();
        assert!(
            line.is_near(at(0.5, 0.1), Some(12_000.0))
                && !line.is_near(at(0.5, 0.1), Some(11_000.0))
        );
        assert!(Shape::read(square, true).is_none());
    }
}
