//! Calls and their arguments.

use kql_syntax::{Code, Diagnostic, Span};

use super::{did_you_mean, one_of};
use crate::Shape;
use crate::signatures::{Parameter, ParameterKind};

/// Too few or too many arguments.
pub(crate) fn wrong_argument_count(
    name: &str,
    (least, most): (usize, usize),
    count: usize,
    at: Span,
) -> Diagnostic {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let (wanted, kusto) = match (least, most) {
        _ if least == most => (format!("{least} argument{}", plural(least)), "KS119"),
        (_, most) if most > 1000 => (format!("{least} or more arguments"), "KS120"),
        _ => (format!("{least} to {most} arguments"), "KS119"),
    };
    Diagnostic::error(
        Code("wrong-argument-count"),
        format!(
            "`{name}` takes {wanted}, and {count} {} given",
            if count == 1 { "is" } else { "are" }
        ),
    )
    .kusto(kusto)
    .mark(at, "")
}

/// Arguments that repeat as a group, the last group incomplete.
pub(crate) fn incomplete_block(name: &str, at: Span) -> Diagnostic {
    let help = match name {
        "case" => "pairs of condition and value, and a value for all other rows at the end",
        _ => "pairs of key and value",
    };
    Diagnostic::error(Code("incomplete-arguments"), format!("`{name}` lacks an argument"))
        .kusto("KS121")
        .mark(at, "")
        .help(format!("it takes {help}"))
}

/// No overload takes such arguments.
pub(crate) fn no_matching_overload(name: &str, types: &[String], at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("no-matching-overload"),
        format!("`{name}` does not take ({})", types.join(", ")),
    )
    .kusto("KS127")
    .mark(at, "")
}

/// An argument of a type that its parameter does not take.
pub(crate) fn argument_type(
    parameter: &Parameter,
    common: Option<&Shape>,
    given: &str,
    at: Span,
) -> Diagnostic {
    let (wanted, kusto) = wanted_by(&parameter.kind, common);
    Diagnostic::error(
        Code("wrong-argument-type"),
        format!("`{}` must be {wanted}, and this is a {given}", parameter.name),
    )
    .kusto(kusto)
    .mark(at, "")
    .help_if(conversion_to(&parameter.kind, given))
}

/// What a parameter takes, in words, and Kusto's code of its being something else.
fn wanted_by(kind: &ParameterKind, common: Option<&Shape>) -> (String, &'static str) {
    let text = |text: &str| text.to_owned();
    match kind {
        ParameterKind::Declared(types) => {
            let types: Vec<&str> = types
                .iter()
                .map(|ty| if *ty == Shape::TypeLiteral { "typeof(...)" } else { ty.ty().name() })
                .collect();
            (format!("a {}", one_of(&types)), "KS107")
        }
        ParameterKind::Any | ParameterKind::Scalar => (text("a value"), "KS108"),
        ParameterKind::Integer => (text("a whole number"), "KS134"),
        ParameterKind::RealOrDecimal => (text("a `real` or `decimal`"), "KS135"),
        ParameterKind::IntegerOrArray => (text("a whole number or an array of them"), "KS136"),
        ParameterKind::Number => (text("a number"), "KS137"),
        ParameterKind::NumberOrBool => (text("a number or a `bool`"), "KS137"),
        ParameterKind::Summable => (text("a number, datetime or timespan"), "KS138"),
        ParameterKind::StringOrDynamic => (text("a `string` or `dynamic`"), "KS141"),
        ParameterKind::StringOrArray => (text("a `string` or an array of them"), "KS233"),
        ParameterKind::DynamicArray => (text("a dynamic array"), "KS234"),
        ParameterKind::DynamicBag => (text("a dynamic bag"), "KS235"),
        ParameterKind::Orderable => (text("something that can be ordered"), "KS206"),
        ParameterKind::NotBool => (text("no `bool`"), "KS116"),
        ParameterKind::NotRealOrBool => (text("neither `real` nor `bool`"), "KS116"),
        ParameterKind::NotDynamic => (text("no `dynamic`"), "KS116"),
        ParameterKind::Tabular => (text("a table"), "KS111"),
        ParameterKind::Parameter0 | ParameterKind::Parameter1 => {
            (text("of the type of the value compared"), "KS141")
        }
        ParameterKind::CommonOrderable if common.is_none() => (text("orderable"), "KS206"),
        ParameterKind::CommonScalar
        | ParameterKind::CommonScalarOrDynamic
        | ParameterKind::CommonNumber
        | ParameterKind::CommonSummable
        | ParameterKind::CommonOrderable => {
            let common = common.map_or("value", |shape| shape.ty().name());
            (format!("a `{common}`"), "KS141")
        }
    }
}

