//! The product as a library.

mod report;
mod rules;
