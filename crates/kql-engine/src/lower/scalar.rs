//! Scalars: which way each kind is lowered.

use datafusion::logical_expr::{Expr, lit};
use kql_functions::physical;
use kql_semantics::bound::{Scalar, ScalarKind};
use kql_semantics::{Type, Value};
use kql_syntax::tree::{ListOperator, LogicalOperator, UnaryOperator};

use super::Lowering;
use crate::QueryError;
use crate::diagnostics::{not_supported, parameter_without_value, refused};
use crate::plan::column_of;

/// What of a truth matters where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    /// Null, false and true are three.
    Exact,
    /// Null is as good as false: rows are kept or not.
    Filter,
}

impl Lowering<'_> {
    /// The expression that computes a scalar over the columns of the rows at hand.
    pub(crate) fn scalar(&self, scalar: &Scalar) -> Result<Expr, QueryError> {
        self.truth(scalar, Truth::Exact)
    }

    /// The expression that is true exactly where a scalar is; elsewhere it is false or null.
    pub(crate) fn predicate(&self, scalar: &Scalar) -> Result<Expr, QueryError> {
        self.truth(scalar, Truth::Filter)
    }

    fn truth(&self, scalar: &Scalar, truth: Truth) -> Result<Expr, QueryError> {
        match &scalar.kind {
            ScalarKind::Literal(value) => Ok(literal(value)),
            ScalarKind::Column(id) => Ok(match self.outer.get(id) {
                Some(value) => literal(value),
                None => column_of(*id),
            }),
            ScalarKind::Shared(id) => self.shared_scalar(*id, truth),
            ScalarKind::Call(call) => self.call(scalar, call),
            ScalarKind::Output { call, index } => self.output(scalar, call, *index),
            ScalarKind::Convert(operand) => {
                let value = self.scalar(operand)?;
                self.converted(value, operand.ty, scalar.ty, scalar.span)
            }
            ScalarKind::Unary { operator: UnaryOperator::Plus, operand } => self.scalar(operand),
            ScalarKind::Unary { operator: UnaryOperator::Minus, operand } => {
                let types = [operand.ty];
                self.function("-", vec![self.scalar(operand)?], &types, scalar)
            }
            ScalarKind::Binary { operator, operands } => {
                self.binary(scalar, *operator, operands, truth)
            }
            ScalarKind::Logical { operator, operands } => self.logical(*operator, operands, truth),
            ScalarKind::Between { operands, is_negated } => {
                self.between(scalar, operands, *is_negated, truth)
            }
            ScalarKind::InList { operator, value, list } => {
                self.in_list(scalar, *operator, (value, list), truth)
            }
            ScalarKind::InTable { operator, value, table } => {
                let list = self.kept_value(table)?;
                // A dynamic is looked up among typed values as it is, and equals none of them.
                let of = table.columns.first().map_or(Type::Unknown, |column| column.ty);
                let is_typed = !matches!(of, Type::Dynamic | Type::Unknown);
                if value.ty == Type::Dynamic && is_typed {
                    let is_negated =
                        matches!(operator, ListOperator::NotIn | ListOperator::NotInTilde);
                    return Ok(lit(is_negated));
                }
                let list = Scalar::new(ScalarKind::Literal(list), Type::Dynamic, scalar.span);
                self.in_list(scalar, *operator, (value, std::slice::from_ref(&list)), truth)
            }
            ScalarKind::Member { .. } | ScalarKind::Index { .. } => self.path(scalar),
            ScalarKind::Subquery(table) => {
                let value = literal(&self.kept_value(table)?);
                let given = table.columns.first().map_or(scalar.ty, |column| column.ty);
                self.converted(value, given, scalar.ty, scalar.span)
            }
            ScalarKind::Parameter(name) => Err(refused(parameter_without_value(name, scalar.span))),
        }
    }

    fn logical(
        &self,
        operator: LogicalOperator,
        operands: &[Scalar],
        truth: Truth,
    ) -> Result<Expr, QueryError> {
        let mut lowered = Vec::with_capacity(operands.len());
        for operand in operands {
            let value = self.truth(operand, truth)?;
            lowered.push(self.converted(value, operand.ty, Type::Bool, operand.span)?);
        }
        Ok(balanced(lowered, operator))
    }

    fn kept_value(&self, table: &kql_semantics::bound::Rowset) -> Result<Value, QueryError> {
        let kept = self.kept.scalar(table).cloned();
        kept.ok_or_else(|| refused(not_supported("a table inside this expression", table.span)))
    }
}

/// A constant.
pub(crate) fn literal(value: &Value) -> Expr {
    lit(physical::scalar_value(value))
}

/// Operands joined as a tree without depth: a rule may have thousands of them.
pub(super) fn balanced(mut operands: Vec<Expr>, operator: LogicalOperator) -> Expr {
    while operands.len() > 1 {
        let mut joined = Vec::with_capacity(operands.len().div_ceil(2));
        let mut rest = operands.into_iter();
        while let Some(left) = rest.next() {
            joined.push(match (rest.next(), operator) {
                (None, _) => left,
                (Some(right), LogicalOperator::And) => left.and(right),
                (Some(right), LogicalOperator::Or) => left.or(right),
            });
        }
        operands = joined;
    }
    operands.pop().unwrap_or_else(|| lit(operator == LogicalOperator::And))
}
