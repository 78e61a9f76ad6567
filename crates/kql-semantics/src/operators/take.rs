//! `take number`

use kql_syntax::tree::{Expr, Operator, OperatorParameter};

use crate::binder::Binder;
use crate::bound::{Rowset, RowsetKind, Scalar};

impl<'a> Binder<'a> {
    pub(crate) fn take_operator(
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
        input.then(self.at(operator.span), |input| RowsetKind::Take { input, count })
    }

    /// How many rows: a whole number.
    pub(crate) fn count_of_rows(&mut self, count: &'a Expr) -> Scalar {
        let term = self.value(count);
        self.expect_integer(&term);
        term.into_scalar()
    }
}
