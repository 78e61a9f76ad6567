//! The tree of a query: statements, expressions, tabular operators, literals.
//!
//! A tree is made for every text. Where the parser found something missing it left an
//! [`ExprKind::Missing`] or an empty name and reported a diagnostic.

mod expression;
mod literal;
mod operator;
mod statement;

pub use expression::*;
pub use literal::*;
pub use operator::*;
pub use statement::*;
