//! A KQL engine that anyone can embed: a bound query in, Kusto-typed Arrow batches out, computed by DataFusion.
//!
//! This crate knows nothing of files, networks and rules: tables come in through [`Tables`], all else through
//! [`outside::Outside`].

mod answer;
mod cells;
mod diagnostics;
mod engine;
mod error;
mod ingestion;
pub mod json;
mod lower;
pub mod manual;
mod node;
mod operators;
pub mod outside;
mod plan;
pub mod refusals;
mod run;
mod session;
mod steps;
mod stop;
pub mod tables;

pub use answer::{Answer, AnswerColumn, AnswerTable};
pub use engine::{Engine, EngineOptions, QueryOptions, Window};
pub use error::QueryError;
pub use tables::{TableSource, Tables};
