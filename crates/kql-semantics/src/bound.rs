//! The bound query: what a text means, names resolved and types known.
//!
//! Everything that is said of a query, and everything that is run, is read from this.

mod graph;
mod rowset;
mod scalar;
mod visit;

pub use graph::*;
pub use rowset::*;
pub use scalar::*;

use kql_syntax::{Name, Span};

/// A whole text, bound.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundQuery {
    /// One for each query statement, in order.
    pub results: Vec<BoundResult>,
    /// `set` options, in order.
    pub options: Vec<(Name, Option<crate::Value>)>,
    /// Scalar `let`s that depend on rows and are used more than once; indexed by [`SharedId`].
    pub shared: Vec<Scalar>,
    /// Plugins whose result columns depend on data; in the order met. Empty where all schemas are known.
    pub undiscovered: Vec<Undiscovered>,
}

/// What a query statement gives.
#[derive(Clone, Debug, PartialEq)]
pub enum BoundResult {
    /// A table, with how it is to be drawn.
    Table {
        /// The rows.
        rowset: Rowset,
        /// `render`, where written.
        render: Option<Render>,
    },
    /// Several tables: `fork`, `facet`.
    Tables(Vec<(Option<Name>, Rowset)>),
    /// One value.
    Scalar(Scalar),
}

/// `render chart with (properties)`
#[derive(Clone, Debug, PartialEq)]
pub struct Render {
    /// The kind of chart.
    pub chart: Name,
    /// Its properties, values as written.
    pub properties: Vec<(Name, String)>,
    /// Where it is written.
    pub span: Span,
}

/// A plugin whose result columns depend on its input rows (`bag_unpack`, `pivot`).
///
/// To run the query, run `input` (or as much of it as it takes), find the columns, and bind again with them in
/// `BindOptions::discovered` under the same `ordinal`.
#[derive(Clone, Debug, PartialEq)]
pub struct Undiscovered {
    /// Counts the plugins met in binding order; the same text always counts alike.
    pub ordinal: usize,
    /// The plugin with its bound input and arguments.
    pub plugin: Box<Evaluate>,
}
