//! What the engine says of a query that binds and can not be run.

use kql_semantics::bound::TableReference;
use kql_syntax::{Code, Diagnostic, Span};

use crate::QueryError;
use crate::outside::OutsideError;
use crate::refusals::lack;

/// A construct that the engine does not have yet.
pub(crate) fn not_supported(what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("not-supported"), format!("{what} can not be run by this engine"))
        .mark(at, "not supported")
}

/// A builtin without a meaning.
pub(crate) fn function_not_supported(name: &str, at: Span) -> Diagnostic {
    builtin_not_supported(name, &format!("`{name}()`"), at)
}

/// A plugin without a meaning.
pub(crate) fn plugin_not_supported(name: &str, at: Span) -> Diagnostic {
    builtin_not_supported(name, &format!("`evaluate {name}`"), at)
}

/// A builtin that is refused, with its own reason where there is one.
fn builtin_not_supported(name: &str, what: &str, at: Span) -> Diagnostic {
    match lack(name) {
        Some(lack) => Diagnostic::error(lack.code(), format!("{what} {}", lack.reason()))
            .mark(at, "can not be run here"),
        None => not_supported(what, at),
    }
}

/// Rows from outside, which a query may not read by itself.
pub(crate) fn external_data(place: &str, at: Span) -> Diagnostic {
    let what = if place.is_empty() { "a place outside" } else { place };
    Diagnostic::error(
        Code("external-data"),
        format!(
            "`externaldata` would read `{what}`, and queries read only the tables they are given"
        ),
    )
    .mark(at, "not read")
    .help("save the file beside the logs, and name its table in place of `externaldata`")
}

/// Something from outside that is not had, and the reason.
pub(crate) fn refused_outside(error: OutsideError, code: &'static str, at: Span) -> QueryError {
    match error {
        OutsideError::NotGiven => refused(not_supported("what comes from outside", at)),
        OutsideError::Refused { message, help } => {
            refused(Diagnostic::error(Code(code), message).mark(at, "not given").help(help))
        }
        OutsideError::Failed(message) => QueryError::Io(message),
    }
}

/// A table of another place.
pub(crate) fn elsewhere(function: &str, table: &TableReference, at: Span) -> Diagnostic {
    let place = match function {
        "arg" => String::from("Azure Resource Graph"),
        "adx" => String::from("a cluster of Azure Data Explorer"),
        "app" => String::from("an Application Insights resource"),
        "cluster" => String::from("another cluster"),
        _ => format!("another {function}"),
    };
    let message = format!("`{}` is in {place}, and queries read only the logs at hand", table.name);
    Diagnostic::error(Code("elsewhere"), message)
        .mark(at, "not read")
        .help("export it as a table among the logs, and name that table here")
}

/// A function of places without a database of them.
pub(crate) fn no_locations(at: Span) -> Diagnostic {
    let message =
        "`geo_info_from_ip_address()` needs a database of where addresses are, and none is given";
    Diagnostic::error(Code("not-given"), message)
        .mark(at, "not known")
        .help("give one in MaxMind's format (GeoLite2-City.mmdb) with --maxmind")
}

/// A column that a function needs.
pub(crate) fn column_wanted(what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("column-wanted"), what.to_owned()).mark(at, "needs it")
}

/// `ingestion_time()` is the time of the event.
pub(crate) fn ingestion_assumed(column: &str) -> Diagnostic {
    let message = format!(
        "`ingestion_time()` is taken to be `{column}`: the rows do not say when they were ingested"
    );
    Diagnostic::warning(Code("ingestion-assumed"), message)
        .help("say which column does with --ingestion-time, or that none does with --ingestion-time unknown")
}

/// A stored function whose text is not known.
pub(crate) fn unavailable(call: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("function-without-text"), format!("the text of `{call}` is not known"))
        .mark(at, "can not be run here")
        .help("give its definition with the rules or its rows as a table of the same name")
}

/// A query parameter without a value.
pub(crate) fn parameter_without_value(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("parameter-without-value"),
        format!("the query parameter `{name}` has no value"),
    )
    .mark(at, "used here")
    .help("give it a value, or a default in `declare query_parameters`")
}

/// An argument that must be the same for all rows.
pub(crate) fn constant_expected(what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("constant-expected"), format!("{what} must be a constant"))
        .mark(at, "depends on rows")
}

/// `d == e` of two dynamics, which Kusto's binder takes and its engine does not.
pub(crate) fn dynamics_compared(operator: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("dynamics-compared"),
        format!("`{operator}` does not compare a dynamic with a dynamic"),
    )
    .mark(at, "both are dynamic")
    .help("turn both into a type: `tostring(a) == tostring(b)`, `tolong(a) == tolong(b)`")
}

/// `reduce`, whose way of grouping is not known.
pub(crate) fn reduce_not_known(at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("not-supported"),
        "how Kusto groups texts in `reduce` is not published, and its answers can not be had otherwise",
    )
    .mark(at, "can not be run here")
    .help("take out what varies with `replace_regex`, and count with `summarize count() by`")
}

/// A number that must not be negative or nothing.
pub(crate) fn positive_expected(what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("positive-expected"), format!("{what} must be 1 or more"))
        .mark(at, "is not")
}

/// `row_number` and its kin over rows in no order.
pub(crate) fn not_serialized(function: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("rows-not-serialized"),
        format!("`{function}()` needs rows in an order, and these are in none"),
    )
    .mark(at, "called here")
    .help("put `sort by ...` or `serialize` before")
}

/// A pattern of `parse` or `parse-kv` that can not be used.
pub(crate) fn wrong_pattern(why: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("wrong-pattern"), why.to_owned()).mark(at, "in this pattern")
}

/// A text without a query statement.
pub(crate) fn no_query() -> Diagnostic {
    Diagnostic::error(Code("no-query"), "the text has no query").help("write a table or a `print`")
}

/// The answer was longer than allowed.
pub(crate) fn rows_cut(limit: usize) -> Diagnostic {
    Diagnostic::warning(
        Code("rows-cut"),
        format!("the answer has more than {limit} rows: only the first {limit} are given"),
    )
    .help("add `take`, `top` or `summarize`, or allow more rows")
}

/// One diagnostic as the reason for no answer.
pub(crate) fn refused(diagnostic: Diagnostic) -> QueryError {
    QueryError::Refused(vec![diagnostic])
}
