//! Values of a wrong type.

use kql_syntax::{Code, Diagnostic, Span};

use crate::Type;

/// A value of another type than the one wanted.
pub(crate) fn type_wanted(wanted: &str, given: &str, at: Span) -> Diagnostic {
    let help = match wanted {
        "string" => Some("convert it: `tostring(...)`".to_owned()),
        "dynamic" if given == "string" => Some("parse it: `parse_json(...)`".to_owned()),
        "bool" if given == "dynamic" => Some("convert it: `tobool(...)`".to_owned()),
        "bool" => Some("compare it with something".to_owned()),
        _ => None,
    };
    Diagnostic::error(Code("wrong-type"), format!("a {wanted} is wanted, and this is a {given}"))
        .kusto("KS141")
        .mark(at, "")
        .help_if(help)
}

/// An operator between values that it does not take.
pub(crate) fn operator_not_defined(operator: &str, types: &[String], at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("operator-not-defined"),
        format!("`{operator}` does not take {}", types.join(" and ")),
    )
    .kusto("KS106")
    .mark(at, "")
    .help_if(operand_help(operator, types))
}

fn operand_help(operator: &str, types: &[String]) -> Option<String> {
    let has = |ty: &str| types.iter().any(|own| own == ty);
    let compares = matches!(operator, "<" | "<=" | ">" | ">=" | "between" | "!between");
    if compares && has("datetime") && has("timespan") {
        return Some("a timespan is a length of time: compare with `ago(...)`".to_owned());
    }
    if compares && has("datetime") && has("string") {
        return Some("convert the text: `todatetime(...)`".to_owned());
    }
    if compares && has("string") {
        return Some("texts are not ordered: convert them, or use `strcmp`".to_owned());
    }
    if operator == "+" && has("string") {
        return Some("join texts with `strcat(...)`".to_owned());
    }
    None
}

/// A dynamic where something comparable is wanted.
pub(crate) fn dynamic_not_allowed(what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("dynamic-not-allowed"), format!("`{what}` does not take a dynamic"))
        .kusto("KS116")
        .mark(at, "a dynamic")
        .help("say what it is: `tostring(...)`, `tolong(...)`")
}

/// `distinct *` of a table with a dynamic column.
pub(crate) fn distinct_dynamic(column: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("dynamic-not-allowed"),
        format!("`distinct` does not take a dynamic, and `{column}` is one"),
    )
    .kusto("KS116")
    .mark(at, "stands for all columns")
    .help("name the columns, dynamic ones as `tostring(...)`")
}

/// Something that can not be added up.
pub(crate) fn summable_expected(given: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("wrong-type"),
        format!("a number, datetime or timespan is wanted, and this is a {given}"),
    )
    .kusto("KS138")
    .mark(at, "")
}

/// Something that is no whole number.
pub(crate) fn integer_expected(given: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("wrong-type"),
        format!("a whole number is wanted, and this is a {given}"),
    )
    .kusto("KS134")
    .mark(at, "")
}

/// Something that is no number.
pub(crate) fn number_expected(given: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("wrong-type"), format!("a number is wanted, and this is a {given}"))
        .kusto("KS137")
        .mark(at, "")
}

/// A table or the like where a value is wanted.
pub(crate) fn scalar_expected(given: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("value-expected"), format!("a value is wanted, and this is a {given}"))
        .kusto("KS108")
        .mark(at, "")
        .help_if((given == "table").then(|| "take its first value: `toscalar(...)`".to_owned()))
}

/// A value where a table is wanted.
pub(crate) fn table_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("table-expected"), "a table is wanted here")
        .kusto("KS111")
        .mark(at, "not a table")
}

/// Something that is neither table nor value.
pub(crate) fn table_or_scalar_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("table-expected"), "a table or a value is wanted here")
        .kusto("KS112")
        .mark(at, "neither")
}

/// `toscalar` of a table without columns.
pub(crate) fn table_without_columns(at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("table-without-columns"),
        "this table has no column to take a value from",
    )
    .kusto("KS190")
    .mark(at, "")
}

/// Something that is no database.
pub(crate) fn database_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("database-expected"), "a database is wanted here")
        .kusto("KS114")
        .mark(at, "not a database")
}

/// Something that is no entity group.
pub(crate) fn entity_group_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("entity-group-expected"), "an entity group is wanted here")
        .kusto("KS216")
        .mark(at, "not an entity group")
}

/// A table where a graph is wanted.
pub(crate) fn graph_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("graph-expected"), "this takes a graph, and the input is a table")
        .kusto("KS219")
        .mark(at, "")
        .help("make one first: `| make-graph source --> target`")
}

/// `dynamic(decimal(1))`
pub(crate) fn decimal_in_dynamic(at: Span) -> Diagnostic {
    Diagnostic::error(Code("decimal-in-dynamic"), "a dynamic holds no decimals")
        .kusto("KS215")
        .mark(at, "")
        .help("write it as a real or a text")
}

/// `9223372036854775808`
pub(crate) fn number_too_large(at: Span) -> Diagnostic {
    Diagnostic::error(Code("number-too-large"), "the number does not fit a `long`")
        .mark(at, "more than 9223372036854775807")
        .help("write it as a `real` or a `decimal`")
}

/// A literal of another type.
pub(crate) fn literal_of_type(ty: Type, at: Span) -> Diagnostic {
    let kusto = match ty {
        Type::Bool => "KS223",
        Type::Long => "KS221",
        Type::String => "KS222",
        _ => "KS224",
    };
    Diagnostic::error(Code("literal-expected"), format!("this takes a {ty} literal"))
        .kusto(kusto)
        .mark(at, "")
}
