//! `sample number`

use kql_syntax::tree::{Expr, Operator, OperatorParameter};

use crate::binder::Binder;
use crate::bound::{Rowset, RowsetKind};

impl<'a> Binder<'a> {
    pub(crate) fn sample_operator(
        &mut self,
        input: Rowset,
        parameters: &'a [OperatorParameter],
        count: &'a Expr,
        operator: &'a Operator,
    ) -> Rowset {
        let (input, count) = self.with_rows(input, |binder| {
            binder.check_parameters(parameters, &[]);
            binder.count_of_rows(count)
        });
        input.then(self.at(operator.span), |input| RowsetKind::Sample { input, count })
    }
}
