//! `basket(threshold, weight, dimensions, ...)`: all combinations of values that so many of the rows have.

use std::collections::{BTreeMap, BTreeSet};

use kql_functions::KernelError;
use kql_semantics::bound::{Scalar, ScalarKind};
use kql_semantics::{Type, Value};

use super::whole::{Row, key};
use super::{Call, whole};
use crate::QueryError;
use crate::cells::{long, real};
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::Plan;

/// How many combinations are looked at.
const MOST: usize = 100_000;

pub(super) fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let constant = |at: usize| call.scalar(at).map(|own| lowering.constant(own)).transpose();
    let threshold = constant(0)?.as_ref().and_then(real).unwrap_or(0.05);
    if call.scalar(1).is_some_and(|own| lowering.depends_on_rows(own)) || call.scalar(3).is_some() {
        let what = "`basket` with a weight column or wildcards";
        return Err(refused(not_supported(what, call.evaluate.span)));
    }
    let most = constant(2)?.as_ref().and_then(long).unwrap_or(5);
    let columns = call.evaluate.input.iter().flat_map(|input| &input.columns);
    let types: Vec<Type> = columns.clone().map(|own| own.ty).collect();
    let reads: Vec<Scalar> = columns
        .map(|own| Scalar::new(ScalarKind::Column(own.id), own.ty, call.evaluate.span))
        .collect();
    let reads: Vec<&Scalar> = reads.iter().collect();
    let most = usize::try_from(most).unwrap_or(0);
    let compute = move |rows: Vec<Row>| segments(&rows, &types, threshold, most);
    whole::lower(lowering, call, "Basket", &reads, Box::new(compute))
}

/// A combination: columns with the values they have, and the rows that have them.
#[derive(Clone)]
struct Segment {
    values: Vec<(usize, Value)>,
    rows: BTreeSet<u32>,
}

fn segments(
    rows: &[Row],
    types: &[Type],
    threshold: f64,
    most: usize,
) -> Result<Vec<Row>, KernelError> {
    #[expect(clippy::cast_precision_loss, reason = "rows are counted")]
    let share = |count: usize| count as f64 / rows.len() as f64;
    let mut singles: Vec<Segment> = Vec::new();
    for column in 0..types.len() {
        let mut values: BTreeMap<String, Segment> = BTreeMap::new();
        for (at, row) in (0_u32..).zip(rows) {
            let Some(value) = row.get(column) else { continue };
            let segment = values.entry(key(value)).or_insert_with(|| Segment {
                values: vec![(column, value.clone())],
                rows: BTreeSet::new(),
            });
            segment.rows.insert(at);
        }
        singles.extend(values.into_values().filter(|own| share(own.rows.len()) > threshold));
    }
    let mut found = singles.clone();
    let mut last = singles.clone();
    for _ in 1..most.min(types.len()) {
        let mut next = Vec::new();
        for segment in &last {
            let behind = segment.values.last().map_or(0, |(column, _)| column + 1);
            for single in singles.iter().filter(|own| own.values[0].0 >= behind) {
                let common: BTreeSet<u32> =
                    segment.rows.intersection(&single.rows).copied().collect();
                if share(common.len()) > threshold {
                    let values = segment.values.iter().chain(&single.values).cloned().collect();
                    next.push(Segment { values, rows: common });
                }
            }
            if found.len() + next.len() > MOST {
                return Err(KernelError(format!(
                    "basket finds more than {MOST} combinations: raise its threshold, or give it fewer columns"
                )));
            }
        }
        if next.is_empty() {
            break;
        }
        found.extend(next.iter().cloned());
        last = next;
    }
    found.sort_by_key(|segment| std::cmp::Reverse(segment.rows.len()));
    let made = found.iter().enumerate().map(|(at, segment)| {
        let count = segment.rows.len();
        let number = |count: usize| Value::Long(i64::try_from(count).unwrap_or(i64::MAX));
        let mut row = vec![number(at), number(count), Value::Real(share(count) * 100.0)];
        for (column, ty) in types.iter().enumerate() {
            let own = segment.values.iter().find(|(own, _)| *own == column);
            row.push(own.map_or(Value::Null(*ty), |(_, value)| value.clone()));
        }
        row
    });
    Ok(made.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_frequent() {
        let row = |a: &str, b: i64| vec![Value::string(a), Value::Long(b)];
        let rows = [row("x", 1), row("x", 1), row("x", 2), row("y", 3)];
        let found = segments(&rows, &[Type::String, Type::Long], 0.4, 5).unwrap();
        let shown: Vec<_> =
            found.iter().map(|row| (row[1].clone(), row[3].clone(), row[4].clone())).collect();
        let null = || Value::Null(Type::Long);
        assert_eq!(
            shown,
            [
                (Value::Long(3), Value::string("x"), null()),
                (Value::Long(2), Value::Null(Type::String), Value::Long(1)),
                (Value::Long(2), Value::string("x"), Value::Long(1)),
            ]
        );
    }
}
