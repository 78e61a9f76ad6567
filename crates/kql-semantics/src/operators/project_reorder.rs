//! `project-reorder columns asc`

use std::cmp::Ordering;

use kql_syntax::tree::{Operator, ReorderExpr, ReorderOrder};

use super::project_away::only;
use crate::binder::Binder;
use crate::binder::term::Meaning;
use crate::bound::{Column, ProjectOperator, Rowset};

impl<'a> Binder<'a> {
    pub(crate) fn project_reorder_operator(
        &mut self,
        input: Rowset,
        columns: &'a [ReorderExpr],
        operator: &'a Operator,
    ) -> Rowset {
        let (input, ordered) = self.with_rows(input, |binder| {
            let mut ordered: Vec<Column> = Vec::new();
            for written in columns {
                for column in binder.reordered(written) {
                    if !ordered.iter().any(|known| known.id == column.id) {
                        ordered.push(column);
                    }
                }
            }
            for column in binder.row_columns() {
                if !ordered.iter().any(|known| known.id == column.id) {
                    ordered.push(column);
                }
            }
            ordered
        });
        only(input, ordered, ProjectOperator::Reorder, self.at(operator.span))
    }

    /// The columns that one item names, in the order that it asks for.
    fn reordered(&mut self, written: &'a ReorderExpr) -> Vec<Column> {
        let term = self.column_or_wildcard(&written.expr);
        let columns = self.row_columns();
        let mut named: Vec<Column> = match &term.meaning {
            Meaning::Columns(ids) => {
                columns.into_iter().filter(|column| ids.contains(&column.id)).collect()
            }
            Meaning::Star => columns,
            _ => {
                self.expect_column(&term);
                let id = term.reference.column();
                columns.into_iter().filter(|column| Some(column.id) == id).collect()
            }
        };
        match written.order {
            ReorderOrder::None => {}
            ReorderOrder::Ascending => named.sort_by_key(|column| column.name.to_lowercase()),
            ReorderOrder::Descending => {
                named.sort_by_key(|column| std::cmp::Reverse(column.name.to_lowercase()));
            }
            ReorderOrder::GrannyAscending => named.sort_by(|a, b| granny(&a.name, &b.name)),
            ReorderOrder::GrannyDescending => named.sort_by(|a, b| granny(&b.name, &a.name)),
        }
        named
    }
}

/// Compares texts with the numbers inside them by value: `a9` before `a10`.
fn granny(left: &str, right: &str) -> Ordering {
    let (left, right) = (pieces(left), pieces(right));
    for (a, b) in left.iter().zip(&right) {
        let order = match (a.parse::<u64>(), b.parse::<u64>()) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            _ => a.to_lowercase().cmp(&b.to_lowercase()),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    left.len().cmp(&right.len())
}

/// Runs of digits and runs of other letters.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        pieces.push(piece);
        rest = behind;
    }
    pieces
}
