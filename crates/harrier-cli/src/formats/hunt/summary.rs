//! What became of all files, in a few lines for standard error.

use harrier_detect::HuntReport;
use harrier_detect::report::{Outcome, Problem, RuleOutcome};

use crate::screen;

/// How many rules that could not run are told of one by one.
const MOST_TOLD: usize = 5;

/// Says what became of all files, and of those that could not run why.
pub(crate) fn tell(report: &HuntReport) {
    let cannot_run = report.outcomes.iter().filter_map(|outcome| match &outcome.outcome {
        Outcome::CannotRun { problems } => Some((outcome, problems)),
        _ => None,
    });
    let cannot_run: Vec<_> = cannot_run.collect();
    for (outcome, problems) in cannot_run.iter().take(MOST_TOLD) {
        if let Some(first) = problems.first() {
            screen::warning(&problem(outcome, first));
        }
    }
    if cannot_run.len() > MOST_TOLD {
        let more = cannot_run.len() - MOST_TOLD;
        screen::warning(&format!(
            "{more} more rules can not run; `harrier check` and the HTML report say why"
        ));
    }
    for outcome in report.outcomes.iter().take(100_000) {
        if let Outcome::Failed { message, help } = &outcome.outcome {
            screen::warning(&format!("{}: {message}; {help}", outcome.path));
        }
    }
    if report.was_interrupted {
        screen::warning("stopped before every rule had run");
    }
    screen::note(&counts(report));
}

fn problem(outcome: &RuleOutcome, problem: &Problem) -> String {
    let place = problem.place.as_ref().map(|place| format!(":{}:{}", place.line, place.column));
    let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    format!("{}{}: can not run: {}{help}", outcome.path, place.unwrap_or_default(), problem.message)
}

/// The six outcomes, which add up to the number of files.
fn counts(report: &HuntReport) -> String {
    let mut counts = [0_usize; 6];
    for outcome in &report.outcomes {
        let place = match outcome.outcome {
            Outcome::Hits(_) => 0,
            Outcome::NothingFound { .. } => 1,
            Outcome::NoData { .. } => 2,
            Outcome::CannotRun { .. } => 3,
            Outcome::Failed { .. } => 4,
            Outcome::NotARule { .. } => 5,
        };
        counts[place] += 1;
    }
    let [hits, nothing, no_data, cannot_run, failed, not_rules] = counts;
    format!(
        "{} files: {hits} with hits, {nothing} found nothing, {no_data} without data, {cannot_run} can not run, {failed} failed, {not_rules} no rules",
        report.outcomes.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up() {
        let outcome = |outcome| RuleOutcome {
            path: String::from("a"),
            rule: None,
            outcome,
            warnings: Vec::new(),
            elapsed_ms: 0,
        };
        let report = HuntReport {
            outcomes: vec![
                outcome(Outcome::NoData { tables: Vec::new() }),
                outcome(Outcome::NotARule { reason: String::new() }),
            ],
            ..HuntReport::default()
        };
        let expected = "2 files: 0 with hits, 0 found nothing, 1 without data, 0 can not run, 0 failed, 1 no rules";
        assert_eq!(counts(&report), expected);
    }
}
