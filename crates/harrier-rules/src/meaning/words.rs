//! Bound expressions in words: the same for texts that mean the same.

use std::collections::HashMap;

use kql_semantics::bound::{BoundQuery, ColumnId, Rowset, Scalar, ScalarKind};
use kql_semantics::dynamic::untagged;
use kql_semantics::time::{DateTimeText, TICKS_PER_DAY, TimeSpanText};
use kql_semantics::value::GuidText;
use kql_semantics::{Dynamic, Value};
use kql_syntax::tree::LogicalOperator;

use super::NOW;

/// How far from `now()` an instant may be that is counted from it. **Unit**: ticks.
const REACH: i64 = 20_000 * TICKS_PER_DAY;
/// Longer expressions are cut. **Unit**: bytes.
const MAX_LENGTH: usize = 4_000;
/// Deeper ones too.
const MAX_DEPTH: usize = 200;

/// Whether an instant was counted from `now()`.
pub(super) const fn is_relative(ticks: i64) -> bool {
    (ticks - NOW).abs() < REACH
}

/// What columns are called, and what shared expressions stand for.
pub(super) struct Words<'a> {
    pub(super) query: &'a BoundQuery,
    pub(super) names: HashMap<ColumnId, &'a str>,
}

/// Whether literals are written out.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Literals {
    Shown,
    /// As `…`: what is left is the shape of the expression.
    Hidden,
}

impl<'a> Words<'a> {
    /// Names of columns: a table's own where they only moved.
    pub(super) fn new(query: &'a BoundQuery, rowsets: &[&'a Rowset]) -> Self {
        let mut names = HashMap::new();
        // The innermost come last: there columns have their first names.
        for rowset in rowsets {
            for column in &rowset.columns {
                names.insert(column.id, &*column.name);
            }
        }
        Self { query, names }
    }

    pub(super) fn name(&self, id: ColumnId) -> &'a str {
        self.names.get(&id).copied().unwrap_or("?")
    }

    /// An expression in words.
    pub(super) fn scalar(&self, scalar: &Scalar, literals: Literals) -> String {
        let mut out = String::new();
        self.write(scalar, literals, 0, &mut out);
        out
    }

    fn write(&self, scalar: &Scalar, literals: Literals, depth: usize, out: &mut String) {
        if out.len() > MAX_LENGTH || depth > MAX_DEPTH {
            if !out.ends_with('…') {
                out.push('…');
            }
            return;
        }
        let inner = |one: &Scalar| {
            let mut text = String::new();
            self.write(one, literals, depth + 1, &mut text);
            text
        };
        let joined = |all: &[Scalar], between: &str| {
            // Each is cut at the limit, and so is the number of those that count.
            all.iter().take(200).map(inner).collect::<Vec<_>>().join(between)
        };
        match &scalar.kind {
            ScalarKind::Literal(_) if literals == Literals::Hidden => out.push('…'),
            ScalarKind::Literal(value) => out.push_str(&literal(value)),
            ScalarKind::Column(id) => out.push_str(self.name(*id)),
            ScalarKind::Shared(id) => match self.query.shared.get(id.0 as usize) {
                Some(shared) => self.write(shared, literals, depth + 1, out),
                None => out.push('?'),
            },
            ScalarKind::Call(call) => {
                out.push_str(&format!("{}({})", call.function, joined(&call.arguments, ", ")));
            }
            ScalarKind::Output { call, index } => {
                self.write(call, literals, depth + 1, out);
                out.push_str(&format!("[{index}]"));
            }
            ScalarKind::Convert(operand) => self.write(operand, literals, depth + 1, out),
            ScalarKind::Unary { operand, .. } => {
                out.push('-');
                self.write(operand, literals, depth + 1, out);
            }
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                out.push_str(&format!("{} {} {}", inner(left), operator.text(), inner(right)));
            }
            ScalarKind::Logical { operator, operands } => {
                let word = match operator {
                    LogicalOperator::And => " and ",
                    LogicalOperator::Or => " or ",
                };
                let mut parts: Vec<String> = operands.iter().take(200).map(inner).collect();
                parts.sort();
                parts.dedup();
                out.push_str(&format!("({})", parts.join(word)));
            }
            ScalarKind::Between { operands, is_negated } => {
                let [value, low, high] = &**operands;
                let not = if *is_negated { "!" } else { "" };
                out.push_str(&format!(
                    "{} {not}between ({} .. {})",
                    inner(value),
                    inner(low),
                    inner(high)
                ));
            }
            ScalarKind::InList { operator, value, list } => {
                let mut parts: Vec<String> = match literals {
                    Literals::Shown => list.iter().take(1_000).map(inner).collect(),
                    Literals::Hidden => vec![String::from("…")],
                };
                parts.sort();
                out.push_str(&format!(
                    "{} {} ({})",
                    inner(value),
                    operator.text(),
                    parts.join(", ")
                ));
            }
            ScalarKind::InTable { operator, value, table } => {
                let tables = tables(table).join(", ");
                out.push_str(&format!("{} {} (rows of {tables})", inner(value), operator.text()));
            }
            ScalarKind::Member { base, name } => {
                self.write(base, literals, depth + 1, out);
                out.push_str(&format!(".{name}"));
            }
            ScalarKind::Index { base, index } => {
                // Which element is meant is part of the shape.
                let mut text = String::new();
                self.write(index, Literals::Shown, depth + 1, &mut text);
                self.write(base, literals, depth + 1, out);
                out.push_str(&format!("[{text}]"));
            }
            ScalarKind::Subquery(table) => {
                out.push_str(&format!("toscalar(rows of {})", tables(table).join(", ")));
            }
            ScalarKind::Parameter(name) => out.push_str(name),
        }
    }
}

