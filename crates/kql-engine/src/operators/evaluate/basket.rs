//! `basket(threshold, weight, dimensions, ...)`: all combinations of values that so many of the rows have.

use std::collections::{BTreeMap, BTreeSet};

use kql_functions::Example;
use kql_functions::KernelError;
use kql_semantics::Value;
use kql_semantics::bound::{Scalar, ScalarKind};

use super::whole::{Row, key};
use super::{Call, Plugin, whole};
use crate::QueryError;
use crate::cells::{long, real};
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::Plan;

pub(super) static PLUGIN: Plugin = Plugin {
    name: "basket",
    help: "The combinations of values that at least so many of the rows have (0.05 of them without the argument), most frequent first: how many rows that are and how much of all, and for each column its value, or a wildcard (null, an empty string, or the constant of its type that is given) where the combination leaves it open. Of combinations that the same rows have only the one of most values. Values that hold wherever others hold do not count as dimensions, of which 5 are the most without the argument. A column of weights is refused: whether it is a dimension itself is not documented.",
    examples: &[Example {
        query: "datatable(a:string, b:string)['x','1', 'x','1', 'y','2', 'x','2'] | evaluate basket(0.4)",
        answer: &[
            "SegmentId:long, Count:long, Percent:real, a:string, b:string",
            "0, 3, 75.0, x, ",
            "1, 2, 50.0, x, 1",
            "2, 2, 50.0, , 2",
        ],
    }],
    lower,
};

/// How many combinations are looked at.
const MOST: usize = 100_000;

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let constant = |at: usize| call.scalar(at).map(|own| lowering.constant(own)).transpose();
    let threshold = constant(0)?.as_ref().and_then(real).unwrap_or(0.05);
    if call.scalar(1).is_some_and(|own| lowering.depends_on_rows(own)) {
        let what = "`basket` with a column of weights";
        return Err(refused(not_supported(what, call.evaluate.span)));
    }
    let most = constant(2)?.as_ref().and_then(long).unwrap_or(5);
    let mut wildcards = Vec::new();
    for at in 3.. {
        let Some(wildcard) = constant(at)? else { break };
        // A tilde stands for what is usual.
        if wildcard != Value::string("~") {
            wildcards.push(wildcard);
        }
    }
    let columns = call.evaluate.input.iter().flat_map(|input| &input.columns);
    let open = columns.clone().map(|own| {
        let wildcard = wildcards.iter().find(|wildcard| wildcard.ty() == own.ty);
        wildcard.cloned().unwrap_or(Value::Null(own.ty))
    });
    let open: Vec<Value> = open.collect();
    let reads: Vec<Scalar> = columns
        .map(|own| Scalar::new(ScalarKind::Column(own.id), own.ty, call.evaluate.span))
        .collect();
    let reads: Vec<&Scalar> = reads.iter().collect();
    let most = usize::try_from(most).unwrap_or(0);
    let compute = move |rows: Vec<Row>| segments(&rows, &open, threshold, most);
    whole::lower(lowering, call, "Basket", &reads, Box::new(compute))
}

/// A combination: columns with the values they have, and the rows that have them.
#[derive(Clone)]
struct Segment {
    values: Vec<(usize, Value)>,
    rows: BTreeSet<u32>,
}

/// The combinations that are frequent, and what stands in columns that one leaves open.
fn segments(
    rows: &[Row],
    open: &[Value],
    threshold: f64,
    most: usize,
) -> Result<Vec<Row>, KernelError> {
    #[expect(clippy::cast_precision_loss, reason = "rows are counted")]
    let share = |count: usize| count as f64 / rows.len() as f64;
    let is_frequent = |count: usize| share(count) >= threshold;
    let mut singles: Vec<Segment> = Vec::new();
    for column in 0..open.len() {
        let mut values: BTreeMap<String, Segment> = BTreeMap::new();
        for (at, row) in (0_u32..).zip(rows) {
            let Some(value) = row.get(column) else { continue };
            let segment = values.entry(key(value)).or_insert_with(|| Segment {
                values: vec![(column, value.clone())],
                rows: BTreeSet::new(),
            });
            segment.rows.insert(at);
        }
        singles.extend(values.into_values().filter(|own| is_frequent(own.rows.len())));
    }
    let mut found = singles.clone();
    let mut last = singles.clone();
    for _ in 1..most.min(open.len()) {
        let mut next = Vec::new();
        for segment in &last {
            let behind = segment.values.last().map_or(0, |(column, _)| column + 1);
            for single in singles.iter().filter(|own| own.values[0].0 >= behind) {
                let common: BTreeSet<u32> =
                    segment.rows.intersection(&single.rows).copied().collect();
                // Where the rows stay the same, the value comes with the others and is no dimension.
                let is_new = common.len() < segment.rows.len();
                if is_new && is_frequent(common.len()) {
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
    // Rows that have a combination have all that is given with it.
    let mut seen = BTreeSet::new();
    found.retain(|segment| seen.insert(segment.rows.clone()));
    for segment in &mut found {
        let holding = singles.iter().filter(|single| segment.rows.is_subset(&single.rows));
        segment.values = holding.flat_map(|single| single.values.clone()).collect();
    }
    found.sort_by_key(|segment| std::cmp::Reverse(segment.rows.len()));
    let made = found.iter().enumerate().map(|(at, segment)| {
        let count = segment.rows.len();
        let number = |count: usize| Value::Long(i64::try_from(count).unwrap_or(i64::MAX));
        let mut row = vec![number(at), number(count), Value::Real(share(count) * 100.0)];
        for (column, wildcard) in open.iter().enumerate() {
            let own = segment.values.iter().find(|(own, _)| *own == column);
            row.push(own.map_or(wildcard.clone(), |(_, value)| value.clone()));
        }
        row
    });
    Ok(made.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql_semantics::Type;

    #[test]
    fn finds_what_is_frequent() {
        let row = |a: &str, b: i64| vec![Value::string(a), Value::Long(b)];
        let rows = [row("x", 1), row("x", 1), row("x", 2), row("y", 3)];
        let open = [Value::string("*"), Value::Null(Type::Long)];
        let found = segments(&rows, &open, 0.5, 5).unwrap();
        let shown: Vec<_> =
            found.iter().map(|row| (row[1].clone(), row[3].clone(), row[4].clone())).collect();
        // All rows with 1 have x too.
        assert_eq!(
            shown,
            [
                (Value::Long(3), Value::string("x"), Value::Null(Type::Long)),
                (Value::Long(2), Value::string("x"), Value::Long(1)),
            ]
        );
        let y = segments(&rows, &open, 0.25, 5).unwrap();
        assert!(y.iter().any(|row| row[3] == Value::string("y") && row[4] == Value::Long(3)));
    }
}
