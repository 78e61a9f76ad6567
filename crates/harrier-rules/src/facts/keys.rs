//! Whether the rows of a table differ in some of its columns: what a join may rely on.

use std::collections::HashSet;

use kql_semantics::Value;
use kql_semantics::bound::{ColumnId, JoinKind, Rowset, RowsetKind, Scalar, ScalarKind};

/// What is known of the rows that share a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Uniqueness {
    /// Each key has one row.
    Unique,
    /// A key may have many rows: nothing makes it one.
    Many,
    /// Nothing can be said (a watchlist, a list from outside).
    Unknown,
}

/// Whether rows of `rowset` differ in `keys`.
pub(crate) fn uniqueness(rowset: &Rowset, keys: &HashSet<ColumnId>) -> Uniqueness {
    of(rowset, keys, 300)
}

fn of(rowset: &Rowset, keys: &HashSet<ColumnId>, left: u32) -> Uniqueness {
    use Uniqueness::{Many, Unique, Unknown};
    let Some(left) = left.checked_sub(1) else { return Unknown };
    let is_one =
        |count: &Scalar| matches!(count.as_literal(), Some(Value::Long(1) | Value::Int(1)));
    match &rowset.kind {
        RowsetKind::Table(_) => Many,
        RowsetKind::Error
        | RowsetKind::ExternalData(_)
        | RowsetKind::Context(_)
        | RowsetKind::Reduce { .. }
        | RowsetKind::TopNested(_) => Unknown,
        RowsetKind::Evaluate(evaluate) => match (&*evaluate.plugin, &evaluate.input) {
            // One row a sequence; a person may have many.
            ("sequence_detect", _) => Many,
            ("bag_unpack", Some(input)) => of(input, keys, left),
            _ => Unknown,
        },
        RowsetKind::Called(call) => match &call.input {
            Some(input) => of(input, keys, left),
            None => Unknown,
        },
        RowsetKind::Values(rows) => unique_values(rowset, rows, keys),
        RowsetKind::Print(_) => Unique,
        RowsetKind::Range { .. } => {
            if rowset.columns.iter().all(|column| keys.contains(&column.id)) {
                Unique
            } else {
                Many
            }
        }
        RowsetKind::Reference { definition } => {
            let pairs = rowset.columns.iter().zip(&definition.rowset.columns);
            let inner = pairs.filter(|(own, _)| keys.contains(&own.id)).map(|(_, inner)| inner.id);
            of(&definition.rowset, &inner.collect(), left)
        }
        RowsetKind::Extend { input, columns } | RowsetKind::Project { input, columns, .. } => {
            let mut inner = keys.clone();
            for (id, value) in columns.iter().filter(|(id, _)| keys.contains(id)) {
                match value.kind {
                    ScalarKind::Column(own) => {
                        inner.insert(own);
                    }
                    // What is computed from a column need not differ where the column does; what keeps it whole does.
                    _ => {
                        inner.remove(id);
                        inner.extend(kept(value));
                    }
                }
            }
            of(input, &inner, left)
        }
        RowsetKind::Take { input, count } => {
            if is_one(count) {
                Unique
            } else {
                of(input, keys, left)
            }
        }
        RowsetKind::Sample { input, count } => {
            if is_one(count) {
                Unique
            } else {
                of(input, keys, left)
            }
        }
        RowsetKind::Filter { input, .. }
        | RowsetKind::Sort { input, .. }
        | RowsetKind::Serialize { input }
        | RowsetKind::AssertSchema { input }
        | RowsetKind::Consume { input } => of(input, keys, left),
        RowsetKind::Distinct { input } => {
            if input.columns.iter().all(|column| keys.contains(&column.id)) { Unique } else { Many }
        }
        RowsetKind::SampleDistinct { .. } => Unique,
        RowsetKind::TopHitters { of, .. } => {
            if keys.contains(&of.0) {
                Unique
            } else {
                Many
            }
        }
        RowsetKind::Summarize { keys: groups, is_total, .. } => {
            let is_covered = groups.iter().all(|(id, _)| keys.contains(id));
            if *is_total || is_covered { Unique } else { Many }
        }
        RowsetKind::MakeSeries(series) => {
            if series.keys.iter().all(|(id, _)| keys.contains(id)) {
                Unique
            } else {
                Many
            }
        }
        RowsetKind::Join(join) => joined(join, keys, left),
        RowsetKind::Union(_) => union(rowset, keys, left),
        RowsetKind::Parse(parse) => of(&parse.input, keys, left),
        RowsetKind::ParseKv(parse) => of(&parse.input, keys, left),
        // One row's array (of a series, say) may hold each value once.
        RowsetKind::MvExpand(expand) => match of(&expand.input, &HashSet::new(), left) {
            Unique => Unknown,
            _ => Many,
        },
        RowsetKind::MvApply(_) => Many,
        RowsetKind::Scan(_) | RowsetKind::Partition(_) | RowsetKind::Graph(_) => Unknown,
    }
}

