//! `parse`, `parse-where`

mod node;
mod pattern;

use std::sync::Arc;

use kql_semantics::bound::{ParsePattern, ParseRowset, Rowset, Scalar};
use kql_semantics::{Type, Value};

use crate::QueryError;
use crate::diagnostics::{refused, wrong_pattern};
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};
use node::Parse;
use pattern::{Pattern, Piece};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    parse: &ParseRowset,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(&parse.input)?;
    let (plan, source) = text_column(lowering, plan, &parse.source)?;
    let mut pieces = Vec::with_capacity(parse.pattern.len());
    let mut outputs = Vec::new();
    for piece in &parse.pattern {
        pieces.push(match piece {
            ParsePattern::Star => Piece::Star,
            ParsePattern::Text(text) => match lowering.constant(text)? {
                Value::String(text) => Piece::Text(text.to_string()),
                _ => Piece::Text(String::new()),
            },
            ParsePattern::Column(id, ty) => {
                outputs.push((column_name(*id), *ty));
                Piece::Column(*ty)
            }
        });
    }
    let pattern = Pattern::new(parse.kind, &parse.flags, &pieces)
        .map_err(|error| refused(wrong_pattern(&error.0, rowset.span)))?;
    let operator = Parse { source, pattern, outputs, is_filter: parse.is_filter };
    plan.operator(Arc::new(operator))
}

/// A plan with a column that holds a scalar as text, and the column's name.
pub(super) fn text_column(
    lowering: &Lowering<'_>,
    plan: Plan,
    source: &Scalar,
) -> Result<(Plan, String), QueryError> {
    let plan = lowering.prepared(plan, &[source])?;
    let name = lowering.fresh("x");
    let text = lowering.scalar(source)?;
    // A dynamic is read as `tostring` gives it.
    let text = match source.ty {
        Type::String => text,
        ty => lowering.function_of("tostring", (text, ty), Type::String, source.span)?,
    };
    Ok((plan.extend(vec![(text, name.clone())])?, name))
}
