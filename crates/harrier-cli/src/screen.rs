//! Talk: everything that is not a result goes to standard error, coloured where that is a terminal and `NO_COLOR` allows.

use std::io::{IsTerminal, Write};

const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const CYAN: &str = "\x1b[1;36m";
const PLAIN: &str = "\x1b[0m";

/// Says a line; styles in it are dropped where they can not be shown.
pub(crate) fn say(text: impl AsRef<str>) {
    // Nothing can be done where even standard error is gone.
    let _ = writeln!(anstream::stderr(), "{}", text.as_ref());
}

/// Says what went wrong.
pub(crate) fn error(message: &str) {
    say(format!("{RED}error{PLAIN}: {}", clean(message)));
}

/// Says what probably is not as meant.
pub(crate) fn warning(message: &str) {
    say(format!("{YELLOW}warning{PLAIN}: {}", clean(message)));
}

/// Says what to do.
pub(crate) fn help(message: &str) {
    say(format!("{CYAN}help{PLAIN}: {}", clean(message)));
}

/// Says something worth knowing.
pub(crate) fn note(message: &str) {
    say(format!("{CYAN}note{PLAIN}: {}", clean(message)));
}

/// Whether somebody looks at standard error.
pub(crate) fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

/// A text from outside without control characters, which could command a terminal, and without what turns text around.
pub(crate) fn clean(text: &str) -> String {
    let is_safe = |c: char| !is_dangerous(c) || c == '\n' || c == '\t';
    text.chars().map(|c| if is_safe(c) { c } else { '\u{fffd}' }).collect()
}

/// Whether a character commands the terminal, or makes the text around it look like another.
pub(crate) fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn no_escape_sequence_survives() {
        assert_eq!(clean("a\u{1b}[2Jb\tc"), "a\u{fffd}[2Jb\tc");
        assert_eq!(clean("x\u{202e}lmth.y"), "x\u{fffd}lmth.y");
    }
}
