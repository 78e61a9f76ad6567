//! The rows of a Parquet file, decoded as far as they are asked for.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Field, Int64Type};
use kql_semantics::Type;
use parquet::DecodeResult;
use parquet::arrow::arrow_reader::{
    ArrowPredicate, ArrowReaderMetadata, ArrowReaderOptions, RowFilter, RowSelection, RowSelector,
};
use parquet::arrow::push_decoder::{ParquetPushDecoder, ParquetPushDecoderBuilder};
use parquet::arrow::{ProjectionMask, RowNumber};
use parquet::errors::ParquetError;

use super::ParquetFile;
use crate::arrays::to_physical;
use crate::rows::{Columns, Decoded, ReadError, Rows};

/// What is to be read of a file.
pub(crate) struct Request<'a> {
    /// The columns, all of which the file has.
    pub(crate) columns: &'a Columns,
    /// The row groups, in order.
    pub(crate) groups: &'a [usize],
    /// Which rows of these row groups, counted in the file; all of them where there is none.
    pub(crate) selection: Option<Vec<Range<u64>>>,
    /// What rows must pass, the cheapest test first. Other columns are decoded for those only that do.
    pub(crate) tests: Vec<Box<dyn ArrowPredicate>>,
    /// The most rows of a batch.
    pub(crate) batch_rows: usize,
}

/// Which of a file's columns are decoded, and how they become wanted ones.
pub(crate) struct Decoding {
    /// The file's top-level fields, ascending.
    fields: Vec<usize>,
    /// For each wanted column: where it lies among these fields, and its type.
    places: Vec<(usize, Type)>,
}

impl Decoding {
    /// **Errors**: when the file has no such column.
    pub(crate) fn new(parquet: &ParquetFile, columns: &Columns) -> Result<Self, ParquetError> {
        let wanted: Vec<usize> = columns
            .wanted
            .iter()
            .map(|(name, _)| {
                let missing = || ParquetError::General(format!("no column `{name}`"));
                parquet.field(name).map(|(index, _)| index).ok_or_else(missing)
            })
            .collect::<Result<_, _>>()?;
        let mut fields = wanted.clone();
        fields.sort_unstable();
        fields.dedup();
        let places = wanted
            .iter()
            .zip(&columns.wanted)
            .filter_map(|(field, (_, ty))| Some((fields.binary_search(field).ok()?, *ty)))
            .collect();
        Ok(Self { fields, places })
    }

    /// The fields, as the decoder is told them.
    pub(crate) fn mask(&self, parquet: &ParquetFile) -> ProjectionMask {
        ProjectionMask::roots(parquet.metadata.parquet_schema(), self.fields.iter().copied())
    }

    /// The wanted columns of a decoded batch.
    pub(crate) fn arrays(
        &self,
        batch: &RecordBatch,
    ) -> Result<Vec<ArrayRef>, arrow::error::ArrowError> {
        self.places.iter().map(|(place, ty)| to_physical(batch.column(*place), *ty)).collect()
    }

    /// The compressed size of the fields in a row group.
    pub(crate) fn bytes(&self, parquet: &ParquetFile, group: usize) -> u64 {
        let schema = parquet.metadata.parquet_schema();
        let columns = parquet.metadata.metadata().row_group(group).columns().iter().enumerate();
        let sizes = columns
            .filter(|(leaf, _)| self.fields.contains(&schema.get_column_root_idx(*leaf)))
            .map(|(_, column)| column.compressed_size().max(0).cast_unsigned());
        sizes.sum()
    }
}

/// Decodes a file, batch by batch. The bytes of one row group's columns are held at a time.
pub(crate) struct ParquetRows {
    file: File,
    decoder: ParquetPushDecoder,
    decoding: Decoding,
    with_places: bool,
}

impl ParquetRows {
    /// Begins to read.
    pub(crate) fn open(parquet: &ParquetFile, request: Request<'_>) -> Result<Self, ParquetError> {
        let file = File::open(&parquet.path)?;
        let decoding = Decoding::new(parquet, request.columns)?;
        let with_places = request.columns.with_places;
        let metadata = if with_places { numbered(parquet)? } else { parquet.metadata.clone() };
        let mut builder = ParquetPushDecoderBuilder::new_with_metadata(metadata)
            .with_projection(decoding.mask(parquet))
            .with_batch_size(request.batch_rows)
            .with_row_groups(request.groups.to_vec());
        if let Some(rows) = &request.selection {
            builder = builder.with_row_selection(selection(parquet, request.groups, rows));
        }
        if !request.tests.is_empty() {
            builder = builder.with_row_filter(RowFilter::new(request.tests));
        }
        Ok(Self { file, decoder: builder.build()?, decoding, with_places })
    }

