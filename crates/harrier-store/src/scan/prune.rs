//! Which files, row groups and pages hold no row that a scan wants.
//!
//! Bounds are compared as the engine holds values (ticks), so nothing is lost where a tick is no whole unit of the file.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int64Array, StringArray, UInt64Array};
use datafusion::common::pruning::PruningStatistics;
use datafusion::common::{Column, ScalarValue};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::utils::collect_columns;
use datafusion::physical_optimizer::pruning::{PruningPredicate, PruningPredicateBuilder};
use kql_semantics::Type;

use crate::file::DataFile;
use crate::parquet::ParquetFile;
use crate::parquet::bounds::{Bounds, page_bounds, row_group_bounds};
use crate::parquet::rows::group_stretches;
use crate::table::{Source, Table};

/// A filter in terms of bounds.
pub(crate) struct Predicate {
    pruning: PruningPredicate,
    /// The only column that it reads.
    only_column: Option<String>,
}

/// The filters that bounds can decide.
pub(crate) fn predicates(table: &Table, filters: &[Arc<dyn PhysicalExpr>]) -> Vec<Predicate> {
    filters
        .iter()
        .filter_map(|filter| {
            let pruning = PruningPredicateBuilder::new()
                .with_file_schema(Arc::clone(&table.arrow))
                .try_build(Arc::clone(filter))
                .ok()?;
            let mut columns = collect_columns(filter).into_iter();
            let only_column = match (columns.next(), columns.next()) {
                (Some(column), None) => Some(column.name().to_owned()),
                _ => None,
            };
            (!pruning.always_true()).then_some(Predicate { pruning, only_column })
        })
        .collect()
}

/// Which of the table's files may hold wanted rows.
pub(crate) fn files(table: &Table, predicates: &[Predicate]) -> Vec<bool> {
    let containers = Files(table);
    keep(predicates.iter(), &containers)
}

/// Those of a file's row groups that may hold wanted rows.
pub(crate) fn groups(
    table: &Table,
    file: &DataFile,
    parquet: &ParquetFile,
    all: &[usize],
    predicates: &[Predicate],
) -> Vec<usize> {
    let containers = Groups { table, file, parquet, groups: all };
    let kept = keep(predicates.iter(), &containers);
    all.iter().zip(kept).filter(|(_, keep)| *keep).map(|(group, _)| *group).collect()
}

/// The rows of a row group in pages that may hold wanted rows, counted in the file; none where no page is left out.
pub(crate) fn pages(
    table: &Table,
    file: &DataFile,
    parquet: &ParquetFile,
    group: usize,
    predicates: &[Predicate],
) -> Option<Vec<Range<u64>>> {
    let whole = group_stretches(parquet, &[group]);
    let start = whole.first()?.start;
    let mut kept = whole.clone();
    for predicate in predicates {
        let Some(column) = predicate.only_column.as_deref() else { continue };
        let (Source::Stored(stored), Some(ty)) = (table.source(column, file), table.ty(column))
        else {
            continue;
        };
        let Some((bounds, rows)) = page_bounds(parquet, stored, ty, group) else { continue };
        let containers =
            Pages { column, bounds: with_empty_strings(bounds, ty, &rows), rows: &rows };
        let keep = keep(std::iter::once(predicate), &containers);
        let mut at = start;
        let mut pages = Vec::new();
        for (rows, keep) in rows.values().iter().zip(keep) {
            if keep {
                pages.push(at..at + rows);
            }
            at += rows;
        }
        kept = intersect(&kept, &pages);
    }
    (kept != whole).then_some(kept)
}

/// Rows that are in both, neighbours joined.
fn intersect(left: &[Range<u64>], right: &[Range<u64>]) -> Vec<Range<u64>> {
    let mut both: Vec<Range<u64>> = Vec::new();
    for a in left {
        for b in right {
            let (start, end) = (a.start.max(b.start), a.end.min(b.end));
            match both.last_mut() {
                _ if start >= end => {}
                Some(last) if last.end == start => last.end = end,
                _ => both.push(start..end),
            }
        }
    }
    both
}

fn keep<'a>(
    predicates: impl Iterator<Item = &'a Predicate>,
    containers: &dyn PruningStatistics,
) -> Vec<bool> {
    let mut all = vec![true; containers.num_containers()];
    for predicate in predicates {
        // What can not be decided is read.
        let Ok(kept) = predicate.pruning.prune(containers) else { continue };
        all.iter_mut().zip(kept).for_each(|(all, keep)| *all &= keep);
    }
    all
}

