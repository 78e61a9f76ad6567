//! Binding: what is given beside the tree, and what comes out.

use std::collections::{HashMap, HashSet};

use kql_syntax::tree::Query;
use kql_syntax::{Diagnostic, Name};

use crate::binder::Binder;
use crate::binder::stored::Stored;
use crate::bound::BoundQuery;
use crate::catalog::Catalog;
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

/// A text, bound, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Bound {
    /// What the text means. Where something is wrong, what could be made of it: not to be run.
    pub query: BoundQuery,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Bound {
    /// Whether the text can not be run.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Finds what the names in a text mean and what types its values have.
///
/// Never fails: a fault is a diagnostic, and what depends on it has types that are not known.
#[must_use]
pub fn bind(query: &Query, catalog: &dyn Catalog, options: &BindOptions) -> Bound {
    let (bound, wanted) = bind_with(query, catalog, options, &HashSet::new());
    let hidden: HashSet<Name> =
        wanted.into_iter().filter(|name| catalog.is_hidden_column(name)).collect();
    if hidden.is_empty() {
        return bound;
    }
    // A table gives its hidden columns only to who names them, and the names are known only now.
    bind_with(query, catalog, options, &hidden).0
}

fn bind_with(
    query: &Query,
    catalog: &dyn Catalog,
    options: &BindOptions,
    hidden: &HashSet<Name>,
) -> (Bound, HashSet<Name>) {
    let stored = Stored::default();
    let mut binder = Binder::new(catalog, options, &stored, hidden);
    let query = binder.query(query);
    let mut diagnostics = std::mem::take(&mut binder.diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span());
    (Bound { query, diagnostics }, std::mem::take(&mut binder.wanted_hidden))
}
