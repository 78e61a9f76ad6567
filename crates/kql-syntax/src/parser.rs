//! Tokens to tree. Parsing never fails: it gives a tree and diagnostics.
//!
//! How the productions are named: `x` always gives a node, and reports what is missing; `opt_x` gives none, reports
//! nothing and takes no token where no `x` begins; `finish_x` stands behind its keyword, which it may assume.
//! After a fault nothing more is reported until the next bar or statement, so that one slip gives one diagnostic.

mod brackets;
mod cursor;
mod expressions;
mod find_operands;
mod functions;
mod json;
mod lists;
mod literals;
mod names;
mod operators;
mod parameters;
mod patterns;
mod pipelines;
mod primary;
mod recovery;
mod schemas;
mod sources;
mod statements;

use crate::Diagnostic;
use crate::diagnostics;
use crate::lexer::lex;
use crate::token::{TokenKind, Tokens};
use crate::tree::{Expr, FunctionBody, Parameter, Query};
use cursor::Parser;

/// A text that was parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<T> {
    /// The tree; where something was missing it says so.
    pub tree: T,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The tokens, with the way to the comments between them.
    pub tokens: Tokens,
}

impl<T> Parsed<T> {
    /// Whether the text can not be run.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Parses a query: statements separated by `;`.
#[must_use]
pub fn parse(text: &str) -> Parsed<Query> {
    parsed(text, |parser| parser.query())
}

/// Parses the body of a stored function: `let` statements and an expression, with or without braces around them.
#[must_use]
pub fn parse_function_body(text: &str) -> Parsed<FunctionBody> {
    parsed(text, |parser| parser.stored_body())
}

/// Parses the parameters of a stored function, `(name:type = default, ...)`; an empty text has none.
#[must_use]
pub fn parse_parameters(text: &str) -> Parsed<Vec<Parameter>> {
    parsed(text, |parser| parser.stored_parameters())
}

/// Parses a single expression, scalar or tabular.
#[must_use]
pub fn parse_expression(text: &str) -> Parsed<Expr> {
    parsed(text, |parser| parser.whole_expression())
}

fn parsed<T>(text: &str, production: fn(&mut Parser<'_>) -> T) -> Parsed<T> {
    let is_too_long = u32::try_from(text.len()).is_err();
    let text = if is_too_long { "" } else { text };
    let tokens = lex(text);
    let mut parser = Parser::new(text, &tokens);
    let tree = production(&mut parser);
    debug_assert!(parser.at(TokenKind::End) || parser.has_errors(), "text left over unreported");
    let mut diagnostics = parser.into_diagnostics();
    if is_too_long {
        diagnostics.push(diagnostics::text_too_long());
    }
    Parsed { tree, diagnostics, tokens }
}
