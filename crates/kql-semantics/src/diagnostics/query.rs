//! Statements, and queries as a whole.

use kql_syntax::{Code, Diagnostic, Span};

/// A query that its functions make too large.
pub(crate) fn query_too_large(at: Span, most: usize) -> Diagnostic {
    Diagnostic::error(
        Code("query-too-large"),
        format!("with its functions written out this query has more than {most} parts"),
    )
    .mark(at, "too much here")
    .help("keep what is used several times: `let x = materialize(...)`")
}

/// Operators on operators on operators.
pub(crate) fn query_too_deep(at: Span, most: u32) -> Diagnostic {
    Diagnostic::error(
        Code("query-too-deep"),
        format!("more than {most} operators follow one another"),
    )
    .kusto("KS245")
    .mark(at, "one too many")
}

/// Something that Kusto has and Harrier has not.
pub(crate) fn not_supported(what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("not-supported"), format!("`{what}` can not be run by Harrier"))
        .mark(at, "")
}

/// `let x = arg_max(...)`
pub(crate) fn several_values_in_let(at: Span) -> Diagnostic {
    Diagnostic::error(Code("several-values"), "a `let` holds one value, and these are several")
        .kusto("KS139")
        .mark(at, "")
}

/// A table behind values in a function's parameters.
pub(crate) fn table_parameter_first(at: Span) -> Diagnostic {
    Diagnostic::error(Code("table-parameter-first"), "tables come first among the parameters")
        .kusto("KS226")
        .mark(at, "behind a value")
}

/// `set option = f(x)`
pub(crate) fn option_value(at: Span) -> Diagnostic {
    Diagnostic::error(Code("option-value"), "an option is set to a literal or a word")
        .kusto("KS130")
        .mark(at, "an expression")
}

/// A rule of a pattern with too few or too many arguments.
pub(crate) fn pattern_argument_count(expected: usize, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("wrong-argument-count"),
        format!("the pattern has {expected} parameters"),
    )
    .kusto("KS185")
    .mark(at, "")
}

/// A rule with a path in a pattern that declares none.
pub(crate) fn path_not_declared(at: Span) -> Diagnostic {
    Diagnostic::error(Code("path-not-declared"), "the pattern declares no path")
        .kusto("KS186")
        .mark(at, "")
}

/// A rule without a path in a pattern that declares one.
pub(crate) fn path_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("path-expected"), "the pattern declares a path, and this rule has none")
        .kusto("KS187")
        .mark(at, "")
}
