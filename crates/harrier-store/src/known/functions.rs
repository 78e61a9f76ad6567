//! The functions that the platform and its parsers provide.

use std::sync::Arc;

use kql_semantics::Type;
use kql_semantics::catalog::{
    StoredBody, StoredFunction, StoredParameter, StoredResult, StoredSignature,
};
use kql_syntax::tree::Function;
use kql_syntax::{Name, Span, parse_function_body};

use super::lines::Lines;
use super::{parse_column, parse_columns, type_of_letter};

static FUNCTIONS: Lines = Lines(include_str!("../../content/functions.txt"));

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.keys()
}

pub(super) fn find(name: &str) -> Option<Arc<StoredFunction>> {
    let mut fields = FUNCTIONS.find(name)?.splitn(3, '\t');
    let (kind, parameters, columns) = (fields.next()?, fields.next()?, fields.next().unwrap_or(""));
    let result = match kind {
        "database" => StoredResult::Database,
        "elsewhere" => StoredResult::OtherDatabase,
        "body" => return with_body(name, columns),
        "scalar" => StoredResult::Scalar(type_of_letter(columns)?),
        "extends" => StoredResult::Extends(parse_columns(columns)),
        "table" | "open" => {
            StoredResult::Table { columns: columns_of(columns), is_open: kind == "open" }
        }
        _ => return None,
    };
    let parameters = parameters.split(',').filter_map(parse_parameter).collect();
    let body = StoredBody::Signature(StoredSignature { parameters, result });
    Some(Arc::new(StoredFunction { name: Name::new(name), body }))
}

/// A function without parameters whose text is known.
fn with_body(name: &str, text: &str) -> Option<Arc<StoredFunction>> {
    let body = parse_function_body(text);
    let span = Span::new(0, u32::try_from(text.len()).ok()?);
    let function = Function { is_view: false, parameters: Vec::new(), body: body.tree, span };
    let body = StoredBody::Tree(Arc::new(function));
    Some(Arc::new(StoredFunction { name: Name::new(name), body }))
}

/// Columns, or those of another function.
fn columns_of(text: &'static str) -> Vec<(Name, Type)> {
    let Some(other) = text.strip_prefix('=') else {
        return parse_columns(text);
    };
    let columns = FUNCTIONS.find(other).and_then(|line| line.splitn(3, '\t').nth(2));
    columns.map(parse_columns).unwrap_or_default()
}

/// A parameter as `*T`, `sname` or `s?name`.
fn parse_parameter(text: &str) -> Option<StoredParameter> {
    let is_optional = text.as_bytes().get(1) == Some(&b'?');
    let text = if is_optional { text.replacen('?', "", 1) } else { text.to_owned() };
    if let Some(name) = text.strip_prefix('*') {
        return Some(StoredParameter { name: Name::new(name), ty: None, is_optional });
    }
    let (name, ty) = parse_column(&text)?;
    Some(StoredParameter { name, ty: Some(ty), is_optional })
}
