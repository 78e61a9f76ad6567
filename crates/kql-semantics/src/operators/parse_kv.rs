//! `parse-kv source as (keys) with (properties)`

use kql_syntax::tree::{Expr, Operator, OperatorParameter, RowSchema};

use super::parse::with_made;
use crate::binder::Binder;
use crate::binder::parameters::{Allowed, Takes, allowed};
use crate::bound::{ParseKvRowset, Rowset, RowsetKind, Scalar};

const PROPERTIES: &[Allowed] = &[
    allowed("pair_delimiter", Takes::Text),
    allowed("kv_delimiter", Takes::Text),
    allowed("regex", Takes::Text),
    allowed("quote", Takes::Any),
    allowed("escape", Takes::Any),
    allowed("greedy", Takes::Bool),
];

impl<'a> Binder<'a> {
    pub(crate) fn parse_kv_operator(
        &mut self,
        input: Rowset,
        (source, schema, with): (&'a Expr, &'a RowSchema, &'a [OperatorParameter]),
        operator: &'a Operator,
    ) -> Rowset {
        let (input, source) = self.with_rows(input, |binder| binder.value(source).into_scalar());
        let keys = self.declared_columns(schema);
        self.check_parameters(with, PROPERTIES);
        let mut properties = Vec::new();
        for property in with {
            if let Some(value) = self.parameter_value(&property.value) {
                let at = self.at(property.span);
                properties.push((property.name.name.clone(), Scalar::literal(value, at)));
            }
        }
        let columns = with_made(&input.columns, keys.clone());
        let is_open = input.is_open;
        let input = Box::new(input);
        let kind = RowsetKind::ParseKv(ParseKvRowset { input, source, keys, properties });
        Rowset { is_open, ..Rowset::new(kind, columns, self.at(operator.span)) }
    }
}
