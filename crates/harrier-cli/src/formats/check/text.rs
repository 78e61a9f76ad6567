//! Lines of the files with marks under what is wrong, why it is, and how to mend it.

use std::collections::HashSet;
use std::io;

use harrier_rules::Checked;

use crate::checking::{lint_of, said};
use crate::diagnostics::{self, Source};
use crate::output::Output;

pub(crate) fn write(checked: &[Checked], output: &mut Output) -> io::Result<()> {
    // The reason is the same each time: once is enough, and `harrier explain` has it always.
    let mut explained = HashSet::new();
    for one in checked {
        let name = one.file.path.to_string_lossy();
        let source = Source { name: &name, text: &one.file.source.text };
        for diagnostic in said(one) {
            let why = lint_of(diagnostic).filter(|lint| explained.insert(lint.code));
            diagnostics::write(source, diagnostic, why.map(|lint| lint.why), output)?;
        }
    }
    Ok(())
}
