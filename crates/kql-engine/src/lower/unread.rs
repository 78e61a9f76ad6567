//! Columns of wide unions that nothing reads.
//!
//! `union *` has thousands of columns, and every leg of it would have to make each of them, most of them null.

use std::collections::HashSet;

use kql_semantics::bound::{ColumnId, Rowset, RowsetKind, ScalarKind};

/// A union with fewer columns is not worth the search.
const WIDE: usize = 100;

/// The columns of unions in a rowset that neither an operator nor the answer reads.
pub(crate) fn unread(root: &Rowset) -> HashSet<ColumnId> {
    let mut rowsets = Vec::new();
    root.walk(&mut |rowset| rowsets.push(rowset));
    let is_wide = |rowset: &&&Rowset| {
        matches!(rowset.kind, RowsetKind::Union(_)) && rowset.columns.len() >= WIDE
    };
    let wide: Vec<&Rowset> = rowsets.iter().filter(is_wide).copied().collect();
    if wide.is_empty() {
        return HashSet::new();
    }
    let read = read(root, &rowsets);
    let columns = wide.iter().flat_map(|rowset| &rowset.columns).map(|column| column.id);
    columns.filter(|id| !read.contains(id)).collect()
}

/// The columns that are read.
fn read(root: &Rowset, rowsets: &[&Rowset]) -> HashSet<ColumnId> {
    let mut read: HashSet<ColumnId> = ids(root).collect();
    for rowset in rowsets {
        rowset.for_each_scalar(&mut |scalar| {
            scalar.walk(&mut |inner| {
                if let ScalarKind::Column(id) = inner.kind {
                    read.insert(id);
                }
                read.extend(inner.table().into_iter().flat_map(ids));
            });
        });
        if !passes_on(rowset) {
            rowset.for_each_input(&mut |input| read.extend(ids(input)));
        }
    }
    // What a column that is read is made of is read too.
    loop {
        let before = read.len();
        for rowset in rowsets {
            match &rowset.kind {
                RowsetKind::Union(union) => {
                    for (made, parts) in rowset.columns.iter().zip(&union.columns) {
                        if read.contains(&made.id) {
                            read.extend(parts.iter().map(|(_, id)| *id));
                        }
                    }
                }
                RowsetKind::Reference { definition } => {
                    for (made, own) in rowset.columns.iter().zip(&definition.rowset.columns) {
                        if read.contains(&made.id) {
                            read.insert(own.id);
                        }
                    }
                }
                _ => {}
            }
        }
        if read.len() == before {
            return read;
        }
    }
}

fn ids(rowset: &Rowset) -> impl Iterator<Item = ColumnId> {
    rowset.columns.iter().map(|column| column.id)
}

/// Whether an operator reads of its inputs only what its expressions name, and passes the rest on as it comes.
const fn passes_on(rowset: &Rowset) -> bool {
    matches!(
        rowset.kind,
        RowsetKind::Filter { .. }
            | RowsetKind::Extend { .. }
            | RowsetKind::Project { .. }
            | RowsetKind::Summarize { .. }
            | RowsetKind::Sort { .. }
            | RowsetKind::Take { .. }
            | RowsetKind::Serialize { .. }
            | RowsetKind::AssertSchema { .. }
            | RowsetKind::Union(_)
            | RowsetKind::Reference { .. }
    )
}
