//! The rules that found something, for a terminal.

use std::io::{self, Write};

use harrier_detect::HuntReport;

use super::{Found, found, seconds};
use crate::formats::table::{grid, shown};

/// How many entities of a rule are named.
const MOST_ENTITIES: usize = 3;

/// A line a rule, and below it whom it names.
pub(super) fn write(report: &HuntReport, output: &mut impl Write) -> io::Result<()> {
    let heading = ["Severity", "Rule", "Rows", "First", "Last", "Who and what"].map(String::from);
    let rows: Vec<_> = found(report).iter().map(line).collect();
    if rows.is_empty() {
        return writeln!(output, "Nothing was found.");
    }
    grid(&heading, &[false, false, true, false, false, false], &rows, output)
}

fn line(found: &Found<'_>) -> Vec<String> {
    let mut entities: Vec<_> = found.hits.entities.iter().collect();
    entities.sort_by_key(|entity| rank(&entity.kind));
    let named = entities.iter().take(MOST_ENTITIES).map(|entity| entity.value.as_str());
    let mut named = named.collect::<Vec<_>>().join(", ");
    if entities.len() > MOST_ENTITIES {
        named.push_str(&format!(" and {} more", entities.len() - MOST_ENTITIES));
    }
    vec![
        found.severity().to_owned(),
        shown(&found.rule.name, 72),
        found.hits.count.to_string(),
        seconds(found.hits.first),
        seconds(found.hits.last),
        shown(&named, 64),
    ]
}

/// People before computers before addresses before the rest.
fn rank(kind: &str) -> usize {
    let kinds = ["Account", "CloudApplication", "Host", "IP", "DNS", "Mailbox"];
    kinds.iter().position(|known| *known == kind).unwrap_or(kinds.len())
}
