//! Values that let the conditions of a query hold, as far as they can be read from it.

use std::collections::{HashMap, HashSet};

use kql_semantics::bound::{
    AggregateCall, BoundQuery, JoinKind, Rowset, RowsetKind, Scalar, ScalarKind,
};
use kql_semantics::time::TICKS_PER_DAY;
use kql_semantics::{Dynamic, Type, Value};
use kql_syntax::tree::{BinaryOperator, ListOperator, LogicalOperator};

use super::places::{Place, Places};
use crate::facts::comparison::turned;
use crate::meaning::query::rowsets;

/// So late that no rule writes a time near it. **Unit**: ticks.
pub(super) const NOW: i64 = 2_200_000 * TICKS_PER_DAY;
/// How far from `now()` an instant may be that is counted from it.
const REACH: i64 = 20_000 * TICKS_PER_DAY;
/// More copies of an event are not made.
const MAX_REPEAT: usize = 1_000;

/// What an event holds at a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    /// This value.
    Value(Value),
    /// A text that begins, holds, ends with these.
    Text { start: String, parts: Vec<String>, end: String },
    /// So long ago. **Unit**: ticks.
    Ago(i64),
    /// Whatever: a sample.
    Anything,
    /// Another in each copy of the event.
    Different,
}

/// A reading of a table, and its event.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) table: String,
    /// How many copies of the event there are.
    pub(super) repeat: usize,
    /// Whether there must be none at all.
    pub(super) is_absent: bool,
}

/// Events that let the conditions hold.
#[derive(Debug, Default)]
pub(super) struct Solution {
    pub(super) readings: Vec<Reading>,
    /// In the order in which the query asks for them.
    pub(super) held: Vec<(Place, Held)>,
    /// The place of a literal that lets no row pass when it is another.
    pub(super) pivot: Option<Place>,
}

impl Solution {
    fn at(&mut self, place: &Place) -> &mut Held {
        let index = match self.held.iter().position(|(known, _)| known == place) {
            Some(index) => index,
            None => {
                self.held.push((place.clone(), Held::Anything));
                self.held.len() - 1
            }
        };
        &mut self.held[index].1
    }

    fn set(&mut self, place: &Place, held: Held) {
        let is_literal = matches!(held, Held::Value(_) | Held::Text { .. });
        if is_literal && self.pivot.is_none() {
            self.pivot = Some(place.clone());
        }
        let known = self.at(place);
        match (known, held) {
            // What was asked first stays: a later condition is often about what the first let pass.
            (known @ (Held::Anything | Held::Different), held) => *known = held,
            (Held::Text { start, parts, end }, Held::Text { start: s, parts: p, end: e }) => {
                if start.is_empty() {
                    *start = s;
                }
                if end.is_empty() {
                    *end = e;
                }
                parts.extend(p);
            }
            _ => {}
        }
    }
}

pub(super) fn solve(query: &BoundQuery) -> Solution {
    let places = Places::new(query);
    let mut solver = Solver {
        query,
        solution: Solution::default(),
        absent: HashSet::new(),
        windows: HashMap::new(),
        places: &places,
    };
    let all = rowsets(query);
    for rowset in &all {
        solver.absent_tables(rowset);
    }
    solver.solution.readings = places
        .readings
        .iter()
        .map(|(rowset, table)| Reading {
            table: table.clone(),
            repeat: 1,
            is_absent: solver.absent.contains(&std::ptr::from_ref(*rowset)),
        })
        .collect();
    // The innermost come last, and what they ask for is nearest to the events.
    for rowset in all.iter().rev() {
        if let RowsetKind::Filter { input, predicate } = &rowset.kind {
            solver.satisfy(predicate, input);
        }
    }
    for rowset in all.iter().rev() {
        if let RowsetKind::Join(join) = &rowset.kind {
            join.keys.iter().for_each(|(left, right)| solver.alike(left, right));
        }
    }
    for rowset in &all {
        rowset.for_each_scalar(&mut |scalar| scalar.walk(&mut |inner| solver.mention(inner)));
    }
    solver.finish()
}

