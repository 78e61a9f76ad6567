//! The known tables and functions, as the shared folder has them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kql_semantics::Type;
use kql_semantics::catalog::{
    Catalog, StoredBody, StoredFunction, StoredParameter, StoredResult, StoredSignature,
    TableSchema,
};
use kql_syntax::tree::Function;
use kql_syntax::{Name, Span, parse_function_body, parse_parameters};
use serde_json::Value as Json;

/// Tables and functions by name.
#[derive(Default)]
pub(crate) struct Known {
    tables: BTreeMap<String, Arc<TableSchema>>,
    functions: BTreeMap<String, Arc<StoredFunction>>,
}

impl Known {
    /// What `schemas/` and the parsers' folder hold. What a parser gives is a function's, as in the store.
    pub(crate) fn load(shared: &Path) -> Self {
        let mut known = Self::default();
        let (tables, functions) = (
            read(&shared.join("schemas/tables.json")),
            read(&shared.join("schemas/functions.json")),
        );
        for (name, table) in tables.as_object().unwrap() {
            if functions.get(name).is_some() {
                continue;
            }
            let schema = TableSchema {
                name: Name::new(name),
                columns: columns(&table["columns"]),
                hidden: columns(&table["hidden"]),
            };
            known.tables.insert(name.clone(), Arc::new(schema));
        }
        for (name, function) in functions.as_object().unwrap() {
            let mut function = function.clone();
            if !function["errors"].is_null() && tables.get(name).is_some() {
                function["columns"] = tables[name]["columns"].clone();
            }
            if let Some(body) = body_of(&function, shared) {
                let stored = StoredFunction { name: Name::new(name), body };
                known.functions.insert(name.clone(), Arc::new(stored));
            }
        }
        known
    }
}

impl Known {
    /// With one more table.
    pub(crate) fn with_table(mut self, name: &str, columns: &[(&str, Type)]) -> Self {
        let columns = columns.iter().map(|(name, ty)| (Name::new(name), *ty)).collect();
        let schema = TableSchema { name: Name::new(name), columns, hidden: Vec::new() };
        self.tables.insert(name.to_owned(), Arc::new(schema));
        self
    }
}

fn read(path: &Path) -> Json {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn columns(json: &Json) -> Vec<(Name, Type)> {
    let column = |column: &Json| {
        (Name::new(column[0].as_str().unwrap()), type_of(column[1].as_str().unwrap()))
    };
    json.as_array().into_iter().flatten().map(column).collect()
}

fn type_of(text: &str) -> Type {
    text.parse().unwrap_or(Type::Dynamic)
}

fn body_of(function: &Json, shared: &Path) -> Option<StoredBody> {
    let text = match function["bodyFrom"].as_str() {
        Some(path) => std::fs::read_to_string(shared.join("corpus/rules").join(path)).ok(),
        None => function["body"].as_str().map(str::to_owned),
    };
    let tree = |text: &str| Function {
        is_view: false,
        parameters: parse_parameters(&parameters_text(function)).tree,
        body: parse_function_body(text).tree,
        span: Span::default(),
    };
    let added = text.as_deref().and_then(|text| text.strip_prefix("T | extend "));
    let result = if let Some(added) = added {
        StoredResult::Extends(added_columns(added))
    } else if let Some(text) = text {
        return Some(StoredBody::Tree(Arc::new(tree(&text))));
    } else if let Some(ty) = function["scalar"].as_str() {
        StoredResult::Scalar(type_of(ty))
    } else if let Some(database) = function["database"].as_str() {
        if database == "self" { StoredResult::Database } else { StoredResult::OtherDatabase }
    } else {
        let is_open = function["open"].as_bool() == Some(true);
        function["columns"].as_array()?;
        StoredResult::Table { columns: columns(&function["columns"]), is_open }
    };
    let parameter = |parameter: &Json| {
        let ty = parameter[1].as_str().unwrap();
        StoredParameter {
            name: Name::new(parameter[0].as_str().unwrap()),
            ty: (!ty.starts_with('(')).then(|| type_of(ty)),
            is_optional: parameter.get(2).is_some(),
        }
    };
    let parameters = function["params"].as_array().into_iter().flatten().map(parameter).collect();
    Some(StoredBody::Signature(StoredSignature { parameters, result }))
}

/// `name=type(null), ...`
fn added_columns(text: &str) -> Vec<(Name, Type)> {
    let column = |part: &str| {
        let (name, value) = part.split_once('=').unwrap();
        let value = value.rsplit_once(",").map_or(value, |(_, value)| value);
        let ty = value.split_once("(null)").map_or("string", |(ty, _)| ty);
        (Name::new(name.trim()), type_of(ty))
    };
    text.split(", ").map(column).collect()
}

fn parameters_text(function: &Json) -> String {
    let parameter = |parameter: &Json| {
        let default = parameter.get(2).and_then(Json::as_str);
        let default = default.map(|default| format!(" = {default}")).unwrap_or_default();
        format!("{}:{}{default}", parameter[0].as_str().unwrap(), parameter[1].as_str().unwrap())
    };
    let list = function["params"].as_array().into_iter().flatten().map(parameter);
    format!("({})", list.collect::<Vec<_>>().join(", "))
}

impl Catalog for Known {
    fn table(&self, name: &str) -> Option<Arc<TableSchema>> {
        self.tables.get(name).cloned()
    }

    fn function(&self, name: &str) -> Option<Arc<StoredFunction>> {
        self.functions.get(name).cloned()
    }

    fn table_names(&self) -> Vec<Name> {
        self.tables.keys().map(|name| Name::new(name)).collect()
    }

    fn function_names(&self) -> Vec<Name> {
        self.functions.keys().map(|name| Name::new(name)).collect()
    }
}
