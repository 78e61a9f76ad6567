//! What each rule found, in the order of gravity, and no more of it than a page can bear.

use harrier_detect::HuntReport;
use harrier_detect::report::{Hits, Instant, Outcome, RuleOutcome, Seen, Severity};
use harrier_rules::attack::{self, Technique};
use kql_semantics::time::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE};
use serde::Serialize;
use serde_json::Value as Json;

use super::ReportOptions;

/// A rule with what it found.
#[derive(Debug, Serialize)]
pub(super) struct HitCard {
    pub(super) anchor: String,
    pub(super) name: String,
    pub(super) path: String,
    pub(super) description: String,
    pub(super) severity: &'static str,
    pub(super) severity_name: &'static str,
    /// Id and name of each technique.
    pub(super) techniques: Vec<(String, String)>,
    pub(super) count: u64,
    pub(super) first: String,
    pub(super) last: String,
    pub(super) seen: String,
    pub(super) entities: Vec<(String, String, u64)>,
    pub(super) columns: Vec<(String, String)>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) rows_left_out: u64,
    pub(super) query: String,
    pub(super) warnings: Vec<String>,
}

/// The classes of severities, by rank: gravest first.
pub(super) const CLASSES: [&str; 5] = ["high", "medium", "low", "informational", "none"];

/// Where a severity stands in [`CLASSES`].
pub(super) fn severity_rank(severity: Option<Severity>) -> usize {
    match severity {
        Some(Severity::High) => 0,
        Some(Severity::Medium) => 1,
        Some(Severity::Low) => 2,
        Some(Severity::Informational) => 3,
        None => 4,
    }
}

/// The class that colours a severity.
pub(super) fn severity_class(severity: Option<Severity>) -> &'static str {
    CLASSES[severity_rank(severity)]
}

/// The word for a severity.
pub(super) fn severity_name(severity: Option<Severity>) -> &'static str {
    ["High", "Medium", "Low", "Informational", "No severity"][severity_rank(severity)]
}

