//! What `replace_regex` puts in the place of a match.

use regex::Regex;

use crate::answers::grow;
use crate::operand::Texts;
use crate::prelude::*;
use crate::text::pattern::Patterns;

/// A rewrite: text, and groups of the match.
pub(super) struct Rewrite(Vec<Piece>);

enum Piece {
    Text(String),
    Group(usize),
}

impl Rewrite {
    /// Reads `\0` to `\9` as groups and `\\` as a backslash; any other character stands for itself.
    pub(super) fn new(rewrite: &str) -> Self {
        let (mut pieces, mut text) = (Vec::new(), String::new());
        let mut chars = rewrite.chars().peekable();
        while let Some(c) = chars.next() {
            let next = if c == '\\' { chars.peek().copied() } else { None };
            match next.map(|next| (next, next.to_digit(10))) {
                Some((_, Some(group))) => {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                    pieces.push(Piece::Group(group as usize));
                    chars.next();
                }
                Some(('\\', None)) => {
                    text.push('\\');
                    chars.next();
                }
                _ => text.push(c),
            }
        }
        pieces.push(Piece::Text(text));
        pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        Self(pieces)
    }

    fn has_groups(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Group(_)))
    }

    /// Writes a text with all matches of an expression replaced.
    pub(super) fn replace(
        &self,
        pattern: &Regex,
        source: &str,
        text: &mut String,
    ) -> Result<(), KernelError> {
        let mut from = 0;
        if !self.has_groups() {
            for found in pattern.find_iter(source) {
                grow(text, source.get(from..found.start()).unwrap_or(""))?;
                self.write(|_| "", text)?;
                from = found.end();
            }
        } else if pattern.is_match(source) {
            for captures in pattern.captures_iter(source) {
                let Some(found) = captures.get(0) else { continue };
                grow(text, source.get(from..found.start()).unwrap_or(""))?;
                self.write(|group| captures.get(group).map_or("", |found| found.as_str()), text)?;
                from = found.end();
            }
        }
        grow(text, source.get(from..).unwrap_or(""))
    }

    fn write<'a>(
        &self,
        captured: impl Fn(usize) -> &'a str,
        text: &mut String,
    ) -> Result<(), KernelError> {
        for piece in &self.0 {
            match piece {
                Piece::Text(piece) => grow(text, piece)?,
                Piece::Group(group) => grow(text, captured(*group))?,
            }
        }
        Ok(())
    }
}

/// The kernel of `replace_regex`, with the places of its arguments.
pub(super) fn replace_regex(
    arguments: &Arguments<'_>,
    [source, pattern, rewrite]: [usize; 3],
) -> Answer {
    let source = Texts::new(arguments, source)?;
    let mut patterns = Patterns::new(arguments, pattern)?;
    let rewrites = Texts::new(arguments, rewrite)?;
    let constant = rewrites.constant().map(Rewrite::new);
    arguments.try_strings(|row, text| {
        let varying;
        let rewrite = match &constant {
            Some(rewrite) => rewrite,
            None => {
                varying = Rewrite::new(rewrites.at(row));
                &varying
            }
        };
        rewrite.replace(patterns.at(row)?, source.at(row), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rewrites() {
        let replaced = |pattern: &str, rewrite: &str, source: &str| {
            let mut text = String::new();
            let pattern = Regex::new(pattern).unwrap();
            Rewrite::new(rewrite).replace(&pattern, source, &mut text).unwrap();
            text
        };
        assert_eq!(replaced("([a-z])([A-Z])", r"\1_\2", "abcABC"), "abc_ABC");
        assert_eq!(replaced("b", r"[\0]\\$1\", "abc"), r"a[b]\$1\c");
        assert_eq!(replaced("b", r"\1", "abc"), "ac");
        assert_eq!(replaced("x*", "-", "abc"), "-a-b-c-");
        assert_eq!(replaced("b", "", "cd"), "cd");
    }
}