/// The column whose values an expression keeps apart.
fn kept(value: &Scalar) -> Option<ColumnId> {
    match &value.kind {
        ScalarKind::Column(id) => Some(*id),
        ScalarKind::Convert(inner) => kept(inner),
        ScalarKind::Call(call)
            if matches!(&*call.function, "tostring" | "tolower" | "toupper" | "trim") =>
        {
            call.arguments.last().and_then(kept)
        }
        _ => None,
    }
}

fn unique_values(rowset: &Rowset, rows: &[Vec<Value>], keys: &HashSet<ColumnId>) -> Uniqueness {
    let places: Vec<usize> = rowset
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| keys.contains(&column.id))
        .map(|(place, _)| place)
        .collect();
    let mut seen = HashSet::new();
    let differ = rows.iter().all(|row| {
        seen.insert(places.iter().map(|place| format!("{:?}", row.get(*place))).collect::<Vec<_>>())
    });
    if differ { Uniqueness::Unique } else { Uniqueness::Many }
}

fn joined(
    join: &kql_semantics::bound::JoinRowset,
    keys: &HashSet<ColumnId>,
    left: u32,
) -> Uniqueness {
    let side =
        |values: &mut dyn Iterator<Item = &Scalar>| values.filter_map(kept).collect::<HashSet<_>>();
    match join.kind {
        JoinKind::LeftSemi | JoinKind::LeftAnti => of(&join.left, keys, left),
        JoinKind::RightSemi | JoinKind::RightAnti => of(&join.right, keys, left),
        JoinKind::InnerUnique | JoinKind::Inner | JoinKind::LeftOuter => {
            let right_keys = side(&mut join.keys.iter().map(|(_, right)| right));
            let left_keys = side(&mut join.keys.iter().map(|(left, _)| left));
            // A key's other name is as good.
            let mut all = keys.clone();
            for (own, other) in &join.keys {
                if let (Some(own), Some(other)) = (kept(own), kept(other)) {
                    if keys.contains(&own) {
                        all.insert(other);
                    }
                    if keys.contains(&other) && join.kind != JoinKind::LeftOuter {
                        all.insert(own);
                    }
                }
            }
            let right = of(&join.right, &right_keys, left);
            let of_left = match join.kind {
                JoinKind::InnerUnique if left_keys.is_subset(&all) => Uniqueness::Unique,
                _ => of(&join.left, &all, left),
            };
            if of_left == Uniqueness::Unique && right != Uniqueness::Unique {
                return of(&join.right, &all, left);
            }
            if right == Uniqueness::Unique { of_left } else { both(right, of_left) }
        }
        JoinKind::RightOuter | JoinKind::FullOuter => Uniqueness::Many,
    }
}

/// What is known where both must be unique.
fn both(one: Uniqueness, other: Uniqueness) -> Uniqueness {
    match (one, other) {
        (Uniqueness::Many, _) | (_, Uniqueness::Many) => Uniqueness::Many,
        (Uniqueness::Unknown, _) | (_, Uniqueness::Unknown) => Uniqueness::Unknown,
        _ => Uniqueness::Unique,
    }
}

/// Several legs may hold the same key; one leg is as it is.
fn union(rowset: &Rowset, keys: &HashSet<ColumnId>, left: u32) -> Uniqueness {
    let RowsetKind::Union(union) = &rowset.kind else { return Uniqueness::Unknown };
    let [leg] = union.legs.as_slice() else { return Uniqueness::Many };
    let pairs = rowset.columns.iter().zip(&union.columns);
    let inner = pairs.filter(|(own, _)| keys.contains(&own.id));
    let inner = inner.filter_map(|(_, legs)| legs.first().map(|(_, id)| *id));
    of(&leg.rowset, &inner.collect(), left)
}
