//! `getschema`: the columns of its input, as rows.

use kql_syntax::Identifier;
use kql_syntax::tree::Operator;

use crate::binder::Binder;
use crate::bound::{Rowset, RowsetKind};
use crate::{Shape, Type, Value};

impl<'a> Binder<'a> {
    pub(crate) fn get_schema_operator(
        &mut self,
        input: Rowset,
        kind: Option<&'a Identifier>,
        operator: &'a Operator,
    ) -> Rowset {
        let at = self.at(operator.span);
        if kind.is_some_and(|kind| &*kind.name == "csl") {
            let schema: Vec<String> = input
                .columns
                .iter()
                .map(|column| format!("{}:{}", column.name, column.ty))
                .collect();
            let column = self.column("Schema", &Shape::Plain(Type::String));
            let rows = vec![vec![Value::string(&schema.join(","))]];
            return Rowset::new(RowsetKind::Values(rows), vec![column], at);
        }
        let columns = [
            ("ColumnName", Type::String),
            ("ColumnOrdinal", Type::Int),
            ("DataType", Type::String),
            ("ColumnType", Type::String),
        ];
        let columns = columns.map(|(name, ty)| self.column(name, &Shape::Plain(ty))).to_vec();
        let row = |(ordinal, column): (usize, &crate::bound::Column)| {
            vec![
                Value::string(&column.name),
                Value::Int(i32::try_from(ordinal).unwrap_or(i32::MAX)),
                Value::string(&format!("System.{}", data_type(column.ty))),
                Value::string(column.ty.name()),
            ]
        };
        let rows = input.columns.iter().enumerate().map(row).collect();
        Rowset::new(RowsetKind::Values(rows), columns, at)
    }
}

/// The .NET type that Kusto says a column has.
fn data_type(ty: Type) -> &'static str {
    match ty {
        Type::Decimal => "Data.SqlTypes.SqlDecimal",
        _ => ty.clr_name(),
    }
}
