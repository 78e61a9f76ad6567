//! What a user may change without changing what the rule looks for.

use kql_semantics::bound::JoinKind;
use kql_syntax::Span;
use kql_syntax::tree::{
    BinaryOperator, Expr, ExprKind, JsonKind, LetValue, Literal, StatementKind,
};
use serde::Serialize;

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::Field;
use super::reading::{ConditionKind, OtherSourceKind};
use super::words::counted;
use crate::facts::time::Bound;

/// A value that may be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TuningPoint {
    /// Its name, or what it is compared with.
    pub name: String,
    /// Its value, as written.
    pub value: String,
    /// What changing it does.
    pub effect: String,
    /// The line of the query, from 1; none for what is not written.
    pub line: Option<usize>,
}

pub(super) fn read(context: &Context<'_>) -> Vec<Field<TuningPoint>> {
    let mut points = Vec::new();
    for statement in &context.tree.statements {
        let StatementKind::Let(declared) = &statement.kind else { continue };
        let LetValue::Expression(expr) = &declared.value else { continue };
        if let Some(effect) = constant(context, expr, &declared.name.name) {
            points.push(point(context, &declared.name.name, expr.span, effect));
        }
    }
    for condition in &context.reading.conditions {
        if let ConditionKind::Threshold { name, operator, number, .. } = &condition.kind {
            let value = format!("{} {number}", operator.text());
            let point = TuningPoint {
                name: name.clone(),
                value,
                effect: threshold(*operator).to_owned(),
                line: Some(context.places.place(condition.span.start).0),
            };
            points.push(Field::derived(point, context.places.id(condition.span)));
        }
    }
    for source in &context.reading.sources {
        let Some(interval) =
            source.interval.filter(|interval| matches!(interval.low, Bound::At(_)))
        else {
            continue;
        };
        let Some(span) = interval.low_span else { continue };
        let value = span.text(&context.rule.query.text).to_owned();
        let is_known = points.iter().any(|known: &Field<TuningPoint>| {
            value.contains(known.value.name.as_str()) || known.value.value == value
        });
        if !is_known && value.len() < 200 {
            let effect = "how far back the table is read: a wider window sees more and costs more";
            points.push(point(context, source.table, span, effect.to_owned()));
        }
    }
    for other in &context.reading.others {
        if other.kind == OtherSourceKind::Watchlist {
            let point = TuningPoint {
                name: format!("watchlist {}", other.name),
                value: String::from("its items"),
                effect: String::from(
                    "kept outside the rule: what it lists decides what is found or left out",
                ),
                line: Some(context.places.place(other.span.start).0),
            };
            points.push(Field::derived(point, context.places.id(other.span)));
        }
    }
    for join in context.reading.joins.iter().filter(|join| join.is_implicit) {
        let point = TuningPoint {
            name: String::from("join"),
            value: String::from("no kind is written: innerunique"),
            effect: match join.kind {
                JoinKind::InnerUnique => String::from(
                    "`kind=inner` keeps all pairs rather than those of one left row for each key",
                ),
                _ => String::from("write the kind that is meant"),
            },
            line: Some(context.places.place(join.span.start).0),
        };
        points.push(Field::derived(point, context.places.id(join.span)));
    }
    points.truncate(30);
    points
}

fn point(context: &Context<'_>, name: &str, span: Span, effect: String) -> Field<TuningPoint> {
    let written = span.text(&context.rule.query.text);
    let flat = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let value: String = match flat.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", flat.get(..at).unwrap_or("")),
        None => flat,
    };
    let line = Some(context.places.place(span.start).0);
    let point = TuningPoint { name: name.to_owned(), value, effect, line };
    Field::derived(point, context.places.id(span))
}

/// What a constant does, where it is one.
fn constant(context: &Context<'_>, expr: &Expr, name: &str) -> Option<String> {
    match &expr.kind {
        ExprKind::Paren(inner) => constant(context, inner, name),
        ExprKind::Unary { operand, .. } => constant(context, operand, name),
        ExprKind::Literal(literal) => Some(literal_effect(context, literal, name)),
        ExprKind::Call(call)
            if matches!(
                &*call.name.name,
                "ago" | "now" | "startofday" | "datetime_add" | "bin" | "totimespan"
            ) =>
        {
            Some(String::from("an end of the window: further back sees more and costs more"))
        }
        ExprKind::Binary(binary) => {
            let [left, right] =
                [constant(context, &binary.left, name), constant(context, &binary.right, name)];
            left.and(right)
        }
        _ => None,
    }
}

