//! The rows of a CSV file: only wanted values are made.

use super::records::{Record, Records, text};
use crate::file::TypeFilter;
use crate::rows::{Columns, Decoded, ReadError, Rows};
use crate::summary::TYPE_COLUMN;
use crate::values::{ColumnBuilder, Raw};

/// A batch is given when its values have so many bytes, whatever its rows.
const BATCH_BYTES: usize = 16 * 1024 * 1024;

/// Reads the rows of a CSV file.
pub(crate) struct CsvRows {
    records: Records,
    /// For each wanted column, the place of its cell and its values.
    builders: Vec<(Option<usize>, ColumnBuilder)>,
    /// The place of `Type`, where only some rows are wanted.
    only_type: Option<(Option<usize>, TypeFilter)>,
    with_places: bool,
    is_cut: bool,
    batch_rows: usize,
}

impl CsvRows {
    pub(crate) fn new(
        records: Records,
        columns: &Columns,
        only_type: Option<&TypeFilter>,
        batch_rows: usize,
        is_cut: bool,
    ) -> Self {
        let headings = &records.heading.columns;
        let place =
            |name: &str| headings.iter().position(|heading| heading.as_deref() == Some(name));
        let builders = columns
            .wanted
            .iter()
            .map(|(name, ty)| (place(name), ColumnBuilder::new(*ty)))
            .collect();
        let only_type = only_type.map(|filter| (place(TYPE_COLUMN), filter.clone()));
        Self { builders, only_type, with_places: columns.with_places, is_cut, batch_rows, records }
    }
}

impl Rows for CsvRows {
    fn next(&mut self) -> Result<Option<Decoded>, ReadError> {
        let mut decoded = Decoded::default();
        let mut bytes = 0;
        while decoded.rows < self.batch_rows && bytes < BATCH_BYTES {
            let Some((record, _, place)) = self.records.next() else { break };
            let Record::Whole(record) = record else { continue };
            if let Some((place, filter)) = &self.only_type
                && !filter.takes(text(place.and_then(|place| record.get(place))))
            {
                continue;
            }
            for (place, builder) in &mut self.builders {
                let cell = text(place.and_then(|place| record.get(place)));
                bytes += cell.len();
                builder.append(Raw::Text(cell))?;
            }
            if self.with_places {
                decoded.places.push(place.cast_signed());
            }
            decoded.rows += 1;
        }
        if decoded.rows > 0 {
            decoded.columns =
                self.builders.iter_mut().map(|(_, builder)| builder.finish()).collect();
            return Ok(Some(decoded));
        }
        match &self.records.cut {
            Some(error) if !self.is_cut => Err(ReadError::Format(error.to_string())),
            _ => Ok(None),
        }
    }
}
