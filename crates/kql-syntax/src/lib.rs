//! KQL as text and tree: spans, tokens, an error-tolerant parser, diagnostics.
//!
//! This crate knows nothing of types, schemas, Arrow, or input and output.

pub mod diagnostic;
pub mod name;
pub mod span;
pub mod tree;

pub use diagnostic::{Code, Diagnostic, Edit, Mark, Severity};
pub use name::{Identifier, Name};
pub use span::Span;
