//! `project-by-names names`

use kql_syntax::tree::{Expr, Operator};

use super::project_away::only;
use crate::binder::Binder;
use crate::binder::wildcards::matches;
use crate::bound::{Column, ProjectOperator, Rowset};
use crate::{Dynamic, Value, diagnostics};

impl<'a> Binder<'a> {
    pub(crate) fn project_by_names_operator(
        &mut self,
        input: Rowset,
        columns: &'a [Expr],
        operator: &'a Operator,
    ) -> Rowset {
        let (input, chosen) = self.with_rows(input, |binder| {
            let mut chosen: Vec<Column> = Vec::new();
            for expr in columns {
                for pattern in binder.written_names(expr) {
                    let all = binder.row_columns().into_iter();
                    chosen.extend(all.filter(|column| matches(&pattern, &column.name)));
                }
            }
            chosen
        });
        let mut kept: Vec<Column> = Vec::new();
        for column in chosen {
            if !kept.iter().any(|known| known.id == column.id) {
                kept.push(column);
            }
        }
        only(input, kept, ProjectOperator::ByNames, self.at(operator.span))
    }

    /// The names that a constant text or array of texts is.
    fn written_names(&mut self, expr: &'a Expr) -> Vec<String> {
        let term = self.expr(expr);
        match term.value() {
            Some(Value::String(text)) => vec![text.to_string()],
            Some(Value::Dynamic(value)) => match &**value {
                Dynamic::String(text) => vec![text.to_string()],
                Dynamic::Array(items) => items
                    .iter()
                    .filter_map(|item| match item {
                        Dynamic::String(text) => Some(text.to_string()),
                        _ => None,
                    })
                    .collect(),
                _ => Vec::new(),
            },
            _ => {
                if !term.is_open() {
                    self.report(diagnostics::constant_expected(self.at(term.span)));
                }
                Vec::new()
            }
        }
    }
}
