//! What rows must satisfy.

use std::collections::BTreeSet;

use kql_semantics::bound::{AggregateCall, ColumnId, RowsetKind, Scalar, ScalarKind};
use kql_semantics::{Dynamic, Type, Value};
use kql_syntax::Span;
use kql_syntax::tree::{BinaryOperator, ListOperator, LogicalOperator};

use super::sources::Source;
use super::{Bases, text_at};
use crate::facts::comparison::turned;
use crate::facts::comparison::{self, comparison};
use crate::facts::origin::Origin;
use crate::facts::time::is_row_time;
use crate::facts::{Facts, conjuncts};

/// What rows must satisfy.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) kind: ConditionKind,
    pub(crate) span: Span,
    /// The sources whose rows it is about.
    pub(crate) sources: BTreeSet<usize>,
}

/// The kinds of condition.
#[derive(Clone, Debug)]
pub(crate) enum ConditionKind {
    /// One of these tests against literals.
    Tests(Vec<Test>),
    /// The time of a row against the clock or a date.
    Window,
    /// An aggregate against a number.
    Threshold { name: String, aggregate: String, operator: BinaryOperator, number: String },
    /// Values of two tables against one another.
    Relation { left: Subject, operator: BinaryOperator, right: Subject },
    /// Times of two tables against one another.
    Order(TimeOrder),
    /// Whether a value occurs in another table.
    Occurs { subject: Subject, is_negated: bool },
    /// Something else.
    Other,
}

/// What is tested.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Subject {
    /// The table, where there is one.
    pub(crate) table: String,
    /// The table's column; empty for what is computed.
    pub(crate) column: String,
    /// The column with the way into it.
    pub(crate) path: String,
    /// As it is written.
    pub(crate) written: String,
}

/// A test against literals.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    pub(crate) subject: Subject,
    pub(crate) kind: TestKind,
    pub(crate) is_negated: bool,
    pub(crate) values: Vec<String>,
    pub(crate) operator: &'static str,
    pub(crate) span: Span,
}

/// How something is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TestKind {
    Is,
    Contains,
    Starts,
    Ends,
    Matches,
    Compares,
    Filled,
}

/// How far a time may be from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TimeOrder {
    pub(crate) earlier: Subject,
    pub(crate) later: Subject,
    /// The later minus the earlier is at least this. **Unit**: ticks.
    pub(crate) least: Option<i64>,
    /// It is at most this.
    pub(crate) most: Option<i64>,
}

pub(super) fn read<'a>(
    facts: &'a Facts<'a>,
    bases: &Bases<'a>,
    sources: &[Source<'a>],
) -> Vec<Condition> {
    let reader = Reader { facts, bases, tables: sources };
    let mut found = Vec::new();
    for (_, _, predicate) in facts.filters() {
        for part in conjuncts(predicate) {
            if !facts.tree.is_foreign(part.span) {
                found.push(reader.condition(part));
            }
        }
    }
    for rowset in facts.own_rowsets() {
        if let RowsetKind::Summarize { aggregates, .. } = &rowset.kind {
            aggregates.iter().for_each(|call| reader.counted(call, &mut found));
        }
        if let RowsetKind::Scan(scan) = &rowset.kind {
            for step in &scan.steps {
                found.extend(
                    conjuncts(&step.condition).into_iter().map(|part| reader.condition(part)),
                );
            }
        }
    }
    found.sort_by_key(|condition| condition.span);
    for condition in &mut found {
        condition.sources.retain(|source| sources.get(*source).is_some());
    }
    found
}

struct Reader<'r, 'a> {
    facts: &'a Facts<'a>,
    bases: &'r Bases<'a>,
    tables: &'r [Source<'a>],
}

