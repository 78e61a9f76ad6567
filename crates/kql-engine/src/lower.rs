//! From the bound query to DataFusion's logical plan.
//!
//! Columns are named by their ids (`c12`), which are unique in a query; names of our own making begin with another letter.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use datafusion::catalog::TableProvider;
use kql_semantics::Value;
use kql_semantics::bound::{
    ColumnId, ContextId, Rowset, Scalar, ScalarCall, SharedId, SharedRowset,
};

use crate::plan::{Order, Plan};
use crate::stop::Stop;
use crate::{QueryError, Tables, Window};

mod call;
mod comparison;
mod constant;
mod kql;
pub(crate) mod list;
mod locate;
mod path;
mod rowset;
mod scalar;
mod shared;
pub(crate) mod unread;

/// Operators of one query, its `let`s written out.
const MOST_OPERATORS: usize = 8_000;

/// What lowering needs to know beside the rowset.
pub(crate) struct Lowering<'a> {
    /// Where rows come from.
    pub(crate) tables: &'a dyn Tables,
    /// Scalar `let`s that depend on rows.
    pub(crate) shared: &'a [Scalar],
    /// What was computed before.
    pub(crate) kept: &'a Kept,
    /// Only rows of this time are seen.
    pub(crate) window: Option<Window>,
    /// Whether the query asks when rows were ingested.
    pub(crate) reads_ingestion: bool,
    /// The column of that in the rows at hand: those lowered last.
    pub(crate) ingested: RefCell<Option<String>>,
    /// The rows that a context stands for, while its body is lowered.
    pub(crate) contexts: HashMap<ContextId, Plan>,
    /// Columns of the rows around that have one value while a subquery is run for it.
    pub(crate) outer: HashMap<ColumnId, Value>,
    /// Columns of unions that nothing reads, so that they are not made.
    pub(crate) unread: HashSet<ColumnId>,
    /// Shared scalars that stand in columns of the rows at hand.
    ready: RefCell<HashSet<SharedId>>,
    /// The columns that hold the values of calls of window functions, by the calls' addresses.
    windows: RefCell<HashMap<usize, String>>,
    fresh: Cell<u32>,
    /// Operators lowered so far.
    operators: Cell<usize>,
    /// Whether the query is to stop.
    pub(crate) stop: Stop,
    /// How many rows are taken of the `range` that is being lowered.
    pub(crate) taken: Cell<Option<usize>>,
}

/// Tables inside the query that are run before it.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    scalars: HashMap<usize, Value>,
    tables: HashMap<u32, KeptRows>,
    rows: HashMap<usize, KeptRows>,
}

/// The rows of a `materialize`.
#[derive(Clone)]
pub(crate) struct KeptRows {
    /// Holds them.
    pub(crate) provider: Arc<dyn TableProvider>,
    /// Their order.
    pub(crate) order: Order,
    /// The column of when each was ingested, where that is asked for.
    pub(crate) ingested: Option<String>,
}

impl Kept {
    /// What `toscalar(rowset)` gave, or the values of `in (rowset)` as a dynamic array.
    pub(crate) fn scalar(&self, rowset: &Rowset) -> Option<&Value> {
        self.scalars.get(&address(rowset))
    }

    /// Keeps the value of a table inside a scalar.
    pub(crate) fn keep_scalar(&mut self, rowset: &Rowset, value: Value) {
        self.scalars.insert(address(rowset), value);
    }

    /// The rows of a definition that was run.
    pub(crate) fn table(&self, definition: &SharedRowset) -> Option<&KeptRows> {
        self.tables.get(&definition.id)
    }

    /// The rows of a rowset that was run.
    pub(crate) fn rows(&self, rowset: &Rowset) -> Option<&KeptRows> {
        self.rows.get(&address(rowset))
    }

    /// Keeps the rows of a rowset.
    pub(crate) fn keep_rows(&mut self, rowset: &Rowset, rows: KeptRows) {
        self.rows.insert(address(rowset), rows);
    }

    /// Keeps the rows of a definition.
    pub(crate) fn keep_table(&mut self, definition: &SharedRowset, rows: KeptRows) {
        self.tables.insert(definition.id, rows);
    }
}

/// Tells rowsets of one bound query apart, which is not moved while it is run.
fn address(rowset: &Rowset) -> usize {
    std::ptr::from_ref(rowset).addr()
}

impl<'a> Lowering<'a> {
    pub(crate) fn new(
        tables: &'a dyn Tables,
        shared: &'a [Scalar],
        kept: &'a Kept,
        window: Option<Window>,
    ) -> Self {
        Self {
            tables,
            shared,
            kept,
            window,
            reads_ingestion: false,
            ingested: RefCell::default(),
            contexts: HashMap::new(),
            outer: HashMap::new(),
            unread: HashSet::new(),
            ready: RefCell::default(),
            windows: RefCell::default(),
            fresh: Cell::new(0),
            operators: Cell::new(0),
            stop: Stop::default(),
            taken: Cell::new(None),
        }
    }

    /// Counts an operator: `let`s that use one another twice grow without bound when they are written out.
    fn count_operator(&self) -> Result<(), QueryError> {
        self.stop.check()?;
        self.operators.set(self.operators.get() + 1);
        if self.operators.get() > MOST_OPERATORS {
            return Err(QueryError::Value(format!(
                "the query has more than {MOST_OPERATORS} operators when its `let`s are written out: put `materialize()` around those that are used often"
            )));
        }
        Ok(())
    }

    /// The values of a call of a window function stand in this column.
    pub(crate) fn keep_window(&self, call: &ScalarCall, column: String) {
        self.windows.borrow_mut().insert(std::ptr::from_ref(call).addr(), column);
    }

    /// The column that holds the values of a call of a window function.
    pub(crate) fn window(&self, call: &ScalarCall) -> Option<String> {
        self.windows.borrow().get(&std::ptr::from_ref(call).addr()).cloned()
    }

    /// A name that no other column has.
    pub(crate) fn fresh(&self, prefix: &str) -> String {
        let number = self.fresh.get();
        self.fresh.set(number + 1);
        format!("{prefix}{number}")
    }

    /// Lowers the body of a subquery over rows of the operator around it.
    pub(crate) fn in_context(
        &mut self,
        context: ContextId,
        rows: Plan,
        body: &Rowset,
    ) -> Result<Plan, QueryError> {
        let outer = self.contexts.insert(context, rows);
        let lowered = self.rowset(body);
        match outer {
            Some(outer) => self.contexts.insert(context, outer),
            None => self.contexts.remove(&context),
        };
        lowered
    }
}
