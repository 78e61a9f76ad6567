//! Operators between two values.
//!
//! A comparison that DataFusion does exactly as Kusto is left to it, for it can tell from a file's statistics that no row
//! matches, and it is fast. The others are functions of ours.

use datafusion::logical_expr::{Expr, Operator, binary_expr, not};
use kql_semantics::Type;
use kql_semantics::bound::Scalar;
use kql_syntax::tree::{BinaryOperator, LogicalOperator};

use super::Lowering;
use super::scalar::{Truth, balanced};
use crate::QueryError;
use crate::diagnostics::{dynamics_compared, refused};

impl Lowering<'_> {
    pub(super) fn binary(
        &self,
        scalar: &Scalar,
        operator: BinaryOperator,
        operands: &[Scalar; 2],
        truth: Truth,
    ) -> Result<Expr, QueryError> {
        let [left, right] = operands;
        let (a, b) = (self.scalar(left)?, self.scalar(right)?);
        if let Some(comparison) = comparison_of(operator) {
            if left.ty == Type::Dynamic && right.ty == Type::Dynamic {
                return Err(refused(dynamics_compared(operator.text(), scalar.span)));
            }
            return self.compared(scalar, comparison, [(a, left.ty), (b, right.ty)], truth);
        }
        let types = [left.ty, right.ty];
        match operator.text().strip_prefix('!') {
            Some("~") => Ok(not(self.function("=~", vec![a, b], &types, scalar)?)),
            Some(plain) => Ok(not(self.function(plain, vec![a, b], &types, scalar)?)),
            None if operator == BinaryOperator::Colon => {
                self.function("has", vec![a, b], &types, scalar)
            }
            None => self.function(operator.text(), vec![a, b], &types, scalar),
        }
    }

    /// `a operator b`
    pub(super) fn compared(
        &self,
        scalar: &Scalar,
        (operator, text): (Operator, &str),
        [(a, a_type), (b, b_type)]: [(Expr, Type); 2],
        truth: Truth,
    ) -> Result<Expr, QueryError> {
        let native = native_pair((&a, a_type), (&b, b_type)).filter(|_| {
            let is_equality = matches!(operator, Operator::Eq | Operator::NotEq);
            let has_constant = is_constant(&a) || is_constant(&b);
            // Two nulls make `==` null, which only matters where the truth is looked at.
            !is_equality || truth == Truth::Filter || has_constant
        });
        let Some((a, b)) = native else {
            return self.function(text, vec![a, b], &[a_type, b_type], scalar);
        };
        let is_string = a_type == Type::String;
        let operator = match operator {
            Operator::Eq if truth == Truth::Exact && !is_string => Operator::IsNotDistinctFrom,
            Operator::NotEq if !is_string => Operator::IsDistinctFrom,
            operator => operator,
        };
        Ok(binary_expr(a, operator, b))
    }

    /// `value between (low .. high)`, as two comparisons.
    pub(super) fn between(
        &self,
        scalar: &Scalar,
        operands: &[Scalar; 3],
        is_negated: bool,
        truth: Truth,
    ) -> Result<Expr, QueryError> {
        let [value, low, high] = operands;
        let (v, l, mut h) = (self.scalar(value)?, self.scalar(low)?, self.scalar(high)?);
        let mut high_type = high.ty;
        if high.ty == Type::TimeSpan && low.ty == Type::DateTime {
            let sum = Scalar { ty: Type::DateTime, ..scalar.clone() };
            h = self.function("+", vec![l.clone(), h], &[low.ty, high.ty], &sum)?;
            high_type = Type::DateTime;
        }
        let truth = if is_negated { Truth::Exact } else { truth };
        let above = self.compared(
            scalar,
            (Operator::GtEq, ">="),
            [(v.clone(), value.ty), (l, low.ty)],
            truth,
        )?;
        let below =
            self.compared(scalar, (Operator::LtEq, "<="), [(v, value.ty), (h, high_type)], truth)?;
        let inside = balanced(vec![above, below], LogicalOperator::And);
        Ok(if is_negated { not(inside) } else { inside })
    }
}

fn comparison_of(operator: BinaryOperator) -> Option<(Operator, &'static str)> {
    let native = match operator {
        BinaryOperator::Equal => Operator::Eq,
        BinaryOperator::NotEqual => Operator::NotEq,
        BinaryOperator::Less => Operator::Lt,
        BinaryOperator::LessOrEqual => Operator::LtEq,
        BinaryOperator::Greater => Operator::Gt,
        BinaryOperator::GreaterOrEqual => Operator::GtEq,
        _ => return None,
    };
    Some((native, operator.text()))
}

fn is_constant(expr: &Expr) -> bool {
    matches!(expr, Expr::Literal(value, _) if !value.is_null())
}

/// The operands in one array type, where DataFusion compares their types as Kusto does: not reals (NaN), not dynamics.
fn native_pair((a, a_type): (&Expr, Type), (b, b_type): (&Expr, Type)) -> Option<(Expr, Expr)> {
    let is_native =
        |ty| !matches!(ty, Type::Real | Type::Dynamic | Type::Unknown | Type::Decimal | Type::Guid);
    if a_type == b_type {
        return is_native(a_type).then(|| (a.clone(), b.clone()));
    }
    match (a_type, b_type) {
        (Type::Int, Type::Long) => Some(narrowed(a, b)),
        (Type::Long, Type::Int) => {
            let (b, a) = narrowed(b, a);
            Some((a, b))
        }
        _ => None,
    }
}

/// An `int` and a `long`: both as `int` where the long is a constant that is one, else both as `long`.
fn narrowed(int: &Expr, long: &Expr) -> (Expr, Expr) {
    use datafusion::common::ScalarValue::{Int32, Int64};
    if let Expr::Literal(Int64(Some(value)), _) = long
        && let Ok(value) = i32::try_from(*value)
    {
        return (int.clone(), datafusion::logical_expr::lit(Int32(Some(value))));
    }
    (datafusion::logical_expr::cast(int.clone(), arrow::datatypes::DataType::Int64), long.clone())
}
