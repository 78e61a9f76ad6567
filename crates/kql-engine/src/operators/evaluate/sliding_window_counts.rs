//! `sliding_window_counts(id, time, start, end, lookback, bin, dimensions)`: rows and different ids in windows that overlap.

use std::collections::{BTreeMap, HashSet};

use kql_functions::Example;

use super::activity::Window;
use super::whole::{Row, key, keys};
use super::{Call, Plugin, on_axis, whole};
use crate::QueryError;
use crate::cells::long;
use crate::lower::Lowering;
use crate::plan::Plan;
use kql_semantics::Value;

pub(super) static PLUGIN: Plugin = Plugin {
    name: "sliding_window_counts",
    help: "For each bin of a time how many rows and distinct ids a window up to its end has, for each combination of dimensions.",
    examples: &[Example {
        query: "datatable(u:string, t:datetime)['A', datetime(2024-01-01), 'A', datetime(2024-01-02), 'B', datetime(2024-01-02)] | evaluate sliding_window_counts(u, t, datetime(2024-01-01), datetime(2024-01-02), 2d, 1d)",
        answer: &[
            "t:datetime, Count:long, Dcount:long",
            "2024-01-01T00:00:00.0000000Z, 1, 1",
            "2024-01-02T00:00:00.0000000Z, 3, 2",
        ],
    }],
    lower,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let mut reads = vec![call.needed(0)?, call.needed(1)?];
    reads.extend((6..).map_while(|at| call.scalar(at)));
    let lookback = call.long(lowering, 4)?;
    let window = Window::new(
        call.long(lowering, 2)?,
        call.long(lowering, 3)?,
        call.long(lowering, 5)?,
        call.evaluate.span,
    )?;
    let time = reads.get(1).map_or(kql_semantics::Type::Long, |time| time.ty);
    let compute = move |rows: Vec<Row>| {
        let mut groups: BTreeMap<String, (Row, Vec<(i64, String)>)> = BTreeMap::new();
        for mut row in rows {
            let dimensions = row.split_off(row.len().min(2));
            let [id, time] = row.as_slice() else { continue };
            let Some(time) = long(time) else { continue };
            let group = groups.entry(keys(&dimensions)).or_insert((dimensions, Vec::new()));
            group.1.push((window.bin(time), key(id)));
        }
        let mut made = Vec::new();
        for (dimensions, rows) in groups.into_values() {
            for bin in window.bins() {
                let in_window = rows.iter().filter(|(at, _)| *at <= bin && *at > bin - lookback);
                let ids: HashSet<&String> = in_window.clone().map(|(_, id)| id).collect();
                let count = in_window.count();
                if count == 0 {
                    continue;
                }
                let mut row = vec![on_axis(bin, time)];
                row.extend(dimensions.iter().cloned());
                row.extend([number(count), number(ids.len())]);
                made.push(row);
            }
        }
        Ok(made)
    };
    whole::lower(lowering, call, "SlidingWindowCounts", &reads, Box::new(compute))
}

fn number(count: usize) -> Value {
    Value::Long(i64::try_from(count).unwrap_or(i64::MAX))
}
