//! `facet by columns with (operators)`: for each column how often its values occur.

use kql_syntax::Name;
use kql_syntax::tree::{Expr, Operator, SubQuery};

use crate::binder::Binder;
use crate::binder::term::{Meaning, Term};
use crate::bound::{AggregateCall, Rowset, RowsetKind};
use crate::{Shape, Type};

impl<'a> Binder<'a> {
    pub(crate) fn facet_operator(
        &mut self,
        input: Rowset,
        columns: &'a [Expr],
        with: Option<&'a SubQuery>,
        operator: &'a Operator,
    ) -> Term {
        let depth = self.depth;
        let shared = self.define_once(input, depth);
        let mut tables = Vec::with_capacity(columns.len() + 1);
        for column in columns {
            let rows = self.refer(&shared, operator.span);
            tables.push((Name::new(""), self.facet(rows, column, operator)));
        }
        if let Some(body) = with {
            for inner in &body.operators {
                self.check_fork_operator(inner);
            }
            let rows = self.refer(&shared, operator.span);
            let term = self.subquery(rows, body);
            let rowset = self.expect_table(term);
            tables.push((Name::new(""), rowset));
        }
        Term::new(Meaning::Tables(tables), operator.span)
    }

    fn facet(&mut self, rows: Rowset, column: &'a Expr, operator: &'a Operator) -> Rowset {
        let at = self.at(operator.span);
        let (rows, term) = self.with_rows(rows, |binder| {
            let term = binder.value(column);
            if binder.expect_column(&term) {
                binder.expect_no_dynamic(&term, "facet by");
            }
            term
        });
        let name = term.name.clone().unwrap_or_else(|| "Column1".into());
        let key = self.column(name.clone(), &term.shape);
        let count = self.column(format!("count_{name}"), &Shape::Plain(Type::Long));
        let aggregates = vec![AggregateCall {
            function: Name::new("count"),
            arguments: Vec::new(),
            outputs: vec![count.id],
            types: vec![Type::Long],
            span: at,
        }];
        let kind = RowsetKind::Summarize {
            input: Box::new(rows),
            keys: vec![(key.id, term.into_scalar())],
            aggregates,
            is_total: false,
        };
        Rowset::new(kind, vec![key, count], at)
    }
}