/// The function that makes what is wanted of what is given.
fn conversion_to(kind: &ParameterKind, given: &str) -> Option<String> {
    let function = match kind {
        ParameterKind::Declared(types) => match types.first()?.ty() {
            crate::Type::Bool => return None,
            crate::Type::Dynamic if given == "string" => "parse_json",
            crate::Type::Dynamic => return None,
            crate::Type::Unknown => return None,
            ty => return Some(format!("convert it: `to{}(...)`", short(ty))),
        },
        ParameterKind::NotDynamic | ParameterKind::StringOrDynamic => "tostring",
        ParameterKind::Integer => "tolong",
        ParameterKind::Number | ParameterKind::Summable => "toreal",
        ParameterKind::Orderable => "tostring",
        ParameterKind::DynamicArray | ParameterKind::DynamicBag if given == "string" => {
            "parse_json"
        }
        _ => return None,
    };
    Some(format!("convert it: `{function}(...)`"))
}

fn short(ty: crate::Type) -> &'static str {
    match ty {
        crate::Type::Unknown => "string",
        ty => ty.name(),
    }
}

/// Arguments that should be of one type.
pub(crate) fn no_common_type(types: &[String], at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("no-common-type"),
        format!("these have no type in common: {}", types.join(", ")),
    )
    .kusto("KS232")
    .mark(at, "")
}

/// `*` where it means nothing.
pub(crate) fn star_not_allowed(at: Span) -> Diagnostic {
    Diagnostic::error(Code("star-not-allowed"), "`*` means nothing here")
        .kusto("KS191")
        .mark(at, "a value is wanted")
}

/// Something that changes from row to row where a constant is wanted.
pub(crate) fn constant_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("constant-expected"), "this must be a constant")
        .kusto("KS129")
        .mark(at, "depends on the row")
}

/// An expression where a literal is wanted.
pub(crate) fn literal_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("literal-expected"), "this must be a literal")
        .kusto("KS131")
        .mark(at, "an expression")
}

/// An empty text where one with letters is wanted.
pub(crate) fn empty_text(at: Span) -> Diagnostic {
    Diagnostic::error(Code("empty-text"), "this must not be empty").kusto("KS133").mark(at, "empty")
}

/// A literal that is none of those that are taken.
pub(crate) fn value_not_among(values: &[&str], at: Span) -> Diagnostic {
    Diagnostic::error(Code("value-not-among"), format!("this must be {}", one_of(values)))
        .kusto("KS140")
        .mark(at, "another value")
}

/// `(a, b) = value` as an argument.
pub(crate) fn several_argument_names(at: Span) -> Diagnostic {
    Diagnostic::error(Code("several-argument-names"), "an argument has one name at most")
        .kusto("KS194")
        .mark(at, "")
}

/// `f(nmae = 1)`
pub(crate) fn unknown_parameter(name: &str, nearest: Option<&str>, at: Span) -> Diagnostic {
    Diagnostic::error(Code("unknown-parameter"), format!("no parameter is named `{name}`"))
        .kusto("KS196")
        .mark(at, "")
        .help_if(did_you_mean(nearest))
}

