//! The path to a value within JSON text.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::key::Key;
use super::scan::{elements, skip_space, skip_value};

/// A step from a value to one within it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the value under a key of a bag.
    Key(String),
    /// To an element of an array, counted from 0, or from the end where negative: -1 is the last.
    Position(i64),
}

/// Steps from a value down to one far within it, taken without reading what lies beside.
#[derive(Clone, Debug)]
pub struct Path {
    steps: Vec<ReadyStep>,
}

#[derive(Clone, Debug)]
enum ReadyStep {
    Key(Key),
    Position(i64),
}

impl Path {
    /// Of steps from the outside in.
    #[must_use]
    pub fn new(steps: &[Step]) -> Self {
        let ready = |step: &Step| match step {
            Step::Key(key) => ReadyStep::Key(Key::new(key)),
            Step::Position(position) => ReadyStep::Position(*position),
        };
        Self { steps: steps.iter().map(ready).collect() }
    }

    /// The text of the value at the end of the path; none where the path leads nowhere, or to `null`.
    #[must_use]
    pub fn get<'a>(&self, text: &'a str) -> Option<&'a str> {
        let bytes = text.as_bytes();
        let last_key = self.steps.iter().rev().find_map(|step| match step {
            ReadyStep::Key(key) => Some(key),
            ReadyStep::Position(_) => None,
        });
        if last_key.is_some_and(|key| !key.may_be_in(bytes)) {
            return None;
        }
        let mut at = skip_space(bytes, 0);
        for step in &self.steps {
            at = match step {
                ReadyStep::Key(key) => key.value_in(bytes, at)?,
                ReadyStep::Position(position) => element_at(text, at, *position)?,
            };
        }
        let value = text.get(at..skip_value(bytes, at)?)?;
        (value != "null").then_some(value)
    }
}

/// Where an element begins of the array that begins at `at`; none where it is no array or has none there.
fn element_at(text: &str, at: usize, position: i64) -> Option<usize> {
    let array = text.get(at..)?;
    let index = match usize::try_from(position) {
        Ok(index) => index,
        Err(_) => {
            let back = usize::try_from(position.unsigned_abs()).ok()?;
            elements(array).count().checked_sub(back)?
        }
    };
    let element = elements(array).nth(index)?;
    // Elements are parts of the text, so the difference of their places is an offset in it.
    Some(element.as_ptr() as usize - text.as_ptr() as usize)
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            match step {
                ReadyStep::Key(key) => write!(f, "[{:?}]", key.plain())?,
                ReadyStep::Position(position) => write!(f, "[{position}]")?,
            }
        }
        Ok(())
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.steps.len() == other.steps.len()
            && self.steps.iter().zip(&other.steps).all(|(a, b)| match (a, b) {
                (ReadyStep::Key(a), ReadyStep::Key(b)) => a.plain() == b.plain(),
                (ReadyStep::Position(a), ReadyStep::Position(b)) => a == b,
                _ => false,
            })
    }
}

impl Eq for Path {}

impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_string().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Step {
        Step::Key(key.to_owned())
    }

    #[test]
    fn leads_to_values() {
        let text = r#"{ "a": {"b" : [10, {"c":"x\"y"}, [1, 2] ]}, "n": null, "e\u0031": 5, "é": 1.5, "a b": "" }"#;
        for (steps, value) in [
            (vec![key("a"), key("b"), Step::Position(0)], Some("10")),
            (vec![key("a"), key("b"), Step::Position(1), key("c")], Some(r#""x\"y""#)),
            (vec![key("a"), key("b"), Step::Position(-1)], Some("[1, 2]")),
            (vec![key("a"), key("b"), Step::Position(-1), Step::Position(-2)], Some("1")),
            (vec![key("a"), key("b"), Step::Position(3)], None),
            (vec![key("a"), key("b"), Step::Position(-4)], None),
            (vec![key("a"), Step::Position(0)], None),
            (vec![key("a"), key("b"), key("c")], None),
            (vec![key("A")], None),
            (vec![key("c")], None),
            (vec![key("n")], None),
            (vec![key("n"), key("x")], None),
            (vec![key("e1")], Some("5")),
            (vec![key("é")], Some("1.5")),
            (vec![key("a b")], Some("\"\"")),
        ] {
            assert_eq!(Path::new(&steps).get(text), value, "{}", Path::new(&steps));
        }
    }

    #[test]
    fn the_last_of_equal_keys_counts() {
        assert_eq!(Path::new(&[key("a")]).get(r#"{"a":1,"b":{"a":2},"a":3}"#), Some("3"));
        assert_eq!(Path::new(&[key("a")]).get(r#"{"a":1,"b":{"a":2}}"#), Some("1"));
    }

    #[test]
    fn what_is_no_json_leads_nowhere() {
        for text in [
            "",
            " ",
            "x",
            "\"a\"",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\" 1}",
            "[",
            "{a:1}",
            "{\"a\":[1",
        ] {
            assert_eq!(Path::new(&[key("a"), Step::Position(1)]).get(text), None, "{text}");
        }
    }
}
