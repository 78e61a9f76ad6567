//! Time: which part of it each table is read over, and how times are compared with one another.
//!
//! A rule is bound for a lint as if it ran at [`NOW`], an instant far from all dates that rules name. So an instant near it
//! is relative to the run, whatever it was computed with, and one far from it is a date.

use std::collections::HashMap;

use kql_semantics::bound::{
    ColumnId, JoinKind, Rowset, RowsetKind, Scalar, ScalarKind, TableReference,
};
use kql_semantics::{Type, Value};
use kql_syntax::Span;
use kql_syntax::tree::{BinaryOperator, LogicalOperator};

use super::comparison::turned;
use super::{Facts, conjuncts};

/// When a rule runs that is looked at: the first moment of the year 5000. **Unit**: ticks.
pub(crate) const NOW: i64 = 1_577_531_808_000_000_000;
/// A day. **Unit**: ticks.
pub(crate) const DAY: i64 = 864_000_000_000;
/// What is further from [`NOW`] is a date.
const NEAR: i64 = 1000 * 365 * DAY;
/// How many rowsets are visited for one rule, those that several names refer to each time.
const MOST: u32 = 20_000;

/// Whether an instant is relative to the run.
pub(crate) fn is_relative(instant: i64) -> bool {
    (instant - NOW).abs() < NEAR
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// None is written.
    Open,
    /// One is written whose value depends on data or on a parameter.
    Unknown,
    /// This instant. **Unit**: ticks.
    At(i64),
}

/// Which times the rows of a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) low: Bound,
    pub(crate) high: Bound,
    /// Where the low end is written.
    pub(crate) low_span: Option<Span>,
}

impl Interval {
    pub(crate) const ALL: Self = Self { low: Bound::Open, high: Bound::Open, low_span: None };

    /// Both at once.
    fn and(self, other: Self) -> Self {
        let (low, low_span) = match (self.low, other.low) {
            (Bound::At(one), Bound::At(two)) if two > one => (other.low, other.low_span),
            (Bound::At(_), _) => (self.low, self.low_span),
            (_, Bound::At(_)) => (other.low, other.low_span),
            (Bound::Unknown, _) => (self.low, self.low_span),
            _ => (other.low, other.low_span),
        };
        let high = match (self.high, other.high) {
            (Bound::At(one), Bound::At(two)) => Bound::At(one.min(two)),
            (Bound::At(_), _) => self.high,
            (_, Bound::At(_)) => other.high,
            (Bound::Unknown, _) => self.high,
            _ => other.high,
        };
        Self { low, high, low_span }
    }

    /// Either of them.
    fn or(self, other: Self) -> Self {
        let wider = |one: Bound, two: Bound, pick: fn(i64, i64) -> i64| match (one, two) {
            (Bound::Open, _) | (_, Bound::Open) => Bound::Open,
            (Bound::At(one), Bound::At(two)) => Bound::At(pick(one, two)),
            _ => Bound::Unknown,
        };
        Self {
            low: wider(self.low, other.low, i64::min),
            high: wider(self.high, other.high, i64::max),
            low_span: self.low_span,
        }
    }
}

/// A table that is read, with the times that are asked of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan<'a> {
    pub(crate) table: &'a TableReference,
    pub(crate) rowset: &'a Rowset,
    /// What is asked of its time of generation.
    pub(crate) interval: Interval,
    /// Whether something is asked of another of its times, or of when it was ingested.
    pub(crate) has_other_time: bool,
}

type Wanted = HashMap<ColumnId, Interval>;

/// Columns that say when a row came about.
pub(crate) fn is_row_time(name: &str) -> bool {
    matches!(name, "TimeGenerated" | "Timestamp" | "EventTime" | "TimeStamp" | "timestamp")
}

impl<'a> Facts<'a> {
    /// Every reading of a table, with the times that all filters above it ask for.
    pub(crate) fn scans(&self) -> &[Scan<'a>] {
        self.scans.get_or_init(|| self.find_scans())
    }

