//! A key that is looked for in bags.

use std::borrow::Cow;

use kql_semantics::Dynamic;
use memchr::memmem::Finder;

use super::scan::{skip_space, skip_string, skip_value, value_start};

/// A key, ready to be looked for.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// As it is.
    plain: Box<str>,
    /// As JSON writes it, without the quotes.
    written: Box<[u8]>,
    finder: Finder<'static>,
}

impl Key {
    pub(super) fn new(key: &str) -> Self {
        let mut written = String::new();
        kql_semantics::dynamic::write_string(key, &mut written);
        let written = &written[1..written.len() - 1];
        Self {
            plain: key.into(),
            written: written.as_bytes().into(),
            finder: Finder::new(written.as_bytes()).into_owned(),
        }
    }

    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// Whether a text may hold the key: a search that is far quicker than reading.
    pub(super) fn may_be_in(&self, bytes: &[u8]) -> bool {
        // A key can be written in many ways, all others of them with a backslash.
        self.finder.find(bytes).is_some() || memchr::memchr(b'\\', bytes).is_some()
    }

    /// Where the value begins that the bag at `at` holds under this key; none where it is no bag or has no such key.
    pub(super) fn value_in(&self, bytes: &[u8], at: usize) -> Option<usize> {
        if *bytes.get(at)? != b'{' {
            return None;
        }
        let (mut at, mut found) = (at + 1, None);
        loop {
            at = skip_space(bytes, at);
            if *bytes.get(at)? != b'"' {
                return found;
            }
            let key_end = skip_string(bytes, at)?;
            let is_it = self.is(bytes.get(at + 1..key_end - 1)?);
            at = value_start(bytes, key_end)?;
            if is_it {
                found = Some(at);
                // Of equal keys the last counts; where the text holds no further one, nothing needs to be read for that.
                if self.finder.find(bytes.get(at..)?).is_none() {
                    return found;
                }
            }
            at = skip_space(bytes, skip_value(bytes, at)?);
            if *bytes.get(at)? != b',' {
                return found;
            }
            at += 1;
        }
    }

    /// Whether a key as it is written between quotes is this one.
    fn is(&self, written: &[u8]) -> bool {
        *written == *self.written
            || (written.contains(&b'\\')
                && std::str::from_utf8(written)
                    .is_ok_and(|text| *unescaped(&format!("\"{text}\"")) == *self.plain))
    }
}

/// What a JSON string with its quotes says.
pub(crate) fn unescaped(quoted: &str) -> Cow<'_, str> {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
    if !inner.as_bytes().contains(&b'\\') {
        return Cow::Borrowed(inner);
    }
    match Dynamic::parse(quoted) {
        Ok(Dynamic::String(text)) => Cow::Owned(text.to_string()),
        _ => Cow::Borrowed(inner),
    }
}
