//! `sequence_detect(time, step window, span, steps, dimensions)`: when rows satisfy predicates one after the other.

use std::collections::BTreeMap;

use kql_functions::Example;

use super::whole::{Row, keys};
use super::{Call, Plugin, on_axis, scalar, whole};
use crate::QueryError;
use crate::cells::long;
use crate::lower::Lowering;
use crate::plan::Plan;
use kql_semantics::bound::Scalar;
use kql_semantics::{Type, Value};

pub(super) static PLUGIN: Plugin = Plugin {
    name: "sequence_detect",
    help: "Where one row satisfies a first condition and later rows satisfy the next ones, each within a time of the one before and all within a time of the first: the times of each, and how long it took, for each combination of dimensions.",
    examples: &[Example {
        query: "datatable(t:datetime, e:string, u:string)[datetime(2024-01-01 00:00), 'a', 'x', datetime(2024-01-01 00:05), 'b', 'x'] | evaluate sequence_detect(t, 10m, 10m, one = e == 'a', two = e == 'b', u)",
        answer: &[
            "u:string, one_t:datetime, two_t:datetime, Duration:timespan",
            "x, 2024-01-01T00:00:00.0000000Z, 2024-01-01T00:05:00.0000000Z, 00:05:00",
        ],
    }],
    lower,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let time = call.needed(0)?;
    let (step, span) = (call.long(lowering, 1)?, call.long(lowering, 2)?);
    let all: Vec<&Scalar> = call.evaluate.arguments.iter().skip(3).filter_map(scalar).collect();
    let steps = all.iter().take_while(|scalar| scalar.ty == Type::Bool).count();
    let mut reads = vec![time];
    reads.extend(all);
    let axis = time.ty;
    let compute = move |rows: Vec<Row>| {
        let mut groups: BTreeMap<String, (Row, Vec<(i64, Row)>)> = BTreeMap::new();
        for mut row in rows {
            let dimensions = row.split_off(row.len().min(steps + 1));
            let Some(time) = row.first().and_then(long) else { continue };
            let group = groups.entry(keys(&dimensions)).or_insert((dimensions, Vec::new()));
            group.1.push((time, row));
        }
        let mut made = Vec::new();
        for (dimensions, mut rows) in groups.into_values() {
            rows.sort_by_key(|(time, _)| *time);
            let flags = rows.iter().map(|(time, row)| {
                let flags = row.iter().skip(1).map(|flag| *flag == Value::Bool(true));
                (*time, flags.collect::<Vec<_>>())
            });
            for times in sequences(flags, steps, step, span) {
                let (first, last) = (times.first().copied(), times.last().copied());
                let length = last.unwrap_or(0).saturating_sub(first.unwrap_or(0));
                let mut row = dimensions.clone();
                row.extend(times.into_iter().map(|time| on_axis(time, axis)));
                row.push(Value::TimeSpan(length));
                made.push(row);
            }
        }
        Ok(made)
    };
    whole::lower(lowering, call, "SequenceDetect", &reads, Box::new(compute))
}

/// The times of the steps of each sequence. A row moves on the sequence that stands at the step before, or begins one.
fn sequences(
    rows: impl Iterator<Item = (i64, Vec<bool>)>,
    steps: usize,
    step: i64,
    span: i64,
) -> Vec<Vec<i64>> {
    let mut standing: Vec<Option<Vec<i64>>> = vec![None; steps];
    let mut found = Vec::new();
    for (time, flags) in rows {
        for at in (0..steps).rev() {
            if !flags.get(at).is_some_and(|flag| *flag) {
                continue;
            }
            let mut times = match at.checked_sub(1) {
                None => Vec::new(),
                Some(before) => {
                    let is_near = |times: &Vec<i64>| {
                        let near = |from: Option<&i64>, limit: i64| {
                            from.is_some_and(|from| time.saturating_sub(*from) <= limit)
                        };
                        near(times.last(), step) && near(times.first(), span)
                    };
                    let before = standing.get_mut(before);
                    match before.and_then(|before| before.take_if(|times| is_near(times))) {
                        Some(times) => times,
                        None => continue,
                    }
                }
            };
            times.push(time);
            if at + 1 == steps {
                found.push(times);
            } else if let Some(own) = standing.get_mut(at) {
                *own = Some(times);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::sequences;

    #[test]
    fn finds_sequences_within_their_time() {
        let rows = |marks: &[(i64, &str)]| {
            let rows: Vec<_> = marks
                .iter()
                .map(|(time, marks)| (*time, vec![marks.contains('a'), marks.contains('b')]))
                .collect();
            sequences(rows.into_iter(), 2, 5, 10)
        };
        assert_eq!(rows(&[(1, "a"), (2, "a"), (4, "b"), (5, "b")]), [[2, 4]]);
        assert_eq!(rows(&[(1, "b"), (2, "a"), (9, "b")]), [[0_i64; 2]; 0]);
        assert_eq!(rows(&[(1, "a"), (3, "ab"), (6, "b")]), [[1, 3], [3, 6]]);
    }
}
