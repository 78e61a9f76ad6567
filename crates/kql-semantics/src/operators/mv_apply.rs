//! `mv-apply columns on (operators)`

use std::collections::HashSet;

use kql_syntax::tree::{ExprNames, MvApply, Operator};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, ITEM_INDEX};
use crate::bound::{Column, ColumnId, MvApplyRowset, Rowset, RowsetKind};

const PARAMETERS: &[Allowed] = &[ITEM_INDEX];

impl<'a> Binder<'a> {
    pub(crate) fn mv_apply_operator(
        &mut self,
        input: Rowset,
        apply: &'a MvApply,
        operator: &'a Operator,
    ) -> Rowset {
        let (input, (expanded, applied)) = self.with_rows(input, |binder| {
            binder.check_parameters(&apply.parameters, PARAMETERS);
            let parts =
                (apply.parameters.as_slice(), apply.columns.as_slice(), apply.limit.as_ref());
            let expanded = binder.expanded(parts, operator);
            (expanded, binder.applied_columns(apply))
        });
        let at = self.at(operator.span);
        let context = self.new_context();
        let context_columns = expanded.projection.columns();
        let is_open = input.is_open;
        let rows = Rowset::new(RowsetKind::Context(context), context_columns.clone(), at);
        let body = self.subquery(Rowset { is_open, ..rows }, &apply.body);
        let body = self.expect_table(body);
        let (columns, kept) = beside(&input.columns, &applied, &body.columns);
        let is_open = input.is_open || body.is_open;
        let kind = RowsetKind::MvApply(MvApplyRowset {
            expand: expanded.over(input),
            context,
            context_columns,
            body: Box::new(body),
            kept,
        });
        Rowset { is_open, ..Rowset::new(kind, columns, at) }
    }

    /// The columns that are expanded under their own names.
    fn applied_columns(&mut self, apply: &'a MvApply) -> HashSet<ColumnId> {
        let mut applied = HashSet::new();
        for column in &apply.columns {
            if column.expr.names == ExprNames::None
                && let kql_syntax::tree::ExprKind::Name(name) = &column.expr.expr.kind
            {
                applied.extend(self.column_in_scope(&name.name).map(|column| column.id));
            }
        }
        applied
    }
}

/// The input's columns but for those that are expanded, and the body's; which of the input's are kept.
fn beside(
    input: &[Column],
    applied: &HashSet<ColumnId>,
    body: &[Column],
) -> (Vec<Column>, Vec<ColumnId>) {
    let mut columns: Vec<Column> =
        input.iter().filter(|column| !applied.contains(&column.id)).cloned().collect();
    for column in body {
        match columns.iter_mut().find(|own| own.name == column.name) {
            Some(own) => *own = column.clone(),
            None => columns.push(column.clone()),
        }
    }
    let of_body: HashSet<ColumnId> = body.iter().map(|column| column.id).collect();
    let kept = columns.iter().filter(|column| !of_body.contains(&column.id));
    let kept = kept.map(|column| column.id).collect();
    (columns, kept)
}
