//! Terms: what `has` and its kin match. A term is a longest run of letters and digits; `_` is neither.

/// Whether a character belongs to terms.
#[must_use]
pub fn is_term_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() }
}

/// Whether no term goes on to the left of `at`: nothing stands there, or what does is in no term.
///
/// `text` is UTF-8 and `at` lies between two of its characters.
#[must_use]
pub fn is_left_edge(text: &[u8], at: usize) -> bool {
    match text[..at].last() {
        None => true,
        Some(byte) if byte.is_ascii() => !byte.is_ascii_alphanumeric(),
        Some(_) => {
            let starts = (at.saturating_sub(4)..at).rev();
            let start = starts.into_iter().find(|start| !is_continuation(text[*start]));
            !start.and_then(|start| first_char(&text[start..at])).is_some_and(is_term_char)
        }
    }
}

/// Whether no term goes on to the right of `at`.
#[must_use]
pub fn is_right_edge(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        None => true,
        Some(byte) if byte.is_ascii() => !byte.is_ascii_alphanumeric(),
        Some(_) => {
            let ends = at + 1..text.len().min(at + 4);
            let end = ends.into_iter().find(|end| !is_continuation(text[*end]));
            let end = end.unwrap_or(text.len().min(at + 4));
            !first_char(&text[at..end]).is_some_and(is_term_char)
        }
    }
}

const fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

fn first_char(bytes: &[u8]) -> Option<char> {
    std::str::from_utf8(bytes).ok()?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_edges() {
        let text = "aé_b😀c".as_bytes();
        assert!(is_left_edge(text, 0) && !is_left_edge(text, 1) && !is_left_edge(text, 3));
        assert!(is_left_edge(text, 4) && !is_left_edge(text, 5) && is_left_edge(text, 9));
        assert!(!is_right_edge(text, 0) && !is_right_edge(text, 1) && is_right_edge(text, 3));
        assert!(is_right_edge(text, 5) && !is_right_edge(text, 9) && is_right_edge(text, 10));
    }
}
