//! Many terms to look for at once: `has_any`, `has_all`.

use std::collections::{HashMap, HashSet};

use aho_corasick::{AhoCorasick, MatchKind};
use arrow::array::{Array, StringArray};
use arrow::buffer::BooleanBuffer;

use super::fold;
use super::needle::{Edges, Needle, Search};
use super::rows::{self, Folding, Stretch};
use super::term::{is_left_edge, is_right_edge};
use crate::KernelError;

/// The search of `has`.
pub const HAS: Search = Search::new(false, true, true);

/// From how many whole terms on cutting the text into its terms is quicker than an automaton over them.
const MANY: usize = 64;

/// Terms, made ready.
pub struct Needles {
    finder: Finder,
    folding: Folding,
}

enum Finder {
    /// There is an empty string among them, which all texts hold.
    Always,
    Automaton(Automaton),
    Terms(Terms),
}

struct Automaton {
    automaton: AhoCorasick,
    needles: Vec<(String, Edges)>,
    /// By needle: the other needles that it begins with. Where it is found and lies badly, they may lie well.
    beginnings: Vec<Vec<usize>>,
}

impl Needles {
    /// Makes terms ready.
    ///
    /// **Errors**: more than the automaton can hold.
    pub fn new(needles: &[String]) -> Result<Self, KernelError> {
        let mut folded: Vec<String> = needles.iter().map(|needle| fold::to_lower(needle)).collect();
        folded.sort_unstable();
        folded.dedup();
        let folding = if folded.iter().all(|needle| needle.is_ascii()) {
            Folding::Ascii
        } else {
            Folding::Full
        };
        let are_terms =
            folded.iter().all(|needle| needle.bytes().all(|b| b.is_ascii_alphanumeric()));
        let finder = if folded.first().is_some_and(String::is_empty) {
            Finder::Always
        } else if folded.len() >= MANY && are_terms {
            Finder::Terms(Terms::new(folded))
        } else {
            Finder::Automaton(Automaton::new(folded)?)
        };
        Ok(Self { finder, folding })
    }

    /// The rows whose strings hold one of them at least.
    #[must_use]
    pub fn rows(&self, array: &StringArray) -> BooleanBuffer {
        match &self.finder {
            Finder::Always => BooleanBuffer::new_set(array.len()),
            Finder::Automaton(automaton) => rows::search(array, self.folding, |stretch, found| {
                automaton.search(stretch, |row| found.set_bit(row, true));
            }),
            Finder::Terms(terms) => rows::search(array, self.folding, |stretch, found| {
                terms.search(stretch, |row| found.set_bit(row, true));
            }),
        }
    }
}

impl Automaton {
    fn new(needles: Vec<String>) -> Result<Self, KernelError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&needles)
            .map_err(|error| KernelError(format!("too many terms to look for: {error}")))?;
        let places: HashMap<&str, usize> =
            needles.iter().enumerate().map(|(index, needle)| (needle.as_str(), index)).collect();
        let beginnings = needles
            .iter()
            .map(|needle| {
                let ends = needle.char_indices().map(|(at, _)| at).skip(1);
                ends.filter_map(|end| places.get(&needle[..end]).copied()).collect()
            })
            .collect();
        let edges = needles.iter().map(|needle| Edges::new(needle, HAS)).collect::<Vec<_>>();
        let needles = needles.into_iter().zip(edges).collect();
        Ok(Self { automaton, needles, beginnings })
    }

    fn search(&self, stretch: &mut Stretch<'_>, mut found: impl FnMut(usize)) {
        let mut at = 0;
        while let Some(hit) = self.automaton.find(input_from(stretch.text, at)) {
            stretch.go_to(hit.start());
            let (row_start, row_end) = stretch.row();
            let text = &stretch.text[row_start..row_end];
            let start = hit.start() - row_start;
            let lies_well = |needle: usize| {
                let (needle, edges) = &self.needles[needle];
                let end = start + needle.len();
                end <= text.len() && edges.hold(text, start, end)
            };
            let needle = hit.pattern().as_usize();
            if lies_well(needle)
                || self.beginnings[needle].iter().any(|shorter| lies_well(*shorter))
            {
                found(stretch.number());
                at = row_end;
            } else {
                at = hit.start() + 1;
            }
        }
    }
}

