//! Folding of case as Kusto's case-insensitive operators do it: one character for one character.
//!
//! `É` is `é`, but `ß` is not `ss`. No character outside ASCII folds to one inside (as .NET's invariant culture, the
//! Kelvin sign is not `k`), so ASCII can be folded byte by byte without looking at what stands between.

/// The character that stands for all that differ from it by case only.
#[must_use]
pub fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { single(c, c.to_lowercase()) }
}

/// The upper-case form of a character that has one of one character.
#[must_use]
pub fn upper(c: char) -> char {
    if c.is_ascii() { c.to_ascii_uppercase() } else { single(c, c.to_uppercase()) }
}

fn single(c: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) if !one.is_ascii() => one,
        _ => c,
    }
}

/// Adds a text to another, folded.
pub fn push_lower(text: &str, folded: &mut String) {
    if text.is_ascii() {
        let from = folded.len();
        folded.push_str(text);
        folded[from..].make_ascii_lowercase();
    } else {
        folded.extend(text.chars().map(lower));
    }
}

/// A text, folded.
#[must_use]
pub fn to_lower(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    push_lower(text, &mut folded);
    folded
}

/// Whether two texts differ at most by case.
#[must_use]
pub fn is_equal(a: &str, b: &str) -> bool {
    if a.is_ascii() || b.is_ascii() {
        a.eq_ignore_ascii_case(b)
    } else {
        a.chars().map(lower).eq(b.chars().map(lower))
    }
}

/// Whether a text begins with another but for case.
#[must_use]
pub fn starts_with(text: &str, prefix: &str) -> bool {
    if prefix.is_ascii() {
        let head = text.as_bytes().get(..prefix.len());
        return head.is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()));
    }
    let mut chars = text.chars().map(lower);
    prefix.chars().map(lower).all(|c| chars.next() == Some(c))
}

/// Whether a text ends with another but for case.
#[must_use]
pub fn ends_with(text: &str, suffix: &str) -> bool {
    if suffix.is_ascii() {
        let from = text.len().checked_sub(suffix.len());
        let tail = from.and_then(|from| text.as_bytes().get(from..));
        return tail.is_some_and(|tail| tail.eq_ignore_ascii_case(suffix.as_bytes()));
    }
    let mut chars = text.chars().rev().map(lower);
    suffix.chars().rev().map(lower).all(|c| chars.next() == Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_one_for_one() {
        assert!(is_equal("CAFÉ", "café") && is_equal("ПРИВЕТ", "привет"));
        assert!(!is_equal("STRASSE", "straße") && !is_equal("\u{212a}", "k"));
        assert!(!is_equal("ＦＵＬＬ", "full") && is_equal("ＦＵＬＬ", "ｆｕｌｌ"));
        assert!(starts_with("Éclair", "é") && ends_with("CAFÉ", "é") && !ends_with("é", "café"));
        assert!(starts_with("ABC", "ab") && !starts_with("é", "e") && ends_with("xYZ", "yz"));
        assert_eq!(upper('ß'), 'ß');
        assert_eq!(to_lower("ÄbC"), "äbc");
    }
}
