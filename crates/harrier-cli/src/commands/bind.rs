//! `harrier bind`: a query and a schema in, columns or diagnostics out.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;

use clap::Args;
use kql_semantics::bound::{BoundResult, Rowset};
use kql_semantics::catalog::{Catalog, StoredFunction, TableSchema};
use kql_semantics::{BindOptions, Type, bind};
use kql_syntax::Name;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Value as Json, json};

use crate::failure::{Exit, Failure};
use crate::output::Output;

/// Bind a query to a schema: columns or diagnostics out, for tools.
///
/// Reads one JSON document {"query": "…", "schema": {"Table": {"column": "type"}}} from standard input and writes
/// {"ok": true, "columns": [{"name", "type"}]} or {"diagnostics": ["KS142", …]}.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct BindArguments {}

const EXAMPLE: &str = r#"Example:
  echo '{"query": "T | where a > 1", "schema": {"T": {"a": "long"}}}' | harrier bind"#;

/// What is read.
#[derive(Deserialize)]
struct Question {
    query: String,
    #[serde(default)]
    schema: Ordered<Ordered<String>>,
}

pub(crate) fn run(_: &BindArguments) -> Result<Exit, Failure> {
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text).map_err(|error| {
        Failure::user(format!("standard input can not be read as text: {error}"))
    })?;
    let question: Question = serde_json::from_str(&text).map_err(|error| {
        Failure::user_with(
            format!("standard input is not the JSON that is wanted: {error}"),
            r#"it looks like {"query": "T | count", "schema": {"T": {"a": "long"}}}"#,
        )
    })?;
    let catalog = Schema::new(question.schema)?;
    let mut output = Output::open(None)?;
    writeln!(output, "{}", answer(&question.query, &catalog))?;
    output.finish()?;
    Ok(Exit::Clean)
}

fn answer(query: &str, catalog: &Schema) -> Json {
    let parsed = kql_syntax::parse(query);
    let bound = bind(&parsed.tree, catalog, &BindOptions::default());
    let errors = parsed.diagnostics.iter().chain(&bound.diagnostics).filter(|one| one.is_error());
    let mut codes: Vec<&str> = errors.map(|one| one.kusto.unwrap_or(one.code.0)).collect();
    if !codes.is_empty() {
        codes.sort_unstable();
        codes.dedup();
        return json!({ "diagnostics": codes });
    }
    match bound.query.results.last() {
        Some(BoundResult::Table { rowset, .. }) => {
            json!({ "ok": true, "columns": columns(rowset) })
        }
        Some(BoundResult::Tables(_) | BoundResult::Scalar(_)) | None => json!({ "ok": true }),
    }
}

fn columns(rowset: &Rowset) -> Vec<Json> {
    let columns = rowset.columns.iter();
    columns.map(|column| json!({ "name": &*column.name, "type": column.ty.name() })).collect()
}

/// The tables of the question.
struct Schema {
    tables: HashMap<Name, Arc<TableSchema>>,
    names: Vec<Name>,
}

impl Schema {
    fn new(tables: Ordered<Ordered<String>>) -> Result<Self, Failure> {
        let mut schema = Self { tables: HashMap::new(), names: Vec::new() };
        for (name, columns) in tables.0 {
            let name = Name::new(&name);
            let columns =
                columns.0.into_iter().map(|(column, ty)| Ok((Name::new(&column), type_of(&ty)?)));
            let columns = columns.collect::<Result<Vec<_>, Failure>>()?;
            let table = TableSchema { name: name.clone(), columns, hidden: Vec::new() };
            schema.tables.insert(name.clone(), Arc::new(table));
            schema.names.push(name);
        }
        Ok(schema)
    }
}

fn type_of(name: &str) -> Result<Type, Failure> {
    name.parse().map_err(|_| {
        Failure::user_with(
            format!("`{name}` is no type"),
            "types are bool, int, long, real, decimal, string, datetime, timespan, guid and dynamic",
        )
    })
}

impl Catalog for Schema {
    fn table(&self, name: &str) -> Option<Arc<TableSchema>> {
        self.tables.get(name).cloned()
    }

    fn function(&self, _: &str) -> Option<Arc<StoredFunction>> {
        None
    }

    fn table_names(&self) -> Vec<Name> {
        self.names.clone()
    }

    fn function_names(&self) -> Vec<Name> {
        Vec::new()
    }
}

/// A JSON object whose order matters.
struct Ordered<T>(Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Ordered<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(Entries(std::marker::PhantomData))
    }
}
