//! The store over files, as its users meet it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails says where"
)]

mod broken;
mod filters;
mod layouts;
mod outside;
mod parquet;
mod samples;
mod shared;
mod tables;
mod text;
