//! One JSON object a file.

use std::io::{self, Write};

use harrier_rules::Checked;

pub(crate) fn write(checked: &[Checked], output: &mut dyn Write) -> io::Result<()> {
    for one in checked {
        serde_json::to_writer(&mut *output, &one.line()).map_err(io::Error::from)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}
