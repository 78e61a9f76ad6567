//! Columns for a terminal.

use std::io::{self, Write};

use kql_engine::{AnswerTable, json};
use kql_semantics::Type;

/// The widest that a value is shown. **Unit**: characters.
const MOST: usize = 100;

/// Writes all tables, each with its heading and how many rows it has.
pub(super) fn write(tables: &[AnswerTable], output: &mut impl Write) -> io::Result<()> {
    for (index, table) in tables.iter().enumerate() {
        if tables.len() > 1 {
            let gap = if index > 0 { "\n" } else { "" };
            writeln!(output, "{gap}{}:", title(table, index))?;
        }
        write_table(table, output)?;
    }
    Ok(())
}

/// What a table is called among several.
pub(super) fn title(table: &AnswerTable, index: usize) -> String {
    table.name.as_ref().map_or_else(|| format!("table {}", index + 1), ToString::to_string)
}

fn write_table(table: &AnswerTable, output: &mut impl Write) -> io::Result<()> {
    let heading = table.columns.iter().map(|column| shown(&column.name, MOST));
    let is_number: Vec<bool> = table.columns.iter().map(|column| is_number(column.ty)).collect();
    let rows = table.batches.iter().flat_map(|batch| {
        (0..batch.num_rows()).map(move |row| {
            let cells = table.columns.iter().zip(batch.columns());
            cells
                .map(|(column, array)| shown(&cell(array.as_ref(), row, column.ty), MOST))
                .collect()
        })
    });
    grid(&heading.collect::<Vec<_>>(), &is_number, &rows.collect::<Vec<_>>(), output)?;
    let count = table.row_count();
    writeln!(output, "({count} {})", if count == 1 { "row" } else { "rows" })
}

/// Writes rows under headings, all columns as wide as they need; numbers to the right.
pub(crate) fn grid(
    heading: &[String],
    is_number: &[bool],
    rows: &[Vec<String>],
    output: &mut impl Write,
) -> io::Result<()> {
    let mut widths: Vec<usize> = heading.iter().map(|name| name.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut line = |cells: &[String]| {
        let mut text = String::new();
        for ((cell, width), is_number) in cells.iter().zip(&widths).zip(is_number) {
            let gap = " ".repeat(width - cell.chars().count());
            let (before, behind) = if *is_number { (gap.as_str(), "") } else { ("", gap.as_str()) };
            text.extend([before, cell, behind, "  "]);
        }
        writeln!(output, "{}", text.trim_end())
    };
    line(heading)?;
    line(&widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>())?;
    rows.iter().try_for_each(|row| line(row))
}

const fn is_number(ty: Type) -> bool {
    matches!(ty, Type::Int | Type::Long | Type::Real | Type::Decimal)
}

/// A value without the quotes that JSON puts around it.
pub(super) fn cell(array: &dyn arrow::array::Array, row: usize, ty: Type) -> String {
    let mut text = String::new();
    json::write_cell(array, row, ty, &mut text);
    if text == "null" {
        return String::new();
    }
    if text.starts_with('"') && !matches!(ty, Type::Dynamic | Type::Unknown) {
        return serde_json::from_str(&text).unwrap_or(text);
    }
    text
}

/// On one line, without what could command a terminal, and not endless.
pub(crate) fn shown(text: &str, most: usize) -> String {
    let mut shown: String = text
        .chars()
        .take(most)
        .map(|c| if crate::screen::is_dangerous(c) { ' ' } else { c })
        .collect();
    if text.chars().nth(most).is_some() {
        shown.pop();
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let heading = [String::from("Name"), String::from("n")];
        let rows = [
            vec![String::from("é"), String::from("10")],
            vec![String::from("Anna B"), String::from("7")],
        ];
        let mut text = Vec::new();
        grid(&heading, &[false, true], &rows, &mut text).unwrap();
        let expected = "Name     n\n------  --\né       10\nAnna B   7\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn values_can_not_command_the_terminal() {
        assert_eq!(shown("a\u{1b}[31m\nb", MOST), "a [31m b");
        assert_eq!(shown(&"x".repeat(500), MOST).chars().count(), MOST);
    }
}
