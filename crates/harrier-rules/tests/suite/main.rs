//! All integration tests of rules.

#![expect(clippy::print_stdout, reason = "tests say what they skip and count")]
#![expect(clippy::unwrap_used, reason = "tests may fail")]

mod corpus;
mod formatting;
mod forms;
mod hostile;
mod known;
mod lints;
mod loading;
mod meaning;
mod pages;
mod shared;
mod tables;
mod testing;
