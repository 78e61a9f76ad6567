//! Comparisons of a value with literals.

use kql_semantics::bound::{ColumnId, Scalar, ScalarKind};
use kql_semantics::{Dynamic, Value};
use kql_syntax::Span;
use kql_syntax::tree::{BinaryOperator, ListOperator};

/// `subject operator "a"`, `subject operator ("a", "b")`
#[derive(Clone, Debug)]
pub(crate) struct Comparison<'a> {
    pub(crate) subject: &'a Scalar,
    pub(crate) test: Test,
    pub(crate) is_negated: bool,
    /// Whether letters of other case are other letters.
    pub(crate) minds_case: bool,
    pub(crate) operator: &'static str,
    /// The texts, each with the place where it, or the name that stands for it, is written.
    pub(crate) literals: Vec<(&'a str, Span)>,
    pub(crate) span: Span,
}

/// How a text is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Test {
    /// `==`, `in`
    Equal,
    /// `has`
    Term,
    /// `hasprefix`, `hassuffix`
    TermEdge,
    /// `contains`
    Part,
    /// `startswith`
    Start,
    /// `endswith`
    End,
}

/// The comparison that a scalar is, if it is one with texts.
pub(crate) fn comparison(scalar: &Scalar) -> Option<Comparison<'_>> {
    match &scalar.kind {
        ScalarKind::Binary { operator, operands } => {
            let [left, right] = &**operands;
            let (test, is_negated, minds_case) = binary(*operator)?;
            let (subject, literal) = match (text_of(left), text_of(right)) {
                (None, Some(text)) => (left, (text, right.span)),
                (Some(text), None) if test == Test::Equal => (right, (text, left.span)),
                _ => return None,
            };
            let operator = operator.text();
            let literals = vec![literal];
            Some(Comparison {
                subject,
                test,
                is_negated,
                minds_case,
                operator,
                literals,
                span: scalar.span,
            })
        }
        ScalarKind::InList { operator, value, list } => {
            let (test, is_negated, minds_case) = match operator {
                ListOperator::In => (Test::Equal, false, true),
                ListOperator::NotIn => (Test::Equal, true, true),
                ListOperator::InTilde => (Test::Equal, false, false),
                ListOperator::NotInTilde => (Test::Equal, true, false),
                ListOperator::HasAny | ListOperator::HasAll => (Test::Term, false, false),
            };
            let literals: Vec<_> = list.iter().flat_map(texts_of).collect();
            if literals.is_empty() {
                return None;
            }
            let operator = operator.text();
            Some(Comparison {
                subject: value,
                test,
                is_negated,
                minds_case,
                operator,
                literals,
                span: scalar.span,
            })
        }
        _ => None,
    }
}

fn binary(operator: BinaryOperator) -> Option<(Test, bool, bool)> {
    use BinaryOperator as B;
    Some(match operator {
        B::Equal => (Test::Equal, false, true),
        B::NotEqual => (Test::Equal, true, true),
        B::EqualTilde => (Test::Equal, false, false),
        B::BangTilde => (Test::Equal, true, false),
        B::Has => (Test::Term, false, false),
        B::NotHas => (Test::Term, true, false),
        B::HasCs => (Test::Term, false, true),
        B::NotHasCs => (Test::Term, true, true),
        B::HasPrefix | B::HasSuffix => (Test::TermEdge, false, false),
        B::NotHasPrefix | B::NotHasSuffix => (Test::TermEdge, true, false),
        B::HasPrefixCs | B::HasSuffixCs => (Test::TermEdge, false, true),
        B::NotHasPrefixCs | B::NotHasSuffixCs => (Test::TermEdge, true, true),
        B::Contains => (Test::Part, false, false),
        B::NotContains => (Test::Part, true, false),
        B::ContainsCs => (Test::Part, false, true),
        B::NotContainsCs => (Test::Part, true, true),
        B::StartsWith => (Test::Start, false, false),
        B::NotStartsWith => (Test::Start, true, false),
        B::StartsWithCs => (Test::Start, false, true),
        B::NotStartsWithCs => (Test::Start, true, true),
        B::EndsWith => (Test::End, false, false),
        B::NotEndsWith => (Test::End, true, false),
        B::EndsWithCs => (Test::End, false, true),
        B::NotEndsWithCs => (Test::End, true, true),
        _ => return None,
    })
}

fn text_of(scalar: &Scalar) -> Option<&str> {
    match scalar.as_literal()? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn texts_of(scalar: &Scalar) -> Vec<(&str, Span)> {
    match scalar.as_literal() {
        Some(Value::String(text)) => vec![(text, scalar.span)],
        Some(Value::Dynamic(value)) => match &**value {
            Dynamic::Array(items) => {
                items.iter().filter_map(|item| Some((item_text(item)?, scalar.span))).collect()
            }
            other => item_text(other).map(|text| (text, scalar.span)).into_iter().collect(),
        },
        _ => Vec::new(),
    }
}

fn item_text(item: &Dynamic) -> Option<&str> {
    match item {
        Dynamic::String(text) => Some(text),
        _ => None,
    }
}

/// `a < b` said of `b`.
pub(crate) fn turned(operator: BinaryOperator) -> BinaryOperator {
    match operator {
        BinaryOperator::Less => BinaryOperator::Greater,
        BinaryOperator::LessOrEqual => BinaryOperator::GreaterOrEqual,
        BinaryOperator::Greater => BinaryOperator::Less,
        BinaryOperator::GreaterOrEqual => BinaryOperator::LessOrEqual,
        other => other,
    }
}

/// The column that a condition wants to be a whole number, and how large at least.
pub(crate) fn at_least(condition: &Scalar) -> Option<(ColumnId, i64)> {
    let ScalarKind::Binary { operator, operands } = &condition.kind else { return None };
    let [left, right] = &**operands;
    let (column, literal, operator) = match (&left.kind, &right.kind) {
        (ScalarKind::Column(id), _) => (*id, right, *operator),
        (_, ScalarKind::Column(id)) => (*id, left, turned(*operator)),
        _ => return None,
    };
    let Some(Value::Long(limit)) = literal.as_literal() else { return None };
    match operator {
        BinaryOperator::Greater => Some((column, limit.saturating_add(1))),
        BinaryOperator::GreaterOrEqual | BinaryOperator::Equal => Some((column, *limit)),
        _ => None,
    }
}
