//! `project columns`

use kql_syntax::tree::{NamedExpr, Operator};

use crate::binder::Binder;
use crate::binder::projection::{How, Projection, Style};
use crate::bound::{ProjectOperator, Rowset, RowsetKind};

impl<'a> Binder<'a> {
    pub(crate) fn project_operator(
        &mut self,
        input: Rowset,
        columns: &'a [NamedExpr],
        operator: &'a Operator,
    ) -> Rowset {
        let (input, projection) = self.with_rows(input, |binder| {
            let how = How::new(Style::Default);
            let mut projection = Projection::default();
            for named in columns {
                let term = binder.any_value(&named.expr);
                binder.project(&mut projection, named, term, &how);
            }
            projection
        });
        project(input, &projection, ProjectOperator::Project, self.at(operator.span))
    }

    /// Binds a value, or several, or `*`; what is none of these is reported.
    pub(crate) fn any_value(
        &mut self,
        expr: &'a kql_syntax::tree::Expr,
    ) -> crate::binder::term::Term {
        use crate::binder::term::Meaning;
        let term = self.expr(expr);
        match term.meaning {
            Meaning::Several(_) | Meaning::Star | Meaning::Columns(_) => term,
            _ => self.expect_scalar(term),
        }
    }
}

/// Just the columns of `projection`.
pub(crate) fn project(
    input: Rowset,
    projection: &Projection,
    operator: ProjectOperator,
    span: kql_syntax::Span,
) -> Rowset {
    let columns = projection.columns();
    let scalars = projection.scalars();
    let rowset =
        input.then(span, |input| RowsetKind::Project { input, columns: scalars, operator });
    Rowset { columns, ..rowset }
}