fn input_from(text: &[u8], from: usize) -> aho_corasick::Input<'_> {
    aho_corasick::Input::new(text).range(from..)
}

/// Whole terms in a table.
struct Terms {
    terms: HashSet<Box<[u8]>, foldhash::fast::RandomState>,
    /// A bit for each length that one of them has, the last for all greater ones.
    lengths: u64,
}

impl Terms {
    fn new(terms: Vec<String>) -> Self {
        let lengths = terms.iter().fold(0, |bits, term| bits | length_bit(term.len()));
        Self { terms: terms.into_iter().map(|term| term.into_bytes().into()).collect(), lengths }
    }

    /// Cuts the text into terms and looks each of them up.
    fn search(&self, stretch: &mut Stretch<'_>, mut found: impl FnMut(usize)) {
        let text = stretch.text;
        let mut at = 0;
        while at < text.len() {
            if !text[at].is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            stretch.go_to(at);
            let (row_start, row_end) = stretch.row();
            let length = text[at..row_end].iter().take_while(|byte| byte.is_ascii_alphanumeric());
            let end = at + length.count();
            let row = &text[row_start..row_end];
            if self.lengths & length_bit(end - at) != 0
                && self.terms.contains(&text[at..end])
                && is_left_edge(row, at - row_start)
                && is_right_edge(row, end - row_start)
            {
                found(stretch.number());
                at = row_end;
            } else {
                at = end;
            }
        }
    }
}

fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// Terms that must all be in a text.
pub struct AllNeedles(Vec<Needle>);

impl AllNeedles {
    /// Makes terms ready.
    #[must_use]
    pub fn new(needles: &[String]) -> Self {
        // The longest is likely the rarest: once no row is left, the others need not be looked for.
        let mut needles: Vec<&String> = needles.iter().collect();
        needles.sort_unstable_by_key(|needle| std::cmp::Reverse(needle.len()));
        Self(needles.into_iter().map(|needle| Needle::new(needle, HAS)).collect())
    }

    /// The rows whose strings hold all of them.
    #[must_use]
    pub fn rows(&self, array: &StringArray) -> BooleanBuffer {
        let mut rows = BooleanBuffer::new_set(array.len());
        for needle in &self.0 {
            if rows.count_set_bits() == 0 {
                break;
            }
            rows = &rows & &needle.rows(array);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn any(needles: &[&str], texts: &[&str]) -> Vec<bool> {
        let mut needles = strings(needles);
        let array = StringArray::from(texts.to_vec());
        let few = Needles::new(&needles).unwrap().rows(&array);
        // The answer is the same among many others that are nowhere.
        needles.extend((0..MANY).map(|n| format!("zzz{n}")));
        assert_eq!(few, Needles::new(&needles).unwrap().rows(&array));
        few.iter().collect()
    }

    #[test]
    fn finds_any_term() {
        let texts =
            ["cmd.exe /c WHOAMI", "whoamix", "", "net  user", "x_whoami", "enet", "éwhoami"];
        let expected = [true, false, false, true, true, false, false];
        assert_eq!(any(&["whoami", "net"], &texts), expected);
        assert_eq!(
            any(&["ab", "ab-cd"], &["ab-cdx", "ab-cd", "abc", "xab-cd"]),
            [true, true, false, false]
        );
        assert_eq!(any(&["a", ""], &["", "b"]), [true, true]);
        assert_eq!(any(&["é"], &["É x", "né"]), [true, false]);
        assert_eq!(any(&[], &["a"]), [false]);
        // A run of letters over the end of a row is two terms.
        assert_eq!(any(&["ab", "b"], &["xa", "b", "a", "b"]), [false, true, false, true]);
    }

    #[test]
    fn finds_all_terms() {
        let array = StringArray::from(vec!["abc def", "def", "DEF-ABC", "abcdef"]);
        let rows = AllNeedles::new(&strings(&["abc", "def"])).rows(&array);
        assert_eq!(rows.iter().collect::<Vec<_>>(), [true, false, true, false]);
        assert_eq!(AllNeedles::new(&[]).rows(&array).count_set_bits(), 4);
    }
}
