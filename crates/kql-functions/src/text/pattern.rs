//! Regular expressions, as Kusto compiles them.

use std::collections::HashMap;
use std::sync::Arc;

use regex::{Regex, RegexBuilder};

use crate::operand::Texts;
use crate::{Arguments, KernelError};

/// How large a compiled expression may be, in bytes.
const SIZE: usize = 10 << 20;

/// How many expressions that differ by row are kept compiled.
const KEPT: usize = 64;

/// Compiles an expression.
///
/// **Errors**: what is no expression, or needs too much room.
pub fn compile(pattern: &str) -> Result<Regex, KernelError> {
    RegexBuilder::new(pattern).size_limit(SIZE).build().map_err(|error| {
        let reason = match &error {
            regex::Error::CompiledTooBig(_) => "it needs too much room".to_owned(),
            // The library draws the place under the pattern; its last line says what is wrong.
            _ => error.to_string().lines().last().unwrap_or("").replace("error: ", ""),
        };
        KernelError(format!("`{pattern}` is no regular expression: {reason}"))
    })
}

/// Expressions that differ by row, each compiled once while they are few.
pub struct Compiled {
    compiled: HashMap<String, Regex>,
    wrap: fn(&str) -> String,
}

impl Compiled {
    /// Compiles what `wrap` makes of each text.
    #[must_use]
    pub fn new(wrap: fn(&str) -> String) -> Self {
        Self { compiled: HashMap::new(), wrap }
    }

    /// The expression of a text.
    pub fn get(&mut self, pattern: &str) -> Result<&Regex, KernelError> {
        if !self.compiled.contains_key(pattern) {
            if self.compiled.len() >= KEPT {
                self.compiled.clear();
            }
            let expression = compile(&(self.wrap)(pattern))?;
            self.compiled.insert(pattern.to_owned(), expression);
        }
        self.compiled.get(pattern).ok_or_else(|| KernelError::new("no expression"))
    }
}

/// The expressions that an argument writes: one, compiled once for its call site, or one a row.
pub enum Patterns {
    /// The argument is constant.
    Constant(Arc<Regex>),
    /// It differs by row.
    Varying(Texts, Compiled),
}

impl Patterns {
    /// Compiles an argument.
    pub fn new(arguments: &Arguments<'_>, index: usize) -> Result<Self, KernelError> {
        let texts = Texts::new(arguments, index)?;
        match texts.constant() {
            Some(text) => arguments.prepared(&[index], || compile(text)).map(Self::Constant),
            None => Ok(Self::Varying(texts, Compiled::new(str::to_owned))),
        }
    }

    /// The expression of a row.
    pub fn at(&mut self, row: usize) -> Result<&Regex, KernelError> {
        match self {
            Self::Constant(expression) => Ok(expression),
            Self::Varying(texts, compiled) => compiled.get(texts.at(row)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong() {
        let error = compile("a(b").unwrap_err().0;
        assert_eq!(error, "`a(b` is no regular expression: unclosed group");
        let error = compile(r"\w{1000}{1000}").unwrap_err().0;
        assert!(error.ends_with("it needs too much room"), "{error}");
        assert!(compile(r"^\d$").unwrap().is_match("３"));
    }
}
