//! The rows of a Parquet file, decoded as far as they are asked for.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Int64Type;
use kql_semantics::Type;
use parquet::DecodeResult;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{RowSelection, RowSelector};
use parquet::arrow::push_decoder::{ParquetPushDecoder, ParquetPushDecoderBuilder};
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
    /// Which rows of these row groups; all of them where there is none.
    pub(crate) selection: Option<Vec<Range<u64>>>,
    /// The most rows of a batch.
    pub(crate) batch_rows: usize,
}

/// Decodes a file, batch by batch. The bytes of one row group's columns are held at a time.
pub(crate) struct ParquetRows {
    file: File,
    decoder: ParquetPushDecoder,
    /// For each asked column: where it lies in the decoded batch, and its type.
    places: Vec<(usize, Type)>,
    /// Where the next rows lie in the file: what is left of each stretch.
    stretches: VecDeque<Range<u64>>,
    with_places: bool,
}

impl ParquetRows {
    /// Begins to read. A column that the file does not have must not be asked for.
    pub(crate) fn open(parquet: &ParquetFile, request: &Request<'_>) -> Result<Self, ParquetError> {
        let file = File::open(&parquet.path)?;
        let wanted = &request.columns.wanted;
        let fields: Vec<usize> = wanted
            .iter()
            .map(|(name, _)| {
                let missing = || ParquetError::General(format!("no column `{name}`"));
                parquet.field(name).map(|(index, _)| index).ok_or_else(missing)
            })
            .collect::<Result<_, _>>()?;
        let mut decoded: Vec<usize> = fields.clone();
        decoded.sort_unstable();
        decoded.dedup();
        let places = fields
            .iter()
            .zip(wanted)
            .filter_map(|(field, (_, ty))| Some((decoded.binary_search(field).ok()?, *ty)))
            .collect();
        let mask = ProjectionMask::roots(parquet.metadata.parquet_schema(), decoded);
        let mut builder = ParquetPushDecoderBuilder::new_with_metadata(parquet.metadata.clone())
            .with_projection(mask)
            .with_batch_size(request.batch_rows)
            .with_row_groups(request.groups.to_vec());
        let stretches = stretches(parquet, request);
        if request.selection.is_some() {
            builder = builder.with_row_selection(selection(parquet, request, &stretches));
        }
        let with_places = request.columns.with_places;
        Ok(Self {
            file,
            decoder: builder.build()?,
            places,
            stretches: stretches.into(),
            with_places,
        })
    }

    /// Where so many next rows lie in the file, counted from 0.
    fn take_places(&mut self, rows: usize) -> Vec<i64> {
        let mut left = rows as u64;
        let mut places = Vec::with_capacity(rows);
        while left > 0 {
            let Some(stretch) = self.stretches.front_mut() else { break };
            let end = stretch.end.min(stretch.start + left);
            places.extend((stretch.start..end).map(u64::cast_signed));
            left -= end - stretch.start;
            stretch.start = end;
            if stretch.start == stretch.end {
                self.stretches.pop_front();
            }
        }
        places
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

    fn convert(&mut self, batch: &RecordBatch) -> Result<Decoded, ReadError> {
        let columns = self
            .places
            .iter()
            .map(|(place, ty)| Ok(to_physical(batch.column(*place), *ty)?))
            .collect::<Result<_, ReadError>>()?;
        let rows = batch.num_rows();
        let places = if self.with_places { self.take_places(rows) } else { Vec::new() };
        Ok(Decoded { columns, rows, places })
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

/// The rows that are to be read, as stretches of the file's rows.
fn stretches(parquet: &ParquetFile, request: &Request<'_>) -> Vec<Range<u64>> {
    let groups = group_stretches(parquet, request.groups);
    let Some(selected) = &request.selection else { return groups };
    let mut stretches = Vec::new();
    for group in groups {
        for part in selected {
            let (start, end) = (part.start.max(group.start), part.end.min(group.end));
            if start < end {
                stretches.push(start..end);
            }
        }
    }
    stretches
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

/// The stretches as the decoder counts them: within the row groups that are read.
fn selection(
    parquet: &ParquetFile,
    request: &Request<'_>,
    stretches: &[Range<u64>],
) -> RowSelection {
    let mut selectors = Vec::new();
    for group in group_stretches(parquet, request.groups) {
        let mut at = group.start;
        for part in stretches.iter().filter(|part| group.contains(&part.start)) {
            selectors.push(RowSelector::skip(rows(at..part.start)));
            selectors.push(RowSelector::select(rows(part.clone())));
            at = part.end;
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
    let request = Request { columns: &columns, groups, selection: None, batch_rows: 8192 };
    let mut rows = ParquetRows::open(parquet, &request)?;
    while let Some(decoded) = rows.next()? {
        for times in
            decoded.columns.iter().filter_map(|array| array.as_primitive_opt::<Int64Type>())
        {
            times.iter().flatten().for_each(&mut see);
        }
    }
    Ok(())
}
