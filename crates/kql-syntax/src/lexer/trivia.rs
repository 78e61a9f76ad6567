//! White space and comments.

use crate::Span;

/// Whether Kusto takes a character for white space; note the zero-width ones.
pub(crate) const fn is_white_space(character: char) -> bool {
    matches!(
        character,
        '\t' | ' ' | '\r' | '\n' | '\u{c}' | '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'
            ..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

/// Whether a line ends before a character.
pub(crate) const fn is_line_break(character: char) -> bool {
    matches!(character, '\r' | '\n' | '\u{2028}' | '\u{2029}')
}

/// Length of the white space and comments that a text begins with.
pub(super) fn length(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_white_space);
        if !rest.starts_with("//") {
            return text.len() - rest.len();
        }
        rest = &rest[line_length(rest)..];
        // The line break belongs to the comment, also the ones that are no white space elsewhere.
        rest = rest.strip_prefix(is_line_break).unwrap_or(rest);
    }
}

/// Length of a text's first line, without its line break.
pub(super) fn line_length(text: &str) -> usize {
    text.find(is_line_break).unwrap_or(text.len())
}

/// The comments inside a stretch of white space and comments.
pub(crate) fn comments(text: &str, gap: Span) -> impl Iterator<Item = Span> {
    let mut position = gap.start as usize;
    std::iter::from_fn(move || {
        let rest = text.get(position..gap.end as usize)?;
        let start = position + rest.find("//")?;
        let end = start + line_length(&text[start..gap.end as usize]);
        position = end;
        Some(Span::new(super::offset(start), super::offset(end)))
    })
}
