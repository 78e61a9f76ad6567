//! All integration tests of hunting.

#![expect(clippy::print_stdout, reason = "tests say what they skip")]
#![expect(clippy::unwrap_used, reason = "tests may fail")]

mod attack;
mod first_rule;
mod hunting;
mod support;
mod time;
