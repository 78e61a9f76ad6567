//! How a `parse` pattern takes a text apart.

use kql_functions::KernelError;
use kql_functions::text::pattern::compile;
use kql_semantics::bound::ParseKind;
use kql_semantics::{Type, Value};
use memchr::memmem::Finder;
use regex::Regex;

use crate::cells::read;

/// How far a value that a `*` follows is looked for. **Unit**: bytes.
const LONGEST_VALUE: usize = 128;

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// `*`
    Star,
    /// A text; a regular expression where the kind is so.
    Text(String),
    /// A column of this type to fill.
    Column(Type),
}

/// A pattern, ready to match.
#[derive(Debug)]
pub(crate) struct Pattern {
    kind: ParseKind,
    columns: Vec<Type>,
    matcher: Matcher,
}

#[derive(Debug)]
enum Matcher {
    Texts(Vec<Step>),
    Expression(Regex),
}

#[derive(Debug)]
enum Step {
    Star,
    Text(Finder<'static>),
    Column(Type),
}

impl Pattern {
    /// Prepares a pattern.
    ///
    /// **Errors**: a text that is no regular expression, flags that there are not.
    pub(crate) fn new(kind: ParseKind, flags: &str, pieces: &[Piece]) -> Result<Self, KernelError> {
        let columns = pieces.iter().filter_map(|piece| match piece {
            Piece::Column(ty) => Some(*ty),
            Piece::Star | Piece::Text(_) => None,
        });
        let matcher = match kind {
            ParseKind::Regex => Matcher::Expression(compile(&expression(flags, pieces)?)?),
            ParseKind::Simple | ParseKind::Relaxed => {
                Matcher::Texts(pieces.iter().filter_map(step).collect())
            }
        };
        Ok(Self { kind, columns: columns.collect(), matcher })
    }

    /// The values of the columns; none where the text does not match. A null is a text that is not of its column's type,
    /// which only a relaxed pattern allows.
    pub(crate) fn matches(&self, text: &str, found: &mut Vec<Option<Value>>) -> bool {
        found.clear();
        let is_match = match &self.matcher {
            Matcher::Texts(steps) => texts(steps, text, found).is_some(),
            Matcher::Expression(expression) => self.captures(expression, text, found).is_some(),
        };
        is_match && (self.kind == ParseKind::Relaxed || found.iter().all(Option::is_some))
    }

    fn captures(
        &self,
        expression: &Regex,
        text: &str,
        found: &mut Vec<Option<Value>>,
    ) -> Option<()> {
        let captures = expression.captures(text)?;
        for (at, ty) in self.columns.iter().enumerate() {
            found.push(read(captures.name(&group(at))?.as_str(), *ty));
        }
        Some(())
    }
}

fn step(piece: &Piece) -> Option<Step> {
    match piece {
        Piece::Star => Some(Step::Star),
        Piece::Text(text) if text.is_empty() => None,
        Piece::Text(text) => Some(Step::Text(Finder::new(text).into_owned())),
        Piece::Column(ty) => Some(Step::Column(*ty)),
    }
}

/// Where a text stands that comes next: at once, or anywhere behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Any,
}

/// Matches texts from left to right, each at its first place.
fn texts(steps: &[Step], text: &str, found: &mut Vec<Option<Value>>) -> Option<()> {
    let mut rest = text;
    let mut gap = Gap::None;
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        at += 1;
        match step {
            Step::Star => gap = Gap::Any,
            Step::Text(finder) => {
                let is_last = at == steps.len();
                let place = place(finder, rest, gap, is_last)?;
                rest = rest.get(place + finder.needle().len()..)?;
                gap = Gap::None;
            }
            Step::Column(ty) => match steps.get(at) {
                Some(Step::Text(finder)) => {
                    let place = place(finder, rest, Gap::Any, at + 1 == steps.len())?;
                    found.push(read(rest.get(..place)?, *ty));
                    rest = rest.get(place..)?;
                }
                Some(Step::Star) => {
                    let until = match steps.get(at + 1) {
                        Some(Step::Text(finder)) => finder.find(rest.as_bytes())?,
                        _ => rest.len(),
                    };
                    let (value, length) = longest(rest.get(..until)?, *ty);
                    found.push(value);
                    rest = rest.get(length..)?;
                }
                Some(Step::Column(_)) | None => {
                    found.push(read(rest, *ty));
                    rest = "";
                }
            },
        }
    }
    (rest.is_empty() || gap == Gap::Any).then_some(())
}

/// Where a text comes next. The last piece of a pattern ends the text.
fn place(finder: &Finder<'_>, rest: &str, gap: Gap, is_last: bool) -> Option<usize> {
    let needle = finder.needle();
    match gap {
        Gap::None => rest.as_bytes().starts_with(needle).then_some(0),
        Gap::Any if is_last => rest.as_bytes().ends_with(needle).then(|| rest.len() - needle.len()),
        Gap::Any => finder.find(rest.as_bytes()),
    }
}

