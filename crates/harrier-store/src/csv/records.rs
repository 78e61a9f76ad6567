//! The records of a CSV file.

use std::io::Read;

use csv::ByteRecord;

use super::limited::{Fuel, Limited};
use crate::heading::parse_heading;

/// The columns of a CSV file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    /// A column for each value of a record; none where a heading comes twice, and the first is meant.
    pub(crate) columns: Vec<Option<String>>,
    /// Columns of times in a zone that is not UTC, with the zone.
    pub(crate) other_zones: Vec<(String, String)>,
}

impl Heading {
    fn read(record: &ByteRecord) -> Self {
        let mut heading = Self::default();
        for (index, cell) in record.iter().enumerate() {
            let text = String::from_utf8_lossy(cell);
            let parsed = parse_heading(&text);
            let column = match parsed.column {
                "" => format!("Column{}", index + 1),
                column => column.to_owned(),
            };
            if let Some(zone) = parsed.other_zone {
                heading.other_zones.push((column.clone(), zone.to_owned()));
            }
            let is_known = heading.columns.iter().flatten().any(|known| *known == column);
            heading.columns.push((!is_known).then_some(column));
        }
        heading
    }
}

/// The records of a CSV file, the heading taken off.
pub(crate) struct Records {
    reader: csv::Reader<Limited<Box<dyn Read + Send>>>,
    fuel: Fuel,
    record: ByteRecord,
    pub(crate) heading: Heading,
    /// Why the file ended before its end.
    pub(crate) cut: Option<csv::Error>,
}

/// A record.
pub(crate) enum Record<'a> {
    /// As many values as the heading has, or only empty ones more.
    Whole(&'a ByteRecord),
    /// Another number of values.
    Ragged(usize),
    /// Bytes that are no UTF-8.
    NotText,
}

impl Records {
    pub(crate) fn new(reader: Box<dyn Read + Send>, delimiter: u8) -> Self {
        let fuel = Fuel::default();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(128 * 1024)
            .from_reader(Limited { reader, fuel: fuel.clone() });
        let mut record = ByteRecord::new();
        let mut cut = None;
        let heading = match reader.read_byte_record(&mut record) {
            Ok(_) => Heading::read(&record),
            Err(error) => {
                cut = Some(error);
                Heading::default()
            }
        };
        Self { reader, fuel, record, heading, cut }
    }

    /// The next record, the line on which it begins, and its place in bytes; none at the end.
    pub(crate) fn next(&mut self) -> Option<(Record<'_>, u64, u64)> {
        if self.cut.is_some() {
            return None;
        }
        self.fuel.refill();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                self.cut = Some(error);
                return None;
            }
        }
        let (line, byte) =
            self.record.position().map_or((0, 0), |position| (position.line(), position.byte()));
        let columns = self.heading.columns.len();
        let is_ragged = self.record.len() < columns
            || self.record.iter().skip(columns).any(|cell| !cell.is_empty());
        let record = if is_ragged {
            Record::Ragged(self.record.len())
        } else if std::str::from_utf8(self.record.as_slice()).is_err() {
            Record::NotText
        } else {
            Record::Whole(&self.record)
        };
        Some((record, line, byte))
    }
}

/// A cell's text: a record is only whole where all its bytes are UTF-8, but a cell's end may split a character.
pub(crate) fn text(cell: Option<&[u8]>) -> &str {
    cell.and_then(|cell| std::str::from_utf8(cell).ok()).unwrap_or_default()
}
