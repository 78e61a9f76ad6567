//! Whether a hunt found what is planted, all and only that.

use harrier_detect::HuntReport;
use harrier_detect::report::{Hits, Outcome};

use super::Planted;

/// What is not as planted, in words; empty where all is found, and nothing else.
#[must_use]
pub fn differences(planted: &[Planted], report: &HuntReport) -> Vec<String> {
    let expected = planted.iter().filter_map(|planted| difference(planted, report));
    let is_planted = |path: &str| planted.iter().any(|planted| is_file_of(path, planted.rule));
    let others = report.outcomes.iter().filter_map(|outcome| match &outcome.outcome {
        Outcome::Hits(hits) if !is_planted(&outcome.path) => {
            Some(format!("{}: {} rows, though nothing is planted", outcome.path, hits.count))
        }
        _ => None,
    });
    expected.chain(others).collect()
}

fn difference(planted: &Planted, report: &HuntReport) -> Option<String> {
    let outcome = report.outcomes.iter().find(|outcome| is_file_of(&outcome.path, planted.rule));
    let Some(outcome) = outcome else { return Some(format!("{}: did not run", planted.rule)) };
    let Outcome::Hits(hits) = &outcome.outcome else {
        let why = match &outcome.outcome {
            Outcome::CannotRun { problems } => problems.first().map(|one| one.message.clone()),
            Outcome::Failed { message, .. } => Some(message.clone()),
            _ => None,
        };
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        let count = planted.keys.len();
        return Some(format!("{}: found nothing, {count} are planted{why}", planted.rule));
    };
    let mut found = values(hits, planted.column);
    found.sort();
    let is_same = found == planted.keys;
    (!is_same).then(|| format!("{}: found {found:?}, planted {:?}", planted.rule, planted.keys))
}

fn is_file_of(path: &str, rule: &str) -> bool {
    let path = path.replace('\\', "/");
    path.strip_suffix(".yaml").is_some_and(|path| path.ends_with(rule))
}

/// The values of a column in the rows found, as often as they come.
#[must_use]
pub fn values(hits: &Hits, column: &str) -> Vec<String> {
    let Some(place) = hits.columns.iter().position(|one| one.name == column) else {
        return Vec::new();
    };
    let values = hits.rows.iter().filter_map(|row| row.values.get(place));
    values.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect()
}
