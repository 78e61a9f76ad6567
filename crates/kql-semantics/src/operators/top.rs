//! `top number by keys`: a `sort` and a `take`.

use kql_syntax::tree::{Expr, Operator, OperatorParameter, OrderedExpr};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, Takes, allowed};
use crate::bound::{Rowset, RowsetKind};

const PARAMETERS: &[Allowed] = &[allowed("hint.progressive_top", Takes::Bool)];

impl<'a> Binder<'a> {
    pub(crate) fn top_operator(
        &mut self,
        input: Rowset,
        parameters: &'a [OperatorParameter],
        (count, keys): (&'a Expr, &'a [OrderedExpr]),
        operator: &'a Operator,
    ) -> Rowset {
        let (input, (count, keys)) = self.with_rows(input, |binder| {
            binder.check_parameters(parameters, PARAMETERS);
            let count = binder.count_of_rows(count);
            (count, binder.top_keys(keys))
        });
        let at = self.at(operator.span);
        let sorted = input.then(at, |input| RowsetKind::Sort { input, keys });
        sorted.then(at, |input| RowsetKind::Take { input, count })
    }

    /// The keys of `top`, which may be dynamics.
    fn top_keys(&mut self, keys: &'a [OrderedExpr]) -> Vec<crate::bound::SortKey> {
        let mut bound = Vec::with_capacity(keys.len());
        for key in keys {
            let term = self.value(&key.expr.expr);
            let is_ascending = key.direction == Some(kql_syntax::tree::SortDirection::Ascending);
            let nulls_first = match key.nulls {
                Some(order) => order == kql_syntax::tree::NullsOrder::First,
                None => is_ascending,
            };
            let value = term.into_scalar();
            bound.push(crate::bound::SortKey { value, is_ascending, nulls_first });
        }
        bound
    }
}
