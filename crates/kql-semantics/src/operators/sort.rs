//! `sort by keys`

use kql_syntax::tree::{NullsOrder, Operator, OperatorParameter, OrderedExpr, SortDirection};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, Takes, allowed};
use crate::bound::{Rowset, RowsetKind, SortKey};

const PARAMETERS: &[Allowed] =
    &[allowed("hint.strategy", Takes::Word(&["splitBlock", "multipleBlocks"]))];

impl<'a> Binder<'a> {
    pub(crate) fn sort_operator(
        &mut self,
        input: Rowset,
        parameters: &'a [OperatorParameter],
        keys: &'a [OrderedExpr],
        operator: &'a Operator,
    ) -> Rowset {
        let (input, keys) = self.with_rows(input, |binder| {
            binder.check_parameters(parameters, PARAMETERS);
            binder.sort_keys(keys)
        });
        input.then(self.at(operator.span), |input| RowsetKind::Sort { input, keys })
    }

    pub(crate) fn sort_keys(&mut self, keys: &'a [OrderedExpr]) -> Vec<SortKey> {
        keys.iter()
            .map(|key| {
                let term = self.value(&key.expr.expr);
                self.expect_no_dynamic(&term, "sort by");
                let is_ascending = key.direction == Some(SortDirection::Ascending);
                let nulls_first = match key.nulls {
                    Some(order) => order == NullsOrder::First,
                    None => is_ascending,
                };
                SortKey { value: term.into_scalar(), is_ascending, nulls_first }
            })
            .collect()
    }
}
