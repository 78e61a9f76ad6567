//! All that the page shows, as the template takes it.

use harrier_detect::HuntReport;
use harrier_detect::report::{Outcome, Problem, RuleOutcome, Severity};
use serde::Serialize;

use super::ReportOptions;
use super::entities::{self, EntityLine};
use super::heat_map::{self, HeatColumn};
use super::hits::{self, HitCard};
use super::timeline::{self, Timeline};

/// The page.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    title: String,
    paths: Vec<String>,
    span: Option<(String, String)>,
    rows_text: String,
    elapsed: String,
    was_interrupted: bool,
    severities: Vec<SeverityLine>,
    counts: Counts,
    timeline: Option<Timeline>,
    heat_map: Vec<HeatColumn>,
    entities: Vec<EntityLine>,
    entities_left_out: usize,
    cards: Vec<HitCard>,
    troubles: Vec<Trouble>,
    failures: Vec<Plain>,
    blind: Vec<Plain>,
    nothing: Vec<Plain>,
    others: Vec<Plain>,
    tables: Vec<Vec<String>>,
    problems: Vec<(String, String)>,
    problems_left_out: usize,
}

/// Rules with hits of one severity.
#[derive(Debug, Serialize)]
struct SeverityLine {
    name: &'static str,
    class: &'static str,
    rules: usize,
    hits: u64,
}

/// How many files had each outcome.
#[derive(Debug, Default, Serialize)]
struct Counts {
    files: usize,
    hits: usize,
    nothing: usize,
    no_data: usize,
    cannot_run: usize,
    failed: usize,
    not_rules: usize,
}

/// A rule that could not run, and why, at its place.
#[derive(Debug, Serialize)]
struct Trouble {
    name: String,
    path: String,
    problems: Vec<TroubleAt>,
}

/// One thing wrong with a rule.
#[derive(Debug, Serialize)]
struct TroubleAt {
    code: String,
    message: String,
    help: Option<String>,
    place: Option<String>,
    before: String,
    marked: String,
    behind: String,
    label: String,
}

/// A rule or file with a line about it.
#[derive(Debug, Serialize)]
struct Plain {
    name: String,
    path: String,
    what: String,
}

/// How many rules are listed that found nothing, and the like.
const MOST_LISTED: usize = 5_000;
const MOST_PROBLEMS: usize = 200;

impl Page {
    pub(super) fn of(report: &HuntReport, options: &ReportOptions) -> Self {
        let data = &report.data;
        let (entities, entities_left_out) = entities::entities(report);
        let lines = |pick: &dyn Fn(&Outcome) -> Option<String>| -> Vec<Plain> {
            let outcomes = report.outcomes.iter();
            let picked =
                outcomes.filter_map(|outcome| Some(plain(outcome, pick(&outcome.outcome)?)));
            picked.take(MOST_LISTED).collect()
        };
        Self {
            title: options.title.clone(),
            paths: data.paths.clone(),
            span: data
                .first
                .zip(data.last)
                .map(|(first, last)| (hits::minutes(first), hits::minutes(last))),
            rows_text: thousands(data.tables.iter().map(|table| table.rows).sum()),
            elapsed: elapsed(report.elapsed_ms),
            was_interrupted: report.was_interrupted,
            severities: severities(report),
            counts: counts(report),
            timeline: timeline::timeline(report),
            heat_map: heat_map::heat_map(report),
            entities,
            entities_left_out,
            cards: hits::cards(report, options),
            troubles: report.outcomes.iter().filter_map(trouble).take(MOST_LISTED).collect(),
            failures: lines(&|outcome| match outcome {
                Outcome::Failed { message, help } => Some(format!("{message}. {help}")),
                _ => None,
            }),
            blind: lines(&|outcome| match outcome {
                Outcome::NoData { tables } => Some(tables.join(", ")),
                _ => None,
            }),
            nothing: lines(&|outcome| match outcome {
                Outcome::NothingFound { seen } => Some(hits::seen(seen)),
                _ => None,
            }),
            others: lines(&|outcome| match outcome {
                Outcome::NotARule { reason } => Some(reason.clone()),
                _ => None,
            }),
            tables: tables(report),
            problems: data.problems.iter().take(MOST_PROBLEMS).map(problem).collect(),
            problems_left_out: data.problems.len().saturating_sub(MOST_PROBLEMS),
        }
    }
}

