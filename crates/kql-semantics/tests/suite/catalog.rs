//! A catalog in memory.

use std::collections::HashMap;
use std::sync::Arc;

use kql_semantics::Type;
use kql_semantics::catalog::{Catalog, StoredFunction, TableSchema};
use kql_syntax::Name;
use serde_json::Value as Json;

/// Tables and functions by name.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) tables: HashMap<String, Arc<TableSchema>>,
    pub(crate) functions: HashMap<String, Arc<StoredFunction>>,
    table_order: Vec<Name>,
}

impl Memory {
    pub(crate) fn add_table(&mut self, schema: TableSchema) {
        self.table_order.push(schema.name.clone());
        self.tables.insert(schema.name.to_string(), Arc::new(schema));
    }

    /// Tables as `{"T": {"column": "type"}}`.
    pub(crate) fn of_schema(schema: &Json) -> Self {
        let mut memory = Self::default();
        for (name, columns) in schema.as_object().into_iter().flatten() {
            let columns = columns
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, ty)| (Name::new(name), type_of(ty)))
                .collect();
            memory.add_table(TableSchema { name: Name::new(name), columns, hidden: Vec::new() });
        }
        memory
    }
}

/// The type that a JSON text names.
pub(crate) fn type_of(json: &Json) -> Type {
    json.as_str().and_then(|name| name.parse().ok()).unwrap_or(Type::Dynamic)
}

impl Catalog for Memory {
    fn table(&self, name: &str) -> Option<Arc<TableSchema>> {
        self.tables.get(name).cloned()
    }

    fn function(&self, name: &str) -> Option<Arc<StoredFunction>> {
        self.functions.get(name).cloned()
    }

    fn table_names(&self) -> Vec<Name> {
        self.table_order.clone()
    }

    fn function_names(&self) -> Vec<Name> {
        let mut names: Vec<Name> = self.functions.keys().map(|name| Name::new(name)).collect();
        names.sort();
        names
    }
}
