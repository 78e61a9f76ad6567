//! Where in a file each character of a text that was taken out of it stands.

use kql_syntax::{Diagnostic, Span};
use saphyr_parser::ScalarStyle;

/// Maps byte offsets of a text to byte offsets of the file that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offsets {
    /// Offset in the text and in the file, where the distance between them changes; ascending.
    steps: Vec<(u32, u32)>,
    /// No place is behind this one.
    end: u32,
}

impl Offsets {
    /// A text that is the whole file.
    #[must_use]
    pub fn identity() -> Self {
        Self::from(0)
    }

    /// A text that stands in the file as it is, from byte `start` on.
    pub(crate) fn from(start: u32) -> Self {
        Self { steps: vec![(0, start)], end: u32::MAX }
    }

    /// A text that does not stand in the file: all of it is at one place.
    pub(crate) fn at(place: u32) -> Self {
        Self { steps: vec![(0, place)], end: place.saturating_add(1) }
    }

    /// The value of a YAML scalar whose spelling in `source` begins at byte `start`: a block's at its first line that is not blank.
    pub(crate) fn of_scalar(value: &str, source: &str, start: usize, style: ScalarStyle) -> Self {
        let mut steps = Vec::new();
        let mut at = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => start + 1,
            ScalarStyle::Literal | ScalarStyle::Folded | ScalarStyle::Plain => start,
        };
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let blank = if is_block { value.len() - value.trim_start_matches('\n').len() } else { 0 };
        if blank > 0 {
            steps.push((0, narrow(at.saturating_sub(blank))));
        }
        let mut distance = None;
        for (offset, character) in value.char_indices().skip_while(|(offset, _)| *offset < blank) {
            let (from, to) = next(source, at, character, style);
            if distance != Some(from.wrapping_sub(offset)) {
                distance = Some(from.wrapping_sub(offset));
                steps.push((narrow(offset), narrow(from)));
            }
            if to - from != character.len_utf8() {
                // The next character is at another distance.
                distance = None;
            }
            at = to;
        }
        if steps.is_empty() {
            steps.push((0, narrow(at)));
        }
        Self { steps, end: u32::MAX }
    }

    /// Where an offset of the text is in the file.
    #[must_use]
    pub fn to_file(&self, offset: u32) -> u32 {
        let index = self.steps.partition_point(|(text, _)| *text <= offset);
        let (text, file) = self.steps.get(index.saturating_sub(1)).copied().unwrap_or((0, 0));
        file.saturating_add(offset.saturating_sub(text)).min(self.end)
    }

    /// Where a span of the text is in the file.
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        let start = self.to_file(span.start);
        let end = match span.end.checked_sub(1) {
            // The end of a line is not the beginning of the next line's content.
            Some(last) if span.end > span.start => self.to_file(last).saturating_add(1),
            _ => start,
        };
        Span::new(start, end.max(start))
    }

    /// A diagnostic about the text as one about the file.
    #[must_use]
    pub fn diagnostic(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if diagnostic.marks.is_empty() {
            diagnostic = diagnostic.mark(Span::at(0), "");
        }
        for mark in &mut diagnostic.marks {
            mark.span = self.span(mark.span);
        }
        for edit in &mut diagnostic.edits {
            edit.span = self.span(edit.span);
        }
        diagnostic
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Where from `at` on the spelling of `character` begins and ends.
fn next(source: &str, at: usize, character: char, style: ScalarStyle) -> (usize, usize) {
    let rest = source.get(at..).unwrap_or("");
    let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
    if let Some(length) = spelling(rest, character, style) {
        return (at, at + length);
    }
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    if matches!(character, ' ' | '\n') && !is_block
        || style == ScalarStyle::Folded && character == ' '
    {
        // A folded line end.
        return (at, at + blank);
    }
    let mut skipped = 0;
    for blank in rest.get(..blank).unwrap_or("").chars() {
        skipped += blank.len_utf8();
        let from = at + skipped;
        if let Some(length) = spelling(source.get(from..).unwrap_or(""), character, style) {
            return (from, from + length);
        }
    }
    // Not spelled as expected: stay, so that places are off by a little at worst.
    (at, at)
}

/// How many bytes at the beginning of `rest` spell `character`.
fn spelling(rest: &str, character: char, style: ScalarStyle) -> Option<usize> {
    let mut characters = rest.chars();
    let first = characters.next()?;
    match (style, first) {
        (ScalarStyle::SingleQuoted, '\'') => rest.starts_with("''").then_some(2),
        (ScalarStyle::DoubleQuoted, '\\') => match characters.next()? {
            'x' => Some(4),
            // JSON spells what is beyond the first plane with two.
            'u' if u32::from(character) > 0xFFFF => Some(12),
            'u' => Some(6),
            'U' => Some(10),
            // An escaped line end stands for nothing.
            '\n' | '\r' => {
                let blank = rest.get(1..)?.trim_start();
                let skipped = rest.len() - blank.len();
                spelling(blank, character, style).map(|length| skipped + length)
            }
            other => Some(1 + other.len_utf8()),
        },
        _ => (first == character).then(|| first.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, spelled: &str, value: &str, style: ScalarStyle) {
        let mut start = source.find(spelled).unwrap();
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            start += source[start..]
                .find(value.trim_start_matches('\n').chars().next().unwrap())
                .unwrap();
        }
        let offsets = Offsets::of_scalar(value, source, start, style);
        for (offset, character) in value.char_indices() {
            if character.is_whitespace() {
                continue;
            }
            let file = offsets.to_file(narrow(offset)) as usize;
            let found = source[file..].chars().next();
            assert!(
                found == Some(character) || found == Some('\\'),
                "{offset} {character} {found:?}"
            );
        }
    }

    #[test]
    fn blocks_are_indented() {
        let source =
            "a: b\r\nquery: |  \r\n  T\r\n    | where x\r\n\r\n   \r\n  | take 1\r\nname: n\r\n";
        check(source, "|", "T\n  | where x\n\n \n| take 1\n", ScalarStyle::Literal);
        let source = "query: >\n    T\n    | where x\n\n    | take 1\n";
        check(source, ">", "T | where x\n| take 1\n", ScalarStyle::Folded);
        check("query: |\n\n\n  T\n  | take 1\n", "|", "\n\nT\n| take 1\n", ScalarStyle::Literal);
    }

    #[test]
    fn quotes_escape() {
        let source = "query: \"T | where x == \\\"a\\\" and\n   y\\u00e4 z\"";
        check(source, "\"", "T | where x == \"a\" and y\u{e4} z", ScalarStyle::DoubleQuoted);
        let source = "query: 'T | where x == ''a'' or\n   y'";
        check(source, "'", "T | where x == 'a' or y", ScalarStyle::SingleQuoted);
        let source = "query: T | where x\n   | take 1";
        check(source, "T", "T | where x | take 1", ScalarStyle::Plain);
    }

    #[test]
    fn a_span_ends_on_its_line() {
        let source = "query: |\n  T\n  | take 1\n";
        let offsets = Offsets::of_scalar("T\n| take 1\n", source, 11, ScalarStyle::Literal);
        assert_eq!(offsets.span(Span::new(0, 1)), Span::new(11, 12));
        assert_eq!(offsets.span(Span::new(2, 3)), Span::new(15, 16));
    }
}
