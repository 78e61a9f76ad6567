//! `partition by column (operators)`

use kql_syntax::Span;
use kql_syntax::tree::{Expr, Operator, Partition, PartitionBody, SubQuery};

use crate::binder::Binder;
use crate::binder::parameters::{
    Allowed, CONCURRENCY, MATERIALIZED, SHUFFLE_KEY, SPREAD, Takes, allowed,
};
use crate::binder::scope::Symbol;
use crate::bound::{ContextId, PartitionRowset, Rowset, RowsetKind, Scalar};

const PARAMETERS: &[Allowed] = &[
    CONCURRENCY,
    SPREAD,
    MATERIALIZED,
    SHUFFLE_KEY,
    allowed("hint.strategy", Takes::Word(&["shuffle", "native", "legacy"])),
];

impl<'a> Binder<'a> {
    pub(crate) fn partition_operator(
        &mut self,
        input: Rowset,
        partition: &'a Partition,
        operator: &'a Operator,
    ) -> Rowset {
        let outer = self.scope;
        let (input, by) = self.with_rows(input, |binder| {
            binder.check_parameters(&partition.parameters, PARAMETERS);
            binder.partition_key(&partition.by)
        });
        let rowset = match &partition.body {
            PartitionBody::SubQuery(body) => self.partitioned(input, by, body, operator),
            PartitionBody::Query(body) => {
                let context = self.new_context();
                let term = self.without_rows(|binder| binder.block(body));
                let body = self.expect_table(term);
                partition_of(input, by, (context, body), self.at(operator.span))
            }
        };
        self.scope = outer;
        rowset
    }

    pub(crate) fn partition_by_operator(
        &mut self,
        input: Rowset,
        column: &'a Expr,
        body: &'a SubQuery,
        operator: &'a Operator,
    ) -> Rowset {
        let outer = self.scope;
        let (input, by) = self.with_rows(input, |binder| binder.partition_key(column));
        let rowset = self.partitioned(input, by, body, operator);
        self.scope = outer;
        rowset
    }

    /// The column whose values make the partitions; inside them it can be named even where it is not there.
    fn partition_key(&mut self, by: &'a Expr) -> Scalar {
        let term = self.value(by);
        if self.expect_column(&term) {
            self.expect_no_dynamic(&term, "partition by");
        }
        if let (Some(id), Some(name)) = (term.reference.column(), &term.name)
            && let Some(column) = self.row_columns().into_iter().find(|column| column.id == id)
        {
            let symbol = Symbol::Column(column);
            self.scope = self.scopes.declare(self.scope, name.clone(), symbol, by.span);
        }
        term.into_scalar()
    }

    fn partitioned(
        &mut self,
        input: Rowset,
        by: Scalar,
        body: &'a SubQuery,
        operator: &'a Operator,
    ) -> Rowset {
        let at = self.at(operator.span);
        let context = self.new_context();
        let rows = Rowset::new(RowsetKind::Context(context), input.columns.clone(), at);
        let rows = Rowset { is_open: input.is_open, ..rows };
        let body = self.subquery(rows, body);
        let body = self.expect_table(body);
        partition_of(input, by, (context, body), at)
    }
}

fn partition_of(
    input: Rowset,
    by: Scalar,
    (context, body): (ContextId, Rowset),
    at: Span,
) -> Rowset {
    let (columns, is_open) = (body.columns.clone(), body.is_open);
    let (input, body) = (Box::new(input), Box::new(body));
    let kind = RowsetKind::Partition(PartitionRowset { input, by, context, body });
    Rowset { is_open, ..Rowset::new(kind, columns, at) }
}
