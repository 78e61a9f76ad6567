//! The bytes of a file, unpacked on the way; what it holds is told by its content, not only by its name.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use crate::report::Compression;

/// How much of a file's beginning is looked at.
pub(crate) const HEAD_BYTES: usize = 256 * 1024;

/// How much is read at once.
const CHUNK_BYTES: usize = 256 * 1024;

/// The beginning of a file.
pub(crate) struct Head {
    pub(crate) compression: Compression,
    /// Unpacked, as UTF-8; at most [`HEAD_BYTES`].
    pub(crate) bytes: Vec<u8>,
    /// Whether that is all of it.
    pub(crate) is_whole: bool,
    /// Whether it was UTF-16 before.
    pub(crate) is_utf16: bool,
}

/// Reads the beginning of a file. A packed file that is cut there gives what comes before the cut.
pub(crate) fn read_head(path: &Path) -> io::Result<Head> {
    let compression = compression_of(path)?;
    let mut reader = open(path, compression)?;
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    let mut is_whole = true;
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if bytes.is_empty() => return Err(error),
            Err(_) => break,
        }
        if bytes.len() >= HEAD_BYTES {
            bytes.truncate(HEAD_BYTES);
            is_whole = false;
            break;
        }
    }
    let is_utf16 = starts_utf16(path)?;
    Ok(Head { compression, bytes, is_whole, is_utf16 })
}

fn magic(path: &Path) -> io::Result<Vec<u8>> {
    let mut magic = Vec::new();
    File::open(path)?.take(4).read_to_end(&mut magic)?;
    Ok(magic)
}

fn starts_utf16(path: &Path) -> io::Result<bool> {
    Ok(matches!(magic(path)?.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]))
}

/// How a file is packed, by its first bytes.
fn compression_of(path: &Path) -> io::Result<Compression> {
    Ok(match magic(path)?.as_slice() {
        [0x1f, 0x8b, ..] => Compression::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd] => Compression::Zstd,
        _ => Compression::None,
    })
}

/// Opens a file for reading its text: unpacked, without a byte order mark, UTF-16 turned into UTF-8.
pub(crate) fn open(path: &Path, compression: Compression) -> io::Result<Box<dyn Read + Send>> {
    let file = BufReader::with_capacity(CHUNK_BYTES, File::open(path)?);
    let mut unpacked: Box<dyn Read + Send> = match compression {
        Compression::None => Box::new(file),
        Compression::Gzip => Box::new(BufReader::with_capacity(
            CHUNK_BYTES,
            flate2::bufread::MultiGzDecoder::new(file),
        )),
        Compression::Zstd => Box::new(BufReader::with_capacity(
            CHUNK_BYTES,
            zstd::stream::read::Decoder::with_buffer(file)?,
        )),
    };
    let mut start = Vec::new();
    (&mut unpacked).take(3).read_to_end(&mut start)?;
    Ok(match start.as_slice() {
        [0xef, 0xbb, 0xbf] => unpacked,
        [0xff, 0xfe, rest @ ..] => Box::new(Utf16::new(rest, unpacked, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Box::new(Utf16::new(rest, unpacked, u16::from_be_bytes)),
        _ => Box::new(io::Cursor::new(start).chain(unpacked)),
    })
}

/// UTF-16 as UTF-8.
struct Utf16 {
    bytes: io::Bytes<BufReader<Box<dyn Read + Send>>>,
    first: Vec<u8>,
    unit: fn([u8; 2]) -> u16,
    /// Half of a pair that is read and not yet written.
    pending: Option<u16>,
    out: Vec<u8>,
}

impl Utf16 {
    fn new(first: &[u8], reader: Box<dyn Read + Send>, unit: fn([u8; 2]) -> u16) -> Self {
        Self {
            bytes: BufReader::new(reader).bytes(),
            first: first.to_vec(),
            unit,
            pending: None,
            out: Vec::new(),
        }
    }

    fn next_unit(&mut self) -> io::Result<Option<u16>> {
        if let Some(unit) = self.pending.take() {
            return Ok(Some(unit));
        }
        let mut pair = [0; 2];
        for byte in &mut pair {
            let next = if self.first.is_empty() {
                self.bytes.next()
            } else {
                Some(Ok(self.first.remove(0)))
            };
            match next {
                Some(read) => *byte = read?,
                None => return Ok(None),
            }
        }
        Ok(Some((self.unit)(pair)))
    }

    fn next_char(&mut self) -> io::Result<Option<char>> {
        let Some(unit) = self.next_unit()? else { return Ok(None) };
        if !(0xd800..0xdc00).contains(&unit) {
            return Ok(Some(
                char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER),
            ));
        }
        let low = self.next_unit()?;
        let pair = [unit, low.unwrap_or(0)];
        let joined = char::decode_utf16(pair).next().and_then(Result::ok);
        if joined.is_none() {
            self.pending = low;
        }
        Ok(Some(joined.unwrap_or(char::REPLACEMENT_CHARACTER)))
    }
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.out.len() < buffer.len().min(CHUNK_BYTES) {
            let Some(c) = self.next_char()? else { break };
            self.out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        let length = self.out.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.out[..length]);
        self.out.drain(..length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn text_of(bytes: &[u8]) -> String {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let head = read_head(file.path()).unwrap();
        String::from_utf8(head.bytes).unwrap()
    }

    #[test]
    fn text_is_unpacked_and_its_mark_taken_off() {
        assert_eq!(text_of(b""), "");
        assert_eq!(text_of(b"a"), "a");
        assert_eq!(text_of(b"\xef\xbb\xbfabc"), "abc");
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"packed").unwrap();
        let mut packed = packed.finish().unwrap();
        assert_eq!(text_of(&packed), "packed");
        packed.extend_from_within(..);
        assert_eq!(text_of(&packed), "packedpacked");
        assert_eq!(text_of(&zstd::encode_all(&b"packed"[..], 1).unwrap()), "packed");
        let wide: Vec<u8> =
            "\u{feff}a\u{1f600}é".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&wide), "a\u{1f600}é");
        let wide: Vec<u8> = "\u{feff}ab".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&wide), "ab");
    }
}
