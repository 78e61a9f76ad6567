//! The pages of rules, with what the data holds of them where there is data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use harrier::pages::{self, Knowledge};
use harrier_rules::Loaded;
use harrier_rules::page::{Observed, ObservedTable, Page};
use harrier_store::{KnownSchemas, Store};
use kql_engine::{Engine, QueryOptions};

use crate::arguments::{DataArguments, Limits};
use crate::failure::Failure;
use crate::{data, running};

/// Pages with what they were read from.
pub(crate) struct ReadPages {
    pub(crate) pages: Vec<Page>,
    pub(crate) observed: Option<Observed>,
}

/// The pages of the rules that paths name.
pub(crate) fn read(
    rules: &[PathBuf],
    arguments: &DataArguments,
    limits: Limits,
) -> Result<ReadPages, Failure> {
    let loaded = data::load_rules(rules)?;
    of(&loaded, arguments, limits)
}

/// The pages of rules that are loaded.
pub(crate) fn of(
    loaded: &Loaded,
    arguments: &DataArguments,
    limits: Limits,
) -> Result<ReadPages, Failure> {
    let mut files = loaded.functions.clone();
    files.extend(harrier_rules::load(&arguments.functions).functions);
    let functions = harrier_rules::stored_functions(&files, &KnownSchemas);
    let threads = running::threads(limits);
    let knowledge =
        Knowledge { catalog: &KnownSchemas, functions: &functions, observed: None, threads };
    let first = pages::pages(loaded, knowledge);
    if arguments.data.is_empty() {
        return Ok(ReadPages { pages: first, observed: None });
    }
    // What to look for in the data is known from a first reading.
    let store = data::open(arguments, limits)?;
    let observed = observe(&store, &first, limits)?;
    let pages = pages::pages(loaded, Knowledge { observed: Some(&observed), ..knowledge });
    Ok(ReadPages { pages, observed: Some(observed) })
}

/// How many literals of one table are looked for.
const MOST_LITERALS: usize = 2_000;

/// What the data holds of the tables and literals that pages name.
fn observe(store: &Store, pages: &[Page], limits: Limits) -> Result<Observed, Failure> {
    let mut observed = Observed::default();
    let mut newest = None;
    for name in store.tables_with_data() {
        let Some(info) = store.info(&name) else { continue };
        newest = newest.max(info.last);
        let table = ObservedTable {
            rows: info.rows,
            newest: info.last.map(instant),
            filled: BTreeMap::new(),
        };
        observed.tables.insert(name.to_string(), table);
    }
    observed.snapshot = newest.map(instant).unwrap_or_default();
    let mut wanted: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for source in pages.iter().flat_map(|page| &page.data_sources.value.tables) {
        let source = &source.value;
        if !observed.tables.contains_key(&source.table) {
            continue;
        }
        for (column, values) in &source.literals {
            // A place inside a dynamic is not looked into here.
            if !column.contains(['.', '[']) {
                wanted
                    .entry((source.table.clone(), column.clone()))
                    .or_default()
                    .extend(values.iter().cloned());
            }
        }
    }
    let engine = running::engine(store, limits)?;
    let runtime = running::runtime(limits)?;
    for ((table, column), values) in wanted {
        let values: Vec<String> = values.into_iter().take(MOST_LITERALS).collect();
        let counts = runtime.block_on(count(&engine, (&table, &column), &values));
        for (value, count) in values.into_iter().zip(counts) {
            if let Some(count) = count {
                observed.literals.insert((table.clone(), column.clone(), value), count);
            }
        }
    }
    Ok(observed)
}

/// How many different values of a column are looked at.
const MOST_VALUES: usize = 500_000;

/// How many rows hold each of these values; none where the column can not be read, or has too many values to be sure.
async fn count(
    engine: &Engine,
    (table, column): (&str, &str),
    values: &[String],
) -> Vec<Option<u64>> {
    let unknown = vec![None; values.len()];
    let name = |text: &str| format!("['{}']", text.replace('\\', "\\\\").replace('\'', "\\'"));
    let query =
        format!("{} | summarize rows = count() by value = tostring({})", name(table), name(column));
    let options = QueryOptions { max_rows: MOST_VALUES, ..QueryOptions::default() };
    let Ok(answer) = engine.query(&query, &options).await else { return unknown };
    let Some(table) = answer.tables.first() else { return unknown };
    let mut counts = vec![0_u64; values.len()];
    let folded: Vec<String> = values.iter().map(|value| value.to_lowercase()).collect();
    let mut seen = 0;
    for batch in &table.batches {
        let place = |name: &str| table.columns.iter().position(|column| &*column.name == name);
        let texts = place("value")
            .and_then(|place| batch.columns().get(place))
            .and_then(|array| array.as_string_opt::<i32>());
        let rows = place("rows")
            .and_then(|place| batch.columns().get(place))
            .and_then(|array| array.as_primitive_opt::<Int64Type>());
        let (Some(texts), Some(rows)) = (texts, rows) else { return unknown };
        seen += batch.num_rows();
        for row in 0..batch.num_rows() {
            let text = texts.value(row).to_lowercase();
            let number = u64::try_from(rows.value(row)).unwrap_or(0);
            for (value, count) in folded.iter().zip(&mut counts) {
                if text.contains(value.as_str()) {
                    *count += number;
                }
            }
        }
    }
    let is_whole = seen < MOST_VALUES;
    counts.into_iter().map(|count| (is_whole || count > 0).then_some(count)).collect()
}

/// `2026-11-24T18:00:00Z`
pub(crate) fn instant(ticks: i64) -> String {
    use kql_semantics::time::{TICKS_PER_DAY, TICKS_PER_SECOND, civil_from_days};
    let (year, month, day) = civil_from_days(ticks.div_euclid(TICKS_PER_DAY));
    let second = ticks.rem_euclid(TICKS_PER_DAY) / TICKS_PER_SECOND;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}
