//! `parse-kv`

mod node;
mod pairs;

use std::sync::Arc;

use kql_semantics::Value;
use kql_semantics::bound::{ParseKvRowset, Rowset};

use super::parse::text_column;
use crate::QueryError;
use crate::diagnostics::{refused, wrong_pattern};
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};
use node::ParseKv;
use pairs::{Delimited, Form, Quotes};

/// The properties, as written.
#[derive(Default)]
struct Properties {
    behind: Option<String>,
    between: Option<String>,
    expression: Option<String>,
    quotes: Quotes,
    is_greedy: bool,
}

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    parse: &ParseKvRowset,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(&parse.input)?;
    let (plan, source) = text_column(lowering, plan, &parse.source)?;
    let mut properties = Properties::default();
    for (name, value) in &parse.properties {
        properties.set(name, &lowering.constant(value)?);
    }
    let form = properties.form().map_err(|error| refused(wrong_pattern(&error.0, rowset.span)))?;
    let keys = parse.keys.iter().map(|key| {
        let name = key.name.to_string();
        (name, column_name(key.id), key.ty)
    });
    plan.operator(Arc::new(ParseKv { source, form, keys: keys.collect() }))
}

impl Properties {
    fn set(&mut self, name: &str, value: &Value) {
        match (name, value) {
            ("pair_delimiter", Value::String(text)) => self.behind = Some(text.to_string()),
            ("kv_delimiter", Value::String(text)) => self.between = Some(text.to_string()),
            ("regex", Value::String(text)) => self.expression = Some(text.to_string()),
            ("quote", Value::String(text)) => self.quotes.pairs = quotes(text),
            ("escape", Value::String(text)) => self.quotes.escape = text.chars().next(),
            ("greedy", Value::Bool(is_greedy)) => self.is_greedy = *is_greedy,
            _ => {}
        }
    }

    fn form(self) -> Result<Form, kql_functions::KernelError> {
        if let Some(expression) = self.expression {
            return Form::expression(&expression);
        }
        match self.between.filter(|between| !between.is_empty()) {
            Some(between) => Ok(Form::Delimited(Delimited {
                behind: self.behind.unwrap_or_default(),
                between,
                quotes: self.quotes,
                is_greedy: self.is_greedy,
            })),
            None => Ok(Form::Words(self.quotes)),
        }
    }
}

/// One character is both quotes; of two the first opens and the second closes; more are further pairs.
fn quotes(text: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = text.chars().collect();
    match chars.as_slice() {
        [one] => vec![(*one, *one)],
        pairs => pairs.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect(),
    }
}
