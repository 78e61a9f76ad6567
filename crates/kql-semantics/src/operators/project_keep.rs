//! `project-keep columns`

use kql_syntax::tree::{Expr, Operator};

use super::project_away::only;
use crate::binder::Binder;
use crate::bound::{Column, ProjectOperator, Rowset};

impl<'a> Binder<'a> {
    pub(crate) fn project_keep_operator(
        &mut self,
        input: Rowset,
        columns: &'a [Expr],
        operator: &'a Operator,
    ) -> Rowset {
        let (input, named) = self.with_rows(input, |binder| binder.named_columns(columns));
        let kept = input.columns.iter().filter(|column| named.contains(&column.id));
        let kept: Vec<Column> = kept.cloned().collect();
        only(input, kept, ProjectOperator::Keep, self.at(operator.span))
    }
}
