//! The real binary: what it prints, where, and how it ends.

#![expect(clippy::print_stderr, reason = "tests say what they skip")]

mod bind;
mod check;
mod fmt;
mod harrier;
mod help;
mod hostile;
mod hunt;
mod lints;
mod pages;
mod query;
mod rules;
mod schema;
mod serve;
mod shell;
