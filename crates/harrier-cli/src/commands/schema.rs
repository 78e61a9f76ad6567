//! `harrier schema`: tables and columns, known and found in the data.

use std::io::Write;

use clap::{Args, Subcommand};
use harrier_store::{FileReport, KnownSchemas, Store};
use kql_semantics::catalog::Catalog;
use kql_semantics::time::DateTimeText;
use kql_syntax::Name;
use serde_json::json;

use crate::arguments::{DataArguments, Limits};
use crate::data;
use crate::failure::{Exit, Failure};
use crate::formats::table::grid;
use crate::output::Output;

/// Tables and columns, known and found in data.
#[derive(Args, Debug)]
pub(crate) struct SchemaArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The tables that the data holds; without data those that are known.
    #[command(
        after_help = "Examples:\n  harrier schema list --data demo-out/logs\n  harrier schema list Device"
    )]
    List(ListArguments),
    /// The columns of a table: as the known schema types them, and those that the data adds.
    #[command(after_help = "Example:\n  harrier schema show SigninLogs --data demo-out/logs")]
    Show(ShowArguments),
    /// What is found in data: each column's own type, and whether the known schema has it, as JSON lines.
    #[command(after_help = "Example:\n  harrier schema infer --data demo-out/logs")]
    Infer(InferArguments),
}

#[derive(Args, Debug)]
struct ListArguments {
    /// Only tables whose name holds this, whatever the case.
    part: Option<String>,
    #[command(flatten)]
    data: DataArguments,
    /// The files instead of the tables, and what became of each.
    #[arg(long, requires = "data")]
    files: bool,
}

#[derive(Args, Debug)]
struct ShowArguments {
    /// The table.
    name: String,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Args, Debug)]
struct InferArguments {
    /// Only this table.
    name: Option<String>,
    #[command(flatten)]
    data: DataArguments,
}

pub(crate) fn run(arguments: &SchemaArguments, limits: Limits) -> Result<Exit, Failure> {
    let mut output = Output::open(None)?;
    match &arguments.what {
        What::List(list) => {
            let store = data::open(&list.data, limits)?;
            if list.files {
                files(&store, &mut output)?;
            } else if list.data.data.is_empty() {
                known(list.part.as_deref(), &mut output)?;
            } else {
                tables(&store, list.part.as_deref(), &mut output)?;
            }
        }
        What::Show(show) => show_table(&data::open(&show.data, limits)?, &show.name, &mut output)?,
        What::Infer(infer) => infer_tables(&data::open(&infer.data, limits)?, infer, &mut output)?,
    }
    output.finish()?;
    Ok(Exit::Clean)
}

fn is_wanted(name: &str, part: Option<&str>) -> bool {
    part.is_none_or(|part| name.to_lowercase().contains(&part.to_lowercase()))
}

fn strings<const N: usize>(texts: [&str; N]) -> [String; N] {
    texts.map(String::from)
}

fn known(part: Option<&str>, output: &mut Output) -> Result<(), Failure> {
    let names = KnownSchemas.table_names().filter(|name| is_wanted(name, part));
    let rows = names.filter_map(|name| {
        let columns = KnownSchemas.table(name)?.columns.len();
        Some(vec![
            name.to_owned(),
            columns.to_string(),
            KnownSchemas.origin(name)?.name().to_owned(),
        ])
    });
    let rows: Vec<_> = rows.collect();
    grid(&strings(["Table", "Columns", "From"]), &[false, true, false], &rows, output)?;
    Ok(())
}

