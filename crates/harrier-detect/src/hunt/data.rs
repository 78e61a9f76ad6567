//! What a store holds, for the report.

use harrier_store::{FileReport, Store};

use crate::report::{DataSeen, FileProblem, Instant, TableSeen};

/// The tables and troubles of a store.
pub(super) fn seen(store: &Store, paths: &[String]) -> DataSeen {
    let tables: Vec<TableSeen> = store
        .tables_with_data()
        .into_iter()
        .filter_map(|name| {
            let info = store.info(&name)?;
            Some(TableSeen {
                name: name.to_string(),
                rows: info.rows,
                files: u64::try_from(info.files).unwrap_or(u64::MAX),
                time_column: info.time_column.map(|column| column.to_string()),
                first: info.first.map(Instant),
                last: info.last.map(Instant),
                future_rows: info.future_rows + info.timeless_rows,
            })
        })
        .collect();
    DataSeen {
        paths: paths.to_vec(),
        problems: store.files().iter().filter_map(problem).collect(),
        first: tables.iter().filter_map(|table| table.first).min(),
        last: tables.iter().filter_map(|table| table.last).max(),
        tables,
    }
}

fn problem(file: &FileReport) -> Option<FileProblem> {
    let path = file.path.to_string_lossy().into_owned();
    if let Some(why) = file.outcome.why_not() {
        return Some(FileProblem { path, line: None, rows: 0, reason: why.to_owned() });
    }
    let first = file.set_aside.first();
    (file.rows_set_aside > 0).then(|| FileProblem {
        path,
        line: first.map(|first| first.line),
        rows: file.rows_set_aside,
        reason: first.map(|first| first.reason.clone()).unwrap_or_default(),
    })
}
