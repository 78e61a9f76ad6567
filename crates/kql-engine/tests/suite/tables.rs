//! Tables for tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::{Field, Schema};
use datafusion::catalog::TableProvider;
use datafusion::common::ScalarValue;
use datafusion::datasource::MemTable;
use kql_engine::{Engine, EngineOptions, TableSource, Tables};
use kql_functions::physical;
use kql_semantics::catalog::{Catalog, StoredFunction, TableSchema};
use kql_semantics::{Type, Value};
use kql_syntax::Name;

/// Tables in memory.
#[derive(Default)]
pub(crate) struct Memory {
    tables: BTreeMap<Name, (Arc<TableSchema>, TableSource)>,
}

impl Memory {
    /// With a table of these columns, its rows spread over `partitions`, the last first; it is in order of `order`.
    pub(crate) fn with(
        mut self,
        name: &str,
        columns: &[(&str, Type)],
        rows: &[Vec<Value>],
        (order, partitions): (&[&str], usize),
    ) -> Self {
        let fields: Vec<Field> =
            columns.iter().map(|(name, ty)| physical::field(name, *ty)).collect();
        let schema = Arc::new(Schema::new(fields));
        let batch = |rows: &[Vec<Value>]| {
            let arrays = (0..columns.len()).map(|at| {
                let values = rows.iter().map(|row| physical::scalar_value(&row[at]));
                ScalarValue::iter_to_array(values).unwrap()
            });
            RecordBatch::try_new(Arc::clone(&schema), arrays.collect()).unwrap()
        };
        let size = rows.len().div_ceil(partitions).max(1);
        let mut spread: Vec<Vec<RecordBatch>> =
            rows.chunks(size).map(|rows| vec![batch(rows)]).collect();
        spread.reverse();
        let provider = Arc::new(MemTable::try_new(Arc::clone(&schema), spread).unwrap());
        let named = |name: &str| Name::new(name);
        let source = TableSource {
            provider,
            order: order.iter().map(|name| named(name)).collect(),
            time: columns.iter().find(|(_, ty)| *ty == Type::DateTime).map(|(name, _)| named(name)),
            ingested: None,
        };
        let table = TableSchema {
            name: named(name),
            columns: columns.iter().map(|(name, ty)| (named(name), *ty)).collect(),
            hidden: Vec::new(),
        };
        self.tables.insert(named(name), (Arc::new(table), source));
        self
    }

    /// Puts something around the rows of a table.
    pub(crate) fn wrap(
        &mut self,
        name: &str,
        around: impl FnOnce(Arc<dyn TableProvider>) -> Arc<dyn TableProvider>,
    ) {
        let (_, source) = self.tables.get_mut(&Name::new(name)).unwrap();
        source.provider = around(Arc::clone(&source.provider));
    }

    /// An engine over them.
    pub(crate) fn engine(self, options: EngineOptions) -> Engine {
        Engine::new(Arc::new(self), options).unwrap()
    }
}

impl Catalog for Memory {
    fn table(&self, name: &str) -> Option<Arc<TableSchema>> {
        self.tables.iter().find(|(known, _)| &***known == name).map(|(_, (table, _))| table.clone())
    }

    fn function(&self, _name: &str) -> Option<Arc<StoredFunction>> {
        None
    }

    fn table_names(&self) -> Vec<Name> {
        self.tables.keys().cloned().collect()
    }

    fn function_names(&self) -> Vec<Name> {
        Vec::new()
    }
}

impl Tables for Memory {
    fn source(&self, name: &str) -> Option<TableSource> {
        self.tables
            .iter()
            .find(|(known, _)| &***known == name)
            .map(|(_, (_, source))| source.clone())
    }

    fn catalog(&self) -> &dyn Catalog {
        self
    }
}
