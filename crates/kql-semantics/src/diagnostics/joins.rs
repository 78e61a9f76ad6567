//! What rows of two tables go together.

use kql_syntax::{Code, Diagnostic, Span};

use super::did_you_mean;
use crate::Type;

/// `join (T)` without `on`.
pub(crate) fn join_without_keys(at: Span) -> Diagnostic {
    Diagnostic::error(Code("join-without-keys"), "this does not say what rows go together")
        .kusto("KS006")
        .mark(at, "")
        .help("add `on column` or `on $left.a == $right.b`")
}

/// Something that is no equality of two columns.
pub(crate) fn join_condition(at: Span) -> Diagnostic {
    Diagnostic::error(Code("join-condition"), "rows go together by equal columns only")
        .kusto("KS182")
        .mark(at, "")
        .help("write `on column` or `on $left.a == $right.b`; filter by the rest afterwards")
}

/// An operand that does not name its side.
pub(crate) fn join_operand(side: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("join-operand"), format!("a column of `{side}` is wanted here"))
        .kusto("KS183")
        .mark(at, "")
        .help(format!("write `{side}.column`"))
}

/// `$right.a == $left.b`
pub(crate) fn join_sides_swapped(at: Span, (left, right): (Span, Span)) -> Diagnostic {
    let _ = (left, right);
    Diagnostic::error(Code("join-sides-swapped"), "the sides of this condition are swapped")
        .kusto("KS183")
        .mark(at, "")
        .help("write `$left` on the left and `$right` on the right")
}

/// A key that one side does not have.
pub(crate) fn key_on_one_side(
    name: &str,
    side: &str,
    nearest: Option<&str>,
    at: Span,
) -> Diagnostic {
    let other = if side == "right" { "left" } else { "right" };
    let near = nearest.map_or("b", |nearest| nearest);
    let help = match side {
        "right" => format!("write `$left.{name} == $right.{near}`"),
        _ => format!("write `$left.{near} == $right.{name}`"),
    };
    Diagnostic::error(
        Code("key-on-one-side"),
        format!("`{name}` is a column of the {other} side only"),
    )
    .kusto("KS145")
    .mark(at, format!("not a column of the {side} side"))
    .help_if(did_you_mean(nearest).map(|_| help.clone()).or(Some(help)))
}

/// A key that has another type on the other side.
pub(crate) fn key_types_differ(name: &str, left: Type, right: Type, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("key-types-differ"),
        format!("`{name}` is a {left} on the left and a {right} on the right"),
    )
    .kusto("KS227")
    .mark(at, "")
    .help(conversion_help(left, right))
}

/// Keys of types that can not be equal.
pub(crate) fn keys_not_comparable(left: Type, right: Type, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("keys-not-comparable"),
        format!("a {left} on the left is never equal to a {right} on the right"),
    )
    .kusto("KS242")
    .mark(at, "")
    .help(conversion_help(left, right))
}

fn conversion_help(left: Type, right: Type) -> String {
    let wanted = if left == Type::Dynamic { right } else { left };
    let wanted = if wanted == Type::Dynamic { Type::String } else { wanted };
    format!("convert one side before the join: `| extend key = to{wanted}(...)`")
}

/// A dynamic as key.
pub(crate) fn dynamic_key(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("dynamic-key"),
        format!("`{name}` is a dynamic, and rows do not go together by one"),
    )
    .kusto("KS241")
    .mark(at, "a dynamic")
    .help(format!("convert it before the join: `| extend {name} = tostring({name})`"))
}
