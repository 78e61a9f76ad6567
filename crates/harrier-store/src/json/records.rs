//! The fields of JSON records.

use std::ops::Range;

use super::value::{Flaw, Kind, end_of_string, end_of_value, skip_space};

/// Takes the records of a text.
pub(crate) trait Sink {
    /// A record begins.
    fn begin(&mut self);
    /// A field of it: the key as written, without quotes, and where the value stands.
    fn field(&mut self, key: &str, kind: Kind, value: Range<usize>);
    /// It ends, and is sound. It began at this byte of the text.
    fn end(&mut self, text: &str, at: usize);
    /// It is broken; what follows in the text is not read.
    fn flaw(&mut self, flaw: Flaw);
}

/// Where a record has its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// At its top.
    Top,
    /// In the object under `properties`.
    Properties,
}

/// Gives each record of a text: objects one after another, commas and the brackets of arrays between them.
pub(crate) fn each_record<S: Sink>(text: &str, place: Place, sink: &mut S) {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        while let Some(b' ' | b'\n' | b'\r' | b'\t' | b',' | b'[' | b']' | 0x1e) = bytes.get(at) {
            at += 1;
        }
        match bytes.get(at) {
            None => return,
            Some(b'{') => {}
            Some(_) => return sink.flaw(Flaw::NotAnObject),
        }
        sink.begin();
        match record(text, at, place, sink) {
            Ok(end) => {
                sink.end(text, at);
                at = end;
            }
            Err(flaw) => return sink.flaw(flaw),
        }
    }
}

/// Gives the fields of a record; tells where it ends.
fn record<S: Sink>(text: &str, at: usize, place: Place, sink: &mut S) -> Result<usize, Flaw> {
    if place == Place::Top {
        return fields(text, at, &mut |key, kind, value| sink.field(key, kind, value));
    }
    let mut properties = None;
    let end = fields(text, at, &mut |key, kind, value| {
        if key == "properties" && kind == Kind::Nested {
            properties = Some(value.start);
        }
    })?;
    match properties.filter(|at| text.as_bytes().get(*at) == Some(&b'{')) {
        Some(at) => {
            fields(text, at, &mut |key, kind, value| sink.field(key, kind, value))?;
            Ok(end)
        }
        None => Err(Flaw::NoObject),
    }
}

/// Gives the fields of the object that begins at `at`; tells where it ends.
pub(crate) fn fields(
    text: &str,
    at: usize,
    see: &mut impl FnMut(&str, Kind, Range<usize>),
) -> Result<usize, Flaw> {
    let bytes = text.as_bytes();
    let mut at = skip_space(bytes, at + 1);
    if bytes.get(at) == Some(&b'}') {
        return Ok(at + 1);
    }
    loop {
        match bytes.get(at) {
            Some(b'"') => {}
            Some(_) => return Err(Flaw::NoObject),
            None => return Err(Flaw::Ends),
        }
        let (key_end, _) = end_of_string(bytes, at + 1)?;
        let key = text.get(at + 1..key_end - 1).ok_or(Flaw::NoObject)?;
        at = skip_space(bytes, key_end);
        match bytes.get(at) {
            Some(b':') => at = skip_space(bytes, at + 1),
            Some(_) => return Err(Flaw::NoObject),
            None => return Err(Flaw::Ends),
        }
        let (kind, end) = end_of_value(bytes, at)?;
        see(key, kind, at..end);
        at = skip_space(bytes, end);
        match bytes.get(at) {
            Some(b',') => at = skip_space(bytes, at + 1),
            Some(b'}') => return Ok(at + 1),
            Some(_) => return Err(Flaw::NoObject),
            None => return Err(Flaw::Ends),
        }
    }
}

/// A field, as the first look at a file sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) key: String,
    /// As written.
    pub(crate) value: String,
}

/// The fields of the first record behind a place in the beginning of a file, as far as that goes.
pub(crate) fn first_record(text: &str, from: usize) -> Vec<Field> {
    let mut found = Vec::new();
    if let Some(at) = text.get(from..).and_then(|rest| rest.find('{')) {
        // A beginning that is cut gives what stands before the cut.
        let _ = fields(text, from + at, &mut |key, _, value| {
            let value = text.get(value).unwrap_or_default().to_owned();
            found.push(Field { key: key.to_owned(), value });
        });
    }
    found
}
