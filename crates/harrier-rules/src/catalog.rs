//! Tables as they are known, and in front of them the functions that rule folders bring.

use std::collections::HashMap;
use std::sync::Arc;

use kql_semantics::bound::Scalar;
use kql_semantics::catalog::{Catalog, StoredFunction, TableSchema};
use kql_semantics::{BindOptions, Type};
use kql_syntax::Name;

use crate::check::bind_function;
use crate::function::FunctionFile;

/// A catalog with functions of rule folders.
pub struct RuleCatalog<'a> {
    base: &'a dyn Catalog,
    functions: HashMap<Name, Arc<StoredFunction>>,
}

impl<'a> RuleCatalog<'a> {
    /// `base` with these functions in front of its own.
    #[must_use]
    pub fn new(base: &'a dyn Catalog, functions: &[Arc<StoredFunction>]) -> Self {
        let by_name = |function: &Arc<StoredFunction>| (function.name.clone(), function.clone());
        Self { base, functions: functions.iter().map(by_name).collect() }
    }
}

impl Catalog for RuleCatalog<'_> {
    fn table(&self, name: &str) -> Option<Arc<TableSchema>> {
        self.base.table(name)
    }

    fn function(&self, name: &str) -> Option<Arc<StoredFunction>> {
        self.functions.get(name).cloned().or_else(|| self.base.function(name))
    }

    fn table_names(&self) -> Vec<Name> {
        self.base.table_names()
    }

    fn function_names(&self) -> Vec<Name> {
        let mut names = self.base.function_names();
        names.extend(self.functions.keys().cloned());
        names.sort();
        names.dedup();
        names
    }

    fn called_columns(&self, function: &str, arguments: &[Scalar]) -> Option<Vec<(Name, Type)>> {
        self.base.called_columns(function, arguments)
    }

    fn is_hidden_column(&self, name: &str) -> bool {
        self.base.is_hidden_column(name)
    }

    fn is_there(&self, table: &str) -> bool {
        self.base.is_there(table)
    }

    fn database(&self) -> &str {
        self.base.database()
    }
}

/// The functions that these files define, one a name.
///
/// Where several files define a name, YAML goes before bare text, and what lies in a solution's folder goes between the
/// two; then the first path. What the base knows under the name stays where the function's own text does not bind.
#[must_use]
pub fn stored_functions(files: &[FunctionFile], base: &dyn Catalog) -> Vec<Arc<StoredFunction>> {
    let mut chosen: HashMap<Name, (u8, usize, Arc<StoredFunction>)> = HashMap::new();
    for (index, file) in files.iter().enumerate() {
        let rank = rank(file);
        for function in file.stored() {
            let known = chosen.get(&function.name).map(|(rank, ..)| *rank);
            if known.is_none_or(|known| rank > known) {
                chosen.insert(function.name.clone(), (rank, index, function));
            }
        }
    }
    let all: Vec<_> = chosen.values().map(|(.., function)| function.clone()).collect();
    let catalog = RuleCatalog::new(base, &all);
    let options = BindOptions::default();
    let stands = |name: &Name, index: usize| {
        base.table(name).is_none() && base.function(name).is_none()
            || files.get(index).is_some_and(|file| {
                bind_function(file, &catalog, &options).diagnostics.iter().all(|d| !d.is_error())
            })
    };
    let mut functions: Vec<_> = chosen
        .iter()
        .filter(|(name, (_, index, _))| stands(name, *index))
        .map(|(_, (.., function))| function.clone())
        .collect();
    functions.sort_by(|a, b| a.name.cmp(&b.name));
    functions
}

fn rank(file: &FunctionFile) -> u8 {
    let path = file.file.path.to_string_lossy().replace('\\', "/");
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    match ending.as_str() {
        _ if path.contains("/Solutions/") => 2,
        "yaml" | "yml" => 3,
        _ => 1,
    }
}
