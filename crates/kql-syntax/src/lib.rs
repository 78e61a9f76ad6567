//! KQL as text and tree: spans, tokens, an error-tolerant parser, diagnostics.
//!
//! This crate knows nothing of types, schemas, Arrow, or input and output.

pub mod diagnostic;
mod diagnostics;
pub mod format;
pub mod keyword;
pub mod lexer;
pub mod name;
mod parser;
pub mod span;
pub mod token;
pub mod tree;

pub use diagnostic::{Code, Diagnostic, Edit, Mark, Severity};
pub use format::format;
pub use keyword::{Keyword, KeywordClass};
pub use lexer::lex;
pub use name::{Identifier, Name};
pub use parser::{Parsed, parse, parse_expression, parse_function_body, parse_parameters};
pub use span::Span;
pub use token::{Fault, Token, TokenKind, Tokens};
