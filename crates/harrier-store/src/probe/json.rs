//! The first look at a JSON file.

use std::path::Path;

use super::{Look, Probed, Unread, export_layout, unread};
use crate::bytes::{Head, open};
use crate::cache;
use crate::discover::Found;
use crate::file::Content;
use crate::json::summary::summarize;
use crate::json::value::{Kind, end_of_value};
use crate::json::{Field, Form, Frames, Place, first_record};
use crate::report::{Compression, Format, Layout};
use crate::summary::{Summary, TIME_COLUMNS};

/// Keys under which an answer has its rows, however its other keys are called.
const WRAPPERS: [&str; 9] =
    ["value", "records", "Records", "Results", "results", "rows", "events", "Events", "items"];

/// A plain file of lines is looked at in pieces side by side from this size on.
const LEAST_SHARED: u64 = 64 * 1024 * 1024;

/// Looks at a JSON file, whose beginning is `text`.
pub(super) fn probe(
    found: &Found,
    head: &Head,
    text: &str,
    look: Look<'_>,
) -> Result<Probed, Unread> {
    let mut shape = shape(head, text);
    let mut record = first_record(text, 0);
    let mut layout = export_layout(found);
    let wrapped = if shape == Format::JsonObjects { wrapped_at(text) } else { None };
    if !look.is_given {
        unread::of_record(&record, &found.parts)?;
    }
    if let Some(at) = wrapped {
        record = first_record(text, at);
        layout = Layout::Wrapped;
        if !look.is_given {
            unread::of_record(&record, &found.parts)?;
        }
    }
    if head.is_utf16 && shape == Format::JsonLines {
        // Its bytes on the disk are not those of its lines.
        shape = Format::JsonObjects;
    }
    let category = hunting_category(&record);
    let place = if category.is_some() { Place::Properties } else { Place::Top };
    if category.is_some() && layout == Layout::Plain {
        layout = Layout::DefenderStreaming;
    }
    let form = form(shape, wrapped);
    let summary = cache::summary(found, look, || {
        first_pass(found, head.compression, form, place, look.limit)
    })?;
    if summary.rows == 0 && summary.rows_set_aside > 0 {
        let first = summary.set_aside.first();
        let why =
            first.map_or(String::new(), |aside| format!("line {}: {}", aside.line, aside.reason));
        return Err(Unread::Failed(format!("no record in it can be read: {why}")));
    }
    Ok(Probed {
        content: Content::Json { format: shape, form, place },
        compression: head.compression,
        layout,
        category,
        summary,
    })
}

/// Whether records come one a line, in arrays, or over several lines.
fn shape(head: &Head, text: &str) -> Format {
    let start = text.trim_start();
    if start.starts_with('[') {
        return Format::JsonArray;
    }
    let (line, has_more) = match start.split_once('\n') {
        Some((line, rest)) => (line, !rest.trim().is_empty() || !head.is_whole),
        None => (start, false),
    };
    let is_object = matches!(end_of_value(line.as_bytes(), 0), Ok((Kind::Nested, end)) if line[end..].trim().is_empty());
    // A first line that is broken does not make the others less of lines.
    if has_more && (is_object || (line.trim() != "{" && next_line_is_record(start))) {
        Format::JsonLines
    } else {
        Format::JsonObjects
    }
}

/// Whether a later line is a whole object: the first one is broken then.
fn next_line_is_record(start: &str) -> bool {
    let is_record = |line: &str| {
        line.starts_with('{') && matches!(end_of_value(line.as_bytes(), 0), Ok((Kind::Nested, _)))
    };
    start.lines().skip(1).take(20).any(is_record)
}

/// Where the array of rows begins that the only object of a text is around. Beside it stand only single values and schemas.
fn wrapped_at(text: &str) -> Option<usize> {
    let start = text.find('{')?;
    let mut rows = None;
    let mut is_around = true;
    let ends = crate::json::fields(text, start, &mut |key, kind, value| {
        if WRAPPERS.contains(&key) && kind == Kind::Nested && is_array_of_objects(text, value.start)
        {
            is_around &= rows.is_none();
            rows = Some(value.start);
        } else {
            let is_beside = kind != Kind::Nested
                || ["schema", "stats", "statistics"].contains(&&*key.to_ascii_lowercase());
            is_around &= is_beside && !TIME_COLUMNS.contains(&key);
        }
    });
    match ends {
        Ok(end) => {
            rows.filter(|_| is_around && text.get(end..).is_some_and(|rest| rest.trim().is_empty()))
        }
        // An array that goes on behind the beginning is not given as a field.
        Err(_) => rows.or_else(|| open_array(text, start)).filter(|_| is_around),
    }
}

