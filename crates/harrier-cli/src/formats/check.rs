//! What is said of rules, in the forms that people and programs read.

pub(crate) mod junit;
pub(crate) mod lines;
pub(crate) mod sarif;
pub(crate) mod text;
