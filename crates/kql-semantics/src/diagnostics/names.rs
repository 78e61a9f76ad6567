//! Names that nothing has.

use kql_syntax::{Code, Diagnostic, Span};

use super::did_you_mean;
use crate::suggest::Lost;

/// No operator above gives such a column.
pub(crate) fn unknown_column(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("unknown-column"), format!("no column named `{name}` here"))
        .kusto("KS142")
        .mark(at, "not in scope")
}

/// An operator above had such a column, and did not pass it on.
pub(crate) fn lost_column(name: &str, at: Span, lost: &Lost) -> Diagnostic {
    let operator = lost.operator;
    let diagnostic = unknown_column(name, at);
    match &lost.renamed {
        Some(renamed) => diagnostic
            .mark(lost.span, "renamed here")
            .help(format!("`{operator}` renamed it to `{renamed}`")),
        None => diagnostic
            .mark(lost.span, "dropped here")
            .help(format!("`{operator}` dropped it: name it there to keep it")),
    }
}

/// Nothing has this name: no variable, table or function.
pub(crate) fn unknown_name(name: &str, at: Span, nearest: Option<&str>) -> Diagnostic {
    Diagnostic::error(Code("unknown-name"), format!("nothing here is named `{name}`"))
        .kusto("KS142")
        .mark(at, "no column, variable, table or function")
        .help_if(did_you_mean(nearest))
}

/// No table has this name.
pub(crate) fn unknown_table(name: &str, at: Span, nearest: Option<&str>) -> Diagnostic {
    Diagnostic::error(Code("unknown-table"), format!("no table or function named `{name}`"))
        .kusto("KS204")
        .mark(at, "not known")
        .help_if(did_you_mean(nearest))
}

/// No external table, materialized view or the like has this name.
pub(crate) fn unknown_named_table(function: &str, name: &str, at: Span) -> Diagnostic {
    let kusto = match function {
        "external_table" => "KS209",
        "materialized_view" => "KS210",
        _ => "KS248",
    };
    Diagnostic::error(Code("unknown-table"), format!("`{function}` knows no `{name}`"))
        .kusto(kusto)
        .mark(at, "not known")
}

/// Something is missing where that is allowed: under `isfuzzy=true`.
pub(crate) fn missing_fuzzy(name: &str, kind: &str, at: Span) -> Diagnostic {
    Diagnostic::warning(Code("missing-in-fuzzy"), format!("there is no {kind} `{name}`"))
        .kusto("KS205")
        .mark(at, "left out, because of `isfuzzy=true`")
}

/// No database has this name.
pub(crate) fn unknown_database(name: &str, own: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("unknown-database"), format!("no database named `{name}`"))
        .kusto("KS208")
        .mark(at, "not known")
        .help(format!("the database is `{own}`"))
}

/// No cluster has this name.
pub(crate) fn unknown_cluster(name: &str, at: Span) -> Diagnostic {
    Diagnostic::warning(
        Code("unknown-cluster"),
        format!("nothing is known of the cluster `{name}`"),
    )
    .kusto("KS207")
    .mark(at, "its tables may have any columns")
}

/// No function has this name.
pub(crate) fn unknown_function(name: &str, at: Span, nearest: Option<&str>) -> Diagnostic {
    Diagnostic::error(Code("unknown-function"), format!("no function named `{name}`"))
        .kusto("KS211")
        .mark(at, "not known")
        .help_if(did_you_mean(nearest))
}

/// No plugin has this name.
pub(crate) fn unknown_plugin(name: &str, nearest: Option<&str>, at: Span) -> Diagnostic {
    Diagnostic::error(Code("unknown-plugin"), format!("no plugin named `{name}`"))
        .kusto("KS124")
        .mark(at, "not known")
        .help_if(did_you_mean(nearest))
}

/// `evaluate` runs plugins only.
pub(crate) fn not_a_plugin(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("not-a-plugin"), format!("`{name}` is a function, not a plugin"))
        .kusto("KS237")
        .mark(at, "`evaluate` runs plugins")
        .help(format!("call it where a value is wanted: `extend x = {name}(...)`"))
}

/// No type has this name.
pub(crate) fn unknown_type(name: &str, at: Span) -> Diagnostic {
    let names = crate::Type::ALL.map(crate::Type::name);
    let nearest = match name.to_ascii_lowercase().as_str() {
        "integer" | "number" | "bigint" => Some("long".to_owned()),
        "text" | "varchar" | "str" => Some("string".to_owned()),
        "object" | "json" | "array" => Some("dynamic".to_owned()),
        "timestamp" => Some("datetime".to_owned()),
        _ => crate::suggest::nearest(name, names),
    };
    Diagnostic::error(Code("unknown-type"), format!("no type named `{name}`"))
        .kusto("KS160")
        .mark(at, "not a type")
        .help_if(did_you_mean(nearest.as_deref()))
}

/// A pattern that no name matches.
pub(crate) fn nothing_matches(pattern: &str, kind: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("nothing-matches"), format!("no {kind} matches `{pattern}`"))
        .kusto("KS142")
        .mark(at, "matches nothing")
}

/// A pattern where one name is wanted.
pub(crate) fn wildcard_not_allowed(pattern: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("wildcard-not-allowed"),
        format!("`{pattern}` may match several names, and one is wanted here"),
    )
    .kusto("KS268")
    .mark(at, "a wildcard")
}

/// The same name declared again.
pub(crate) fn declared_twice(name: &str, at: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code("declared-twice"), format!("`{name}` is declared twice"))
        .kusto("KS201")
        .mark(at, "again here")
        .mark(first, "first here")
}

/// A function's name without parentheses.
pub(crate) fn argument_list_required(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("argument-list-required"), format!("`{name}` is a function"))
        .kusto("KS117")
        .mark(at, "parentheses are missing")
        .help(format!("call it: `{name}(...)`, or write `['{name}']` if it is a column"))
}

/// `base.f()` where `base` is a value.
pub(crate) fn method_call(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("method-call"), format!("values have no function `{name}`"))
        .kusto("KS142")
        .mark(at, "called behind a dot")
        .help(format!("write `{name}(value)`"))
}

/// `value.member` where the value is no dynamic.
pub(crate) fn member_of_scalar(name: &str, what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("member-of-scalar"),
        format!("`.{name}` needs a dynamic, and this is a {what}"),
    )
    .kusto("KS142")
    .mark(at, "no such member")
    .help_if((what == "string").then(|| "parse it first: `parse_json(...)`".to_owned()))
}

/// Something behind a dot that can not stand there.
pub(crate) fn member_not_allowed(at: Span) -> Diagnostic {
    Diagnostic::error(Code("member-not-allowed"), "this can not stand behind a dot")
        .kusto("KS142")
        .mark(at, "a name is wanted")
}

/// `value[index]` where the value is no dynamic.
pub(crate) fn element_of_scalar(what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("element-of-scalar"),
        format!("`[...]` needs a dynamic, and this is a {what}"),
    )
    .kusto("KS147")
    .mark(at, "no elements")
    .help_if((what == "string").then(|| "parse it first: `parse_json(...)`".to_owned()))
}

/// A name that `scan` sets and does not declare.
pub(crate) fn not_declared(name: &str, nearest: Option<&str>, at: Span) -> Diagnostic {
    Diagnostic::error(Code("not-declared"), format!("`{name}` is not declared by this `scan`"))
        .kusto("KS142")
        .mark(at, "set here")
        .help_if(did_you_mean(nearest).or_else(|| Some(format!("add it: `declare ({name}: ...)`"))))
}