fn tables(store: &Store, part: Option<&str>, output: &mut Output) -> Result<(), Failure> {
    let names = store.tables_with_data().into_iter().filter(|name| is_wanted(name, part));
    let time = |ticks: Option<i64>| ticks.map(seconds).unwrap_or_default();
    let rows = names.filter_map(|name| {
        let info = store.info(&name)?;
        let column =
            info.time_column.map_or_else(|| String::from("without time"), |name| name.to_string());
        let from = store.origin(&name).map_or("this data", harrier_store::TableOrigin::name);
        let counts = [info.rows.to_string(), info.files.to_string()];
        let [rows, files] = counts;
        Some(vec![
            name.to_string(),
            rows,
            files,
            column,
            time(info.first),
            time(info.last),
            info.future_rows.to_string(),
            from.to_owned(),
        ])
    });
    let rows: Vec<_> = rows.collect();
    let heading =
        strings(["Table", "Rows", "Files", "Time", "First", "Last", "Future", "Schema from"]);
    grid(&heading, &[false, true, true, false, false, false, true, false], &rows, output)?;
    Ok(())
}

/// A time down to the second.
fn seconds(ticks: i64) -> String {
    DateTimeText(ticks).to_string().chars().take(19).collect()
}

fn files(store: &Store, output: &mut Output) -> Result<(), Failure> {
    let row = |file: &FileReport| {
        let table = file.table.as_ref().map_or("", |table| table);
        let format = file.format.map_or("", harrier_store::Format::name);
        let what = file.outcome.why_not().map(str::to_owned);
        let what = what.unwrap_or_else(|| file.notes.join("; "));
        vec![
            file.path.display().to_string(),
            table.to_owned(),
            format.to_owned(),
            file.layout.name().to_owned(),
            file.rows.to_string(),
            file.rows_set_aside.to_string(),
            what,
        ]
    };
    let rows: Vec<_> = store.files().iter().map(row).collect();
    let heading = strings(["File", "Table", "Format", "Layout", "Rows", "Aside", "Notes"]);
    grid(&heading, &[false, false, false, false, true, true, false], &rows, output)?;
    Ok(())
}

fn show_table(store: &Store, name: &str, output: &mut Output) -> Result<(), Failure> {
    let Some(schema) = store.table(name) else { return Err(unknown(store, name)) };
    let found = store.found_columns(name);
    let rows = schema.columns.iter().map(|(column, ty)| {
        let found = found.iter().find(|one| one.name == *column);
        let from = match found {
            Some(found) if found.is_known => "schema, data",
            Some(_) => "data",
            None => "schema",
        };
        vec![column.to_string(), ty.name().to_owned(), from.to_owned()]
    });
    let rows: Vec<_> = rows.collect();
    grid(&strings(["Column", "Type", "From"]), &[false; 3], &rows, output)?;
    Ok(())
}

fn infer_tables(store: &Store, infer: &InferArguments, output: &mut Output) -> Result<(), Failure> {
    if infer.data.data.is_empty() {
        return Err(Failure::user_with("there is nothing to look at", "name the data with --data"));
    }
    let names = match &infer.name {
        Some(name) if store.info(name).is_none() => return Err(unknown(store, name)),
        Some(name) => vec![Name::new(name)],
        None => store.tables_with_data(),
    };
    for table in names {
        for column in store.found_columns(&table) {
            let line = json!({
                "table": &*table,
                "column": &*column.name,
                "found": column.found.name(),
                "type": column.ty.name(),
                "known": column.is_known,
                "files": column.files,
            });
            writeln!(output, "{line}")?;
        }
    }
    Ok(())
}

fn unknown(store: &Store, name: &str) -> Failure {
    let message = format!("no table named `{name}`");
    let lower = name.to_lowercase();
    let of_data = store.tables_with_data();
    let near =
        of_data.iter().map(|name| (data::distance(&lower, &name.to_lowercase()), name.to_string()));
    let near = near.filter(|(distance, _)| *distance <= 2).min();
    let nearest = near.map(|(_, name)| name).or_else(|| {
        let nearest = KnownSchemas.nearest(name).into_iter().next();
        nearest.map(str::to_owned)
    });
    match nearest {
        Some(nearest) => Failure::user_with(message, format!("did you mean `{nearest}`?")),
        None => Failure::user_with(message, "`harrier schema list` names all"),
    }
}
