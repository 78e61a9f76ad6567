//! `in`, `has_any` and their kin.

use std::sync::Arc;

use datafusion::logical_expr::{Expr, in_list, not};
use kql_semantics::bound::Scalar;
use kql_semantics::{Dynamic, Type, Value};
use kql_syntax::tree::{ListOperator, LogicalOperator};

use super::Lowering;
use super::scalar::{Truth, balanced, literal};
use crate::QueryError;

/// So many constants DataFusion compares one by one against a file's statistics; longer lists are sets of ours.
const MOST_NATIVE: usize = 20;

impl Lowering<'_> {
    pub(super) fn in_list(
        &self,
        scalar: &Scalar,
        operator: ListOperator,
        (value, list): (&Scalar, &[Scalar]),
        truth: Truth,
    ) -> Result<Expr, QueryError> {
        let (name, each, is_negated) = match operator {
            ListOperator::In => ("in", "==", false),
            ListOperator::NotIn => ("in", "==", true),
            ListOperator::InTilde => ("in~", "=~", false),
            ListOperator::NotInTilde => ("in~", "=~", true),
            ListOperator::HasAny => ("has_any", "has", false),
            ListOperator::HasAll => ("has_all", "has", false),
        };
        let lowered = self.scalar(value)?;
        if name == "in"
            && !is_negated
            && truth == Truth::Filter
            && let Some(constants) = native_constants(value.ty, list)
        {
            return Ok(in_list(lowered, constants, false));
        }
        let mut constants: Vec<Dynamic> = Vec::new();
        let mut parts = Vec::new();
        for item in list {
            match item.as_literal() {
                Some(Value::Dynamic(array)) => match &**array {
                    Dynamic::Array(values) => constants.extend(values.iter().cloned()),
                    value => constants.push(value.clone()),
                },
                Some(constant) => constants.push(dynamic(constant)),
                None => {
                    let other = self.scalar(item)?;
                    let name = if item.ty == Type::Dynamic { name } else { each };
                    let (arguments, types) = (vec![lowered.clone(), other], [value.ty, item.ty]);
                    parts.push(self.function(name, arguments, &types, scalar)?);
                }
            }
        }
        if !constants.is_empty() || parts.is_empty() {
            let list = literal(&Value::Dynamic(Arc::new(Dynamic::Array(constants))));
            let types = [value.ty, Type::Dynamic];
            parts.insert(0, self.function(name, vec![lowered, list], &types, scalar)?);
        }
        let how = match operator {
            ListOperator::HasAll => LogicalOperator::And,
            _ => LogicalOperator::Or,
        };
        let found = balanced(parts, how);
        Ok(if is_negated { not(found) } else { found })
    }
}

/// The constants of a short list that DataFusion compares as Kusto does.
fn native_constants(ty: Type, list: &[Scalar]) -> Option<Vec<Expr>> {
    if list.is_empty() || list.len() > MOST_NATIVE {
        return None;
    }
    let constant = |item: &Scalar| match (ty, item.as_literal()?) {
        (Type::Long, Value::Int(value)) => Some(literal(&Value::Long(i64::from(*value)))),
        (Type::Int, Value::Long(value)) => Some(literal(&Value::Int(i32::try_from(*value).ok()?))),
        (Type::String | Type::Int | Type::Long | Type::DateTime | Type::TimeSpan, value)
            if value.ty() == ty && !value.is_null() =>
        {
            Some(literal(value))
        }
        _ => None,
    };
    list.iter().map(constant).collect()
}

/// A constant as an element of a dynamic array.
pub(crate) fn dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Null(_) => Dynamic::Null,
        Value::Bool(value) => Dynamic::Bool(*value),
        Value::Int(value) => Dynamic::Long(i64::from(*value)),
        Value::Long(value) => Dynamic::Long(*value),
        Value::Real(value) => Dynamic::Real(*value),
        Value::Decimal(value) => Dynamic::Decimal(*value),
        Value::String(value) => Dynamic::String(Arc::clone(value)),
        Value::DateTime(value) => Dynamic::DateTime(*value),
        Value::TimeSpan(value) => Dynamic::TimeSpan(*value),
        Value::Guid(value) => Dynamic::Guid(*value),
        Value::Dynamic(value) => Dynamic::clone(value),
    }
}
