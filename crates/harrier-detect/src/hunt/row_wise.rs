//! Whether a query looks at each row by itself: then many small runs and one over everything find the same.

use kql_semantics::bound::{
    BoundQuery, BoundResult, JoinKind, Rowset, RowsetKind, Scalar, ScalarKind,
};

/// Functions whose value depends on the rows around.
const NEIGHBOURS: [&str; 7] = [
    "prev",
    "next",
    "row_number",
    "row_cumsum",
    "row_rank_dense",
    "row_rank_min",
    "row_window_session",
];

/// Whether the result is made of each row of its tables by itself.
pub(super) fn is_row_wise(query: &BoundQuery) -> bool {
    query.undiscovered.is_empty()
        && query.shared.iter().all(of_row)
        && matches!(&query.results[..], [BoundResult::Table { rowset, .. }] if rows(rowset))
}

fn rows(rowset: &Rowset) -> bool {
    let mut is_of_row = true;
    rowset.for_each_scalar(&mut |scalar| is_of_row &= of_row(scalar));
    is_of_row
        && match &rowset.kind {
            RowsetKind::Table(_) => true,
            RowsetKind::Reference { definition } => rows(&definition.rowset),
            RowsetKind::Filter { input, .. }
            | RowsetKind::Extend { input, .. }
            | RowsetKind::Project { input, .. }
            | RowsetKind::Sort { input, .. }
            | RowsetKind::AssertSchema { input } => rows(input),
            RowsetKind::Parse(parse) => rows(&parse.input),
            RowsetKind::ParseKv(parse) => rows(&parse.input),
            RowsetKind::MvExpand(expand) => expand.limit.is_none() && rows(&expand.input),
            RowsetKind::Union(union) => {
                // Rows that no table holds would come once a run.
                union.legs.iter().all(|leg| is_empty(&leg.rowset) || rows(&leg.rowset))
            }
            RowsetKind::Join(join) => {
                matches!(
                    join.kind,
                    JoinKind::Inner | JoinKind::LeftOuter | JoinKind::LeftSemi | JoinKind::LeftAnti
                ) && rows(&join.left)
                    && !reads_tables(&join.right)
            }
            _ => false,
        }
}

fn is_empty(rowset: &Rowset) -> bool {
    matches!(&rowset.kind, RowsetKind::Values(rows) if rows.is_empty())
}

fn reads_tables(rowset: &Rowset) -> bool {
    let mut reads = false;
    rowset.walk(&mut |rowset| reads |= matches!(rowset.kind, RowsetKind::Table(_)));
    reads
}

/// Whether a value depends on its row, on constants, and on nothing else.
fn of_row(scalar: &Scalar) -> bool {
    let mut is_of_row = true;
    scalar.walk(&mut |inner| {
        is_of_row &= match &inner.kind {
            ScalarKind::Call(call) => !NEIGHBOURS.contains(&&*call.function),
            ScalarKind::Subquery(table) | ScalarKind::InTable { table, .. } => !reads_tables(table),
            _ => true,
        };
    });
    is_of_row
}
