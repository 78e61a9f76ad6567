//! Places in a text, counted in code points as Kusto counts them.

/// How many code points a text has.
#[must_use]
pub fn count(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// The byte at which the code point of a number begins; the text's end for the one behind its last; none beyond.
#[must_use]
pub fn offset(text: &str, number: usize) -> Option<usize> {
    if text.is_ascii() {
        return (number <= text.len()).then_some(number);
    }
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts.into_iter().nth(number)
}

/// A text from one code point on, so many of them or as many as there are.
#[must_use]
pub fn slice(text: &str, start: usize, length: Option<usize>) -> &str {
    let tail = offset(text, start).and_then(|at| text.get(at..)).unwrap_or("");
    let end = length.and_then(|length| offset(tail, length));
    end.and_then(|end| tail.get(..end)).unwrap_or(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points() {
        assert_eq!((count("a😀é"), count("abc")), (3, 3));
        let offsets = [0, 1, 2, 3, 4].map(|number| offset("a😀é", number));
        assert_eq!(offsets, [Some(0), Some(1), Some(5), Some(7), None]);
        assert_eq!(slice("a😀é", 1, Some(1)), "😀");
        assert_eq!(slice("abc", 1, Some(9)), "bc");
        assert_eq!(slice("abc", 4, None), "");
    }
}
