//! Reads the list of builtins.
//!
//! A line at the margin names a builtin, each indented one below it is an overload. The text is our own, and a test
//! reads all of it: a line that says nothing known is skipped.

use std::sync::Arc;

use kql_syntax::Name;

use super::{
    ArgumentKind, Builtin, Layout, Parameter, ParameterKind, ResultName, Returns, Section,
    Signature, Signatures,
};
use crate::{Shape, Type};

/// "Any number of times": as Kusto counts it.
const MANY: usize = 32_767;

/// Reads the whole list.
pub(super) fn read(text: &'static str) -> Signatures {
    let mut signatures = Signatures {
        scalar: Section::default(),
        aggregate: Section::default(),
        plugin: Section::default(),
        operator: Section::default(),
    };
    let mut lines = text.lines().filter(|line| !line.starts_with('#')).peekable();
    while let Some(line) = lines.next() {
        let mut builtin = None;
        if let Some((section, head)) = line.split_once(' ') {
            builtin = Some((section, read_head(head)));
        }
        let Some((section, mut builtin)) = builtin else { continue };
        while let Some(overload) = lines.next_if(|line| line.starts_with(' ')) {
            builtin.signatures.extend(read_signature(overload.trim()));
        }
        match section {
            "scalar" => signatures.scalar.push(builtin),
            "aggregate" => signatures.aggregate.push(builtin),
            "plugin" => signatures.plugin.push(builtin),
            _ => signatures.operator.push(builtin),
        }
    }
    signatures
}

fn read_head(head: &'static str) -> Builtin {
    let mut words = head.split(' ');
    let mut builtin = Builtin {
        name: words.next().unwrap_or(""),
        signatures: Vec::new(),
        result_name: ResultName::None,
        result_prefix: None,
        is_foldable: false,
        is_hidden: false,
        is_graph: false,
        instead: None,
    };
    for word in words {
        match word.split_once('=') {
            Some(("name", name)) => builtin.result_name = read_result_name(name),
            Some(("prefix", prefix)) => builtin.result_prefix = Some(prefix),
            Some(("instead", name)) => builtin.instead = Some(name),
            _ => match word {
                "+fold" => builtin.is_foldable = true,
                "+hidden" => builtin.is_hidden = true,
                "+graph" => builtin.is_graph = true,
                _ => {}
            },
        }
    }
    builtin
}

fn read_result_name(name: &str) -> ResultName {
    match name {
        "FirstArgument" => ResultName::FirstArgument,
        "OnlyArgument" => ResultName::OnlyArgument,
        "PrefixAndFirstArgument" => ResultName::PrefixAndFirstArgument,
        "NameAndFirstArgument" => ResultName::NameAndFirstArgument,
        "PrefixOnly" => ResultName::PrefixOnly,
        "FirstArgumentValueIfColumn" => ResultName::FirstArgumentValueIfColumn,
        _ => ResultName::None,
    }
}

fn read_signature(line: &'static str) -> Option<Signature> {
    let (parameters, returns) = line.strip_prefix('(')?.split_once(") -> ")?;
    let (returns, layout) = match returns.rsplit_once(" @") {
        Some((returns, "repeating")) => (returns, Layout::Repeating),
        Some((returns, "block")) => (returns, Layout::Block),
        Some((returns, _)) => (returns, Layout::Custom),
        None => (returns, Layout::Fixed),
    };
    let parameters: Vec<Parameter> =
        parameters.split(", ").filter(|text| !text.is_empty()).filter_map(read_parameter).collect();
    let returns = read_returns(returns, parameters.len());
    Some(Signature { parameters, returns, layout })
}

fn read_parameter(text: &'static str) -> Option<Parameter> {
    let (name, rest) = text.split_once(':')?;
    let (rest, takes_tilde) = match rest.strip_suffix('~') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let (rest, least, most) = read_occurrence(rest);
    let (rest, values) = match rest.split_once('=') {
        Some((rest, values)) => (rest, values.split('|').collect()),
        None => (rest, Vec::new()),
    };
    let (kind, argument) = match rest.split_once('/') {
        Some((kind, argument)) => (kind, read_argument_kind(argument)),
        None => (rest, ArgumentKind::Expression),
    };
    let kind = read_kind(kind);
    Some(Parameter { name, kind, argument, values, least, most, takes_tilde })
}

fn read_occurrence(text: &'static str) -> (&'static str, usize, usize) {
    if let Some(rest) = text.strip_suffix('?') {
        return (rest, 0, 1);
    }
    if let Some(rest) = text.strip_suffix('*') {
        return (rest, 0, MANY);
    }
    if let Some(rest) = text.strip_suffix('+') {
        return (rest, 1, MANY);
    }
    if let Some((rest, bounds)) = text.strip_suffix('}').and_then(|text| text.rsplit_once('{'))
        && let Some((least, most)) = bounds.split_once(',')
        && let (Ok(least), Ok(most)) = (least.parse(), most.parse())
    {
        return (rest, least, most);
    }
    (text, 1, 1)
}

