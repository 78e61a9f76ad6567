//! One string to look for in many: `contains`, `has`, `hasprefix`, `hassuffix`.

use arrow::array::{Array, StringArray};
use arrow::buffer::BooleanBuffer;
use memchr::memmem::Finder;

use super::fold;
use super::rows::{self, Folding};
use super::term::{is_left_edge, is_right_edge, is_term_char};

/// How a needle must lie in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// Whether case counts.
    pub is_case_sensitive: bool,
    /// Whether it must begin where a term begins.
    pub at_term_start: bool,
    /// Whether it must end where a term ends.
    pub at_term_end: bool,
}

impl Search {
    /// A search for a string anywhere, or at the edges of terms.
    #[must_use]
    pub const fn new(is_case_sensitive: bool, at_term_start: bool, at_term_end: bool) -> Self {
        Self { is_case_sensitive, at_term_start, at_term_end }
    }
}

/// A string to look for, made ready.
pub struct Needle {
    finder: Finder<'static>,
    folding: Folding,
    length: usize,
    edges: Edges,
}

/// Which edges are to be looked at. An end of a needle that belongs to no term is an edge itself.
#[derive(Clone, Copy)]
pub(super) struct Edges {
    left: bool,
    right: bool,
}

impl Edges {
    pub(super) fn new(needle: &str, search: Search) -> Self {
        Self {
            left: search.at_term_start && needle.chars().next().is_some_and(is_term_char),
            right: search.at_term_end && needle.chars().next_back().is_some_and(is_term_char),
        }
    }

    /// Whether a needle found in a row's text lies well.
    pub(super) fn hold(self, text: &[u8], start: usize, end: usize) -> bool {
        (!self.left || is_left_edge(text, start)) && (!self.right || is_right_edge(text, end))
    }
}

/// How a text must be folded to be searched for a needle.
pub(super) fn folding(needle: &str, is_case_sensitive: bool) -> Folding {
    let has_letters = || needle.bytes().any(|byte| byte.is_ascii_alphabetic());
    match (is_case_sensitive, needle.is_ascii()) {
        (true, _) => Folding::None,
        (false, true) if !has_letters() => Folding::None,
        (false, true) => Folding::Ascii,
        (false, false) => Folding::Full,
    }
}

impl Needle {
    /// Makes a needle ready.
    #[must_use]
    pub fn new(needle: &str, search: Search) -> Self {
        let folding = folding(needle, search.is_case_sensitive);
        let text = match folding {
            Folding::None => needle.to_owned(),
            Folding::Ascii | Folding::Full => fold::to_lower(needle),
        };
        Self {
            finder: Finder::new(&text).into_owned(),
            folding,
            length: text.len(),
            edges: Edges::new(&text, search),
        }
    }

    /// The rows whose strings hold it.
    #[must_use]
    pub fn rows(&self, array: &StringArray) -> BooleanBuffer {
        if self.length == 0 {
            return BooleanBuffer::new_set(array.len());
        }
        rows::search(array, self.folding, |stretch, found| {
            let mut at = 0;
            while let Some(start) = self.finder.find(&stretch.text[at..]).map(|found| at + found) {
                stretch.go_to(start);
                let (row_start, row_end) = stretch.row();
                let end = start + self.length;
                let text = &stretch.text[row_start..row_end];
                if end > row_end {
                    // It runs over into the next row, and so would all that begin behind it.
                    at = row_end;
                } else if self.edges.hold(text, start - row_start, end - row_start) {
                    found.set_bit(stretch.number(), true);
                    at = row_end;
                } else {
                    at = start + 1;
                }
            }
        })
    }

    /// Whether one string holds it; `folded` is scratch.
    #[must_use]
    pub fn is_in(&self, text: &str, folded: &mut String) -> bool {
        let text = match self.folding {
            Folding::None => text,
            Folding::Ascii | Folding::Full => {
                folded.clear();
                fold::push_lower(text, folded);
                folded.as_str()
            }
        };
        holds(text.as_bytes(), self.length, self.edges, |text| self.finder.find(text))
    }
}

