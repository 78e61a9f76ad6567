//! `distinct columns`

use kql_syntax::tree::{NamedExpr, Operator, OperatorParameter};

use super::project::project;
use crate::binder::Binder;
use crate::binder::parameters::{Allowed, PARTITIONS, SHUFFLE_KEY, STRATEGY};
use crate::binder::projection::{How, Projection, Style};
use crate::binder::term::Meaning;
use crate::bound::{ProjectOperator, Rowset, RowsetKind};
use crate::diagnostics;

const PARAMETERS: &[Allowed] = &[SHUFFLE_KEY, STRATEGY, PARTITIONS];

impl<'a> Binder<'a> {
    pub(crate) fn distinct_operator(
        &mut self,
        input: Rowset,
        parameters: &'a [OperatorParameter],
        columns: &'a [NamedExpr],
        operator: &'a Operator,
    ) -> Rowset {
        let (input, projection) = self.with_rows(input, |binder| {
            binder.check_parameters(parameters, PARAMETERS);
            let how = How::new(Style::Default);
            let mut projection = Projection::default();
            for named in columns {
                let term = binder.any_value(&named.expr);
                if matches!(term.meaning, Meaning::Star) {
                    binder.check_star_of_distinct(term.span);
                } else {
                    binder.expect_no_dynamic(&term, "distinct");
                }
                binder.project(&mut projection, named, term, &how);
            }
            projection
        });
        let at = self.at(operator.span);
        let input = project(input, &projection, ProjectOperator::Implicit, at);
        input.then(at, |input| RowsetKind::Distinct { input })
    }

    /// `distinct *` over a table with dynamic columns.
    fn check_star_of_distinct(&mut self, span: kql_syntax::Span) {
        let dynamic =
            self.row_columns().into_iter().find(|column| column.ty == crate::Type::Dynamic);
        if let Some(column) = dynamic {
            self.report(diagnostics::distinct_dynamic(&column.name, self.at(span)));
        }
    }
}