impl<'a> Reader<'_, 'a> {
    fn condition(&self, part: &'a Scalar) -> Condition {
        let sources = self.sources_of(part);
        let kind = self.kind(part).unwrap_or(ConditionKind::Other);
        Condition { kind, span: part.span, sources }
    }

    /// The sources that all its columns have in common: alternatives of a union, one table. None in common where tables are compared.
    fn sources_of(&self, part: &'a Scalar) -> BTreeSet<usize> {
        let mut common: Option<BTreeSet<usize>> = None;
        let mut all = BTreeSet::new();
        part.walk(&mut |inner| {
            if !matches!(inner.kind, ScalarKind::Column(_) | ScalarKind::Shared(_)) {
                return;
            }
            let own = self.bases.sources(inner);
            all.extend(own.iter().copied());
            common = Some(match common.take() {
                None => own,
                Some(known) => known.intersection(&own).copied().collect(),
            });
        });
        common.filter(|common| !common.is_empty()).unwrap_or(all)
    }

    fn kind(&self, part: &'a Scalar) -> Option<ConditionKind> {
        if let Some(tests) = self.tests(part) {
            return Some(ConditionKind::Tests(tests));
        }
        match &part.kind {
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                self.window(left, right)
                    .or_else(|| self.threshold(*operator, left, right))
                    .or_else(|| self.order(*operator, left, right))
                    .or_else(|| self.relation(*operator, left, right))
            }
            ScalarKind::Between { operands, is_negated: false } => {
                let [value, low, high] = &**operands;
                if let Some(window) = self.window(value, low) {
                    return Some(window);
                }
                let (value, least) = self.time(value)?;
                let (low, most_low) = self.time(low)?;
                let most = match self.facts.span(high) {
                    Some(distance) => Some(most_low + distance - least),
                    None => self
                        .time(high)
                        .filter(|(base, _)| *base == low)
                        .map(|(_, most)| most - least),
                };
                let order =
                    TimeOrder { earlier: low, later: value, least: Some(most_low - least), most };
                Some(ConditionKind::Order(order))
            }
            ScalarKind::InTable { operator, value, .. } => Some(ConditionKind::Occurs {
                subject: self.subject(value),
                is_negated: matches!(operator, ListOperator::NotIn | ListOperator::NotInTilde),
            }),
            _ => None,
        }
    }

    /// Tests of which one must hold; none where one of them is of another kind.
    fn tests(&self, part: &'a Scalar) -> Option<Vec<Test>> {
        if let ScalarKind::Logical { operator, operands } = &part.kind {
            let mut tests = Vec::new();
            for operand in operands {
                tests.extend(self.tests(operand)?);
            }
            // `and` within `or` is only as good as its first part for words.
            return (*operator == LogicalOperator::Or || !tests.is_empty()).then_some(tests);
        }
        self.test(part).map(|test| vec![test])
    }

    fn test(&self, part: &'a Scalar) -> Option<Test> {
        if let Some(found) = comparison(part) {
            let kind = match found.test {
                comparison::Test::Equal => TestKind::Is,
                comparison::Test::Term | comparison::Test::TermEdge | comparison::Test::Part => {
                    TestKind::Contains
                }
                comparison::Test::Start => TestKind::Starts,
                comparison::Test::End => TestKind::Ends,
            };
            let values = found.literals.iter().map(|(text, _)| (*text).to_owned()).collect();
            let subject = self.subject(found.subject);
            let (operator, span) = (found.operator, found.span);
            return Some(Test {
                subject,
                kind,
                is_negated: found.is_negated,
                values,
                operator,
                span,
            });
        }
        let test = |subject: &'a Scalar, kind, is_negated, values, operator| {
            let subject = self.subject(subject);
            Some(Test { subject, kind, is_negated, values, operator, span: part.span })
        };
        match &part.kind {
            ScalarKind::Binary { operator, operands } => {
                use BinaryOperator as B;
                let [left, right] = &**operands;
                let (subject, value, operator) = match (plain(left), plain(right)) {
                    (None, Some(value)) => (left, value, *operator),
                    (Some(value), None) => (right, value, turned(*operator)),
                    _ => return None,
                };
                if subject.ty == Type::DateTime || self.aggregate(subject).is_some() {
                    return None;
                }
                let kind = match operator {
                    B::Equal | B::NotEqual => TestKind::Is,
                    B::Less | B::LessOrEqual | B::Greater | B::GreaterOrEqual => TestKind::Compares,
                    B::MatchesRegex => TestKind::Matches,
                    _ => return None,
                };
                test(subject, kind, operator == B::NotEqual, vec![value], operator.text())
            }
            ScalarKind::InList { operator, value, list } => {
                let values: Vec<String> = list.iter().flat_map(plains).collect();
                let is_negated = matches!(operator, ListOperator::NotIn | ListOperator::NotInTilde);
                let is_known = !values.is_empty()
                    && !matches!(operator, ListOperator::HasAny | ListOperator::HasAll);
                is_known.then(|| test(value, TestKind::Is, is_negated, values, operator.text()))?
            }
            ScalarKind::Call(call) => {
                let first = call.arguments.first()?;
                match &*call.function {
                    "isnotempty" | "isnotnull" | "notempty" | "notnull" => {
                        test(first, TestKind::Filled, false, Vec::new(), "isnotempty")
                    }
                    "isempty" | "isnull" => {
                        test(first, TestKind::Filled, true, Vec::new(), "isempty")
                    }
                    "not" => {
                        let mut inner = self.test(first)?;
                        inner.is_negated = !inner.is_negated;
                        Some(inner)
                    }
                    _ => None,
                }
            }
            ScalarKind::Column(_) if part.ty == Type::Bool => {
                test(part, TestKind::Is, false, vec![String::from("true")], "==")
            }
            _ => None,
        }
    }

    fn window(&self, value: &'a Scalar, other: &'a Scalar) -> Option<ConditionKind> {
        let is_row_time = |scalar: &'a Scalar| {
            scalar.ty == Type::DateTime
                && self
                    .bases
                    .of(scalar)
                    .iter()
                    .any(|(_, column)| is_row_time(column) || !column.is_empty())
        };
        let is_bound = |time: &'a Scalar, bound: &'a Scalar| {
            is_row_time(time) && self.facts.instant(bound).is_some()
        };
        (is_bound(value, other) || is_bound(other, value)).then_some(ConditionKind::Window)
    }

    fn threshold(
        &self,
        operator: BinaryOperator,
        left: &'a Scalar,
        right: &'a Scalar,
    ) -> Option<ConditionKind> {
        let is_order = |operator| {
            use BinaryOperator as B;
            matches!(
                operator,
                B::Less | B::LessOrEqual | B::Greater | B::GreaterOrEqual | B::Equal | B::NotEqual
            )
        };
        let (subject, number, operator) = match (plain(left), plain(right)) {
            (None, Some(number)) => (left, number, operator),
            (Some(number), None) => (right, number, turned(operator)),
            _ => return None,
        };
        let call = self.aggregate(subject)?;
        if !is_order(operator) {
            return None;
        }
        let name = text_at(self.facts, subject.span).to_owned();
        Some(ConditionKind::Threshold {
            name,
            aggregate: call.function.to_string(),
            operator,
            number,
        })
    }

    /// The aggregate that a value is, through renamings and arithmetic with constants.
    fn aggregate(&self, scalar: &'a Scalar) -> Option<&'a AggregateCall> {
        let mut scalar = self.facts.resolved(scalar);
        for _ in 0..50 {
            match &scalar.kind {
                ScalarKind::Convert(inner) => scalar = self.facts.resolved(inner),
                ScalarKind::Call(call)
                    if matches!(
                        &*call.function,
                        "array_length" | "tolong" | "toint" | "toreal" | "todouble"
                    ) =>
                {
                    scalar = self.facts.resolved(call.arguments.first()?);
                }
                ScalarKind::Column(id) => match self.facts.origins.get(&self.facts.root(*id))? {
                    Origin::Aggregate(call) if is_counting(call) => return Some(call),
                    Origin::Value(value) if !matches!(value.kind, ScalarKind::Column(_)) => {
                        scalar = value
                    }
                    _ => return None,
                },
                _ => return None,
            }
        }
        None
    }

    /// `left < right + 1d`, times of two tables.
    fn order(
        &self,
        operator: BinaryOperator,
        left: &'a Scalar,
        right: &'a Scalar,
    ) -> Option<ConditionKind> {
        use BinaryOperator as B;
        // `a - b < 10m`: b is the earlier one.
        if let (Some((later, earlier)), Some(distance)) =
            (self.difference(left), self.facts.span(right))
        {
            let (least, most) = match operator {
                B::Less | B::LessOrEqual => (None, Some(distance)),
                B::Greater | B::GreaterOrEqual => (Some(distance), None),
                _ => return None,
            };
            return Some(ConditionKind::Order(TimeOrder { earlier, later, least, most }));
        }
        let ((left, left_offset), (right, right_offset)) = (self.time(left)?, self.time(right)?);
        // left + a < right + b: right - left > a - b.
        let distance = left_offset - right_offset;
        let order = match operator {
            B::Less | B::LessOrEqual if distance > 0 || left_offset == right_offset => {
                TimeOrder { earlier: left, later: right, least: Some(distance), most: None }
            }
            B::Less | B::LessOrEqual => {
                TimeOrder { earlier: right, later: left, least: None, most: Some(-distance) }
            }
            B::Greater | B::GreaterOrEqual if distance <= 0 => {
                TimeOrder { earlier: right, later: left, least: Some(-distance), most: None }
            }
            B::Greater | B::GreaterOrEqual => {
                TimeOrder { earlier: left, later: right, least: None, most: Some(distance) }
            }
            _ => return None,
        };
        Some(ConditionKind::Order(order))
    }

    /// Minuend and subtrahend of a difference of times.
    fn difference(&self, scalar: &'a Scalar) -> Option<(Subject, Subject)> {
        let expression = match &self.facts.resolved(scalar).kind {
            ScalarKind::Column(id) => self.facts.expression(*id)?,
            _ => self.facts.resolved(scalar),
        };
        let ScalarKind::Binary { operator: BinaryOperator::Subtract, operands } = &expression.kind
        else {
            return None;
        };
        let [left, right] = &**operands;
        let is_time = |one: &Scalar| one.ty == Type::DateTime;
        let is_of_rows = |one: &'a Scalar| !self.bases.of(one).is_empty();
        let fits = is_time(left) && is_time(right) && is_of_rows(left) && is_of_rows(right);
        fits.then(|| (self.subject(left), self.subject(right)))
    }

    /// A time of rows and what is added to it.
    fn time(&self, scalar: &'a Scalar) -> Option<(Subject, i64)> {
        let scalar = self.facts.resolved(scalar);
        if scalar.ty != Type::DateTime {
            return None;
        }
        match &scalar.kind {
            ScalarKind::Column(id) => match self.facts.expression(*id) {
                Some(value) if matches!(value.kind, ScalarKind::Binary { .. }) => self.time(value),
                _ => (!self.bases.of(scalar).is_empty()).then(|| (self.subject(scalar), 0)),
            },
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                match (operator, self.facts.span(right), self.facts.span(left)) {
                    (BinaryOperator::Add, Some(distance), _) => self
                        .time(left)
                        .map(|(time, offset)| (time, offset.saturating_add(distance))),
                    (BinaryOperator::Subtract, Some(distance), _) => self
                        .time(left)
                        .map(|(time, offset)| (time, offset.saturating_sub(distance))),
                    (BinaryOperator::Add, None, Some(distance)) => self
                        .time(right)
                        .map(|(time, offset)| (time, offset.saturating_add(distance))),
                    _ => None,
                }
            }
            _ => (!self.bases.of(scalar).is_empty()).then(|| (self.subject(scalar), 0)),
        }
    }

    fn relation(
        &self,
        operator: BinaryOperator,
        left: &'a Scalar,
        right: &'a Scalar,
    ) -> Option<ConditionKind> {
        let (one, other) = (self.bases.sources(left), self.bases.sources(right));
        if one.is_empty() || other.is_empty() || !one.is_disjoint(&other) {
            return None;
        }
        let (left, right) = (self.subject(left), self.subject(right));
        Some(ConditionKind::Relation { left, operator, right })
    }

    /// What a scalar stands for.
    fn subject(&self, scalar: &'a Scalar) -> Subject {
        let written = match scalar.span.is_empty() {
            false => text_at(self.facts, scalar.span).to_owned(),
            true => column_id(scalar).map(|id| self.facts.name(id).to_owned()).unwrap_or_default(),
        };
        let paths = self.facts.paths(scalar);
        if let Some(path) = paths.first() {
            let (table, column) = (path.table.to_owned(), path.column.to_owned());
            return Subject { table, column, path: path.text(), written };
        }
        let bases = self.bases.of(scalar);
        let mut columns = bases.iter().map(|(_, column)| *column);
        // Computed from one column: `tolower(FileName)`.
        let column = columns.next().filter(|first| columns.all(|other| other == *first));
        let table = bases
            .iter()
            .next()
            .and_then(|(source, _)| self.tables.get(*source).map(|source| source.table.to_owned()));
        let expression = match self.facts.resolved(scalar).kind {
            ScalarKind::Column(id) => self.facts.expression(id).unwrap_or(scalar),
            _ => self.facts.resolved(scalar),
        };
        // What is chosen between values says nothing of the column that it was chosen by.
        let is_simple = match &expression.kind {
            ScalarKind::Call(call) => matches!(
                &*call.function,
                "tolower"
                    | "toupper"
                    | "tostring"
                    | "trim"
                    | "trim_start"
                    | "trim_end"
                    | "toint"
                    | "tolong"
                    | "todouble"
                    | "split"
                    | "substring"
                    | "extract"
            ),
            ScalarKind::Column(_) => true,
            _ => false,
        };
        let column = column.filter(|_| is_simple && self.aggregate(scalar).is_none());
        let column = column.unwrap_or_default().to_owned();
        Subject { table: table.unwrap_or_default(), path: column.clone(), column, written }
    }

    /// `countif(ResultType != 0)`: what is counted is looked for.
    fn counted(&self, call: &'a AggregateCall, found: &mut Vec<Condition>) {
        if !call.function.ends_with("if") {
            return;
        }
        for argument in call.arguments.iter().filter(|argument| argument.ty == Type::Bool) {
            for part in conjuncts(argument) {
                let condition = self.condition(part);
                if matches!(condition.kind, ConditionKind::Tests(_)) {
                    found.push(condition);
                }
            }
        }
    }
}

