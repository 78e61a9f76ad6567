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
        let mut is_open = false;
        let (input, chosen) = self.with_rows(input, |binder| {
            let mut chosen: Vec<Column> = Vec::new();
            for expr in columns {
                let patterns = binder.written_names(expr);
                is_open |= patterns.is_none();
                for pattern in patterns.into_iter().flatten() {
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
        let rowset = only(input, kept, ProjectOperator::ByNames, self.at(operator.span));
        Rowset { is_open: rowset.is_open || is_open, ..rowset }
    }

    /// The names that a constant text or array of texts is; none where it is a parameter without a value yet.
    fn written_names(&mut self, expr: &'a Expr) -> Option<Vec<String>> {
        let term = self.expr(expr);
        let is_known_later = term.is_constant && term.value().is_none();
        if is_known_later {
            return None;
        }
        Some(match term.value() {
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
        })
    }
}
