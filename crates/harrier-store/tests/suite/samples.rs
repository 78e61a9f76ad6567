//! All shared samples load, into the tables that their index names.

use harrier_store::{OpenOptions, Outcome, Store};
use serde_json::Value as Json;

use crate::shared::{folder, query};

#[test]
fn samples_load_into_their_tables() {
    let Some(folder) = folder() else { return };
    let samples = folder.join("samples");
    let store =
        Store::open(std::slice::from_ref(&samples), &OpenOptions::default(), &|_| ()).unwrap();
    let index: Json =
        serde_json::from_slice(&std::fs::read(samples.join("index.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for entry in index.as_array().unwrap() {
        let path = samples.join(entry["file"].as_str().unwrap()).canonicalize().unwrap();
        let reports: Vec<_> = store.files().iter().filter(|report| report.path == path).collect();
        let got = match reports.as_slice() {
            [report] => {
                let table = report.table.as_ref().map(|table| table.as_str());
                (table, report.rows + report.rows_set_aside, &report.outcome)
            }
            _ => {
                wrong.push(format!("{}: {} reports", path.display(), reports.len()));
                continue;
            }
        };
        let table = entry["table"].as_str();
        let rows = if table.is_some() { entry["rows"].as_u64().unwrap() } else { 0 };
        if got.0 != table
            || got.1 != rows
            || (table.is_none() != matches!(got.2, Outcome::NotATable(_)))
        {
            wrong.push(format!("{}: {got:?}, not {table:?} with {rows} rows", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    // What is reported is what a scan gives.
    let mut rows = 0;
    for table in store.tables_with_data() {
        let schema = kql_semantics::catalog::Catalog::table(&store, &table).unwrap();
        let columns: Vec<&str> =
            schema.columns.iter().chain(&schema.hidden).map(|(name, _)| name.as_str()).collect();
        let batch = query(&table, &columns).rows(&store);
        assert_eq!(store.info(&table).unwrap().rows, batch.num_rows() as u64, "{table}");
        rows += batch.num_rows() as u64;
    }
    assert_eq!(rows, store.files().iter().map(|report| report.rows).sum::<u64>());
    let times = store.info("CommonSecurityLog").unwrap();
    assert!(times.first.is_some() && times.last.is_some());
}