/// An argument by place behind one by name that stands elsewhere than its parameter.
pub(crate) fn unnamed_after_named(at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("unnamed-after-named"),
        "which parameter this belongs to can not be told",
    )
    .kusto("KS195")
    .mark(at, "give it a name too")
}

/// A parameter that was given nothing.
pub(crate) fn missing_argument(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("missing-argument"), format!("the argument for `{name}` is missing"))
        .kusto("KS197")
        .mark(at, "")
}

/// A table without columns that a function needs.
pub(crate) fn lacking_columns(columns: &[String], at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("lacking-columns"),
        format!("this table lacks columns that are asked for: {}", columns.join(", ")),
    )
    .kusto("KS249")
    .mark(at, "")
}

/// An aggregate outside `summarize` and its like.
pub(crate) fn aggregate_not_allowed(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("aggregate-not-allowed"),
        format!("`{name}` aggregates rows, and here is only one"),
    )
    .kusto("KS144")
    .mark(at, "an aggregate")
    .help(format!("compute it before: `| summarize {name}(...)`"))
}

/// A plugin outside `evaluate`.
pub(crate) fn plugin_not_allowed(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("plugin-not-allowed"), format!("`{name}` is a plugin"))
        .kusto("KS126")
        .mark(at, "not allowed here")
        .help(format!("write `| evaluate {name}(...)`"))
}

/// A column beside aggregates.
pub(crate) fn column_outside_aggregate(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("column-outside-aggregate"),
        format!("`{name}` has many values in a group, and one is wanted"),
    )
    .kusto("KS236")
    .mark(at, "not inside an aggregate")
    .help(format!("group by it (`by {name}`), or take one: `take_any({name})`, `max({name})`"))
}

/// `count(column)`, as SQL has it.
pub(crate) fn count_of_column(name: &str, at: Span, call: Span) -> Diagnostic {
    Diagnostic::error(Code("count-of-column"), "`count` counts rows and takes no column")
        .kusto("KS107")
        .mark(at, "not a condition")
        .mark(call, "")
        .help(format!(
            "`count()` for rows, `countif(isnotempty({name}))` for rows that have it, `dcount({name})` for its values"
        ))
}

/// A function that calls itself.
pub(crate) fn recursive_call(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("recursive-call"), format!("`{name}` calls itself"))
        .kusto("KS200")
        .mark(at, "here again")
}

/// Functions that call functions that call functions.
pub(crate) fn calls_too_deep(most: usize, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("calls-too-deep"),
        format!("functions call one another more than {most} deep"),
    )
    .kusto("KS200")
    .mark(at, "")
}

/// A function that the query declares, and that can not be run with these arguments.
pub(crate) fn error_in_function(name: &str, error: &Diagnostic, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("error-in-function"),
        format!("`{name}` does not work with these arguments: {}", error.message),
    )
    .kusto("KS200")
    .mark(at, "called here")
    .help_if(error.help.clone())
}

/// A stored function that can not be run.
pub(crate) fn error_in_stored(name: &str, error: &Diagnostic, at: Span) -> Diagnostic {
    Diagnostic::warning(
        Code("error-in-stored-function"),
        format!("the function `{name}` is faulty and can not be run: {}", error.message),
    )
    .kusto("KS200")
    .mark(at, "called here")
}

/// Something that is no call where one is wanted.
pub(crate) fn call_expected(at: Span) -> Diagnostic {
    Diagnostic::error(Code("call-expected"), "`invoke` calls a function")
        .kusto("KS006")
        .mark(at, "not a call")
}

/// No rule of a pattern is for these arguments.
pub(crate) fn no_pattern_matches(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("no-pattern-matches"),
        format!("the pattern `{name}` has no rule for these arguments"),
    )
    .kusto("KS188")
    .mark(at, "")
}
