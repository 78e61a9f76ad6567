//! Who and what the hits name, over all rules.

use std::collections::HashMap;

use harrier_detect::HuntReport;
use harrier_detect::report::Severity;
use serde::Serialize;

use super::hits;

/// Somebody or something, and the rules that name it.
#[derive(Debug, Serialize)]
pub(super) struct EntityLine {
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) rows: u64,
    pub(super) severity: &'static str,
    /// How many rules name it.
    pub(super) rule_count: usize,
    /// Anchor and name of the first of them.
    pub(super) rules: Vec<(String, String)>,
}

/// Rows, gravity, and places of the rules that name an entity.
type Weight = (u64, Option<Severity>, Vec<usize>);

const MOST: usize = 40;
const MOST_RULES: usize = 8;

/// The most concerned first: by how many rules, then by how grave, then by rows. With how many are left out.
pub(super) fn entities(report: &HuntReport) -> (Vec<EntityLine>, usize) {
    let mut lines: HashMap<(&str, &str), Weight> = HashMap::new();
    for (index, found, severity) in hits::by_severity(report) {
        for entity in &found.entities {
            let key = (entity.kind.as_str(), entity.value.as_str());
            let line = lines.entry(key).or_insert((0, None, Vec::new()));
            line.0 += entity.rows;
            line.1 = line.1.max(severity);
            if !line.2.contains(&index) {
                line.2.push(index);
            }
        }
    }
    let count = lines.len();
    let mut lines: Vec<_> = lines.into_iter().collect();
    lines.sort_by(|(one, (rows, severity, rules)), (other, (rows2, severity2, rules2))| {
        let by_weight = (rules2.len(), severity2, rows2).cmp(&(rules.len(), severity, rows));
        by_weight.then_with(|| one.cmp(other))
    });
    lines.truncate(MOST);
    let shown = lines.into_iter().map(|((kind, value), (rows, severity, rules))| EntityLine {
        kind: kind.to_owned(),
        value: hits::cut(value),
        rows,
        severity: hits::severity_class(severity),
        rule_count: rules.len(),
        rules: rules.into_iter().take(MOST_RULES).map(|index| name_of(report, index)).collect(),
    });
    let shown: Vec<_> = shown.collect();
    let more = count - shown.len();
    (shown, more)
}

fn name_of(report: &HuntReport, index: usize) -> (String, String) {
    let outcome = &report.outcomes[index];
    let name = outcome.rule.as_ref().map_or(&outcome.path, |rule| &rule.name);
    (format!("rule-{index}"), name.clone())
}
