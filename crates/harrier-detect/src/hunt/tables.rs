//! Which tables a query reads, and whether it can find anything where some of them are empty.

use kql_semantics::bound::{BoundQuery, BoundResult, JoinKind, Rowset, RowsetKind};

/// The rowsets of a query's results.
pub(crate) fn results(query: &BoundQuery) -> Vec<&Rowset> {
    let mut rowsets = Vec::new();
    for result in &query.results {
        match result {
            BoundResult::Table { rowset, .. } => rowsets.push(rowset),
            BoundResult::Tables(several) => {
                rowsets.extend(several.iter().map(|(_, rowset)| rowset))
            }
            BoundResult::Scalar(scalar) => scalar.walk(&mut |inner| rowsets.extend(inner.table())),
        }
    }
    rowsets
}

/// Whether a query can give rows, where only tables that `has_rows` have any.
pub(super) fn can_give_rows(query: &BoundQuery, has_rows: &dyn Fn(&str) -> bool) -> bool {
    let is_table = |result: &BoundResult| !matches!(result, BoundResult::Scalar(_));
    !query.results.iter().all(is_table)
        || results(query).into_iter().any(|rowset| gives_rows(rowset, has_rows))
}

fn gives_rows(rowset: &Rowset, has_rows: &dyn Fn(&str) -> bool) -> bool {
    match &rowset.kind {
        RowsetKind::Table(table) => has_rows(&table.name),
        RowsetKind::Join(join) => {
            let left = || gives_rows(&join.left, has_rows);
            let right = || gives_rows(&join.right, has_rows);
            match join.kind {
                JoinKind::InnerUnique
                | JoinKind::Inner
                | JoinKind::LeftSemi
                | JoinKind::RightSemi => left() && right(),
                JoinKind::LeftOuter | JoinKind::LeftAnti => left(),
                JoinKind::RightOuter | JoinKind::RightAnti => right(),
                JoinKind::FullOuter => left() || right(),
            }
        }
        RowsetKind::Union(union) => union.legs.iter().any(|leg| gives_rows(&leg.rowset, has_rows)),
        RowsetKind::MvApply(apply) => gives_rows(&apply.expand.input, has_rows),
        RowsetKind::Partition(partition) => gives_rows(&partition.input, has_rows),
        RowsetKind::Values(rows) => !rows.is_empty(),
        _ => {
            // One that reads nothing makes its rows itself; plugins and the like read their inputs.
            let (mut inputs, mut given) = (0, false);
            rowset.for_each_input(&mut |input| {
                inputs += 1;
                given |= gives_rows(input, has_rows);
            });
            inputs == 0 || given
        }
    }
}
