//! A reader that ends where one record grows too long.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The longest record, as in JSON. A quote that is never closed makes the rest of a file one record.
pub(crate) const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Counts the bytes since the last record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fuel(Arc<AtomicU64>);

impl Fuel {
    /// A record is complete.
    pub(crate) fn refill(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

/// A reader that fails where one record grows too long.
pub(crate) struct Limited<R> {
    pub(crate) reader: R,
    pub(crate) fuel: Fuel,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let since = self.fuel.0.fetch_add(read as u64, Ordering::Relaxed);
        if since > MOST_BYTES {
            let message = format!(
                "a record is longer than {} MiB, perhaps a quote is not closed",
                MOST_BYTES >> 20
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(read)
    }
}
