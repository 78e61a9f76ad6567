//! All integration tests of hunting.

#![expect(clippy::unwrap_used, reason = "tests may fail")]

mod attack;
mod corpus;
mod corpus_tests;
mod first_rule;
mod hunting;
mod support;
mod testing;
mod time;
