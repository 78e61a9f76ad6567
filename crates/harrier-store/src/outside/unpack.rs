//! What a fetched file holds: unpacked, as text.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::zip;

/// Texts of a fetched file: one, or those of an archive that match.
///
/// **Errors**: what is packed wrongly, and what unpacks to more than `limit` bytes.
pub(super) fn unpacked(
    bytes: &[u8],
    pattern: Option<&globset::GlobMatcher>,
    limit: u64,
) -> Result<Vec<Vec<u8>>, String> {
    let broken = |error: io::Error| format!("can not be unpacked: {error}");
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip::members(bytes, pattern, limit),
        [0x1f, 0x8b, ..] => {
            let reader = flate2::bufread::MultiGzDecoder::new(Cursor::new(bytes));
            read(reader, limit).map_err(broken).map(|text| vec![text])
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let reader = zstd::stream::read::Decoder::with_buffer(Cursor::new(bytes));
            let reader = reader.map_err(broken)?;
            read(reader, limit).map_err(broken).map(|text| vec![text])
        }
        _ => Ok(vec![bytes.to_vec()]),
    }
}

/// All that a reader gives.
pub(super) fn read(reader: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut reader = BufReader::new(reader).take(limit.saturating_add(1));
    // In pieces: what is cut gives an error, not what stands before.
    loop {
        let piece = reader.fill_buf()?;
        if piece.is_empty() {
            break;
        }
        text.extend_from_slice(piece);
        let length = piece.len();
        reader.consume(length);
    }
    match text.len() as u64 > limit {
        true => Err(io::Error::other(format!("it holds more than {limit} bytes"))),
        false => Ok(text),
    }
}