/// An absent string is "": where there are nulls, the least value is that, and where there is nothing else, the only one.
fn with_empty_strings(mut bounds: Bounds, ty: Type, rows: &UInt64Array) -> Bounds {
    if ty != Type::String {
        return bounds;
    }
    if let (Some(least), Some(greatest)) =
        (bounds.least.as_string_opt::<i32>(), bounds.greatest.as_string_opt::<i32>())
    {
        let are_all_null =
            |(nulls, rows): (Option<u64>, Option<u64>)| nulls.is_some() && nulls == rows;
        let least: StringArray = least
            .iter()
            .zip(bounds.nulls.iter().zip(rows))
            .map(|(least, (nulls, rows))| match nulls {
                Some(0) => least,
                _ if are_all_null((nulls, rows)) => Some(""),
                _ => least.map(|_| ""),
            })
            .collect();
        let greatest: StringArray = greatest
            .iter()
            .zip(bounds.nulls.iter().zip(rows))
            .map(|(greatest, counts)| if are_all_null(counts) { Some("") } else { greatest })
            .collect();
        bounds.least = Arc::new(least);
        bounds.greatest = Arc::new(greatest);
    }
    bounds.nulls = UInt64Array::from(vec![0; bounds.nulls.len()]);
    bounds
}

/// Files by their spans of time.
struct Files<'a>(&'a Table);

impl Files<'_> {
    fn times(&self, column: &Column, end: impl Fn((i64, i64)) -> i64) -> Option<ArrayRef> {
        let table = self.0;
        if table.ty(column.name()) != Some(Type::DateTime) {
            return None;
        }
        let times: Int64Array = table
            .files
            .iter()
            .map(|file| match table.source(column.name(), file) {
                Source::Stored(stored) => file.times(stored).and_then(|times| times.span).map(&end),
                _ => None,
            })
            .collect();
        Some(Arc::new(times))
    }
}

impl PruningStatistics for Files<'_> {
    fn min_values(&self, column: &Column) -> Option<ArrayRef> {
        self.times(column, |(first, _)| first)
    }

    fn max_values(&self, column: &Column) -> Option<ArrayRef> {
        self.times(column, |(_, last)| last)
    }

    fn num_containers(&self) -> usize {
        self.0.files.len()
    }

    fn null_counts(&self, _: &Column) -> Option<ArrayRef> {
        None
    }

    fn row_counts(&self) -> Option<ArrayRef> {
        None
    }

    fn contained(
        &self,
        _: &Column,
        _: &HashSet<ScalarValue>,
    ) -> Option<arrow::array::BooleanArray> {
        None
    }
}

/// Row groups by their bounds.
struct Groups<'a> {
    table: &'a Table,
    file: &'a DataFile,
    parquet: &'a ParquetFile,
    groups: &'a [usize],
}

impl Groups<'_> {
    fn rows(&self) -> UInt64Array {
        let metadata = self.parquet.metadata.metadata();
        let rows = |group: &usize| metadata.row_group(*group).num_rows().max(0).cast_unsigned();
        UInt64Array::from_iter_values(self.groups.iter().map(rows))
    }

    fn bounds(&self, column: &Column) -> Option<Bounds> {
        let ty = self.table.ty(column.name())?;
        match self.table.source(column.name(), self.file) {
            Source::Stored(stored) => row_group_bounds(self.parquet, stored, ty, self.groups)
                .map(|bounds| with_empty_strings(bounds, ty, &self.rows())),
            _ => None,
        }
    }
}

impl PruningStatistics for Groups<'_> {
    fn min_values(&self, column: &Column) -> Option<ArrayRef> {
        self.bounds(column).map(|bounds| bounds.least)
    }

    fn max_values(&self, column: &Column) -> Option<ArrayRef> {
        self.bounds(column).map(|bounds| bounds.greatest)
    }

    fn num_containers(&self) -> usize {
        self.groups.len()
    }

    fn null_counts(&self, column: &Column) -> Option<ArrayRef> {
        self.bounds(column).map(|bounds| Arc::new(bounds.nulls) as ArrayRef)
    }

    fn row_counts(&self) -> Option<ArrayRef> {
        Some(Arc::new(self.rows()))
    }

    fn contained(
        &self,
        _: &Column,
        _: &HashSet<ScalarValue>,
    ) -> Option<arrow::array::BooleanArray> {
        None
    }
}

/// Pages of one column by their bounds.
struct Pages<'a> {
    column: &'a str,
    bounds: Bounds,
    rows: &'a UInt64Array,
}

impl Pages<'_> {
    fn of(&self, column: &Column, array: &ArrayRef) -> Option<ArrayRef> {
        (column.name() == self.column).then(|| Arc::clone(array))
    }
}

impl PruningStatistics for Pages<'_> {
    fn min_values(&self, column: &Column) -> Option<ArrayRef> {
        self.of(column, &self.bounds.least)
    }

    fn max_values(&self, column: &Column) -> Option<ArrayRef> {
        self.of(column, &self.bounds.greatest)
    }

    fn num_containers(&self) -> usize {
        self.rows.len()
    }

    fn null_counts(&self, column: &Column) -> Option<ArrayRef> {
        self.of(column, &(Arc::new(self.bounds.nulls.clone()) as ArrayRef))
    }

    fn row_counts(&self) -> Option<ArrayRef> {
        Some(Arc::new(self.rows.clone()))
    }

    fn contained(
        &self,
        _: &Column,
        _: &HashSet<ScalarValue>,
    ) -> Option<arrow::array::BooleanArray> {
        None
    }
}
