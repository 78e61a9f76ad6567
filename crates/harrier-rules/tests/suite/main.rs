//! All integration tests of rules.

#![expect(clippy::print_stdout, reason = "tests say what they skip and count")]
#![expect(clippy::unwrap_used, reason = "tests may fail")]

mod corpus;
mod forms;
mod formatting;
mod known;
mod loading;
mod shared;