fn is_counting(call: &AggregateCall) -> bool {
    !matches!(
        &*call.function,
        "take_any" | "any" | "arg_max" | "arg_min" | "make_list" | "min" | "max"
    ) || call.arguments.first().is_some_and(|argument| argument.ty != Type::DateTime)
        && matches!(&*call.function, "min" | "max")
}

fn column_id(scalar: &Scalar) -> Option<ColumnId> {
    match scalar.kind {
        ScalarKind::Column(id) => Some(id),
        _ => None,
    }
}

/// A literal as it is shown; none for a time.
fn plain(scalar: &Scalar) -> Option<String> {
    let scalar = match &scalar.kind {
        ScalarKind::Convert(inner) => inner,
        _ => scalar,
    };
    match scalar.as_literal()? {
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::Long(value) => Some(value.to_string()),
        Value::Real(value) => Some(value.to_string()),
        Value::String(value) => Some(value.to_string()),
        Value::Guid(value) => Some(kql_semantics::value::GuidText(*value).to_string()),
        _ => None,
    }
}

fn plains(scalar: &Scalar) -> Vec<String> {
    if let Some(Value::Dynamic(value)) = scalar.as_literal()
        && let Dynamic::Array(items) = &**value
    {
        return items.iter().filter_map(item).collect();
    }
    plain(scalar).into_iter().collect()
}

fn item(item: &Dynamic) -> Option<String> {
    match item {
        Dynamic::String(text) => Some(text.to_string()),
        Dynamic::Long(value) => Some(value.to_string()),
        Dynamic::Real(value) => Some(value.to_string()),
        Dynamic::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
