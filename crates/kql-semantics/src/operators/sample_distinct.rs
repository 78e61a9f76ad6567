//! `sample-distinct number of column`

use kql_syntax::tree::{Expr, NamedExpr, Operator, OperatorParameter};

use super::project::project;
use crate::binder::Binder;
use crate::binder::projection::{How, Projection, Style};
use crate::bound::{ProjectOperator, Rowset, RowsetKind};

impl<'a> Binder<'a> {
    pub(crate) fn sample_distinct_operator(
        &mut self,
        input: Rowset,
        parameters: &'a [OperatorParameter],
        (count, of): (&'a Expr, &'a NamedExpr),
        operator: &'a Operator,
    ) -> Rowset {
        let (input, (count, projection)) = self.with_rows(input, |binder| {
            binder.check_parameters(parameters, &[]);
            let count = binder.count_of_rows(count);
            let term = binder.value(&of.expr);
            if binder.expect_column(&term) {
                binder.expect_no_dynamic(&term, "sample-distinct of");
            }
            let mut projection = Projection::default();
            binder.project(&mut projection, of, term, &How::new(Style::Default));
            (count, projection)
        });
        let at = self.at(operator.span);
        let input = project(input, &projection, ProjectOperator::Implicit, at);
        input.then(at, |input| RowsetKind::SampleDistinct { input, count })
    }
}
