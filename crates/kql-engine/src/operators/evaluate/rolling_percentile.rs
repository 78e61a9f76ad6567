//! `rolling_percentile(value, percentile, index, bin, bins, dimensions)`: for each bin the percentile over it and those before.

use std::collections::BTreeMap;

use kql_functions::Example;
use kql_functions::KernelError;
use kql_semantics::Value;

use super::whole::{Row, keys};
use super::{Call, Plugin, on_axis, whole};
use crate::QueryError;
use crate::cells::{long, real};
use crate::lower::Lowering;
use crate::plan::Plan;

pub(super) static PLUGIN: Plugin = Plugin {
    name: "rolling_percentile",
    help: "For each bin of an index the percentile of a value over so many bins up to it, for each combination of dimensions.",
    examples: &[Example {
        query: "datatable(t:long, v:long)[1,10, 2,20, 3,30, 4,40] | evaluate rolling_percentile(v, 50, t, 1, 2)",
        answer: &["t:long, rolling_2_percentile_v_50:long", "1, 10", "2, 10", "3, 20", "4, 30"],
    }],
    lower,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let mut reads = vec![call.needed(0)?, call.needed(2)?];
    reads.extend((5..).map_while(|at| call.scalar(at)));
    let percentile = call.needed(1)?;
    let percentile = real(&lowering.constant(percentile)?).unwrap_or(50.0);
    let (size, bins) = (call.long(lowering, 3)?.max(1), call.long(lowering, 4)?.max(1));
    let index = reads.get(1).map_or(kql_semantics::Type::Long, |index| index.ty);
    let compute = move |rows: Vec<Row>| -> Result<Vec<Row>, KernelError> {
        let mut groups: BTreeMap<String, (Row, BTreeMap<i64, Vec<Value>>)> = BTreeMap::new();
        for mut row in rows {
            let dimensions = row.split_off(row.len().min(2));
            let [value, index] = row.as_slice() else { continue };
            let (Some(place), false) = (long(index), value.is_null()) else { continue };
            let group = groups.entry(keys(&dimensions)).or_insert((dimensions, BTreeMap::new()));
            group.1.entry(place.div_euclid(size)).or_default().push(value.clone());
        }
        let mut made = Vec::new();
        for (dimensions, by_bin) in groups.into_values() {
            for bin in by_bin.keys() {
                let window = by_bin.range(bin.saturating_sub(bins - 1)..=*bin);
                let values: Vec<&Value> = window.flat_map(|(_, values)| values).collect();
                let mut row = vec![on_axis(bin.saturating_mul(size), index)];
                row.extend(dimensions.iter().cloned());
                row.extend(nearest_rank(values, percentile).cloned());
                made.push(row);
            }
        }
        Ok(made)
    };
    whole::lower(lowering, call, "RollingPercentile", &reads, Box::new(compute))
}

/// The value that so many percent are not above.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "it saturates, and stays within the values"
)]
fn nearest_rank(mut values: Vec<&Value>, percentile: f64) -> Option<&Value> {
    values.sort_by(|a, b| match (a, b) {
        (Value::Real(a), Value::Real(b)) => a.total_cmp(b),
        (Value::Decimal(_), _) | (_, Value::Decimal(_)) => {
            real(a).unwrap_or(f64::NAN).total_cmp(&real(b).unwrap_or(f64::NAN))
        }
        _ => long(a).cmp(&long(b)),
    });
    let rank = (percentile / 100.0 * values.len() as f64).ceil() as usize;
    values.get(rank.clamp(1, values.len().max(1)) - 1).copied()
}
