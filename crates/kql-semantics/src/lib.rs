//! KQL as meaning: Kusto's types, values and names; a catalog's schemas and a tree in, a typed bound query out.
//!
//! This crate knows nothing of DataFusion, Arrow, or input and output.

pub mod bind;
mod binder;
pub mod bound;
pub mod catalog;
pub mod complete;
pub mod decimal;
mod diagnostics;
pub mod dynamic;
pub mod number;
mod operators;
mod shape;
pub mod signatures;
mod suggest;
pub mod time;
pub mod types;
pub mod value;

pub use bind::{BindOptions, Bound, bind};
pub use decimal::Decimal;
pub use dynamic::Dynamic;
pub use shape::Shape;
pub use types::Type;
pub use value::Value;