struct Solver<'a, 'p> {
    query: &'a BoundQuery,
    places: &'p Places<'a>,
    solution: Solution,
    /// Tables that must have no row that fits.
    absent: HashSet<*const Rowset>,
    /// How long ago at least and at most, for times.
    windows: HashMap<Place, (i64, Option<i64>)>,
}

impl<'a> Solver<'a, '_> {
    /// Notes the tables of anti joins and of `!in (table)`.
    fn absent_tables(&mut self, rowset: &'a Rowset) {
        let mut none = |side: &'a Rowset| {
            side.walk(&mut |inner| {
                if matches!(inner.kind, RowsetKind::Table(_)) {
                    self.absent.insert(std::ptr::from_ref(inner));
                }
            });
        };
        if let RowsetKind::Join(join) = &rowset.kind {
            match join.kind {
                JoinKind::LeftAnti => none(&join.right),
                JoinKind::RightAnti => none(&join.left),
                _ => {}
            }
        }
        rowset.for_each_scalar(&mut |scalar| {
            scalar.walk(&mut |inner| {
                if let ScalarKind::InTable {
                    operator: ListOperator::NotIn | ListOperator::NotInTilde,
                    table,
                    ..
                } = &inner.kind
                {
                    none(table);
                }
            });
        });
    }

    fn satisfy(&mut self, condition: &Scalar, input: &Rowset) {
        match &condition.kind {
            ScalarKind::Shared(id) => {
                if let Some(shared) = self.query.shared.get(id.0 as usize) {
                    self.satisfy(shared, input);
                }
            }
            ScalarKind::Convert(operand) => self.satisfy(operand, input),
            ScalarKind::Logical { operator: LogicalOperator::And, operands } => {
                operands.iter().for_each(|operand| self.satisfy(operand, input));
            }
            ScalarKind::Logical { operator: LogicalOperator::Or, operands } => {
                // One is enough.
                if let Some(first) = operands.first() {
                    self.satisfy(first, input);
                }
            }
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                self.compare(*operator, left, right, input);
            }
            ScalarKind::Between { operands, is_negated: false } => {
                let [value, low, high] = &**operands;
                self.compare(BinaryOperator::GreaterOrEqual, value, low, input);
                if low.ty == Type::DateTime {
                    self.compare(BinaryOperator::LessOrEqual, value, high, input);
                }
            }
            ScalarKind::InList { operator, value, list } => self.listed(*operator, value, list),
            ScalarKind::InTable {
                operator: ListOperator::In | ListOperator::InTilde,
                value,
                table,
            } => {
                let column = table.columns.first();
                let first = column.map(|c| Scalar::new(ScalarKind::Column(c.id), c.ty, value.span));
                if let Some(first) = first {
                    self.alike(value, &first);
                }
            }
            ScalarKind::Call(call) => {
                let argument = call.arguments.first().and_then(|one| self.places.place(one));
                if let (Some(place), "isnotempty" | "isnotnull") = (argument, &*call.function) {
                    self.solution.at(&place);
                }
            }
            ScalarKind::Column(_) if condition.ty == Type::Bool => {
                if let Some(place) = self.places.place(condition) {
                    self.solution.set(&place, Held::Value(Value::Bool(true)));
                }
            }
            _ => {}
        }
    }

    fn listed(&mut self, operator: ListOperator, value: &Scalar, list: &[Scalar]) {
        let Some(place) = self.places.place(value) else { return };
        let mut values = list.iter().filter_map(Scalar::as_literal).flat_map(elements);
        match operator {
            ListOperator::In | ListOperator::InTilde => {
                if let Some(first) = values.next() {
                    self.solution.set(&place, Held::Value(first));
                }
            }
            ListOperator::HasAny => {
                if let Some(Value::String(first)) = values.next() {
                    self.solution.set(&place, text("", &first, ""));
                }
            }
            ListOperator::HasAll => values.for_each(|value| {
                if let Value::String(one) = value {
                    self.solution.set(&place, text("", &one, ""));
                }
            }),
            ListOperator::NotIn | ListOperator::NotInTilde => {
                self.solution.at(&place);
            }
        }
    }

    fn compare(&mut self, operator: BinaryOperator, left: &Scalar, right: &Scalar, input: &Rowset) {
        use BinaryOperator as B;
        let (subject, value, operator) = match (left.as_literal(), right.as_literal()) {
            (None, Some(value)) => (left, value, operator),
            (Some(value), None) => (right, value, turned(operator)),
            (None, None) if operator == B::Equal => return self.alike(left, right),
            _ => return,
        };
        if let Some(aggregate) = self.places.aggregate(subject) {
            return self.threshold(operator, aggregate, value, input);
        }
        let Some(place) = self.places.place(subject) else { return };
        if let Value::DateTime(at) = value {
            if (at - NOW).abs() < REACH {
                self.window(operator, place, NOW - at);
            }
            return;
        }
        let written = match value {
            Value::String(written) => written.to_string(),
            _ => String::new(),
        };
        let held = match operator {
            B::Equal | B::EqualTilde => Held::Value(value.clone()),
            B::Greater => Held::Value(added(value, 1)),
            B::GreaterOrEqual | B::LessOrEqual => Held::Value(value.clone()),
            B::Less => Held::Value(added(value, -1)),
            B::Has
            | B::HasCs
            | B::Contains
            | B::ContainsCs
            | B::HasPrefix
            | B::HasPrefixCs
            | B::HasSuffix
            | B::HasSuffixCs => text("", &written, ""),
            B::StartsWith | B::StartsWithCs => text(&written, "", ""),
            B::EndsWith | B::EndsWithCs => text("", "", &written),
            B::NotEqual if matches!(value, Value::Bool(_)) => {
                Held::Value(Value::Bool(*value != Value::Bool(true)))
            }
            _ => {
                self.solution.at(&place);
                return;
            }
        };
        self.solution.set(&place, held);
    }

    fn window(&mut self, operator: BinaryOperator, place: Place, back: i64) {
        use BinaryOperator as B;
        let known = self.windows.entry(place.clone()).or_insert((0, None));
        match operator {
            B::Greater | B::GreaterOrEqual => {
                known.1 = Some(known.1.map_or(back, |most| most.min(back)))
            }
            B::Less | B::LessOrEqual => known.0 = known.0.max(back),
            _ => return,
        }
        self.solution.at(&place);
    }

    /// `count() > 10`: so many copies.
    fn threshold(
        &mut self,
        operator: BinaryOperator,
        aggregate: &AggregateCall,
        value: &Value,
        input: &Rowset,
    ) {
        use BinaryOperator as B;
        let number = match value {
            Value::Long(number) => *number,
            Value::Int(number) => i64::from(*number),
            #[expect(clippy::cast_possible_truncation, reason = "thresholds are small")]
            Value::Real(number) => number.ceil() as i64,
            _ => return,
        };
        let wanted = match operator {
            B::Greater => number.saturating_add(1),
            B::GreaterOrEqual | B::Equal => number,
            _ => return,
        };
        let wanted = usize::try_from(wanted).unwrap_or(1).clamp(1, MAX_REPEAT);
        let argument = aggregate.arguments.first().and_then(|one| self.places.place(one));
        match &*aggregate.function {
            "sum" | "avg" => {
                if let Some(place) = argument {
                    self.solution
                        .set(&place, Held::Value(Value::Long(i64::try_from(wanted).unwrap_or(1))));
                }
                return;
            }
            "dcount" | "dcountif" | "count_distinct" | "make_set" | "make_set_if" => {
                if let Some(place) = &argument
                    && *self.solution.at(place) == Held::Anything
                {
                    *self.solution.at(place) = Held::Different;
                }
            }
            "countif" => {
                if let Some(condition) = aggregate.arguments.first() {
                    self.satisfy(condition, input);
                }
            }
            _ => {}
        }
        let reading = argument.map(|place| place.reading).or_else(|| self.reading_below(input));
        if let Some(reading) = reading.and_then(|reading| self.solution.readings.get_mut(reading)) {
            reading.repeat = reading.repeat.max(wanted);
        }
    }

    /// The first reading of a table that a rowset's rows come from.
    fn reading_below(&self, rowset: &Rowset) -> Option<usize> {
        let mut found = None;
        rowset.walk(&mut |inner| {
            let reading =
                self.places.readings.iter().position(|(known, _)| std::ptr::eq(*known, inner));
            found = found.or(reading.filter(|reading| {
                self.solution.readings.get(*reading).is_some_and(|reading| !reading.is_absent)
            }));
        });
        found
    }

    /// Two expressions that must be equal.
    fn alike(&mut self, left: &Scalar, right: &Scalar) {
        let (Some(left), Some(right)) = (self.places.place(left), self.places.place(right)) else {
            return;
        };
        if left == right {
            return;
        }
        let (one, other) = (self.solution.at(&left).clone(), self.solution.at(&right).clone());
        let shared = match (one, other) {
            (Held::Anything | Held::Different, Held::Anything | Held::Different) => {
                Held::Value(super::events::sample(&left))
            }
            (Held::Anything | Held::Different, known) | (known, _) => known,
        };
        *self.solution.at(&left) = shared.clone();
        *self.solution.at(&right) = shared;
    }

    /// What the query reads is in the event, if only as a sample.
    fn mention(&mut self, scalar: &Scalar) {
        let is_path = matches!(
            scalar.kind,
            ScalarKind::Column(_) | ScalarKind::Member { .. } | ScalarKind::Index { .. }
        );
        if let (true, Some(place)) = (is_path, self.places.place(scalar))
            && self.solution.held.len() < 200
        {
            self.solution.at(&place);
        }
    }

    fn finish(mut self) -> Solution {
        let minute = TICKS_PER_DAY / 1440;
        for (place, (least, most)) in std::mem::take(&mut self.windows) {
            let back = match most {
                Some(most) if most > least => least + (most - least) / 2,
                _ => least + 60 * minute,
            };
            // Recent is enough where nothing else is asked.
            let back = if least == 0 { back.min(30 * minute) } else { back };
            *self.solution.at(&place) = Held::Ago(back);
        }
        self.solution
    }
}

fn text(start: &str, part: &str, end: &str) -> Held {
    let parts = if part.is_empty() { Vec::new() } else { vec![part.to_owned()] };
    Held::Text { start: start.to_owned(), parts, end: end.to_owned() }
}

/// A list's values one by one.
fn elements(value: &Value) -> Vec<Value> {
    let Value::Dynamic(list) = value else { return vec![value.clone()] };
    let Dynamic::Array(items) = &**list else { return Vec::new() };
    let element = |item: &Dynamic| match item {
        Dynamic::String(text) => Some(Value::String(text.clone())),
        Dynamic::Long(number) => Some(Value::Long(*number)),
        _ => None,
    };
    items.iter().filter_map(element).collect()
}

fn added(value: &Value, more: i64) -> Value {
    match value {
        Value::Long(number) => Value::Long(number.saturating_add(more)),
        Value::Int(number) => Value::Long(i64::from(*number).saturating_add(more)),
        #[expect(clippy::cast_precision_loss, reason = "it is one")]
        Value::Real(number) => Value::Real(number + more as f64),
        Value::TimeSpan(ticks) => {
            Value::TimeSpan(ticks.saturating_add(more * (TICKS_PER_DAY / 86_400)))
        }
        other => other.clone(),
    }
}
