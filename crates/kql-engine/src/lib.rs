//! A KQL engine that anyone can embed: a bound query in, Kusto-typed Arrow batches out, computed by DataFusion.
//!
//! This crate knows nothing of files and rules: tables come in through [`Tables`].

pub mod tables;

pub use tables::{TableSource, Tables};
