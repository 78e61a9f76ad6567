//! `extend columns`

use kql_syntax::tree::{NamedExpr, Operator};

use crate::binder::Binder;
use crate::binder::projection::{How, Projection, Style};
use crate::bound::{Rowset, RowsetKind};

impl<'a> Binder<'a> {
    pub(crate) fn extend_operator(
        &mut self,
        input: Rowset,
        columns: &'a [NamedExpr],
        operator: &'a Operator,
    ) -> Rowset {
        self.extended_rows(input, columns, Style::Extend, operator)
    }

    /// The input with further columns.
    pub(crate) fn extended_rows(
        &mut self,
        input: Rowset,
        columns: &'a [NamedExpr],
        style: Style,
        operator: &'a Operator,
    ) -> Rowset {
        let how = How::new(style);
        let (input, projection) = self.with_rows(input, |binder| {
            let mut terms = Vec::with_capacity(columns.len());
            for named in columns {
                terms.push((named, binder.any_value(&named.expr)));
            }
            let mut projection = binder.pass_all(operator);
            for (named, term) in terms {
                binder.project(&mut projection, named, term, &how);
            }
            projection
        });
        extend(input, &projection, self.at(operator.span))
    }

    /// A projection of all columns in scope.
    pub(crate) fn pass_all(&mut self, operator: &Operator) -> Projection {
        let at = self.at(operator.span);
        let mut projection = Projection::default();
        for column in self.row_columns() {
            let shape = self.shape_of(column.id);
            projection.pass(&column, shape, at);
        }
        projection
    }
}

/// `input` with the columns of `projection`, of which those that are not its own are computed.
pub(crate) fn extend(input: Rowset, projection: &Projection, span: kql_syntax::Span) -> Rowset {
    let computed = projection
        .entries()
        .iter()
        .filter(|entry| !entry.is_plain())
        .map(|entry| (entry.id, entry.scalar.clone()))
        .collect();
    let columns = projection.columns();
    let rowset = input.then(span, |input| RowsetKind::Extend { input, columns: computed });
    Rowset { columns, ..rowset }
}
