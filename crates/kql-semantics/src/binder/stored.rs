//! Keeps the stored functions that a query calls for as long as the query is bound.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use kql_syntax::Name;

use crate::catalog::{Catalog, StoredFunction};

/// The stored functions called so far. Growing it moves none, so that their trees can be borrowed meanwhile.
#[derive(Default)]
pub(crate) struct Stored {
    first: OnceCell<Box<Node>>,
    positions: RefCell<HashMap<Name, usize>>,
}

struct Node {
    function: Arc<StoredFunction>,
    next: OnceCell<Box<Node>>,
}

impl Stored {
    /// The function of this name, asked of the catalog once.
    pub(crate) fn get(&self, catalog: &dyn Catalog, name: &str) -> Option<&StoredFunction> {
        let known = self.positions.borrow().get(name).copied();
        if let Some(position) = known {
            return self.node(position).map(|node| &*node.function);
        }
        let function = catalog.function(name)?;
        let position = self.positions.borrow().len();
        self.positions.borrow_mut().insert(Name::new(name), position);
        let slot = match position.checked_sub(1) {
            Some(last) => &self.node(last)?.next,
            None => &self.first,
        };
        Some(&slot.get_or_init(|| Box::new(Node { function, next: OnceCell::new() })).function)
    }

    fn node(&self, position: usize) -> Option<&Node> {
        let mut node = self.first.get()?;
        for _ in 0..position {
            node = node.next.get()?;
        }
        Some(node)
    }
}