/// The rules with hits: place among the outcomes, what was found, how grave; the gravest first, then the earliest.
pub(super) fn by_severity(report: &HuntReport) -> Vec<(usize, &Hits, Option<Severity>)> {
    let found = report.outcomes.iter().enumerate().filter_map(|(index, outcome)| {
        let severity = outcome.rule.as_ref().and_then(|rule| rule.severity);
        match &outcome.outcome {
            Outcome::Hits(hits) => Some((index, hits, severity)),
            _ => None,
        }
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(index, hits, severity)| (severity_rank(*severity), hits.first, *index));
    found
}

/// The cards of all rules with hits.
pub(super) fn cards(report: &HuntReport, options: &ReportOptions) -> Vec<HitCard> {
    let mut rows_left = options.rows;
    let found = by_severity(report).into_iter();
    found
        .map(|(index, hits, severity)| {
            let shown = hits.rows.len().min(options.rows_of_a_rule).min(rows_left);
            rows_left -= shown;
            card(index, &report.outcomes[index], (hits, severity), shown)
        })
        .collect()
}

fn card(
    index: usize,
    outcome: &RuleOutcome,
    (hits, severity): (&Hits, Option<Severity>),
    shown: usize,
) -> HitCard {
    let rule = outcome.rule.clone().unwrap_or_default();
    let techniques = rule.techniques.iter().map(|id| {
        let name = attack::technique(id).and_then(Technique::today);
        let name = name.map_or("", |technique| technique.name);
        (id.clone(), name.to_owned())
    });
    let entities = hits.entities.iter().take(12);
    let rows = hits.rows.iter().take(shown).map(|row| row.values.iter().map(text).collect());
    HitCard {
        anchor: format!("rule-{index}"),
        name: if rule.name.is_empty() { outcome.path.clone() } else { rule.name },
        path: outcome.path.clone(),
        description: rule.description,
        severity: severity_class(severity),
        severity_name: severity_name(severity),
        techniques: techniques.collect(),
        count: hits.count,
        first: hits.first.map(minutes).unwrap_or_default(),
        last: hits.last.map(minutes).unwrap_or_default(),
        seen: seen(&hits.seen),
        entities: entities.map(|one| (one.kind.clone(), cut(&one.value), one.rows)).collect(),
        columns: hits
            .columns
            .iter()
            .map(|column| (column.name.clone(), column.ty.clone()))
            .collect(),
        rows: rows.collect(),
        rows_left_out: hits.count.saturating_sub(shown as u64),
        query: rule.query.chars().take(20_000).collect(),
        warnings: outcome.warnings.iter().take(10).map(|warning| warning.message.clone()).collect(),
    }
}

/// What a rule looked at, in words.
pub(super) fn seen(seen: &Seen) -> String {
    let runs = if seen.runs == 1 { String::from("1 run") } else { format!("{} runs", seen.runs) };
    let step = seen.step.filter(|_| seen.runs > 1);
    let step = step.map(|step| format!(", every {}", span(step))).unwrap_or_default();
    let times = seen.from.zip(seen.to).filter(|_| seen.runs > 1);
    let times = times
        .map(|(from, to)| format!(", {} to {}", minutes(from), minutes(to)))
        .unwrap_or_default();
    let share = seen
        .share
        .map(|share| format!(", {:.0} % of the rows seen", share * 100.0))
        .unwrap_or_default();
    format!("{runs}{step}{times}{share}")
}

/// A span of time in its largest whole unit.
fn span(ticks: i64) -> String {
    let units = [(TICKS_PER_DAY, "day"), (TICKS_PER_HOUR, "hour"), (TICKS_PER_MINUTE, "minute")];
    let unit = units.into_iter().find(|(unit, _)| ticks >= *unit && ticks % unit == 0);
    match unit {
        Some((unit, name)) if ticks == unit => String::from(name),
        Some((unit, name)) => format!("{} {name}s", ticks / unit),
        None => format!("{} seconds", ticks / 10_000_000),
    }
}

/// A time down to the minute: `2026-11-05 08:12`.
pub(super) fn minutes(time: Instant) -> String {
    time.to_string().chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// How long a value may be. **Unit**: characters.
const MOST: usize = 400;

/// A value as it is read, not endless.
fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => cut(&without_empty_digits(text)),
        other => cut(&other.to_string()),
    }
}

/// `2026-11-05T08:12:00.0000000Z` without digits that say nothing.
fn without_empty_digits(text: &str) -> String {
    let is_time = text.len() == 28 && text.as_bytes().get(10) == Some(&b'T') && text.ends_with('Z');
    if !is_time {
        return text.to_owned();
    }
    let digits = text.trim_end_matches('Z').trim_end_matches('0').trim_end_matches('.');
    format!("{}Z", if digits.len() < 19 { text.get(..19).unwrap_or(text) } else { digits })
        .replace('T', " ")
}

/// Cut where it is endless.
pub(super) fn cut(text: &str) -> String {
    if text.chars().nth(MOST).is_none() {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(MOST).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        let text = without_empty_digits;
        assert_eq!(text("2026-11-05T08:12:00.0000000Z"), "2026-11-05 08:12:00Z");
        assert_eq!(text("2026-11-05T08:12:01.5000000Z"), "2026-11-05 08:12:01.5Z");
        assert_eq!(text("not a time"), "not a time");
    }

    #[test]
    fn what_was_seen_in_words() {
        let once = Seen { runs: 1, share: Some(1.0), ..Seen::default() };
        assert_eq!(seen(&once), "1 run, 100 % of the rows seen");
        let daily = Seen { runs: 14, step: Some(TICKS_PER_DAY), ..Seen::default() };
        assert_eq!(seen(&daily), "14 runs, every day");
        assert_eq!(span(6 * TICKS_PER_HOUR), "6 hours");
    }
}
