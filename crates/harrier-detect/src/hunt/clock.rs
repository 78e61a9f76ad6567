//! How a query reads the clock: told by binding it at two instants and looking at what moved.

use std::collections::HashSet;

use kql_semantics::Value;
use kql_semantics::bound::{BoundQuery, ColumnId, Rowset, RowsetKind, Scalar, ScalarKind};
use kql_syntax::tree::{BinaryOperator, LogicalOperator};

use super::tables::results;

/// How a query reads the clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clock {
    /// Whether its meaning depends on `now()`.
    pub(super) is_read: bool,
    /// How far back the windows reach that end at `now()`. **Unit**: ticks; ascending.
    pub(super) windows: Vec<i64>,
    /// How wide the windows are that end before `now()`. **Unit**: ticks; ascending.
    pub(super) earlier: Vec<i64>,
    /// Whether `now()` is used for nothing but to leave out rows that are older than a window.
    pub(super) only_bounds_below: bool,
}

/// A comparison of a table's time with a constant.
#[derive(Clone, Copy, Debug)]
struct Bound {
    /// Bounds of one chain of filters hold together.
    group: usize,
    is_lower: bool,
    at: i64,
}

/// What is looked at of a query, in a fixed order.
#[derive(Default)]
struct Facts {
    times: HashSet<ColumnId>,
    groups: usize,
    bounds: Vec<Bound>,
    /// All constants of time.
    constants: Vec<i64>,
    /// Whether `now` or `ago` is called with what is no constant.
    calls_clock: bool,
}

/// Compares what a text means at two instants. `is_time` tells whether a column of a table says when a row happened.
pub(super) fn clock(
    (early, now): (&BoundQuery, i64),
    (late, later): (&BoundQuery, i64),
    is_time: &dyn Fn(&str, &str) -> bool,
) -> Clock {
    let (early, late) = (facts(early, is_time), facts(late, is_time));
    let is_alike =
        early.constants.len() == late.constants.len() && early.bounds.len() == late.bounds.len();
    if !is_alike {
        return Clock { is_read: true, ..Clock::default() };
    }
    let moved = early.constants.iter().zip(&late.constants).filter(|(a, b)| a != b).count();
    let bounds: Vec<Bound> = early
        .bounds
        .iter()
        .zip(&late.bounds)
        .filter(|(a, b)| a.at != b.at && (b.at - a.at).abs() <= (later - now) * 2)
        .map(|(a, _)| *a)
        .collect();
    let mut clock = Clock { is_read: moved > 0 || early.calls_clock, ..Clock::default() };
    for group in 0..early.groups {
        let of_group = || bounds.iter().filter(|bound| bound.group == group);
        let lower = of_group().filter(|bound| bound.is_lower).map(|bound| bound.at).max();
        let upper = of_group().filter(|bound| !bound.is_lower).map(|bound| bound.at).min();
        let Some(lower) = lower else { continue };
        match upper {
            Some(upper) if upper < now => clock.earlier.extend(width(lower, upper)),
            _ => clock.windows.extend(width(lower, now)),
        }
    }
    clock.windows.sort_unstable();
    clock.earlier.sort_unstable();
    let below = bounds.iter().filter(|bound| bound.is_lower && bound.at < now).count();
    clock.only_bounds_below =
        clock.is_read && !early.calls_clock && below == moved && clock.earlier.is_empty();
    clock
}

fn width(lower: i64, upper: i64) -> Option<i64> {
    let width = upper - lower;
    (width > 0).then_some(width)
}

fn facts(query: &BoundQuery, is_time: &dyn Fn(&str, &str) -> bool) -> Facts {
    let mut facts = Facts::default();
    for rowset in results(query) {
        let mut rowsets = Vec::new();
        rowset.walk(&mut |rowset| rowsets.push(rowset));
        // A later use of a definition is met before it: its columns are known only when the definition's are.
        loop {
            let before = facts.times.len();
            rowsets.iter().rev().for_each(|rowset| facts.find_times(rowset, is_time));
            if facts.times.len() == before {
                break;
            }
        }
        let mut inner = HashSet::new();
        for rowset in &rowsets {
            facts.constants_of(rowset);
            // A chain is looked at from its top.
            if !inner.contains(&std::ptr::from_ref(*rowset)) {
                facts.chain(rowset, &mut inner);
            }
        }
    }
    for shared in &query.shared {
        shared.walk(&mut |scalar| facts.constant(scalar));
    }
    facts
}

