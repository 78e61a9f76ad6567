//! Operators and their parameters.

use kql_syntax::{Code, Diagnostic, Span};

use super::{did_you_mean, one_of};
use crate::Type;

/// An operator that needs rows, at the start of a query.
pub(crate) fn operator_can_not_be_first(at: Span) -> Diagnostic {
    Diagnostic::error(Code("operator-can-not-be-first"), "this operator needs rows to work on")
        .kusto("KS174")
        .mark(at, "nothing stands before it")
        .help("begin with a table: `Table | ...`")
}

/// An operator that makes its own rows, behind a bar.
pub(crate) fn operator_must_be_first(at: Span) -> Diagnostic {
    Diagnostic::error(Code("operator-must-be-first"), "this operator makes rows and takes none")
        .kusto("KS175")
        .mark(at, "must begin a query")
}

/// An operator that may not stand in a `fork`.
pub(crate) fn operator_not_allowed_here(at: Span) -> Diagnostic {
    Diagnostic::error(Code("operator-not-allowed"), "this operator is not allowed in a `fork`")
        .kusto("KS177")
        .mark(at, "")
}

/// `hint.stratgy=shuffle`
pub(crate) fn unknown_operator_parameter(
    name: &str,
    nearest: Option<&str>,
    at: Span,
) -> Diagnostic {
    Diagnostic::warning(
        Code("unknown-operator-parameter"),
        format!("this operator has no parameter `{name}`"),
    )
    .kusto("KS179")
    .mark(at, "does nothing")
    .help_if(did_you_mean(nearest))
}

/// A parameter that is set twice.
pub(crate) fn parameter_twice(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("parameter-twice"), format!("`{name}` is set twice"))
        .kusto("KS180")
        .mark(at, "again here")
}

/// A word that a parameter does not take.
pub(crate) fn word_expected(words: &[&str], at: Span) -> Diagnostic {
    Diagnostic::error(Code("word-expected"), format!("this must be {}", one_of(words)))
        .kusto("KS005")
        .mark(at, "")
}

/// Something that is no name.
pub(crate) fn name_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("name-expected"), "the name of a new column is wanted here")
        .kusto("KS006")
        .mark(at, "")
}

/// `render` of a chart that there is not.
pub(crate) fn unknown_chart(name: &str, nearest: Option<&str>, at: Span) -> Diagnostic {
    Diagnostic::error(Code("unknown-chart"), format!("no chart named `{name}`"))
        .kusto("KS005")
        .mark(at, "")
        .help_if(did_you_mean(nearest))
}

/// `range x from 1 to 5 step 0`
pub(crate) fn step_of_zero(at: Span) -> Diagnostic {
    Diagnostic::error(Code("step-of-zero"), "a step of zero never arrives")
        .kusto("KS140")
        .mark(at, "")
}

/// A step that is no distance on its axis.
pub(crate) fn wrong_step(axis: Type, given: &str, at: Span) -> Diagnostic {
    let help = match axis {
        Type::DateTime | Type::TimeSpan => Some("a timespan, such as `1h`"),
        _ => None,
    };
    Diagnostic::error(Code("wrong-step"), format!("a {given} is no step on an axis of {axis}"))
        .kusto("KS178")
        .mark(at, "")
        .help_if(help.map(|help| format!("take {help}")))
}

/// `in range(start, stop)`
pub(crate) fn range_of_three(count: usize, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("wrong-argument-count"),
        format!("`range` takes start, stop and step, and {count} are given"),
    )
    .kusto("KS118")
    .mark(at, "")
}

/// `make-series x = sum(a) + 1`
pub(crate) fn series_of_expression(at: Span) -> Diagnostic {
    Diagnostic::error(Code("series-of-expression"), "a series is made of one aggregate")
        .mark(at, "an expression over aggregates")
        .help("compute with series afterwards: `| extend x = series_add(...)`")
}

/// `* *` in a parse pattern.
pub(crate) fn star_before_no_text(at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("parse-pattern"),
        "a text must follow `*`, so that it is clear where it ends",
    )
    .kusto("KS102")
    .mark(at, "")
}

/// `column *` in a parse pattern.
pub(crate) fn star_after_text_column(at: Span) -> Diagnostic {
    Diagnostic::error(Code("parse-pattern"), "it is not clear where the text before `*` ends")
        .kusto("KS103")
        .mark(at, "")
        .help("put a text between them")
}

/// `column column` in a parse pattern.
pub(crate) fn column_after_no_text(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("parse-pattern"),
        format!("a text must stand before `{name}`, so that it is clear where it begins"),
    )
    .kusto("KS101")
    .mark(at, "")
}
