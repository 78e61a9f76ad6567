//! `session_count(id, time, start, end, bin, lookback, dimensions)`: how many sessions begin in each bin.

use std::collections::BTreeMap;

use kql_functions::Example;

use super::whole::{Row, key, keys};
use super::{Call, Plugin, on_axis, whole};
use crate::QueryError;
use crate::cells::long;
use crate::diagnostics::{positive_expected, refused};
use crate::lower::Lowering;
use crate::plan::Plan;
use kql_semantics::Value;

pub(super) static PLUGIN: Plugin = Plugin {
    name: "session_count",
    help: "How many sessions begin in each bin of a time: runs of what an id does, none longer after the last than a lookback.",
    examples: &[Example {
        query: "datatable(u:string, t:datetime)['A', datetime(2024-01-01), 'A', datetime(2024-01-02), 'B', datetime(2024-01-02)] | evaluate session_count(u, t, datetime(2024-01-01), datetime(2024-01-03), 1d, 1h)",
        answer: &[
            "t:datetime, count_sessions:long",
            "2024-01-01T00:00:00.0000000Z, 1",
            "2024-01-02T00:00:00.0000000Z, 2",
        ],
    }],
    lower,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let mut reads = vec![call.needed(0)?, call.needed(1)?];
    reads.extend((6..).map_while(|at| call.scalar(at)));
    let (start, end) = (call.long(lowering, 2)?, call.long(lowering, 3)?);
    let (bin, lookback) = (call.long(lowering, 4)?, call.long(lowering, 5)?);
    if bin <= 0 {
        return Err(refused(positive_expected("the bin", call.evaluate.span)));
    }
    let time = reads.get(1).map_or(kql_semantics::Type::Long, |time| time.ty);
    let compute = move |rows: Vec<Row>| {
        // By dimensions and id the times of what was done.
        let mut groups: BTreeMap<String, (Row, BTreeMap<String, Vec<i64>>)> = BTreeMap::new();
        for mut row in rows {
            let dimensions = row.split_off(row.len().min(2));
            let [id, time] = row.as_slice() else { continue };
            let Some(time) = long(time).filter(|time| (start..=end).contains(time)) else {
                continue;
            };
            let group = groups.entry(keys(&dimensions)).or_insert((dimensions, BTreeMap::new()));
            group.1.entry(key(id)).or_default().push(time);
        }
        let mut made = Vec::new();
        for (dimensions, ids) in groups.into_values() {
            let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
            for mut times in ids.into_values() {
                times.sort_unstable();
                for time in beginnings(&times, lookback) {
                    *counts.entry(time.div_euclid(bin)).or_default() += 1;
                }
            }
            for (place, count) in counts {
                let mut row = vec![on_axis(place.saturating_mul(bin), time)];
                row.extend(dimensions.iter().cloned());
                row.push(Value::Long(count));
                made.push(row);
            }
        }
        Ok(made)
    };
    whole::lower(lowering, call, "SessionCount", &reads, Box::new(compute))
}

/// The times, in order, that come `lookback` or more after the one before.
fn beginnings(times: &[i64], lookback: i64) -> Vec<i64> {
    let mut last: Option<i64> = None;
    let mut is_first = |time: &&i64| {
        let is_first = last.is_none_or(|last| time.saturating_sub(last) >= lookback);
        last = Some(**time);
        is_first
    };
    times.iter().filter(|time| is_first(time)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::beginnings;

    #[test]
    fn sessions_begin_after_a_pause() {
        assert_eq!(beginnings(&[1, 5, 14, 24, 33], 10), [1, 24]);
        assert!(beginnings(&[], 10).is_empty());
    }
}
