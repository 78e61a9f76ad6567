//! The product as a library.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests may fail, and say what they skip"
)]

mod demo;
mod feed;
mod git_server;
mod report;
mod repositories;
mod rule_tests;
mod rules;
