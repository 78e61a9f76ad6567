//! The examples in the manual of functions, operators and aggregates.

use arrow::array::RecordBatch;
use kql_engine::{AnswerTable, Engine, EngineOptions, QueryOptions, json, manual};
use kql_functions::{Example, aggregate, operator, physical, scalar};
use kql_semantics::dynamic;
use kql_semantics::{Type, Value};

use crate::tables::Memory;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn examples_tell_the_truth() {
    let wanted = std::env::var("CASES").ok().map(|text| regex::Regex::new(&text).unwrap());
    let engine = Memory::default().engine(EngineOptions::default());
    let scalars = scalar::all().chain(operator::all());
    let all = scalars
        .map(|function| (function.name, function.examples))
        .chain(aggregate::all().map(|aggregate| (aggregate.name, aggregate.examples)))
        .chain(manual::plugins().map(|plugin| (plugin.name, plugin.examples)))
        .chain(manual::functions().chain(manual::operators()).map(|own| (own.name, own.examples)));
    let (mut count, mut lies) = (0, Vec::new());
    for (name, examples) in all {
        assert!(!examples.is_empty(), "{name} has no example");
        if wanted.as_ref().is_some_and(|wanted| !wanted.is_match(name)) {
            continue;
        }
        for example in examples {
            count += 1;
            let given = answer(&engine, example).await;
            let said = example.answer.join("\n");
            if given != said {
                let query = example.query;
                lies.push(format!("{name}: {query}\n  says {said:?}\n  is   {given:?}"));
            }
        }
    }
    println!("{count} examples");
    assert!(lies.is_empty(), "{} of {count} examples lie:\n{}", lies.len(), lies.join("\n"));
}

/// An answer as examples write it: a line of columns, then a line a row.
async fn answer(engine: &Engine, example: &Example) -> String {
    match engine.query(example.query, &QueryOptions::default()).await {
        Ok(answer) => answer.tables.first().map(shown).unwrap_or_default(),
        Err(error) => error.to_string(),
    }
}

fn shown(table: &AnswerTable) -> String {
    let columns = table
        .columns
        .iter()
        .map(|column| format!("{}:{}", column.name, json::shown_type(column.ty)));
    let mut lines = vec![columns.collect::<Vec<_>>().join(", ")];
    for batch in &table.batches {
        lines.extend((0..batch.num_rows()).map(|row| row_text(table, batch, row)));
    }
    lines.join("\n")
}

fn row_text(table: &AnswerTable, batch: &RecordBatch, row: usize) -> String {
    let cells = table.columns.iter().zip(batch.columns()).map(|(column, array)| {
        match physical::value_at(array, row, column.ty) {
            Value::Null(_) => String::new(),
            Value::Bool(value) => if value { "True" } else { "False" }.to_owned(),
            Value::String(text) => text.to_string(),
            Value::Dynamic(value) => dynamic::to_string(&value.to_text()).into_owned(),
            value => {
                let mut text = String::new();
                json::write_value(&value, &mut text);
                let is_quoted = column.ty != Type::String && text.starts_with('"');
                if is_quoted { text.trim_matches('"').to_owned() } else { text }
            }
        }
    });
    cells.collect::<Vec<_>>().join(", ")
}
