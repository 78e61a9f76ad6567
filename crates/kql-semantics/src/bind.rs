//! What binding is given beside the tree and the catalog.

use std::collections::HashMap;

use kql_syntax::Name;

use crate::{Type, Value};

/// The circumstances of one binding.
#[derive(Clone, Debug, Default)]
pub struct BindOptions {
    /// What `now()` is: ticks. One instant for a whole query.
    pub now: i64,
    /// Values for `declare query_parameters`.
    pub parameters: HashMap<Name, Value>,
    /// The result columns of plugins whose schema depends on data, by [`crate::bound::Undiscovered::ordinal`].
    pub discovered: HashMap<usize, Vec<(Name, Type)>>,
}
