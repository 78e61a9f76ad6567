//! When a table has rows, in steps of five minutes: counted once, for all rules that read it.

use std::collections::HashMap;
use std::sync::Arc;

use harrier_store::Store;
use kql_engine::{Engine, QueryOptions, Window};
use kql_functions::physical;
use kql_semantics::Value;
use kql_semantics::time::TICKS_PER_DAY;
use kql_syntax::Name;
use tokio::sync::{Mutex, OnceCell};

/// Five minutes.
const BIN: i64 = TICKS_PER_DAY / 288;

/// When a table has rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Occupancy {
    /// Beginnings of bins with how many rows they hold; ascending.
    bins: Vec<(i64, u64)>,
    /// Whether it is not known; then it may have rows at any time.
    is_unknown: bool,
}

impl Occupancy {
    /// Whether there may be rows in a window.
    pub(super) fn may_hold(&self, window: Window) -> bool {
        let first = self.bins.partition_point(|(start, _)| *start + BIN <= window.after);
        self.is_unknown || self.bins.get(first).is_some_and(|(start, _)| *start <= window.until)
    }

    /// How many rows lie in some of the windows, which are in the order of time; and how many there are.
    pub(super) fn seen(&self, windows: &[Window]) -> (u64, u64) {
        let lies_in = |start: i64| {
            let next = windows.partition_point(|window| window.until < start);
            windows.get(next).is_some_and(|window| window.after < start + BIN)
        };
        let rows = |is_wanted: &dyn Fn(i64) -> bool| {
            self.bins.iter().filter(|(start, _)| is_wanted(*start)).map(|(_, rows)| rows).sum()
        };
        (rows(&lies_in), rows(&|_| true))
    }
}

/// The tables that were asked for.
pub(super) struct Occupancies {
    store: Store,
    engine: Engine,
    tables: Mutex<HashMap<Name, Arc<OnceCell<Arc<Occupancy>>>>>,
}

impl Occupancies {
    pub(super) fn new(store: Store, engine: Engine) -> Self {
        Self { store, engine, tables: Mutex::default() }
    }

    /// When a table has rows.
    pub(super) async fn of(&self, table: &Name) -> Arc<Occupancy> {
        let cell = self.tables.lock().await.entry(table.clone()).or_default().clone();
        cell.get_or_init(|| async { Arc::new(self.count(table).await) }).await.clone()
    }

    async fn count(&self, table: &Name) -> Occupancy {
        let unknown = Occupancy { bins: Vec::new(), is_unknown: true };
        let Some(info) = self.store.info(table) else { return Occupancy::default() };
        let Some(time) = info.time_column else { return unknown };
        let text = format!(
            "{} | summarize rows = count() by start = bin({}, 5m)",
            bracketed(table),
            bracketed(&time)
        );
        // What can not be counted is found out by the rules that read it.
        let answer = self.engine.query(&text, &QueryOptions::default()).await;
        let Some(answer) = answer.ok().and_then(|answer| answer.tables.into_iter().next()) else {
            return unknown;
        };
        let mut bins = Vec::with_capacity(answer.row_count());
        for batch in &answer.batches {
            let columns: Vec<usize> = ["start", "rows"]
                .iter()
                .filter_map(|name| answer.columns.iter().position(|column| &*column.name == *name))
                .collect();
            let [start, rows] = columns[..] else { return unknown };
            for row in 0..batch.num_rows() {
                let value = |column: usize| {
                    let ty = answer.columns.get(column)?.ty;
                    Some(physical::value_at(batch.column(column).as_ref(), row, ty))
                };
                if let (Some(Value::DateTime(start)), Some(Value::Long(rows))) =
                    (value(start), value(rows))
                {
                    bins.push((start, u64::try_from(rows).unwrap_or(0)));
                }
            }
        }
        bins.sort_unstable();
        Occupancy { bins, is_unknown: false }
    }
}

/// A name as a query can hold it whatever its letters.
fn bracketed(name: &str) -> String {
    format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}
