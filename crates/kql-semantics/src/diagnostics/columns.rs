//! Columns that operators make.

use kql_syntax::{Code, Diagnostic, Span};

use crate::Type;

/// Two columns of one name.
pub(crate) fn duplicate_column(name: &str, at: Span, first: Option<Span>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("duplicate-column"), format!("a column `{name}` is already there"))
            .kusto("KS171")
            .mark(at, "again here");
    match first.filter(|first| !first.is_empty() && *first != at) {
        Some(first) => diagnostic.mark(first, "first here"),
        None => diagnostic,
    }
}

/// An expression where the name of a column is wanted.
pub(crate) fn column_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("column-expected"), "the name of a column is wanted here")
        .kusto("KS109")
        .mark(at, "not a column")
        .help("make a column of it first: `| extend name = ...`")
}

/// `project-rename` without `new = old`.
pub(crate) fn rename_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("rename-expected"), "`project-rename` takes `new = old`")
        .kusto("KS110")
        .mark(at, "no new name")
}

/// A wildcard where one column is wanted.
pub(crate) fn several_columns(at: Span) -> Diagnostic {
    Diagnostic::error(Code("several-columns"), "this stands for several columns")
        .kusto("KS184")
        .mark(at, "one is wanted")
}

/// `(a, b) = value` where the value is one.
pub(crate) fn one_value_only(at: Span) -> Diagnostic {
    Diagnostic::error(Code("one-value-only"), "there is one value for several names")
        .kusto("KS149")
        .mark(at, "several names")
}

/// More names than values.
pub(crate) fn name_without_value(name: &str, count: usize, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("name-without-value"),
        format!("there are {count} values, and none is left for `{name}`"),
    )
    .kusto("KS150")
    .mark(at, "")
}

/// `typeof(*)` without rows.
pub(crate) fn no_columns_in_scope(at: Span) -> Diagnostic {
    Diagnostic::error(Code("no-columns-in-scope"), "there are no columns that `*` could stand for")
        .kusto("KS199")
        .mark(at, "")
}

/// A `datatable` whose last row is incomplete.
pub(crate) fn wrong_number_of_values(columns: usize, values: usize, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("wrong-number-of-values"),
        format!("{values} values do not make whole rows of {columns} columns"),
    )
    .kusto("KS173")
    .mark(at, "the last row")
}

/// `assert-schema` of another schema.
pub(crate) fn schema_differs(name: &str, wanted: Type, own: Option<Type>, at: Span) -> Diagnostic {
    let message = match own {
        Some(own) => format!("`{name}` is a {own}, not a {wanted}"),
        None => format!("there is no column `{name}`"),
    };
    Diagnostic::error(Code("schema-differs"), message).mark(at, "asserted here")
}

/// `pack(*)` before other columns.
pub(crate) fn pack_is_last(at: Span) -> Diagnostic {
    Diagnostic::error(Code("pack-is-last"), "`pack(*)` must come last").kusto("KS185").mark(at, "")
}
