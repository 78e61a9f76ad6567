//! A scan in pieces that can be read side by side, those left out that hold no wanted row.

use std::ops::Range;
use std::sync::Arc;

use datafusion::physical_expr::PhysicalExpr;

use super::prune;
use crate::file::{Content, DataFile};
use crate::json::Form;
use crate::parquet::ParquetFile;
use crate::parquet::rows::group_stretches;
use crate::report::Compression;
use crate::table::Table;

/// A plain file of JSON lines is read in pieces of at least this size.
const LEAST_RANGE: u64 = 8 * 1024 * 1024;

/// A piece of a scan.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) file: Arc<DataFile>,
    pub(crate) part: Part,
    /// How much there is to read, to divide the work by.
    pub(crate) bytes: u64,
    /// How many rows it has at most, where that is known.
    pub(crate) rows: Option<u64>,
}

/// Which part of a file.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    Whole,
    /// The lines that begin within.
    Bytes(Range<u64>),
    /// A row group, and where pages are left out, the rows that remain, counted in the file.
    Group {
        group: usize,
        rows: Option<Vec<Range<u64>>>,
    },
}

/// The pieces of a table that may hold rows which all these filters take.
pub(crate) fn units_of(table: &Table, filters: &[Arc<dyn PhysicalExpr>]) -> Vec<Unit> {
    let predicates = prune::predicates(table, filters);
    let keep = prune::files(table, &predicates);
    let mut units = Vec::new();
    for (file, _) in table.files.iter().zip(keep).filter(|(_, keep)| *keep) {
        match &file.content {
            Content::Parquet(parquet) => {
                let all: Vec<usize> = (0..parquet.metadata.metadata().num_row_groups()).collect();
                let groups = prune::groups(table, file, parquet, &all, &predicates);
                units.extend(
                    groups
                        .into_iter()
                        .map(|group| group_unit(table, file, parquet, group, &predicates)),
                );
            }
            Content::Json { form: Form::Lines, .. } if file.compression == Compression::None => {
                units.extend(ranges(file.bytes).map(|range| Unit {
                    bytes: range.end - range.start,
                    part: Part::Bytes(range),
                    file: Arc::clone(file),
                    rows: None,
                }));
            }
            Content::Json { .. } | Content::Csv(_) => units.push(Unit {
                file: Arc::clone(file),
                part: Part::Whole,
                // Packed text is about eight times as large unpacked.
                bytes: if file.compression == Compression::None {
                    file.bytes
                } else {
                    file.bytes * 8
                },
                rows: Some(file.rows),
            }),
        }
    }
    units.retain(|unit| unit.rows != Some(0));
    units
}

fn group_unit(
    table: &Table,
    file: &Arc<DataFile>,
    parquet: &ParquetFile,
    group: usize,
    predicates: &[prune::Predicate],
) -> Unit {
    let metadata = parquet.metadata.metadata().row_group(group);
    let rows = prune::pages(table, file, parquet, group, predicates);
    let whole = group_stretches(parquet, &[group]);
    let count =
        |stretches: &[Range<u64>]| stretches.iter().map(|part| part.end - part.start).sum::<u64>();
    Unit {
        file: Arc::clone(file),
        bytes: metadata.compressed_size().max(0).cast_unsigned(),
        rows: Some(count(rows.as_deref().unwrap_or(&whole))),
        part: Part::Group { group, rows },
    }
}

/// A file's bytes in ranges.
fn ranges(bytes: u64) -> impl Iterator<Item = Range<u64>> {
    let count = (bytes / LEAST_RANGE).clamp(1, 64);
    (0..count).map(move |at| bytes * at / count..bytes * (at + 1) / count)
}

/// Pieces divided among so many readers, about equally and each in the order of files. There is at least one reader.
pub(crate) fn divide(units: Vec<Unit>, readers: usize) -> Vec<Vec<Unit>> {
    let readers = readers.clamp(1, units.len().max(1));
    let total: u64 = units.iter().map(|unit| unit.bytes + 1).sum();
    let mut divided: Vec<Vec<Unit>> = vec![Vec::new(); readers];
    let mut before = 0;
    for unit in units {
        // By its middle, so that a large piece does not push the next ones to the last reader.
        let middle = before + unit.bytes.div_ceil(2);
        before += unit.bytes + 1;
        let reader = u128::from(middle) * readers as u128 / u128::from(total.max(1));
        let reader = usize::try_from(reader).unwrap_or(0).min(readers - 1);
        if let Some(reader) = divided.get_mut(reader) {
            reader.push(unit);
        }
    }
    divided
}
