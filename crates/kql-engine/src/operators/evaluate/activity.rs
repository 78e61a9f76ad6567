//! The plugins that count who is active when.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use datafusion::logical_expr::{LogicalPlan, Union, lit};
use kql_functions::{Example, physical};
use kql_semantics::bound::{PluginArgument, Rowset, Scalar, ScalarKind};
use kql_semantics::{Type, Value};
use kql_syntax::Span;

use super::whole::{Row, key, keys};
use super::{Call, Plugin, on_axis, whole};
use crate::QueryError;
use crate::cells::long;
use crate::diagnostics::{not_supported, positive_expected, refused};
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};

pub(super) static ACTIVE_USERS_COUNT: Plugin = Plugin {
    name: "active_users_count",
    help: "How many ids are active in each bin of a time: seen in so many periods of a lookback at least.",
    examples: &[Example {
        query: "datatable(u:string, t:datetime)['A', datetime(2024-01-01), 'A', datetime(2024-01-02), 'B', datetime(2024-01-02)] | evaluate active_users_count(u, t, datetime(2024-01-01), datetime(2024-01-03), 2d, 1d, 2, 1d)",
        answer: &["t:datetime, dcount:long", "2024-01-02T00:00:00.0000000Z, 1"],
    }],
    lower: active_users_count,
};

pub(super) static ACTIVITY_COUNTS_METRICS: Plugin = Plugin {
    name: "activity_counts_metrics",
    help: "For each bin of a time the rows, the distinct ids, those never seen before, and all until then.",
    examples: &[Example {
        query: "datatable(u:string, t:datetime)['A', datetime(2024-01-01), 'A', datetime(2024-01-02), 'B', datetime(2024-01-02)] | evaluate activity_counts_metrics(u, t, datetime(2024-01-01), datetime(2024-01-03), 1d)",
        answer: &[
            "t:datetime, count:long, dcount:long, new_dcount:long, aggregated_dcount:long",
            "2024-01-01T00:00:00.0000000Z, 1, 1, 1, 1",
            "2024-01-02T00:00:00.0000000Z, 2, 2, 1, 2",
        ],
    }],
    lower: activity_counts_metrics,
};

pub(super) static ACTIVITY_ENGAGEMENT: Plugin = Plugin {
    name: "activity_engagement",
    help: "For each bin of a time the distinct ids in it, those of a longer window up to its end, and the ratio of both.",
    examples: &[Example {
        query: "datatable(u:string, t:datetime)['A', datetime(2024-01-01), 'A', datetime(2024-01-02), 'B', datetime(2024-01-02)] | evaluate activity_engagement(u, t, datetime(2024-01-01), datetime(2024-01-03), 1d, 7d)",
        answer: &[
            "t:datetime, dcount_activities_inner:long, dcount_activities_outer:long, activity_ratio:real",
            "2024-01-01T00:00:00.0000000Z, 1, 1, 1.0",
            "2024-01-02T00:00:00.0000000Z, 2, 2, 1.0",
        ],
    }],
    lower: activity_engagement,
};

pub(super) static ACTIVITY_METRICS: Plugin = Plugin {
    name: "activity_metrics",
    help: "For each bin of a time the distinct ids, those never seen before, and how many of the bin before came back or did not.",
    examples: &[Example {
        query: "datatable(u:string, t:datetime)['A', datetime(2024-01-01), 'A', datetime(2024-01-02), 'B', datetime(2024-01-02)] | evaluate activity_metrics(u, t, datetime(2024-01-01), datetime(2024-01-03), 1d)",
        answer: &[
            "t:datetime, dcount_values:long, dcount_newvalues:long, retention_rate:real, churn_rate:real",
            "2024-01-01T00:00:00.0000000Z, 1, 1, NaN, NaN",
            "2024-01-02T00:00:00.0000000Z, 2, 1, 1.0, 0.0",
        ],
    }],
    lower: activity_metrics,
};

pub(super) static NEW_ACTIVITY_METRICS: Plugin = Plugin {
    name: "new_activity_metrics",
    help: "For the ids that are new in a bin of a time, in that bin and each later one: how many others are new there, how many of them came back, how many did not, and both as ratios. Ids of a lookback table, which has columns of the same names, are new nowhere.",
    examples: &[Example {
        query: "datatable(u:string, t:datetime)['A', datetime(2024-01-01), 'A', datetime(2024-01-02), 'B', datetime(2024-01-02)] | evaluate new_activity_metrics(u, t, datetime(2024-01-01), datetime(2024-01-03), 1d)",
        answer: &[
            "from_t:datetime, to_t:datetime, dcount_new_values:long, dcount_retained_values:long, dcount_churn_values:long, retention_rate:real, churn_rate:real",
            "2024-01-01T00:00:00.0000000Z, 2024-01-01T00:00:00.0000000Z, 1, 1, 0, 1.0, 0.0",
            "2024-01-01T00:00:00.0000000Z, 2024-01-02T00:00:00.0000000Z, 1, 1, 0, 1.0, 0.0",
            "2024-01-02T00:00:00.0000000Z, 2024-01-02T00:00:00.0000000Z, 1, 1, 0, 1.0, 0.0",
        ],
    }],
    lower: new_activity_metrics,
};