fn read_argument_kind(text: &str) -> ArgumentKind {
    match text {
        "Constant" => ArgumentKind::Constant,
        "Literal" => ArgumentKind::Literal,
        "LiteralNotEmpty" => ArgumentKind::LiteralNotEmpty,
        "Column" => ArgumentKind::Column,
        "Column_Parameter0" => ArgumentKind::ColumnOfFirst,
        "Column_Parameter0_Common" => ArgumentKind::ColumnOfBoth,
        "Expression_Parameter0_Element" => ArgumentKind::OverFirst,
        "Aggregate" => ArgumentKind::Aggregate,
        "StarOnly" => ArgumentKind::StarOnly,
        "StarAllowed" => ArgumentKind::StarAllowed,
        _ => ArgumentKind::Expression,
    }
}

fn read_kind(text: &'static str) -> ParameterKind {
    match text {
        "Any" => ParameterKind::Any,
        "Scalar" => ParameterKind::Scalar,
        "Integer" => ParameterKind::Integer,
        "RealOrDecimal" => ParameterKind::RealOrDecimal,
        "StringOrDynamic" => ParameterKind::StringOrDynamic,
        "StringOrArray" => ParameterKind::StringOrArray,
        "IntegerOrArray" => ParameterKind::IntegerOrArray,
        "DynamicArray" => ParameterKind::DynamicArray,
        "DynamicBag" => ParameterKind::DynamicBag,
        "Number" => ParameterKind::Number,
        "NumberOrBool" => ParameterKind::NumberOrBool,
        "Summable" => ParameterKind::Summable,
        "Orderable" => ParameterKind::Orderable,
        "Tabular" => ParameterKind::Tabular,
        "NotBool" => ParameterKind::NotBool,
        "NotRealOrBool" => ParameterKind::NotRealOrBool,
        "NotDynamic" => ParameterKind::NotDynamic,
        "Parameter0" => ParameterKind::Parameter0,
        "Parameter1" => ParameterKind::Parameter1,
        "CommonScalar" => ParameterKind::CommonScalar,
        "CommonScalarOrDynamic" => ParameterKind::CommonScalarOrDynamic,
        "CommonNumber" => ParameterKind::CommonNumber,
        "CommonSummable" => ParameterKind::CommonSummable,
        "CommonOrderable" => ParameterKind::CommonOrderable,
        _ => ParameterKind::Declared(text.split('|').map(read_shape).collect()),
    }
}

fn read_returns(text: &'static str, parameters: usize) -> Returns {
    let last = parameters.saturating_sub(1);
    match text {
        "Parameter0" => Returns::Parameter(0),
        "Parameter1" => Returns::Parameter(1),
        "Parameter0Array" => Returns::Parameter0Array,
        "Parameter0Promoted" => Returns::Parameter0Promoted,
        "Parameter0Literal" => Returns::ParameterLiteral(0),
        "Parameter1Literal" => Returns::ParameterLiteral(1),
        "ParameterNLiteral" => Returns::ParameterLiteral(last),
        "Common" => Returns::Common,
        "CommonNonDynamic" => Returns::CommonNonDynamic,
        "Widest" => Returns::Widest,
        "Custom" => Returns::Custom,
        _ if text.starts_with("Parameter0") => Returns::Named,
        _ => match text.strip_prefix("table{").and_then(|rest| rest.strip_suffix('}')) {
            Some(columns) => Returns::Table(read_entries(columns)),
            None => Returns::Declared(read_shape(text)),
        },
    }
}

fn read_shape(text: &'static str) -> Shape {
    if let Some(element) = text.strip_prefix("array<").and_then(|rest| rest.strip_suffix('>')) {
        return Shape::Array(Arc::new(read_shape(element)));
    }
    if let Some(entries) = text.strip_prefix("bag{").and_then(|rest| rest.strip_suffix('}')) {
        let entries = read_entries(entries);
        return Shape::bag_of(
            entries.into_iter().map(|(name, shape)| (Name::new(name), shape)).collect(),
        );
    }
    match text {
        "array" => Shape::array(),
        "bag" => Shape::bag(),
        "type" => Shape::TypeLiteral,
        _ => Shape::Plain(text.parse().unwrap_or(Type::Unknown)),
    }
}

/// Reads `a:long;b:bag{c:string}`: entries are parted by `;` outside braces.
fn read_entries(text: &'static str) -> Vec<(&'static str, Shape)> {
    let mut depth = 0_u32;
    let parts = text.split(move |character| {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ';' && depth == 0
    });
    parts
        .filter_map(|part| part.split_once(':'))
        .map(|(name, shape)| (name, read_shape(shape)))
        .collect()
}
