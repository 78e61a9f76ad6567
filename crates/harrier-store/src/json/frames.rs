//! A stream of bytes in pieces that hold whole records.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

/// The longest record. A longer one is set aside, and never held whole.
pub(crate) const MOST_BYTES: usize = 16 * 1024 * 1024;

const CHUNK_BYTES: usize = 256 * 1024;

/// How records follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// One a line.
    Lines,
    /// Objects over any number of lines, in arrays or not.
    Objects,
    /// Objects in the one array whose bracket is at this byte.
    Wrapped(u64),
}

/// A piece.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame<'a> {
    /// A line, or an object.
    Whole(&'a [u8]),
    /// A record that is too long.
    TooLong,
    /// The beginning of a record that the file's end cuts.
    Cut,
    /// Something between objects that is none.
    Stray,
}

/// A stream of bytes in pieces that hold whole records.
pub(crate) struct Frames {
    reader: Box<dyn Read + Send>,
    form: Form,
    buffer: Vec<u8>,
    /// Where the next piece begins in the buffer.
    start: usize,
    /// Where the buffer begins in the file.
    offset: u64,
    /// The line on which the next piece begins, counted from 1.
    line: u64,
    is_over: bool,
    /// Why the stream ended before its end.
    cut: Option<io::Error>,
    /// Pieces that begin at this byte or behind are not read.
    end: u64,
}

/// Where a piece stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) offset: u64,
    pub(crate) line: u64,
}

impl Frames {
    pub(crate) fn new(reader: Box<dyn Read + Send>, form: Form) -> Self {
        Self {
            reader,
            form,
            buffer: Vec::new(),
            start: 0,
            offset: 0,
            line: 1,
            is_over: false,
            cut: None,
            end: u64::MAX,
        }
    }

    /// The lines of a plain file that begin within a range of its bytes.
    pub(crate) fn of_range(path: &Path, range: Range<u64>) -> io::Result<Self> {
        let mut file = File::open(path)?;
        // A line begins behind a line feed: that before the range tells whether one begins with it.
        let from = range.start.saturating_sub(1);
        file.seek(SeekFrom::Start(from))?;
        let mut frames = Self::new(Box::new(file), Form::Lines);
        frames.offset = from;
        frames.end = range.end;
        if range.start > 0 {
            frames.skip_line();
        } else if frames.fill() && frames.buffer.starts_with(b"\xef\xbb\xbf") {
            frames.start = 3;
        }
        // The line that the range before reads does not count.
        frames.line = 1;
        Ok(frames)
    }

    /// Why the stream ended before its end, once it has.
    pub(crate) fn cut(&self) -> Option<&io::Error> {
        self.cut.as_ref()
    }

    /// How many lines were begun.
    pub(crate) const fn lines(&self) -> u64 {
        self.line - 1
    }

    /// The next piece, and where it stands; none at the end.
    pub(crate) fn next(&mut self) -> Option<(Frame<'_>, At)> {
        match self.form {
            Form::Lines => self.next_line(),
            Form::Objects => self.next_object(),
            Form::Wrapped(bracket) => {
                while self.offset + (self.start as u64) < bracket {
                    let left = bracket - self.offset - self.start as u64;
                    let here = (self.buffer.len() - self.start)
                        .min(usize::try_from(left).unwrap_or(usize::MAX));
                    if here == 0 && !self.fill() {
                        return None;
                    }
                    self.pass(here);
                }
                self.next_object()
            }
        }
    }

    fn at(&self) -> At {
        At { offset: self.offset + self.start as u64, line: self.line }
    }

    /// Reads more; tells whether there was any.
    fn fill(&mut self) -> bool {
        if self.is_over {
            return false;
        }
        self.offset += self.start as u64;
        self.buffer.drain(..self.start);
        self.start = 0;
        let before = self.buffer.len();
        self.buffer.resize(before + CHUNK_BYTES, 0);
        let read = loop {
            match self.reader.read(&mut self.buffer[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.cut = Some(error);
                    break 0;
                }
                Ok(read) => break read,
            }
        };
        self.buffer.truncate(before + read);
        self.is_over = read == 0;
        read > 0
    }

    /// Leaves bytes behind.
    fn pass(&mut self, bytes: usize) {
        let passed = self.buffer.get(self.start..self.start + bytes).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.start += bytes;
    }

