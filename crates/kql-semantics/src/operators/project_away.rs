//! `project-away columns`

use std::collections::HashSet;

use kql_syntax::tree::{Expr, ExprKind, Operator};

use crate::binder::Binder;
use crate::binder::term::Meaning;
use crate::bound::{Column, ColumnId, ProjectOperator, Rowset, RowsetKind, Scalar, ScalarKind};

impl<'a> Binder<'a> {
    pub(crate) fn project_away_operator(
        &mut self,
        input: Rowset,
        columns: &'a [Expr],
        operator: &'a Operator,
    ) -> Rowset {
        let (input, named) = self.with_rows(input, |binder| binder.named_columns(columns));
        let kept = input.columns.iter().filter(|column| !named.contains(&column.id));
        let kept: Vec<Column> = kept.cloned().collect();
        only(input, kept, ProjectOperator::Away, self.at(operator.span))
    }

    /// The columns that a list of names and wildcards names.
    pub(crate) fn named_columns(&mut self, columns: &'a [Expr]) -> HashSet<ColumnId> {
        let mut named = HashSet::new();
        for expr in columns {
            let term = self.column_or_wildcard(expr);
            match &term.meaning {
                Meaning::Columns(ids) => named.extend(ids.iter().copied()),
                Meaning::Star => named.extend(self.row_columns().iter().map(|column| column.id)),
                _ => named
                    .extend(self.expect_column(&term).then(|| term.reference.column()).flatten()),
            }
        }
        named
    }

    /// A column, or those that a wildcard matches.
    pub(crate) fn column_or_wildcard(&mut self, expr: &'a Expr) -> crate::binder::term::Term {
        match &expr.kind {
            ExprKind::Wildcard(pattern) => self.matching_columns(pattern),
            _ => self.expr(expr),
        }
    }
}

/// Just these columns of `input`.
pub(crate) fn only(
    input: Rowset,
    columns: Vec<Column>,
    operator: ProjectOperator,
    span: kql_syntax::Span,
) -> Rowset {
    let plain = |column: &Column| {
        let scalar = Scalar::new(ScalarKind::Column(column.id), column.ty, span);
        (column.id, scalar)
    };
    let scalars = columns.iter().map(plain).collect();
    let rowset =
        input.then(span, |input| RowsetKind::Project { input, columns: scalars, operator });
    Rowset { columns, ..rowset }
}