fn is_array_of_objects(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|text| text.strip_prefix('[')).is_some_and(|inner| {
        inner.trim_start().starts_with('{') || inner.trim_start().starts_with(']')
    })
}

/// Where an array under one of the known keys begins that the text does not end.
fn open_array(text: &str, start: usize) -> Option<usize> {
    let mut last = start + 1;
    // The fields before it end in the text; its key is the next.
    let _ = crate::json::fields(text, start, &mut |_, _, value| last = value.end);
    let rest = text.get(last..)?;
    let quote = rest.find('"')?;
    let key_end = rest.get(quote + 1..)?.find('"')? + quote + 1;
    let key = rest.get(quote + 1..key_end)?;
    let colon = rest.get(key_end..)?.find(':')? + key_end + 1;
    let array = last + colon + rest.get(colon..)?.find(|c: char| !c.is_whitespace())?;
    (WRAPPERS.contains(&key) && is_array_of_objects(text, array)).then_some(array)
}

/// The table of a record that Defender XDR streams.
fn hunting_category(record: &[Field]) -> Option<String> {
    let category = record.iter().find(|field| field.key == "category")?;
    let has_properties =
        record.iter().any(|field| field.key == "properties" && field.value.starts_with('{'));
    // The beginning of a file may end within the first record's properties.
    let is_open = !record.iter().any(|field| field.key == "properties");
    let table = category.value.trim_matches('"').strip_prefix("AdvancedHunting-")?;
    (has_properties || is_open).then(|| table.to_owned())
}

fn form(shape: Format, wrapped: Option<usize>) -> Form {
    match (shape, wrapped) {
        (_, Some(at)) => Form::Wrapped(at as u64),
        (Format::JsonLines, None) => Form::Lines,
        _ => Form::Objects,
    }
}

fn first_pass(
    found: &Found,
    compression: Compression,
    form: Form,
    place: Place,
    limit: i64,
) -> Result<Summary, Unread> {
    let failed = |error: std::io::Error| Unread::Failed(error.to_string());
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    if form != Form::Lines
        || compression != Compression::None
        || found.bytes < LEAST_SHARED
        || threads == 1
    {
        let reader = open(&found.path, compression).map_err(failed)?;
        return Ok(summarize(Frames::new(reader, form), place, limit).0);
    }
    in_pieces(&found.path, found.bytes, threads, place, limit)
}

/// The first pass over a plain file of lines, in so many pieces side by side.
fn in_pieces(
    path: &Path,
    bytes: u64,
    pieces: u64,
    place: Place,
    limit: i64,
) -> Result<Summary, Unread> {
    let ranges = (0..pieces).map(|at| bytes * at / pieces..bytes * (at + 1) / pieces);
    let frames: Vec<Frames> = ranges
        .map(|range| Frames::of_range(path, range))
        .collect::<Result<_, _>>()
        .map_err(|error| Unread::Failed(error.to_string()))?;
    let parts: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = frames
            .into_iter()
            .map(|frames| scope.spawn(move || summarize(frames, place, limit)))
            .collect();
        running.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
    });
    let mut summary = Summary::default();
    let mut lines = 0;
    for part in parts {
        let (part, part_lines) =
            part.map_err(|_| Unread::Failed(String::from("reading it failed")))?;
        summary.add(part, lines);
        lines += part_lines;
    }
    Ok(summary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn pieces_learn_what_one_pass_learns() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        for row in 0..500 {
            let line = match row % 50 {
                7 => String::from("broken"),
                9 => String::new(),
                _ => format!(
                    "{{\"TimeGenerated\":\"2025-06-01T10:00:{:02}Z\",\"c{}\":{row},\"Type\":\"Syslog\"}}",
                    row % 60,
                    row % 3
                ),
            };
            writeln!(file, "{line}").unwrap();
        }
        let bytes = file.path().metadata().unwrap().len();
        let learned = |pieces| {
            let mut summary = in_pieces(file.path(), bytes, pieces, Place::Top, i64::MAX).unwrap();
            summary.columns.sort_by(|a, b| a.name.cmp(&b.name));
            summary
        };
        let whole = learned(1);
        assert_eq!((whole.rows, whole.rows_set_aside, whole.set_aside[1].line), (480, 10, 58));
        for pieces in [2, 3, 7, 400] {
            assert_eq!(learned(pieces), whole, "{pieces}");
        }
    }
}