fn literal_effect(context: &Context<'_>, literal: &Literal, name: &str) -> String {
    match literal {
        Literal::TimeSpan(_) => match order_with(context, name) {
            true => String::from("how far apart two events may be: wider pairs more"),
            false => span_effect(&context.rule.query.text, name).to_owned(),
        },
        Literal::Int(_) | Literal::Long(_) | Literal::Real(_) | Literal::Decimal(_) => {
            match compared_with(context, name) {
                Some(operator) => threshold(operator).to_owned(),
                None => String::from("a number that the query computes with"),
            }
        }
        Literal::Dynamic(json) => match &json.kind {
            JsonKind::Array(items) => {
                let count = counted(i64::try_from(items.len()).unwrap_or(0), "value");
                format!("a list of {count}: {}", list_effect(context, name))
            }
            _ => String::from("a value that the query looks into"),
        },
        Literal::String(_) => list_effect(context, name).to_owned(),
        Literal::DateTime(_) => String::from("a fixed date: it ages"),
        Literal::Bool(_) | Literal::Guid(_) | Literal::Type(_) => {
            String::from("a setting of the query")
        }
    }
}

/// What a length of time is for, as the words before its name tell.
fn span_effect(text: &str, name: &str) -> &'static str {
    let mut effect = "a length of time that the query computes with";
    for (at, _) in text.match_indices(name) {
        let before = text.get(..at).unwrap_or("").trim_end();
        let behind = text.get(at + name.len()..).unwrap_or("").trim_start();
        if before.ends_with("ago(") || before.ends_with("now() -") || before.ends_with("now()-") {
            return "the length of a window: wider sees more and costs more";
        }
        let is_bin = before.ends_with(',')
            && behind.starts_with(')')
            && before.rsplit('(').next().is_some_and(|inner| inner.len() < 60)
            && before
                .rfind('(')
                .is_some_and(|open| before.get(..open).is_some_and(|head| head.ends_with("bin")));
        if before.ends_with("step") || is_bin {
            effect = "the width of a bin of time: what is counted together";
        }
    }
    effect
}

/// Whether a name stands in a comparison of two times.
fn order_with(context: &Context<'_>, name: &str) -> bool {
    context.reading.conditions.iter().any(|condition| {
        matches!(condition.kind, ConditionKind::Order(_))
            && has_word(condition.span.text(&context.rule.query.text), name)
    })
}

/// How a name is compared as a threshold.
fn compared_with(context: &Context<'_>, name: &str) -> Option<BinaryOperator> {
    context.reading.conditions.iter().find_map(|condition| match &condition.kind {
        ConditionKind::Threshold { operator, .. }
            if has_word(condition.span.text(&context.rule.query.text), name) =>
        {
            Some(*operator)
        }
        _ => None,
    })
}

fn list_effect(context: &Context<'_>, name: &str) -> &'static str {
    let test = context
        .reading
        .tests()
        .find(|test| has_word(test.span.text(&context.rule.query.text), name));
    match test.map(|test| test.is_negated) {
        Some(true) => "what is left out; more of it finds less",
        Some(false) => "what is looked for; more of it finds more",
        None => "a value that the query uses",
    }
}

fn has_word(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

const fn threshold(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Greater | BinaryOperator::GreaterOrEqual => {
            "the threshold: higher finds less"
        }
        BinaryOperator::Less | BinaryOperator::LessOrEqual => "the threshold: higher finds more",
        _ => "a number that must be met",
    }
}

pub(super) fn blocks(points: &[Field<TuningPoint>]) -> Vec<Block> {
    if points.is_empty() {
        let text = "The query has no constants that are meant to be changed.";
        return vec![Block::Paragraph(Line::plain(text))];
    }
    let rows = points.iter().map(|field| {
        let point = &field.value;
        let line = point.line.map(|line| format!("line {line}")).unwrap_or_default();
        vec![
            Line::default().then(Piece::Code(point.name.clone())).from_field(field),
            Line::code(point.value.clone()),
            Line::marked(&point.effect),
            Line::plain(line),
        ]
    });
    vec![Block::Table { head: vec!["What", "Value", "Effect", "Where"], rows: rows.collect() }]
}

#[cfg(test)]
mod tests {
    use super::has_word;

    #[test]
    fn words_are_whole() {
        assert!(has_word("Failed >= threshold", "threshold"));
        assert!(!has_word("Failed >= threshold2", "threshold"));
    }
}
