//! `project-rename new = old`

use kql_syntax::tree::{ExprNames, NamedExpr, Operator};

use super::project::project;
use crate::binder::Binder;
use crate::binder::projection::Projection;
use crate::bound::{ProjectOperator, Rowset};
use crate::diagnostics;

impl<'a> Binder<'a> {
    pub(crate) fn project_rename_operator(
        &mut self,
        input: Rowset,
        columns: &'a [NamedExpr],
        operator: &'a Operator,
    ) -> Rowset {
        let (input, projection) = self.with_rows(input, |binder| {
            let terms: Vec<_> = columns.iter().map(|named| binder.expr(&named.expr)).collect();
            let mut projection = binder.pass_all(operator);
            projection.declare_all();
            for (named, term) in columns.iter().zip(terms) {
                binder.rename(&mut projection, named, &term);
            }
            projection
        });
        project(input, &projection, ProjectOperator::Rename, self.at(operator.span))
    }

    fn rename(
        &mut self,
        projection: &mut Projection,
        named: &'a NamedExpr,
        term: &crate::binder::term::Term,
    ) {
        let ExprNames::One(new) = &named.names else {
            self.report(diagnostics::rename_expected(self.at(named.span)));
            return;
        };
        if !self.expect_column(term) {
            return;
        }
        let Some(old) = &term.name else { return };
        if let Err(Some(first)) = projection.rename(old, new) {
            let first = (!first.is_empty()).then(|| self.at(first));
            self.report(diagnostics::duplicate_column(&new.name, self.at(new.span), first));
        }
    }
}
