//! `count`

use kql_syntax::tree::Operator;
use kql_syntax::{Identifier, Name};

use crate::binder::Binder;
use crate::bound::{AggregateCall, Rowset, RowsetKind};
use crate::{Shape, Type};

impl<'a> Binder<'a> {
    pub(crate) fn count_operator(
        &mut self,
        input: Rowset,
        name: Option<&'a Identifier>,
        operator: &'a Operator,
    ) -> Rowset {
        let at = self.at(operator.span);
        let name = name.map_or_else(|| Name::new("Count"), |name| name.name.clone());
        let column = self.column(name, &Shape::Plain(Type::Long));
        let aggregates = vec![AggregateCall {
            function: Name::new("count"),
            arguments: Vec::new(),
            outputs: vec![column.id],
            types: vec![Type::Long],
            span: at,
        }];
        let input = Box::new(input);
        let kind = RowsetKind::Summarize { input, keys: Vec::new(), aggregates, is_total: true };
        Rowset::new(kind, vec![column], at)
    }
}
