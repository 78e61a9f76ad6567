//! `where predicate`

use kql_syntax::tree::{Expr, Operator, OperatorParameter};

use crate::Type;
use crate::binder::Binder;
use crate::bound::{Rowset, RowsetKind};

impl<'a> Binder<'a> {
    pub(crate) fn where_operator(
        &mut self,
        input: Rowset,
        parameters: &'a [OperatorParameter],
        predicate: &'a Expr,
        operator: &'a Operator,
    ) -> Rowset {
        let (input, predicate) = self.with_rows(input, |binder| {
            binder.check_parameters(parameters, &[]);
            let term = binder.value(predicate);
            binder.expect_truth(&term);
            term.into_scalar()
        });
        input.then(self.at(operator.span), |input| RowsetKind::Filter { input, predicate })
    }

    /// Whether `term` is true or false; reports it where not.
    pub(crate) fn expect_truth(&mut self, term: &crate::binder::term::Term) -> bool {
        self.expect_type(term, Type::Bool)
    }
}