/// How many bins a plugin may count in.
const MOST_BINS: i64 = 1_000_000;

/// A time that is cut in bins from its start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    start: i64,
    end: i64,
    step: i64,
}

impl Window {
    /// **Errors**: a step that is not positive, more bins than there may be.
    pub(super) fn new(start: i64, end: i64, step: i64, at: Span) -> Result<Self, QueryError> {
        if step <= 0 {
            return Err(refused(positive_expected("the step", at)));
        }
        if end.saturating_sub(start) / step > MOST_BINS {
            return Err(QueryError::Value(format!(
                "a plugin would count in more than {MOST_BINS} bins: widen them, or narrow the time"
            )));
        }
        Ok(Self { start, end, step })
    }

    /// The bin that a time is in; it may lie outside the window.
    pub(super) fn bin(self, time: i64) -> i64 {
        let place = time.saturating_sub(self.start).div_euclid(self.step);
        self.start.saturating_add(place.saturating_mul(self.step))
    }

    /// All bins of the window.
    pub(super) fn bins(self) -> impl Iterator<Item = i64> {
        let next = move |bin: &i64| bin.checked_add(self.step);
        std::iter::successors(Some(self.start), next).take_while(move |bin| *bin <= self.end)
    }

    fn contains(self, time: i64) -> bool {
        (self.start..=self.end).contains(&time)
    }
}

/// The ids of one combination of dimensions, by time.
struct Group {
    dimensions: Row,
    rows: Vec<(i64, String)>,
}

impl Group {
    /// For each bin its ids.
    fn by_bin(&self, window: Window) -> BTreeMap<i64, HashSet<&str>> {
        let mut bins: BTreeMap<i64, HashSet<&str>> = BTreeMap::new();
        for (time, id) in self.rows.iter().filter(|(time, _)| window.contains(*time)) {
            bins.entry(window.bin(*time)).or_default().insert(id);
        }
        bins
    }

    /// A result row: the times, the dimensions, the figures.
    fn row(&self, times: &[Value], figures: impl IntoIterator<Item = Value>) -> Row {
        times.iter().cloned().chain(self.dimensions.iter().cloned()).chain(figures).collect()
    }
}

/// Rows of id, time and dimensions by their dimensions.
fn groups(rows: Vec<Row>) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for mut row in rows {
        let dimensions = row.split_off(row.len().min(2));
        let [id, time] = row.as_slice() else { continue };
        let Some(time) = long(time) else { continue };
        let group = groups
            .entry(keys(&dimensions))
            .or_insert_with(|| Group { dimensions, rows: Vec::new() });
        group.rows.push((time, key(id)));
    }
    groups.into_values().collect()
}