/// Whether a text holds a needle that differs by row; the strings are scratch.
#[must_use]
pub fn is_in(text: &str, needle: &str, search: Search, scratch: &mut (String, String)) -> bool {
    let (text, needle) = match folding(needle, search.is_case_sensitive) {
        Folding::None => (text, needle),
        Folding::Ascii | Folding::Full => {
            scratch.0.clear();
            scratch.1.clear();
            fold::push_lower(text, &mut scratch.0);
            fold::push_lower(needle, &mut scratch.1);
            (scratch.0.as_str(), scratch.1.as_str())
        }
    };
    let find = |text: &[u8]| memchr::memmem::find(text, needle.as_bytes());
    holds(text.as_bytes(), needle.len(), Edges::new(needle, search), find)
}

fn holds(text: &[u8], length: usize, edges: Edges, find: impl Fn(&[u8]) -> Option<usize>) -> bool {
    if length == 0 {
        return true;
    }
    let mut at = 0;
    while let Some(start) = find(&text[at..]).map(|found| at + found) {
        if edges.hold(text, start, start + length) {
            return true;
        }
        at = start + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTAINS: Search = Search::new(false, false, false);
    const CONTAINS_CS: Search = Search::new(true, false, false);
    const HAS: Search = Search::new(false, true, true);
    const HAS_CS: Search = Search::new(true, true, true);
    const PREFIX: Search = Search::new(false, true, false);
    const SUFFIX: Search = Search::new(false, false, true);

    /// Asks the three ways, which must agree.
    fn holds(text: &str, needle: &str, search: Search) -> bool {
        let ready = Needle::new(needle, search);
        let array = StringArray::from(vec!["", needle, text, "x"]);
        let rows = ready.rows(&array).value(2);
        assert_eq!(rows, ready.is_in(text, &mut String::new()), "{text} {needle}");
        let scratch = &mut (String::new(), String::new());
        assert_eq!(rows, is_in(text, needle, search, scratch), "{text} {needle}");
        rows
    }

    #[test]
    fn lies_as_the_real_engine_says() {
        for (text, needle, search, expected) in [
            ("hello-world", "HELLO", HAS, true),
            ("helloworld", "hello", HAS, false),
            ("alpha_beta", "alpha", HAS, true),
            ("HELLO", "hello", HAS_CS, false),
            ("ПриветМир", "привет", HAS, false),
            ("МИР привет", "Привет", HAS, true),
            ("NAÏVE", "naïve", HAS, true),
            ("a b", " ", HAS, true),
            ("xyz", "", HAS, true),
            ("", "", HAS, true),
            ("aab a", "a", HAS, true),
            ("b .b-", " ", SUFFIX, true),
            ("err or", "r o", PREFIX, false),
            ("x ab y", " a", SUFFIX, false),
            ("xa b", "a ", SUFFIX, true),
            ("x-error", "err", SUFFIX, false),
            ("end.", "end", SUFFIX, true),
            ("xa b", "a ", PREFIX, false),
            ("b .b-", " ", PREFIX, true),
            ("cats", "cat", PREFIX, true),
            ("scatter", "cat", PREFIX, false),
            ("scatter", "CAT", CONTAINS, true),
            ("scatter", "CAT", CONTAINS_CS, false),
            ("a%b", "%", CONTAINS, true),
            ("emoji😀here", "😀", CONTAINS, true),
        ] {
            assert_eq!(holds(text, needle, search), expected, "{text:?} {needle:?} {search:?}");
        }
    }

    #[test]
    fn rows_are_kept_apart() {
        let needle = Needle::new("ab", CONTAINS);
        let array = StringArray::from(vec!["xa", "b", "", "aab", "", "AB"]);
        assert_eq!(
            needle.rows(&array).iter().collect::<Vec<_>>(),
            [false, false, false, true, false, true]
        );
        let sliced = arrow::array::Array::slice(&array, 3, 3);
        let sliced = arrow::array::AsArray::as_string::<i32>(&sliced);
        assert_eq!(needle.rows(sliced).iter().collect::<Vec<_>>(), [true, false, true]);
        let long = "z".repeat(100_000);
        let array = StringArray::from(vec![long.as_str(), "ÉAB", &long, "", "é"]);
        assert_eq!(needle.rows(&array).count_set_bits(), 1);
        assert_eq!(Needle::new("É", CONTAINS).rows(&array).count_set_bits(), 2);
        assert_eq!(Needle::new("", HAS).rows(&array).count_set_bits(), 5);
    }
}
