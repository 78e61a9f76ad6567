//! The first pass over a CSV file.

use super::records::{Record, Records, text};
use crate::kinds::kind_of_text;
use crate::summary::{ColumnSummary, Summary, TIME_COLUMNS, TYPE_COLUMN};

/// Reads records to the end. What is later than `limit` is in the future.
pub(crate) fn summarize(mut records: Records, limit: i64) -> Summary {
    let mut summary = Summary::default();
    let heading = records.heading.clone();
    for (column, zone) in &heading.other_zones {
        summary.note(format!("times of `{column}` are of zone {zone}, and read as UTC"));
    }
    if heading.columns.iter().any(Option::is_none) {
        summary.note("a heading comes twice, the first column of that name is read");
    }
    let mut columns: Vec<ColumnSummary> = heading
        .columns
        .iter()
        .map(|name| ColumnSummary {
            name: name.clone().unwrap_or_default(),
            ..ColumnSummary::default()
        })
        .collect();
    while let Some((record, line, _)) = records.next() {
        let record = match record {
            Record::Whole(record) => record,
            Record::Ragged(values) => {
                summary.set_aside(
                    line,
                    format!("{values} values where the heading has {}", columns.len()),
                );
                continue;
            }
            Record::NotText => {
                summary.set_aside(line, "not UTF-8");
                continue;
            }
        };
        summary.rows += 1;
        for (column, cell) in columns.iter_mut().zip(record) {
            let cell = text(Some(cell));
            see(column, cell, limit);
            if column.name == TYPE_COLUMN && !cell.is_empty() {
                summary.count_type(cell, 1);
            }
        }
    }
    if let Some(error) = &records.cut {
        summary.is_cut = true;
        summary.note(format!("the file is cut or damaged, its rows before that are read: {error}"));
    }
    // A column without a heading is one only where it holds something.
    let is_column = |column: &ColumnSummary, index: usize| {
        !column.name.is_empty()
            && (column.kinds.has_values() || column.name != format!("Column{}", index + 1))
    };
    summary.columns = columns
        .into_iter()
        .enumerate()
        .filter(|(index, column)| is_column(column, *index))
        .map(|(_, c)| c)
        .collect();
    summary
}

fn see(column: &mut ColumnSummary, cell: &str, limit: i64) {
    // How exports spell an absent number.
    let cell = if cell == "null" { "" } else { cell };
    if TIME_COLUMNS.contains(&column.name.as_str()) {
        column.times.get_or_insert_default().see(cell, limit);
    }
    // Once there is other text, there is nothing more to learn.
    if !column.kinds.has_text() {
        column.kinds.add(kind_of_text(cell));
    }
}