    fn find_scans(&self) -> Vec<Scan<'a>> {
        let mut walk = Walk { facts: self, scans: Vec::new(), left: MOST };
        if let Some(result) = self.result() {
            walk.down(result, Wanted::new());
        }
        walk.scans
    }

    /// An instant, as far as its expression tells. **Unit**: ticks.
    pub(crate) fn instant(&self, scalar: &Scalar) -> Option<i64> {
        match &scalar.kind {
            ScalarKind::Literal(Value::DateTime(ticks)) => Some(*ticks),
            ScalarKind::Convert(inner) => self.instant(inner),
            ScalarKind::Shared(id) => {
                self.query.shared.get(id.0 as usize).and_then(|s| self.instant(s))
            }
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                match operator {
                    BinaryOperator::Add => match (self.instant(left), self.instant(right)) {
                        (Some(at), None) => at.checked_add(self.span(right)?),
                        (None, Some(at)) => at.checked_add(self.span(left)?),
                        _ => None,
                    },
                    BinaryOperator::Subtract => self.instant(left)?.checked_sub(self.span(right)?),
                    _ => None,
                }
            }
            ScalarKind::Call(call) => {
                let argument = |place: usize| call.arguments.get(place);
                match &*call.function {
                    "now" if call.arguments.is_empty() => Some(NOW),
                    "ago" => NOW.checked_sub(self.span(argument(0)?)?),
                    "todatetime" | "startofday" | "endofday" | "startofhour" => {
                        self.instant(argument(0)?)
                    }
                    "bin" | "floor" => {
                        let (at, width) = (self.instant(argument(0)?)?, self.span(argument(1)?)?);
                        (width > 0).then(|| at - at.rem_euclid(width))
                    }
                    "datetime_add" => {
                        let Some(Value::String(part)) = argument(0)?.as_literal() else {
                            return None;
                        };
                        let count = match argument(1)?.as_literal()? {
                            Value::Long(count) => *count,
                            Value::Int(count) => i64::from(*count),
                            _ => return None,
                        };
                        self.instant(argument(2)?)?.checked_add(part_of(part)?.checked_mul(count)?)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A timespan, as far as its expression tells. **Unit**: ticks.
    pub(crate) fn span(&self, scalar: &Scalar) -> Option<i64> {
        match &scalar.kind {
            ScalarKind::Literal(Value::TimeSpan(ticks)) => Some(*ticks),
            ScalarKind::Convert(inner) => self.span(inner),
            ScalarKind::Shared(id) => {
                self.query.shared.get(id.0 as usize).and_then(|s| self.span(s))
            }
            ScalarKind::Call(call) if &*call.function == "totimespan" => {
                match call.arguments.first()?.as_literal()? {
                    Value::TimeSpan(ticks) => Some(*ticks),
                    Value::String(text) => kql_semantics::time::parse_timespan(text),
                    _ => None,
                }
            }
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                match operator {
                    BinaryOperator::Add => self.span(left)?.checked_add(self.span(right)?),
                    BinaryOperator::Subtract => self.span(left)?.checked_sub(self.span(right)?),
                    BinaryOperator::Multiply => match (self.span(left), self.span(right)) {
                        (Some(span), None) => span.checked_mul(whole(right)?),
                        (None, Some(span)) => span.checked_mul(whole(left)?),
                        _ => None,
                    },
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// What a predicate asks of the datetime columns that it compares with instants.
    fn asked(&self, predicate: &Scalar) -> Wanted {
        let mut wanted = Wanted::new();
        for part in conjuncts(predicate) {
            for (id, interval) in self.asked_once(part) {
                wanted
                    .entry(id)
                    .and_modify(|known| *known = known.and(interval))
                    .or_insert(interval);
            }
        }
        wanted
    }

    fn asked_once(&self, part: &Scalar) -> Wanted {
        match &part.kind {
            ScalarKind::Logical { operator: LogicalOperator::Or, operands } => {
                let mut each = operands.iter().map(|operand| self.asked(operand));
                let Some(mut all) = each.next() else { return Wanted::new() };
                for one in each {
                    all.retain(|id, _| one.contains_key(id));
                    for (id, interval) in &mut all {
                        *interval = interval.or(one.get(id).copied().unwrap_or(Interval::ALL));
                    }
                }
                all
            }
            ScalarKind::Between { operands, is_negated: false } => {
                let [value, low, high] = &**operands;
                let Some(id) = datetime_column(value) else { return self.vague(part) };
                let from = self.instant(low);
                let to = match self.span(high) {
                    Some(distance) => from.and_then(|from| from.checked_add(distance)),
                    None => self.instant(high),
                };
                let bound = |instant: Option<i64>| instant.map_or(Bound::Unknown, Bound::At);
                let interval =
                    Interval { low: bound(from), high: bound(to), low_span: Some(low.span) };
                Wanted::from([(id, interval)])
            }
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                let (column, other, operator) =
                    match (datetime_column(left), datetime_column(right)) {
                        (Some(column), None) => (column, right, *operator),
                        (None, Some(column)) => (column, left, turned(*operator)),
                        _ => return self.vague(part),
                    };
                let bound = self.instant(other).map_or(Bound::Unknown, Bound::At);
                let interval = match operator {
                    BinaryOperator::Greater | BinaryOperator::GreaterOrEqual => {
                        Interval { low: bound, high: Bound::Open, low_span: Some(part.span) }
                    }
                    BinaryOperator::Less | BinaryOperator::LessOrEqual => {
                        Interval { low: Bound::Open, high: bound, low_span: None }
                    }
                    BinaryOperator::Equal => {
                        Interval { low: bound, high: bound, low_span: Some(part.span) }
                    }
                    _ => return Wanted::new(),
                };
                Wanted::from([(column, interval)])
            }
            _ => self.vague(part),
        }
    }

    /// A predicate that says something of times in another way (`datetime_diff`, `now() - TimeGenerated < 1d`).
    fn vague(&self, part: &Scalar) -> Wanted {
        let mut wanted = Wanted::new();
        if matches!(part.kind, ScalarKind::Binary { .. } | ScalarKind::Between { .. }) {
            part.walk(&mut |inner| {
                if let Some(id) = datetime_column(inner) {
                    let interval = Interval {
                        low: Bound::Unknown,
                        high: Bound::Unknown,
                        low_span: Some(part.span),
                    };
                    wanted.insert(id, interval);
                }
            });
        }
        wanted
    }
}

fn whole(scalar: &Scalar) -> Option<i64> {
    match scalar.as_literal()? {
        Value::Long(value) => Some(*value),
        Value::Int(value) => Some(i64::from(*value)),
        _ => None,
    }
}

/// The length of a part of a date; months and years at their longest.
fn part_of(part: &str) -> Option<i64> {
    Some(match part.to_ascii_lowercase().as_str() {
        "year" => 366 * DAY,
        "quarter" => 92 * DAY,
        "month" => 31 * DAY,
        "week" => 7 * DAY,
        "day" => DAY,
        "hour" => DAY / 24,
        "minute" => DAY / 1440,
        "second" => DAY / 86_400,
        _ => return None,
    })
}

fn datetime_column(scalar: &Scalar) -> Option<ColumnId> {
    match &scalar.kind {
        ScalarKind::Column(id) if scalar.ty == Type::DateTime => Some(*id),
        ScalarKind::Convert(inner) => datetime_column(inner),
        ScalarKind::Call(call) if &*call.function == "todatetime" => {
            datetime_column(call.arguments.first()?)
        }
        _ => None,
    }
}

struct Walk<'f, 'a> {
    facts: &'f Facts<'a>,
    scans: Vec<Scan<'a>>,
    left: u32,
}

impl<'a> Walk<'_, 'a> {
    /// Goes down with what is asked of the rowset's columns.
    fn down(&mut self, rowset: &'a Rowset, mut wanted: Wanted) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        self.inside(rowset);
        match &rowset.kind {
            RowsetKind::Table(table) => self.scan(table, rowset, &wanted),
            RowsetKind::Filter { input, predicate } => {
                let asked = self.facts.asked(predicate);
                add(&mut wanted, asked);
                self.ingestion(predicate, input, &mut wanted);
                self.down(input, wanted);
            }
            RowsetKind::Extend { input, columns } | RowsetKind::Project { input, columns, .. } => {
                for (id, value) in columns {
                    let Some(interval) = wanted.get(id).copied() else { continue };
                    match datetime_column(value) {
                        Some(own) => add(&mut wanted, Wanted::from([(own, interval)])),
                        // `bin(TimeGenerated, 1h) > ago(1d)` asks of the time as well.
                        None => add(&mut wanted, vaguely(value, interval)),
                    }
                }
                self.down(input, wanted);
            }
            RowsetKind::Reference { definition } => {
                let pairs = rowset.columns.iter().zip(&definition.rowset.columns);
                let inner =
                    pairs.filter_map(|(own, inner)| Some((inner.id, *wanted.get(&own.id)?)));
                self.down(&definition.rowset, inner.collect());
            }
            RowsetKind::Summarize { input, keys, aggregates, .. } => {
                let mut inner = Wanted::new();
                for (id, value) in keys {
                    if let Some(interval) = wanted.get(id) {
                        match datetime_column(value) {
                            Some(own) => add(&mut inner, Wanted::from([(own, *interval)])),
                            None => add(&mut inner, vaguely(value, *interval)),
                        }
                    }
                }
                // A bound on `min(TimeGenerated)` speaks of groups, not of rows: it bounds nothing below.
                let _ = aggregates;
                self.down(input, inner);
            }
            RowsetKind::MakeSeries(series) => {
                let mut inner = Wanted::new();
                if let Some(own) = datetime_column(&series.axis.1) {
                    let bound = |end: &Option<Scalar>| match end {
                        Some(end) => self.facts.instant(end).map_or(Bound::Unknown, Bound::At),
                        None => Bound::Open,
                    };
                    let interval = Interval {
                        low: bound(&series.from),
                        high: bound(&series.to),
                        low_span: series.from.as_ref().map(|from| from.span),
                    };
                    inner.insert(own, interval);
                }
                self.down(&series.input, inner);
            }
            RowsetKind::Join(join) => {
                let keeps_left = !matches!(join.kind, JoinKind::RightOuter | JoinKind::FullOuter);
                let keeps_right = !matches!(join.kind, JoinKind::FullOuter);
                self.down(&join.left, if keeps_left { wanted.clone() } else { Wanted::new() });
                self.down(&join.right, if keeps_right { wanted } else { Wanted::new() });
            }
            RowsetKind::Union(union) => {
                let mut each = vec![Wanted::new(); union.legs.len()];
                // Few columns are asked for, and there may be thousands of them.
                for (place, column) in rowset.columns.iter().enumerate() {
                    let Some(interval) = wanted.get(&column.id) else { continue };
                    for (leg, own) in union.columns.get(place).into_iter().flatten() {
                        if let Some(inner) = each.get_mut(*leg) {
                            inner.insert(*own, *interval);
                        }
                    }
                }
                for (leg, inner) in union.legs.iter().zip(each) {
                    self.down(&leg.rowset, inner);
                }
            }
            _ => {
                let mut inputs = Vec::new();
                rowset.for_each_input(&mut |input| inputs.push(input));
                inputs.into_iter().for_each(|input| self.down(input, wanted.clone()));
            }
        }
    }

    /// Tables inside scalars: `in (table)`, `toscalar(table)`.
    fn inside(&mut self, rowset: &'a Rowset) {
        let mut tables = Vec::new();
        rowset.for_each_scalar(&mut |scalar| {
            scalar.walk(&mut |inner| tables.extend(inner.table()));
        });
        tables.into_iter().for_each(|table| self.down(table, Wanted::new()));
    }

    /// `ingestion_time() > ago(1h)` bounds all times of the row, vaguely.
    fn ingestion(&self, predicate: &Scalar, input: &Rowset, wanted: &mut Wanted) {
        let mut is_asked = false;
        predicate.walk(&mut |inner| {
            is_asked |= matches!(&inner.kind, ScalarKind::Call(call) if &*call.function == "ingestion_time");
        });
        if is_asked {
            let interval =
                Interval { low: Bound::Unknown, high: Bound::Open, low_span: Some(predicate.span) };
            let times = input.columns.iter().filter(|column| column.ty == Type::DateTime);
            add(wanted, times.map(|column| (column.id, interval)).collect());
        }
    }

    fn scan(&mut self, table: &'a TableReference, rowset: &'a Rowset, wanted: &Wanted) {
        let mut interval = Interval::ALL;
        let mut has_other_time = false;
        for (column, name) in rowset.columns.iter().zip(&table.columns) {
            let Some(asked) = wanted.get(&column.id) else { continue };
            if is_row_time(name) {
                interval = interval.and(*asked);
            } else {
                has_other_time = true;
            }
        }
        self.scans.push(Scan { table, rowset, interval, has_other_time });
    }
}

fn add(wanted: &mut Wanted, more: Wanted) {
    for (id, interval) in more {
        wanted.entry(id).and_modify(|known| *known = known.and(interval)).or_insert(interval);
    }
}

/// The datetime columns of an expression of which something is asked.
fn vaguely(value: &Scalar, interval: Interval) -> Wanted {
    let loose = |bound: Bound| if bound == Bound::Open { Bound::Open } else { Bound::Unknown };
    let vague = Interval { low: loose(interval.low), high: loose(interval.high), ..interval };
    let mut wanted = Wanted::new();
    value.walk(&mut |inner| {
        if let Some(id) = datetime_column(inner) {
            wanted.insert(id, vague);
        }
    });
    wanted
}

/// A span of time in words: `14 d`, `90 min`.
pub(crate) fn words(ticks: i64) -> String {
    const SECOND: i64 = 10_000_000;
    for (unit, name) in [(DAY, "d"), (3600 * SECOND, "h"), (60 * SECOND, "min"), (SECOND, "s")] {
        if ticks >= unit && ticks % unit == 0 {
            return format!("{} {name}", ticks / unit);
        }
    }
    format!("{} s", ticks / SECOND)
}

/// Tables whose rows say how something is, again and again, rather than what happened.
pub(crate) fn is_state(table: &str) -> bool {
    matches!(
        table,
        "IdentityInfo"
            | "DeviceInfo"
            | "DeviceNetworkInfo"
            | "ThreatIntelligenceIndicator"
            | "ThreatIntelIndicators"
            | "Watchlist"
            | "Heartbeat"
            | "BehaviorAnalytics"
            | "UserPeerAnalytics"
            | "DeviceTvmSoftwareInventory"
            | "DeviceTvmSoftwareVulnerabilities"
            | "DeviceTvmSoftwareVulnerabilitiesKB"
            | "DeviceTvmSecureConfigurationAssessment"
            | "DeviceTvmSecureConfigurationAssessmentKB"
            | "Usage"
    )
}