    fn push(&mut self, ranges: Vec<Range<u64>>) -> Result<(), ParquetError> {
        let mut data = Vec::with_capacity(ranges.len());
        for range in &ranges {
            let length = usize::try_from(range.end - range.start)
                .map_err(|error| ParquetError::General(error.to_string()))?;
            let mut bytes = Vec::with_capacity(length);
            self.file.seek(SeekFrom::Start(range.start))?;
            (&mut self.file).take(length as u64).read_to_end(&mut bytes)?;
            if bytes.len() < length {
                return Err(ParquetError::EOF(String::from("the file ends before its data does")));
            }
            data.push(bytes.into());
        }
        self.decoder.push_ranges(ranges, data)
    }

    fn convert(&self, batch: &RecordBatch) -> Result<Decoded, ReadError> {
        let columns = self.decoding.arrays(batch)?;
        // The reader puts the number of the row behind the file's columns.
        let numbers = batch.columns().last().filter(|_| self.with_places);
        let places = numbers
            .and_then(|numbers| numbers.as_primitive_opt::<Int64Type>())
            .map(|numbers| numbers.values().to_vec())
            .unwrap_or_default();
        Ok(Decoded { columns, rows: batch.num_rows(), places })
    }
}

impl Rows for ParquetRows {
    fn next(&mut self) -> Result<Option<Decoded>, ReadError> {
        loop {
            match self.decoder.try_decode()? {
                DecodeResult::NeedsData(ranges) => self.push(ranges)?,
                DecodeResult::Data(batch) if batch.num_rows() == 0 => {}
                DecodeResult::Data(batch) => return self.convert(&batch).map(Some),
                DecodeResult::Finished => return Ok(None),
            }
        }
    }
}

/// The footer with a column more: the number of each row in the file.
fn numbered(parquet: &ParquetFile) -> Result<ArrowReaderMetadata, ParquetError> {
    let number = Field::new(crate::table::PLACE_COLUMN, DataType::Int64, false)
        .with_extension_type(RowNumber);
    let options = ArrowReaderOptions::new()
        .with_schema(Arc::clone(parquet.metadata.schema()))
        .with_virtual_columns(vec![Arc::new(number)])?;
    ArrowReaderMetadata::try_new(Arc::clone(parquet.metadata.metadata()), options)
}

/// The rows of row groups, counted in the file.
pub(crate) fn group_stretches(parquet: &ParquetFile, groups: &[usize]) -> Vec<Range<u64>> {
    let mut start = 0;
    let mut all = Vec::new();
    for group in parquet.metadata.metadata().row_groups() {
        let end = start + group.num_rows().max(0).cast_unsigned();
        all.push(start..end);
        start = end;
    }
    groups.iter().filter_map(|group| all.get(*group).cloned()).collect()
}

/// Rows of the file as the decoder counts them: within the row groups that are read.
fn selection(parquet: &ParquetFile, groups: &[usize], selected: &[Range<u64>]) -> RowSelection {
    let mut selectors = Vec::new();
    for group in group_stretches(parquet, groups) {
        let mut at = group.start;
        for part in selected {
            let (start, end) = (part.start.max(at), part.end.min(group.end));
            if start < end {
                selectors.push(RowSelector::skip(rows(at..start)));
                selectors.push(RowSelector::select(rows(start..end)));
                at = end;
            }
        }
        selectors.push(RowSelector::skip(rows(at..group.end)));
    }
    selectors.retain(|selector| selector.row_count > 0);
    selectors.into()
}

fn rows(stretch: Range<u64>) -> usize {
    usize::try_from(stretch.end - stretch.start).unwrap_or(usize::MAX)
}

/// Calls `see` with each time of a column.
pub(crate) fn each_time(
    parquet: &ParquetFile,
    column: &str,
    groups: &[usize],
    mut see: impl FnMut(i64),
) -> Result<(), ReadError> {
    let mut columns = Columns::default();
    columns.want(column, Type::DateTime);
    let request =
        Request { columns: &columns, groups, selection: None, tests: Vec::new(), batch_rows: 8192 };
    let mut rows = ParquetRows::open(parquet, request)?;
    while let Some(decoded) = rows.next()? {
        for times in
            decoded.columns.iter().filter_map(|array| array.as_primitive_opt::<Int64Type>())
        {
            times.iter().flatten().for_each(&mut see);
        }
    }
    Ok(())
}