fn severities(report: &HuntReport) -> Vec<SeverityLine> {
    let all = [
        Some(Severity::High),
        Some(Severity::Medium),
        Some(Severity::Low),
        Some(Severity::Informational),
        None,
    ];
    let found = hits::by_severity(report);
    let lines = all.into_iter().map(|severity| {
        let of_it = found.iter().filter(|(_, _, one)| *one == severity);
        SeverityLine {
            name: hits::severity_name(severity),
            class: hits::severity_class(severity),
            rules: of_it.clone().count(),
            hits: of_it.map(|(_, hits, _)| hits.count).sum(),
        }
    });
    // The last two only where there are any.
    lines
        .enumerate()
        .filter(|(place, line)| *place < 3 || line.rules > 0)
        .map(|(_, line)| line)
        .collect()
}

fn counts(report: &HuntReport) -> Counts {
    let mut counts = Counts { files: report.outcomes.len(), ..Counts::default() };
    for outcome in &report.outcomes {
        let count = match &outcome.outcome {
            Outcome::Hits(_) => &mut counts.hits,
            Outcome::NothingFound { .. } => &mut counts.nothing,
            Outcome::NoData { .. } => &mut counts.no_data,
            Outcome::CannotRun { .. } => &mut counts.cannot_run,
            Outcome::Failed { .. } => &mut counts.failed,
            Outcome::NotARule { .. } => &mut counts.not_rules,
        };
        *count += 1;
    }
    counts
}

fn plain(outcome: &RuleOutcome, what: String) -> Plain {
    let name = outcome.rule.as_ref().map_or(&outcome.path, |rule| &rule.name);
    Plain { name: name.clone(), path: outcome.path.clone(), what }
}

fn trouble(outcome: &RuleOutcome) -> Option<Trouble> {
    let Outcome::CannotRun { problems } = &outcome.outcome else { return None };
    let Plain { name, path, .. } = plain(outcome, String::new());
    Some(Trouble { name, path, problems: problems.iter().take(5).map(at_place).collect() })
}

fn at_place(problem: &Problem) -> TroubleAt {
    let code = match &problem.kusto {
        Some(kusto) => format!("{}, {kusto}", problem.code),
        None => problem.code.clone(),
    };
    let mut trouble = TroubleAt {
        code,
        message: problem.message.clone(),
        help: problem.help.clone(),
        place: None,
        before: String::new(),
        marked: String::new(),
        behind: String::new(),
        label: String::new(),
    };
    if let Some(place) = &problem.place {
        let column = usize::try_from(place.column.saturating_sub(1)).unwrap_or_default();
        let length = usize::try_from(place.length.max(1)).unwrap_or(1);
        let mut letters = place.text.chars();
        trouble.before = letters.by_ref().take(column).collect();
        trouble.marked = letters.by_ref().take(length).collect();
        trouble.behind = letters.collect();
        trouble.place = Some(format!("{}:{}", place.line, place.column));
        trouble.label.clone_from(&place.label);
    }
    trouble
}

fn tables(report: &HuntReport) -> Vec<Vec<String>> {
    let time = |time: Option<_>| time.map(hits::minutes).unwrap_or_default();
    let tables = report.data.tables.iter().map(|table| {
        let column = table.time_column.clone().unwrap_or_else(|| String::from("without time"));
        let future =
            if table.future_rows == 0 { String::new() } else { table.future_rows.to_string() };
        vec![
            table.name.clone(),
            thousands(table.rows),
            table.files.to_string(),
            column,
            time(table.first),
            time(table.last),
            future,
        ]
    });
    tables.collect()
}

fn problem(problem: &harrier_detect::report::FileProblem) -> (String, String) {
    let line = problem.line.map(|line| format!(", line {line}")).unwrap_or_default();
    let rows = if problem.rows == 0 {
        String::new()
    } else {
        format!("{} rows set aside: ", problem.rows)
    };
    (format!("{}{line}", problem.path), format!("{rows}{}", problem.reason))
}

/// `1 234 567`, with narrow spaces.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

fn elapsed(milliseconds: u64) -> String {
    match milliseconds {
        0..1_000 => format!("{milliseconds} ms"),
        1_000..120_000 => format!("{:.1} s", milliseconds as f64 / 1e3),
        _ => format!("{} min", milliseconds / 60_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!(thousands(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(thousands(12), "12");
        assert_eq!(elapsed(1_500), "1.5 s");
    }
}
