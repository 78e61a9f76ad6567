//! `txt`: each line is a value of the first column.

use super::Gathered;
use crate::values::Raw;

/// Adds the lines of a text; empty ones are none.
pub(super) fn read(text: &str, ignores_first: bool, gathered: &mut Gathered) -> Result<(), String> {
    let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    for line in lines.filter(|line| !line.is_empty()).skip(usize::from(ignores_first)) {
        gathered.row(|at| if at == 0 { Raw::Text(line) } else { Raw::Absent })?;
    }
    Ok(())
}
