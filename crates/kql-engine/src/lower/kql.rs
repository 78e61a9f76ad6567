//! Builtins that are said in KQL.

use std::collections::HashMap;

use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::logical_expr::Expr;
use kql_semantics::bound::{BoundResult, RowsetKind, Scalar};
use kql_semantics::catalog::{Catalog, StoredFunction, TableSchema};
use kql_semantics::{BindOptions, Type, bind};
use kql_syntax::Name;

use super::{Kept, Lowering};
use crate::QueryError;
use crate::plan::column_name;

impl Lowering<'_> {
    /// `text` over parameters `a`, `b`, `c`, ... that stand for the arguments.
    pub(super) fn said_in_kql(
        &self,
        text: &str,
        arguments: Vec<Expr>,
        types: &[Type],
        scalar: &Scalar,
    ) -> Result<Expr, QueryError> {
        let parameters: Vec<String> =
            ('a'..='z').zip(types).map(|(name, ty)| format!("{name}:{ty}")).collect();
        let query = format!("datatable({})[] | project answer = ({text})", parameters.join(","));
        let query = if parameters.is_empty() { format!("print answer = ({text})") } else { query };
        let parsed = kql_syntax::parse(&query);
        let bound = bind(&parsed.tree, &NoTables, &BindOptions::default());
        let wrong = || QueryError::Internal(format!("`{text}` does not bind over {types:?}"));
        if bound.has_errors() {
            return Err(wrong());
        }
        let Some(BoundResult::Table { rowset, .. }) = bound.query.results.first() else {
            return Err(wrong());
        };
        let (inputs, value) = match &rowset.kind {
            RowsetKind::Project { input, columns, .. } => {
                (input.columns.as_slice(), columns.first().map(|(_, value)| value))
            }
            RowsetKind::Print(values) => (&[][..], values.first()),
            _ => return Err(wrong()),
        };
        let Some(value) = value else { return Err(wrong()) };
        let kept = Kept::default();
        let inner = Lowering::new(self.tables, &bound.query.shared, &kept, None);
        let body = inner.scalar(value)?;
        let by_name: HashMap<String, Expr> =
            inputs.iter().map(|column| column_name(column.id)).zip(arguments).collect();
        let body = body.transform(|expr| {
            Ok(match &expr {
                Expr::Column(column) => match by_name.get(&column.name) {
                    Some(argument) => Transformed::new(
                        argument.clone(),
                        true,
                        datafusion::common::tree_node::TreeNodeRecursion::Jump,
                    ),
                    None => Transformed::no(expr),
                },
                _ => Transformed::no(expr),
            })
        })?;
        self.converted(body.data, value.ty, scalar.ty, scalar.span)
    }
}

/// A catalog of nothing.
struct NoTables;

impl Catalog for NoTables {
    fn table(&self, _name: &str) -> Option<std::sync::Arc<TableSchema>> {
        None
    }

    fn function(&self, _name: &str) -> Option<std::sync::Arc<StoredFunction>> {
        None
    }

    fn table_names(&self) -> Vec<Name> {
        Vec::new()
    }

    fn function_names(&self) -> Vec<Name> {
        Vec::new()
    }
}
