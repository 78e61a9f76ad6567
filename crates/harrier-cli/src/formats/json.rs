//! JSON: one document, or an object a line.

use std::io::{self, Write};

use kql_engine::{AnswerTable, json};
use kql_semantics::dynamic::write_string;

/// The first table as one document.
pub(super) fn write_document(tables: &[AnswerTable], output: &mut impl Write) -> io::Result<()> {
    match tables.first() {
        Some(table) => writeln!(output, "{}", json::table(table)),
        None => writeln!(output, "{{\"columns\":[],\"rows\":[]}}"),
    }
}

/// An object a row. Where there are several tables, `$table` says which.
pub(super) fn write_lines(tables: &[AnswerTable], output: &mut impl Write) -> io::Result<()> {
    let mut line = String::new();
    for (index, table) in tables.iter().enumerate() {
        for batch in &table.batches {
            for row in 0..batch.num_rows() {
                line.clear();
                line.push('{');
                if tables.len() > 1 {
                    line.push_str("\"$table\":");
                    write_string(&super::table::title(table, index), &mut line);
                    line.push(',');
                }
                for (column, array) in table.columns.iter().zip(batch.columns()) {
                    write_string(&column.name, &mut line);
                    line.push(':');
                    json::write_cell(array.as_ref(), row, column.ty, &mut line);
                    line.push(',');
                }
                if line.ends_with(',') {
                    line.pop();
                }
                line.push_str("}\n");
                output.write_all(line.as_bytes())?;
            }
        }
    }
    Ok(())
}
