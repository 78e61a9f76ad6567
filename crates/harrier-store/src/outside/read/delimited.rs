//! `csv` and its kin: a record a line, values by their place.

use csv::StringRecord;

use super::{Gathered, Origin};
use crate::values::Raw;

/// Values divided by a byte.
#[derive(Clone, Copy, Debug)]
pub(in crate::outside) struct Delimited {
    pub(in crate::outside) delimiter: u8,
    /// Whether the first record of a file is a heading.
    pub(in crate::outside) ignores_first: bool,
}

impl Delimited {
    /// Adds the records of a text. A value beyond the columns is left out, one that is missing is absent.
    pub(in crate::outside) fn read(
        self,
        text: &str,
        origins: Option<&[Origin]>,
        gathered: &mut Gathered,
    ) -> Result<(), String> {
        let mut reader = self.reader(text);
        let mut record = StringRecord::new();
        let mut is_first = true;
        while reader.read_record(&mut record).map_err(|error| error.to_string())? {
            if std::mem::take(&mut is_first) && self.ignores_first {
                continue;
            }
            let cell = |at: usize| record.get(at).map_or(Raw::Absent, Raw::Text);
            gathered.row(|at| match origins.map(|origins| origins.get(at)) {
                None => cell(at),
                Some(Some(Origin::Ordinal(place))) => cell(*place),
                Some(Some(Origin::Constant(value))) => Raw::Text(value),
                Some(_) => Raw::Absent,
            })?;
        }
        Ok(())
    }

    /// The first record of a text.
    pub(in crate::outside) fn heading(self, text: &str) -> Vec<String> {
        let mut record = StringRecord::new();
        let _ = self.reader(text).read_record(&mut record);
        record.iter().map(|cell| cell.trim().to_owned()).collect()
    }

    fn reader(self, text: &str) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(text.as_bytes())
    }
}
