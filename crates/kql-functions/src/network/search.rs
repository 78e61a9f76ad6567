//! IPv4 addresses within text: valid ones, with no letter or digit beside them.

use std::collections::HashSet;

use super::Listed;
use super::v4::{self, V4};
use crate::operand::Texts;
use crate::prelude::*;
use crate::text::term::{is_left_edge, is_right_edge};

/// The addresses of a text.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            // A run of digits is looked at once, where it begins.
            let Some(start) = rest.iter().position(u8::is_ascii_digit).map(|start| at + start)
            else {
                at = bytes.len();
                break;
            };
            let digits = bytes.get(start..)?.iter().take_while(|byte| byte.is_ascii_digit());
            at = start + digits.count();
            let Some((_, length)) = v4::read(bytes.get(start..)?) else { continue };
            let end = start + length;
            if is_left_edge(bytes, start) && is_right_edge(bytes, end) {
                return text.get(start..end);
            }
        }
        None
    })
}

/// What to look for.
pub struct Wanted {
    addresses: HashSet<String>,
    prefixes: Vec<String>,
}

impl Wanted {
    /// Whole addresses; what is none is never found.
    #[must_use]
    pub fn addresses(texts: &[String]) -> Self {
        let is_address = |text: &&String| V4::parse(text).is_some() && !text.contains('/');
        let addresses = texts.iter().filter(is_address).map(|text| text.trim().to_owned());
        Self { addresses: addresses.collect(), prefixes: Vec::new() }
    }

    /// Whole addresses, and beginnings of addresses that end in a point (`10.1.`); what is neither is never found.
    #[must_use]
    pub fn prefixes(texts: &[String]) -> Self {
        let prefixes = texts.iter().filter(|text| is_prefix(text)).cloned().collect();
        Self { prefixes, ..Self::addresses(texts) }
    }

    /// Whether a text holds one.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        if self.addresses.is_empty() && self.prefixes.is_empty() {
            return false;
        }
        addresses(text).any(|address| {
            self.addresses.contains(address)
                || self.prefixes.iter().any(|prefix| address.starts_with(prefix.as_str()))
        })
    }
}

/// Whether a text is one to three numbers with a point behind each.
fn is_prefix(text: &str) -> bool {
    let Some(numbers) = text.strip_suffix('.') else { return false };
    let count = numbers.split('.').count();
    let rest = [".0", ".0.0", ".0.0.0"];
    let whole = (1..=3).contains(&count).then(|| rest.get(3 - count)).flatten();
    whole.is_some_and(|rest| V4::parse(&format!("{numbers}{rest}")).is_some())
}

/// The kernel of `has_ipv4` and its kin.
pub fn find(arguments: &Arguments<'_>, wanted: fn(&[String]) -> Wanted) -> Answer {
    let source = Texts::new(arguments, 0)?;
    match Listed::new(arguments, wanted)? {
        Listed::Constant(wanted) => arguments.make_bools(|row| Some(wanted.is_in(source.at(row)))),
        varying => {
            let rows: Result<Vec<bool>, KernelError> = (0..arguments.rows())
                .map(|row| Ok(varying.at(arguments, row)?.is_in(source.at(row))))
                .collect();
            let rows = rows?;
            arguments.make_bools(|row| rows.get(row).copied())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_addresses() {
        let found = |text| addresses(text).collect::<Vec<_>>();
        assert_eq!(found("05:04:54 127.0.0.1 GET"), ["127.0.0.1"]);
        assert_eq!(found("05:04:54127.0.0.1 GET"), [""; 0]);
        assert_eq!(found("127.0.0.256 [10.0.0.1]:80"), ["10.0.0.1"]);
        assert_eq!(found("x1.2.3.4 1.2.3.4y é1.2.3.4"), [""; 0]);
        assert_eq!(found("from 1.2.3.4."), ["1.2.3.4"]);
    }

    #[test]
    fn knows_beginnings() {
        assert!(is_prefix("127.") && is_prefix("127.0.") && is_prefix("1.2.3."));
        assert!(
            !is_prefix("127.0") && !is_prefix("1.2.3.4.") && !is_prefix(".") && !is_prefix("300.")
        );
    }
}
