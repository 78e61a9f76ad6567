//! All integration tests of the binder.

#![expect(clippy::print_stdout, reason = "tests say what they skip and count")]

mod catalog;
mod completion;
mod conformance;
mod shared;