/// The longest beginning of a text that is a value of a type, and its length.
fn longest(text: &str, ty: Type) -> (Option<Value>, usize) {
    if ty == Type::String {
        return (Some(Value::string(text)), text.len());
    }
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let ends: Vec<usize> = ends.take_while(|end| *end <= LONGEST_VALUE).collect();
    for end in ends.into_iter().rev() {
        if let Some(value) = text.get(..end).and_then(|start| read(start, ty)) {
            return (Some(value), end);
        }
    }
    (None, 0)
}

fn group(at: usize) -> String {
    format!("column{at}_of_parse")
}

/// The pattern as one regular expression.
fn expression(flags: &str, pieces: &[Piece]) -> Result<String, KernelError> {
    if let Some(flag) = flags.chars().find(|flag| !matches!(flag, 'U' | 'm' | 's' | 'i')) {
        let message =
            format!("`{flag}` is no flag of a regular expression: `U`, `m`, `s`, `i` are");
        return Err(KernelError(message));
    }
    let mut expression = String::from("^");
    if !flags.is_empty() {
        expression = format!("^(?{flags})");
    }
    let mut columns = 0;
    for piece in pieces {
        match piece {
            Piece::Star => expression.push_str(".*?"),
            Piece::Text(text) => {
                // By itself, so that an alternative in it does not reach over the rest.
                compile(text)?;
                expression.push_str(&format!("(?:{text})"));
            }
            Piece::Column(ty) => {
                let value = match ty {
                    Type::Int | Type::Long => r"[-+]?\d+",
                    Type::Real | Type::Decimal => r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?",
                    _ => ".*",
                };
                expression.push_str(&format!("(?P<{}>{value})", group(columns)));
                columns += 1;
            }
        }
    }
    if matches!(pieces.last(), Some(Piece::Column(_))) {
        expression.push('$');
    }
    Ok(expression)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    const STRING: Piece = Piece::Column(Type::String);
    const LONG: Piece = Piece::Column(Type::Long);

    fn parse(kind: ParseKind, pieces: &[Piece], source: &str) -> Option<Vec<Option<Value>>> {
        let pattern = Pattern::new(kind, "", pieces).unwrap();
        let mut found = Vec::new();
        pattern.matches(source, &mut found).then_some(found)
    }

    fn strings(values: &[&str]) -> Option<Vec<Option<Value>>> {
        Some(values.iter().map(|value| Some(Value::string(value))).collect())
    }

    #[test]
    fn matches_texts_at_their_first_place() {
        let pieces = [STRING, text("###"), STRING];
        let simple = ParseKind::Simple;
        assert_eq!(parse(simple, &pieces, "a###b###c"), strings(&["a", "b###c"]));
        assert_eq!(parse(simple, &pieces, "a"), None);
        let pieces = [Piece::Star, text("x="), LONG, Piece::Star, text("y="), STRING, text(";")];
        let found = Some(vec![Some(Value::Long(27)), Some(Value::string("b"))]);
        assert_eq!(parse(simple, &pieces, "ax=27, y=b;"), found);
        assert_eq!(parse(simple, &pieces, "ax=27, y=b; "), None);
        assert_eq!(parse(simple, &pieces, "ax=no, y=b;"), None);
        let found = Some(vec![None, Some(Value::string("b"))]);
        assert_eq!(parse(ParseKind::Relaxed, &pieces, "ax=no, y=b;"), found);
    }

    #[test]
    fn starts_at_the_start_and_ends_at_the_end() {
        let simple = ParseKind::Simple;
        assert_eq!(parse(simple, &[text("a"), STRING], "ba"), None);
        assert_eq!(parse(simple, &[text("a"), STRING, text("c")], "acbc"), strings(&["cb"]));
        assert_eq!(
            parse(simple, &[text("a"), STRING, text("c"), Piece::Star], "abcd"),
            strings(&["b"])
        );
    }

    #[test]
    fn regular_expressions_are_greedy() {
        let regex = ParseKind::Regex;
        let pieces = [STRING, text("[0-9]+"), STRING];
        assert_eq!(parse(regex, &pieces, "MixedCASE123end"), strings(&["MixedCASE12", "end"]));
        let pieces = [text("[a-z]"), LONG, text("b|c")];
        assert_eq!(parse(regex, &pieces, "a1c"), Some(vec![Some(Value::Long(1))]));
        assert!(Pattern::new(regex, "x", &pieces).is_err());
        assert!(Pattern::new(regex, "", &[text("("), STRING]).is_err());
    }
}