fn count(number: usize) -> Value {
    Value::Long(i64::try_from(number).unwrap_or(i64::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn ratio(part: usize, whole: usize) -> Value {
    Value::Real(part as f64 / whole as f64)
}

/// Id and time, then the dimensions from an argument on.
fn reads<'a>(call: &Call<'a>, dimensions: usize) -> Result<Vec<&'a Scalar>, QueryError> {
    let mut reads = vec![call.needed(0)?, call.needed(1)?];
    reads.extend((dimensions..).map_while(|at| call.scalar(at)));
    Ok(reads)
}

fn window(
    lowering: &Lowering<'_>,
    call: &Call<'_>,
    (start, end, step): (usize, usize, usize),
) -> Result<Window, QueryError> {
    let (start, end) = (call.long(lowering, start)?, call.long(lowering, end)?);
    Window::new(start, end, call.long(lowering, step)?, call.evaluate.span)
}

/// `active_users_count(id, time, start, end, lookback, period, active periods, bin, dimensions)`: ids that are active in
/// some bin, which is at a time in it so many periods of the lookback before have the id.
fn active_users_count(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let reads = reads(call, 8)?;
    let bins = window(lowering, call, (2, 3, 7))?;
    let periods = window(lowering, call, (2, 3, 5))?;
    let (lookback, needed) = (call.long(lowering, 4)?, call.long(lowering, 6)?);
    let needed = usize::try_from(needed).unwrap_or(0);
    let time = reads.get(1).map_or(Type::Long, |time| time.ty);
    let compute = move |rows: Vec<Row>| {
        let mut made = Vec::new();
        for group in groups(rows) {
            let mut by_id: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
            for (time, id) in &group.rows {
                by_id.entry(id).or_default().insert(periods.bin(*time));
            }
            let mut active: BTreeMap<i64, usize> = BTreeMap::new();
            for times in by_id.values() {
                let is_active = |at: &&i64| {
                    let before = times.range(at.saturating_sub(lookback)..=**at);
                    before.filter(|time| **time > at.saturating_sub(lookback)).count() >= needed
                };
                let own = times.iter().filter(|at| bins.contains(**at)).filter(is_active);
                let own: BTreeSet<i64> = own.map(|at| bins.bin(*at)).collect();
                own.into_iter().for_each(|bin| *active.entry(bin).or_default() += 1);
            }
            for (bin, ids) in active {
                made.push(group.row(&[on_axis(bin, time)], [count(ids)]));
            }
        }
        Ok(made)
    };
    whole::lower(lowering, call, "ActiveUsersCount", &reads, Box::new(compute))
}

/// For each group and bin of a time, figures of its ids.
fn in_bins(
    lowering: &mut Lowering<'_>,
    call: &Call<'_>,
    (name, dimensions): (&'static str, usize),
    figures: impl Fn(&Group, Window) -> Vec<(i64, Vec<Value>)> + Send + Sync + 'static,
) -> Result<Plan, QueryError> {
    let reads = reads(call, dimensions)?;
    let window = window(lowering, call, (2, 3, 4))?;
    let time = reads.get(1).map_or(Type::Long, |time| time.ty);
    let compute = move |rows: Vec<Row>| {
        let mut made = Vec::new();
        for group in groups(rows) {
            for (bin, figures) in figures(&group, window) {
                made.push(group.row(&[on_axis(bin, time)], figures));
            }
        }
        Ok(made)
    };
    whole::lower(lowering, call, name, &reads, Box::new(compute))
}

/// `activity_counts_metrics(id, time, start, end, step, dimensions)`: rows, ids, new ids, and ids until then.
fn activity_counts_metrics(
    lowering: &mut Lowering<'_>,
    call: &Call<'_>,
) -> Result<Plan, QueryError> {
    in_bins(lowering, call, ("ActivityCountsMetrics", 5), |group, window| {
        let mut rows: BTreeMap<i64, usize> = BTreeMap::new();
        for (time, _) in group.rows.iter().filter(|(time, _)| window.contains(*time)) {
            *rows.entry(window.bin(*time)).or_default() += 1;
        }
        let mut seen: HashSet<&str> = HashSet::new();
        let bins = group.by_bin(window).into_iter();
        bins.map(|(bin, ids)| {
            let new = ids.iter().filter(|id| seen.insert(id)).count();
            let all = rows.get(&bin).copied().unwrap_or(0);
            (bin, vec![count(all), count(ids.len()), count(new), count(seen.len())])
        })
        .collect()
    })
}

/// `activity_metrics(id, time, start, end, step, dimensions)`: ids, new ids, and how many of the bin before came back.
fn activity_metrics(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    in_bins(lowering, call, ("ActivityMetrics", 5), |group, window| {
        let bins = group.by_bin(window);
        let none = HashSet::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let own = bins.iter().map(|(bin, ids)| {
            let new = ids.iter().filter(|id| seen.insert(id)).count();
            let before = bins.get(&(bin - window.step)).unwrap_or(&none);
            let kept = before.intersection(ids).count();
            let figures = [ratio(kept, before.len()), ratio(before.len() - kept, before.len())];
            (*bin, [count(ids.len()), count(new)].into_iter().chain(figures).collect())
        });
        own.collect()
    })
}

/// `activity_engagement(id, time, start, end, inner, outer, dimensions)`: ids of a bin over those of a longer time until it.
fn activity_engagement(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let outer = call.long(lowering, 5)?;
    in_bins(lowering, call, ("ActivityEngagement", 6), move |group, window| {
        let bins = group.by_bin(window);
        let own = bins.iter().map(|(bin, ids)| {
            let from = bin.saturating_add(window.step).saturating_sub(outer);
            let all: HashSet<&&str> = bins.range(from..=*bin).flat_map(|(_, ids)| ids).collect();
            (*bin, vec![count(ids.len()), count(all.len()), ratio(ids.len(), all.len())])
        });
        own.collect()
    })
}

/// `new_activity_metrics(id, time, start, end, step, cohort, dimensions)`: of the ids that are new in a bin, how many come
/// back in each later one.
fn new_activity_metrics(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let window = window(lowering, call, (2, 3, 4))?;
    // The cohort is a constant, dimensions are columns.
    let cohort = match call.scalar(5) {
        Some(scalar) if !lowering.depends_on_rows(scalar) => long(&lowering.constant(scalar)?),
        _ => None,
    };
    let has_cohort = call.scalar(5).is_some_and(|scalar| !lowering.depends_on_rows(scalar));
    let reads = reads(call, if has_cohort { 6 } else { 5 })?;
    let earlier = call.evaluate.arguments.iter().find_map(|argument| match argument {
        PluginArgument::Table(table) => Some(table),
        _ => None,
    });
    let source = with_earlier(lowering, call, &reads, earlier)?;
    let time = reads.get(1).map_or(Type::Long, |time| time.ty);
    let compute = move |rows: Vec<Row>| {
        let mut made = Vec::new();
        let (before, rows) = split_earlier(rows);
        for group in groups(rows) {
            let bins = group.by_bin(window);
            let before = before.get(&keys(&group.dimensions));
            let mut seen: HashSet<&str> =
                before.into_iter().flatten().map(String::as_str).collect();
            for (from, ids) in &bins {
                let new: HashSet<&str> = ids.difference(&seen).copied().collect();
                seen.extend(ids);
                if cohort.is_some_and(|cohort| window.bin(cohort) != *from) {
                    continue;
                }
                let mut until: HashSet<&str> = seen.difference(&new).copied().collect();
                for (to, ids) in bins.range(*from..) {
                    let fresh = ids.iter().filter(|id| !until.contains(*id)).count();
                    until.extend(ids);
                    let kept = new.intersection(ids).count();
                    let lost = new.len() - kept;
                    let figures = [
                        count(fresh),
                        count(kept),
                        count(lost),
                        ratio(kept, new.len()),
                        ratio(lost, new.len()),
                    ];
                    made.push(group.row(&[on_axis(*from, time), on_axis(*to, time)], figures));
                }
            }
        }
        Ok(made)
    };
    whole::over(call, "NewActivityMetrics", source, Box::new(compute))
}

/// The plan of a plugin's values, in columns of these names and types.
type Source = (Plan, Vec<(String, Type)>);

/// The values that are read, and a column that marks the rows of the table of what was before: there the columns have the same
/// names.
fn with_earlier(
    lowering: &mut Lowering<'_>,
    call: &Call<'_>,
    reads: &[&Scalar],
    earlier: Option<&Rowset>,
) -> Result<Source, QueryError> {
    let mut named: Vec<(String, Type)> = Vec::new();
    for scalar in reads {
        named.push((lowering.fresh("x"), scalar.ty));
    }
    let flag = lowering.fresh("x");
    let plan = call.input(lowering)?;
    let plan = lowering.prepared(plan, reads)?;
    let mut columns = Vec::new();
    for (scalar, (name, _)) in reads.iter().zip(&named) {
        columns.push((lowering.scalar(scalar)?, name.clone()));
    }
    columns.push((lit(false), flag.clone()));
    let mut plan = plan.project(columns)?;
    if let Some(table) = earlier {
        let input = call.evaluate.input.iter().flat_map(|input| &input.columns);
        let mut columns = Vec::new();
        for (place, (scalar, (name, ty))) in reads.iter().zip(&named).enumerate() {
            let own = input
                .clone()
                .find(|own| matches!(scalar.kind, ScalarKind::Column(id) if id == own.id));
            let same = own.and_then(|own| {
                table.columns.iter().find(|column| column.name == own.name && column.ty == *ty)
            });
            let value = match same {
                Some(column) => crate::plan::column(&column_name(column.id)),
                // Its time does not matter.
                None if place == 1 => lit(physical::null(*ty)),
                None => {
                    let what = "a lookback table without the columns of ids and dimensions";
                    return Err(refused(not_supported(what, table.span)));
                }
            };
            columns.push((value, name.clone()));
        }
        columns.push((lit(true), flag.clone()));
        let other = lowering.rowset(table)?.project(columns)?;
        let both = vec![Arc::new(plan.plan), Arc::new(other.plan)];
        plan = Plan::unordered(LogicalPlan::Union(Union::try_new(both)?));
    }
    named.push((flag, Type::Bool));
    Ok((plan, named))
}

/// The ids of marked rows, by their dimensions; and the other rows without the mark.
fn split_earlier(rows: Vec<Row>) -> (HashMap<String, HashSet<String>>, Vec<Row>) {
    let mut before: HashMap<String, HashSet<String>> = HashMap::new();
    let mut others = Vec::with_capacity(rows.len());
    for mut row in rows {
        if row.pop() != Some(Value::Bool(true)) {
            others.push(row);
            continue;
        }
        let dimensions = row.split_off(row.len().min(2));
        before.entry(keys(&dimensions)).or_default().extend(row.first().map(key));
    }
    (before, others)
}