impl Facts {
    /// Which columns of a rowset are a table's time, its inputs' known.
    fn find_times(&mut self, rowset: &Rowset, is_time: &dyn Fn(&str, &str) -> bool) {
        match &rowset.kind {
            RowsetKind::Table(table) => {
                let columns = rowset.columns.iter().zip(&table.columns);
                let times = columns.filter(|(_, own)| is_time(&table.name, own));
                self.times.extend(times.map(|(column, _)| column.id));
            }
            RowsetKind::Reference { definition } => {
                let columns = rowset.columns.iter().zip(&definition.rowset.columns);
                let times: Vec<ColumnId> = columns
                    .filter(|(_, own)| self.times.contains(&own.id))
                    .map(|(column, _)| column.id)
                    .collect();
                self.times.extend(times);
            }
            RowsetKind::Union(union) => {
                let columns = rowset.columns.iter().zip(&union.columns);
                let is_time = |parts: &[(usize, ColumnId)]| {
                    parts.iter().any(|(_, id)| self.times.contains(id))
                };
                let times: Vec<ColumnId> = columns
                    .filter(|(_, parts)| is_time(parts))
                    .map(|(column, _)| column.id)
                    .collect();
                self.times.extend(times);
            }
            RowsetKind::Extend { columns, .. } | RowsetKind::Project { columns, .. } => {
                for (id, value) in columns {
                    if matches!(&value.kind, ScalarKind::Column(own) if self.times.contains(own)) {
                        self.times.insert(*id);
                    }
                }
            }
            _ => {}
        }
    }

    fn constants_of(&mut self, rowset: &Rowset) {
        rowset.for_each_scalar(&mut |scalar| scalar.walk(&mut |inner| self.constant(inner)));
        if let RowsetKind::Values(rows) = &rowset.kind {
            self.constants.extend(rows.iter().flatten().filter_map(ticks));
        }
    }

    fn constant(&mut self, scalar: &Scalar) {
        match &scalar.kind {
            ScalarKind::Literal(value) => self.constants.extend(ticks(value)),
            ScalarKind::Call(call) => {
                self.calls_clock |= matches!(&*call.function, "now" | "ago");
            }
            _ => {}
        }
    }

    /// Follows filters down to where their rows come from.
    fn chain(&mut self, top: &Rowset, inner: &mut HashSet<*const Rowset>) {
        let group = self.groups;
        self.groups += 1;
        let mut rowset = top;
        loop {
            inner.insert(std::ptr::from_ref(rowset));
            let input = match &rowset.kind {
                RowsetKind::Filter { input, predicate } => {
                    self.bounds_of(predicate, group);
                    input
                }
                RowsetKind::Extend { input, .. }
                | RowsetKind::Project { input, .. }
                | RowsetKind::Sort { input, .. }
                | RowsetKind::Serialize { input }
                | RowsetKind::AssertSchema { input } => input,
                RowsetKind::Parse(parse) => &parse.input,
                RowsetKind::MvExpand(expand) => &expand.input,
                _ => return,
            };
            rowset = input;
        }
    }

    /// The comparisons that must hold for a row to stay.
    fn bounds_of(&mut self, predicate: &Scalar, group: usize) {
        match &predicate.kind {
            ScalarKind::Logical { operator: LogicalOperator::And, operands } => {
                operands.iter().for_each(|operand| self.bounds_of(operand, group));
            }
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                if let Some((is_lower, at)) = self.comparison(*operator, left, right) {
                    self.bounds.push(Bound { group, is_lower, at });
                }
            }
            ScalarKind::Between { operands, is_negated: false } => {
                let [value, low, high] = &**operands;
                if !self.is_time(value) {
                    return;
                }
                let low = low.as_literal().and_then(datetime);
                let high = high.as_literal().and_then(|high| match high {
                    Value::TimeSpan(distance) => low?.checked_add(*distance),
                    high => datetime(high),
                });
                let bounds = [(true, low), (false, high)];
                for (is_lower, at) in bounds {
                    self.bounds.extend(at.map(|at| Bound { group, is_lower, at }));
                }
            }
            _ => {}
        }
    }

    /// `TimeGenerated > constant` or the other way round.
    fn comparison(
        &self,
        operator: BinaryOperator,
        left: &Scalar,
        right: &Scalar,
    ) -> Option<(bool, i64)> {
        use BinaryOperator::{Greater, GreaterOrEqual, Less, LessOrEqual};
        let is_greater = match operator {
            Greater | GreaterOrEqual => true,
            Less | LessOrEqual => false,
            _ => return None,
        };
        if self.is_time(left) {
            return Some((is_greater, right.as_literal().and_then(datetime)?));
        }
        if self.is_time(right) {
            return Some((!is_greater, left.as_literal().and_then(datetime)?));
        }
        None
    }

    fn is_time(&self, scalar: &Scalar) -> bool {
        matches!(&scalar.kind, ScalarKind::Column(id) if self.times.contains(id))
    }
}

fn datetime(value: &Value) -> Option<i64> {
    match value {
        Value::DateTime(ticks) => Some(*ticks),
        _ => None,
    }
}

fn ticks(value: &Value) -> Option<i64> {
    match value {
        Value::DateTime(ticks) | Value::TimeSpan(ticks) => Some(*ticks),
        _ => None,
    }
}
