//! A KQL engine that anyone can embed: a bound query in, Kusto-typed Arrow batches out, computed by DataFusion.
//!
//! This crate knows nothing of files and rules: tables come in through [`Tables`].

mod answer;
mod cells;
mod diagnostics;
mod engine;
mod error;
pub mod json;
mod lower;
pub mod manual;
mod node;
mod operators;
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
