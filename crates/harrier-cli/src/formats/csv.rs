//! Values divided by commas.

use std::io::{self, Write};

use kql_engine::AnswerTable;

use super::table::cell;

/// Writes all tables, an empty line between two.
pub(super) fn write(tables: &[AnswerTable], output: &mut impl Write) -> io::Result<()> {
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            output.write_all(b"\r\n")?;
        }
        write_table(table, output)?;
    }
    Ok(())
}

fn write_table(table: &AnswerTable, output: &mut impl Write) -> io::Result<()> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(output);
    writer.write_record(table.columns.iter().map(|column| column.name.as_bytes()))?;
    for batch in &table.batches {
        for row in 0..batch.num_rows() {
            let cells = table.columns.iter().zip(batch.columns());
            writer
                .write_record(cells.map(|(column, array)| cell(array.as_ref(), row, column.ty)))?;
        }
    }
    writer.flush()
}