    fn skip_line(&mut self) {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            if let Some(length) = memchr::memchr(b'\n', rest) {
                return self.pass(length + 1);
            }
            self.pass(self.buffer.len() - self.start);
            if !self.fill() {
                return;
            }
        }
    }

    fn next_line(&mut self) -> Option<(Frame<'_>, At)> {
        let mut searched = 0;
        let at = loop {
            let at = self.at();
            if at.offset >= self.end {
                return None;
            }
            let rest = self.buffer.get(self.start + searched..).unwrap_or_default();
            if let Some(length) = memchr::memchr(b'\n', rest) {
                let from = self.start;
                self.start += searched + length + 1;
                self.line += 1;
                let line = self.buffer.get(from..self.start - 1).unwrap_or_default();
                return Some((Frame::Whole(line), at));
            }
            searched += rest.len();
            if searched > MOST_BYTES {
                self.skip_line();
                return Some((Frame::TooLong, at));
            }
            if !self.fill() {
                break at;
            }
        };
        if self.start == self.buffer.len() {
            return None;
        }
        let from = self.start;
        self.start = self.buffer.len();
        self.line += 1;
        let line = self.buffer.get(from..).unwrap_or_default();
        Some((if self.cut.is_some() { Frame::Cut } else { Frame::Whole(line) }, at))
    }

    fn next_object(&mut self) -> Option<(Frame<'_>, At)> {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            let is_between = |byte: &u8| {
                matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b'[' | b']' | 0x1e)
            };
            let between = rest.iter().take_while(|byte| is_between(byte)).count();
            let ends = matches!(self.form, Form::Wrapped(_))
                && rest.get(..between).is_some_and(|between| between.contains(&b']'));
            if ends {
                return None;
            }
            let found = rest.get(between).copied();
            self.pass(between);
            match found {
                Some(b'{') => break,
                Some(_) => {
                    let at = self.at();
                    self.skip_stray();
                    return Some((Frame::Stray, at));
                }
                None if !self.fill() => return None,
                None => {}
            }
        }
        self.object()
    }

    /// Skips what is no object, up to the next one's beginning or the line's end.
    fn skip_stray(&mut self) {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            if let Some(length) = memchr::memchr2(b'{', b'\n', rest) {
                return self.pass(length);
            }
            self.pass(self.buffer.len() - self.start);
            if !self.fill() {
                return;
            }
        }
    }

    /// The object that begins here.
    fn object(&mut self) -> Option<(Frame<'_>, At)> {
        let at = self.at();
        let mut state = Nesting::default();
        // How much of the object is known to be of it, and whether its beginning was left behind.
        let (mut length, mut is_too_long) = (0, false);
        loop {
            let rest = self.buffer.get(self.start + length..).unwrap_or_default();
            if let Some(end) = state.end(rest) {
                let from = self.start;
                self.pass(length + end);
                let object = self.buffer.get(from..self.start).unwrap_or_default();
                let frame = if is_too_long { Frame::TooLong } else { Frame::Whole(object) };
                return Some((frame, at));
            }
            length = self.buffer.len() - self.start;
            if length > MOST_BYTES {
                is_too_long = true;
                self.pass(length);
                length = 0;
            }
            if !self.fill() {
                self.pass(length);
                return Some((Frame::Cut, at));
            }
        }
    }
}

/// How deep in an object a stream is.
#[derive(Default)]
struct Nesting {
    depth: usize,
    is_quoted: bool,
    is_escaped: bool,
}

impl Nesting {
    /// Goes on through further bytes; tells behind which of them the object ends.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.is_escaped {
                self.is_escaped = false;
                at += 1;
            } else if self.is_quoted {
                let rest = bytes.get(at..).unwrap_or_default();
                let found = memchr::memchr2(b'"', b'\\', rest)?;
                self.is_quoted = rest.get(found) != Some(&b'"');
                self.is_escaped = self.is_quoted;
                at += found + 1;
            } else {
                at += 1;
                match byte {
                    b'"' => self.is_quoted = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return Some(at);
                        }
                    }
                    _ => {}
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn frames(text: &[u8], form: Form) -> Vec<(String, u64)> {
        let mut frames = Frames::new(Box::new(Cursor::new(text.to_vec())), form);
        let mut all = Vec::new();
        while let Some((frame, at)) = frames.next() {
            let text = match frame {
                Frame::Whole(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                other => format!("{other:?}"),
            };
            all.push((text, at.line));
        }
        all
    }

    fn given(expected: &[(&str, u64)]) -> Vec<(String, u64)> {
        expected.iter().map(|(text, line)| ((*text).to_owned(), *line)).collect()
    }

    #[test]
    fn records_are_framed() {
        assert_eq!(frames(b"a\n\nb", Form::Lines), given(&[("a", 1), ("", 2), ("b", 3)]));
        let objects = b"[\n{\"a\": \"}\\\"{\"}, {\n\"b\":[{}]}\n]\n{\"c\":1";
        let expected = [("{\"a\": \"}\\\"{\"}", 2), ("{\n\"b\":[{}]}", 2), ("Cut", 5)];
        assert_eq!(frames(objects, Form::Objects), given(&expected));
        let wrapped = b"{\"x\":{}, \"value\":[{\"a\":1},{\"b\":2}],\"y\":{}}";
        assert_eq!(
            frames(wrapped, Form::Wrapped(17)),
            given(&[("{\"a\":1}", 1), ("{\"b\":2}", 1)])
        );
        assert_eq!(
            frames(b"[1, {}, x\n{}]", Form::Objects),
            given(&[("Stray", 1), ("{}", 1), ("Stray", 1), ("{}", 2)])
        );
    }

    #[test]
    fn what_is_too_long_is_not_held() {
        let long = "x".repeat(MOST_BYTES * 2);
        let lines = format!("a\n{long}\nb\n");
        assert_eq!(
            frames(lines.as_bytes(), Form::Lines),
            given(&[("a", 1), ("TooLong", 2), ("b", 3)])
        );
        let objects = format!("[{{\"a\":\"{long}\"}},\n{{}}]");
        assert_eq!(frames(objects.as_bytes(), Form::Objects), given(&[("TooLong", 1), ("{}", 2)]));
    }

    #[test]
    fn ranges_share_lines_without_loss() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let text = "one\ntwo\n\nthree\nfour";
        file.write_all(text.as_bytes()).unwrap();
        for cut in 0..=text.len() as u64 {
            let mut lines = Vec::new();
            for range in [0..cut, cut..text.len() as u64] {
                let mut frames = Frames::of_range(file.path(), range).unwrap();
                while let Some((Frame::Whole(line), at)) = frames.next() {
                    lines.push((String::from_utf8_lossy(line).into_owned(), at.offset));
                }
            }
            let expected = [("one", 0), ("two", 4), ("", 8), ("three", 9), ("four", 15)];
            assert_eq!(lines, given(&expected), "{cut}");
        }
    }
}
