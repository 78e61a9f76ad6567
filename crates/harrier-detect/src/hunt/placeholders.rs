//! `{{StartTimeISO}}` and `{{EndTimeISO}}` in a query: the window that a person would choose.

use kql_semantics::time::{DateTimeText, TICKS_PER_DAY};

use super::plan::Run;

const START: &str = "{{StartTimeISO}}";
const END: &str = "{{EndTimeISO}}";

/// Whether a query holds placeholders.
pub(super) fn has_placeholders(text: &str) -> bool {
    text.contains(START) || text.contains(END)
}

/// The query with the window of a run in their place.
pub(super) fn filled(text: &str, run: Run, step: Option<i64>) -> String {
    if !has_placeholders(text) {
        return text.to_owned();
    }
    let start = run.now.saturating_sub(step.unwrap_or(TICKS_PER_DAY)).saturating_add(1);
    text.replace(START, &DateTimeText(start).to_string())
        .replace(END, &DateTimeText(run.now).to_string())
}