fn tables(rowset: &Rowset) -> Vec<String> {
    let mut names = Vec::new();
    rowset.walk(&mut |inner| {
        if let kql_semantics::bound::RowsetKind::Table(table) = &inner.kind {
            names.push(table.name.to_string());
        }
    });
    names.sort();
    names.dedup();
    names
}

/// A value as KQL writes it; times that were counted from `now()` as such.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Null(ty) => format!("{}(null)", ty.name()),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Long(value) => value.to_string(),
        Value::Real(value) => value.to_string(),
        Value::Decimal(value) => format!("{value:?}"),
        Value::String(text) => format!("{text:?}"),
        Value::DateTime(ticks) if *ticks == NOW => String::from("now()"),
        Value::DateTime(ticks) if is_relative(*ticks) => {
            let (before, sign) = if *ticks < NOW { (NOW - ticks, "") } else { (ticks - NOW, "-") };
            format!("ago({sign}{})", span(before))
        }
        Value::DateTime(ticks) => format!("datetime({})", DateTimeText(*ticks)),
        Value::TimeSpan(ticks) => span(*ticks),
        Value::Guid(bits) => format!("guid({})", GuidText(*bits)),
        Value::Dynamic(value) => dynamic(value),
    }
}

fn dynamic(value: &Dynamic) -> String {
    let text = untagged(&value.to_text()).into_owned();
    match text.char_indices().nth(200) {
        Some((at, _)) => format!("dynamic({}…)", text.get(..at).unwrap_or("")),
        None => format!("dynamic({text})"),
    }
}

/// A span of time in its largest whole unit.
fn span(ticks: i64) -> String {
    let second = TICKS_PER_DAY / 86_400;
    let units = [(TICKS_PER_DAY, "d"), (second * 3600, "h"), (second * 60, "m"), (second, "s")];
    match units.iter().find(|(unit, _)| ticks != 0 && ticks % unit == 0) {
        Some((unit, letter)) => format!("{}{letter}", ticks / unit),
        None => TimeSpanText(ticks).to_string(),
    }
}
