//! gzip and zlib, in and out.

use std::io::{Read, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use crate::operand::Texts;
use crate::prelude::*;

/// How long a text may become.
const MOST: u64 = 32 << 20;

/// The kernel of functions that write a text compressed, in Base64.
pub(super) fn in_base64(
    arguments: &Arguments<'_>,
    compress: fn(&str) -> Option<Vec<u8>>,
) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| {
        if let Some(bytes) = compress(source.at(row)) {
            STANDARD.encode_string(bytes, text);
        }
    })
}

/// A text as zlib.
pub(super) fn zlib(source: &str) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::none());
    encoder.write_all(source.as_bytes()).ok()?;
    encoder.finish().ok()
}

/// A text as gzip. The header is ours: the real engine's says neither how well it was compressed nor on which system.
pub(super) fn gzip(source: &str) -> Option<Vec<u8>> {
    const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut encoder = flate2::write::DeflateEncoder::new(HEADER.to_vec(), Compression::none());
    encoder.write_all(source.as_bytes()).ok()?;
    let mut bytes = encoder.finish().ok()?;
    let mut crc = Crc::new();
    crc.update(source.as_bytes());
    bytes.extend(crc.sum().to_le_bytes());
    bytes.extend(crc.amount().to_le_bytes());
    Some(bytes)
}

/// Writes the text that a reader gives; nothing where it gives none.
///
/// **Errors**: it is too long.
pub(super) fn read(decoder: impl Read, text: &mut String) -> Result<(), KernelError> {
    let mut bytes = Vec::new();
    if decoder.take(MOST + 1).read_to_end(&mut bytes).is_err() {
        return Ok(());
    }
    if bytes.len() as u64 > MOST {
        return Err(KernelError::new("a compressed text is longer than 32 MB"));
    }
    text.push_str(std::str::from_utf8(&bytes).unwrap_or(""));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_at_its_limit() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&vec![b'a'; 33 << 20]).unwrap();
        let bytes = encoder.finish().unwrap();
        let error = read(flate2::read::ZlibDecoder::new(&bytes[..]), &mut String::new());
        assert!(error.unwrap_err().0.contains("32 MB"));
    }
}
