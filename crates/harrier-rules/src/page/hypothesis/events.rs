//! What each table shows when the rule is right.

use std::collections::BTreeSet;

use super::super::Context;
use super::super::field::Evidence;
use super::super::reading::{Source, Test, TestKind};
use super::super::words::{self, code_list, code_text};

/// Columns that say what kind of event a row is, the most telling first.
const TELLING: [&str; 24] = [
    "ActionType",
    "OperationName",
    "OperationNameValue",
    "Operation",
    "EventID",
    "EventName",
    "ActivityDisplayName",
    "Activity",
    "EventType",
    "Category",
    "RuleName",
    "AlertName",
    "ResultType",
    "ErrorCode",
    "LogonType",
    "FileName",
    "ProcessCommandLine",
    "InitiatingProcessFileName",
    "InitiatingProcessCommandLine",
    "CommandLine",
    "Process",
    "NewProcessName",
    "RegistryKey",
    "DeviceVendor",
];

/// How many conditions of a table are told.
const MOST_TESTS: usize = 4;
/// How many readings of tables are looked at.
const MOST_READ: usize = 100;
/// How many tables are told of.
const MOST_SOURCES: usize = 4;

/// Whether a column says what kind of event a row is.
pub(crate) fn is_telling(column: &str) -> bool {
    TELLING.contains(&column)
}

/// What all tables show.
pub(super) fn all(context: &Context<'_>) -> (String, Evidence) {
    let mut said: Vec<(Vec<String>, String)> = Vec::new();
    let mut evidence = Evidence::none();
    for (place, source) in context.reading.sources.iter().enumerate().take(MOST_READ) {
        let (events, shown_by) = of_source(context, place, source);
        evidence = shown_by.0.into_iter().fold(evidence, Evidence::and);
        let table = code_text(source.table);
        match said.iter_mut().find(|(_, known)| *known == events) {
            Some((tables, _)) if tables.contains(&table) => {}
            Some((tables, _)) => tables.push(table),
            None => said.push((vec![table], events)),
        }
    }
    let more = said.len().saturating_sub(MOST_SOURCES);
    let mut phrases: Vec<String> = said
        .into_iter()
        .take(MOST_SOURCES)
        .map(|(tables, events)| {
            let verb = if tables.len() == 1 { "shows" } else { "show" };
            let tables = match tables.len() {
                0..=3 => words::listed(&tables, "or"),
                count => format!(
                    "{} or {} more tables",
                    tables.get(..2).unwrap_or(&[]).join(", "),
                    count - 2
                ),
            };
            format!("{tables} {verb} {events}")
        })
        .collect();
    if more > 0 {
        let tables = words::counted(i64::try_from(more).unwrap_or(0), "more reading");
        phrases.push(format!("{tables} of tables are looked at as well"));
    }
    let last = phrases.pop();
    let text = match (phrases.is_empty(), last) {
        (_, None) => String::new(),
        (true, Some(last)) => last,
        (false, Some(last)) => format!("{}, and {last}", phrases.join(", ")),
    };
    (text, evidence)
}

/// What one table shows.
fn of_source(context: &Context<'_>, place: usize, source: &Source<'_>) -> (String, Evidence) {
    let mut evidence = Evidence::from(context.places.id(source.span));
    let mut groups: Vec<&[Test]> = Vec::new();
    for (condition, tests) in context.reading.tests_of(place) {
        evidence = evidence.and(context.places.id(condition.span));
        groups.push(tests);
    }
    let rank = |tests: &[Test]| {
        let of_test = |test: &Test| {
            let told = TELLING.iter().position(|column| *column == test.subject.column);
            told.unwrap_or(TELLING.len())
                + if test.is_negated { 100 } else { 0 }
                + if test.kind == TestKind::Filled { 200 } else { 0 }
        };
        tests.iter().map(of_test).min().unwrap_or(500)
    };
    groups.sort_by_key(|tests| rank(tests));
    let main = groups.first().filter(|tests| rank(tests) < 4).and_then(|tests| event(tests));
    let told_column = match (&main, groups.first()) {
        (Some(_), Some([first])) => first.subject.path.as_str(),
        _ => "",
    };
    // What else is asked of the same column is asked of other rows: in `countif`, in steps of a sequence.
    let is_told = |tests: &&&[Test]| {
        !told_column.is_empty()
            && tests.iter().all(|test| {
                test.subject.path == told_column && !test.is_negated && test.kind == TestKind::Is
            })
    };
    let rest = groups.iter().skip(usize::from(main.is_some())).filter(|tests| !is_told(tests));
    let mut seen = BTreeSet::new();
    let phrases: Vec<String> =
        rest.filter_map(|tests| told(tests)).filter(|phrase| seen.insert(phrase.clone())).collect();
    let more = phrases.len().saturating_sub(MOST_TESTS);
    let mut shown: Vec<String> = phrases.into_iter().take(MOST_TESTS).collect();
    if more > 0 {
        shown.push(format!("{more} more conditions"));
    }
    let noun = main.unwrap_or_else(|| words::table(source.table).unwrap_or("events").to_owned());
    let text = match shown.is_empty() {
        true => noun,
        false => format!("{noun}, with {}", words::listed(&shown, "and")),
    };
    (text, evidence)
}

/// `an action `A` or `B``, `event 4688 (a process is created)`.
fn event(tests: &[Test]) -> Option<String> {
    let [test] = tests else { return None };
    if test.is_negated
        || test.values.is_empty()
        || !matches!(test.kind, TestKind::Is | TestKind::Contains)
    {
        return None;
    }
    let noun = match test.subject.column.as_str() {
        "EventID" => return Some(format!("event {}", coded("EventID", &test.values))),
        "ActionType" | "Activity" | "EventType" | "EventName" => "an action",
        _ => "an operation",
    };
    let parts = if test.kind == TestKind::Contains { " with" } else { "" };
    let values = code_list(&test.values, 3, "or");
    let end = if test.kind == TestKind::Contains { " in its name" } else { "" };
    Some(format!("{noun}{parts} {values}{end}"))
}

/// Codes with what they mean.
fn coded(column: &str, values: &[String]) -> String {
    let shown: Vec<String> = values
        .iter()
        .take(4)
        .map(|value| match words::code(column, value) {
            Some(meaning) => format!("{} ({meaning})", code_text(value)),
            None => code_text(value),
        })
        .chain((values.len() > 4).then(|| format!("{} more", values.len() - 4)))
        .collect();
    words::listed(&shown, "or")
}

/// Tests of which one must hold.
fn told(tests: &[Test]) -> Option<String> {
    // Columns that are tested alike are told together.
    let mut alike: Vec<(&Test, Vec<String>)> = Vec::new();
    for test in tests {
        let Some(subject) = subject(test) else { continue };
        let is_alike = |known: &&mut (&Test, Vec<String>)| {
            let other = known.0;
            (other.kind, other.is_negated, other.operator, &other.values)
                == (test.kind, test.is_negated, test.operator, &test.values)
        };
        match alike.iter_mut().find(is_alike) {
            Some((_, subjects)) if subjects.contains(&subject) => {}
            Some((_, subjects)) => subjects.push(subject),
            None => alike.push((test, vec![subject])),
        }
    }
    let mut shown: Vec<String> =
        alike.iter().take(3).map(|(test, subjects)| one(test, subjects)).collect();
    let more = alike.len().saturating_sub(3);
    if more > 0 {
        shown.push(words::counted(i64::try_from(more).unwrap_or(0), "alternative"));
    }
    (!shown.is_empty()).then(|| words::listed(&shown, "or"))
}

fn subject(test: &Test) -> Option<String> {
    match test.subject.path.is_empty() {
        false => Some(code_text(&test.subject.path)),
        true if test.subject.written.is_empty() => None,
        true => Some(code_text(&test.subject.written)),
    }
}

fn one(test: &Test, subjects: &[String]) -> String {
    let subject = match subjects.len() {
        0..=3 => words::listed(subjects, "or"),
        count @ 4..=8 => {
            format!("{} or {} more", subjects.get(..2).unwrap_or(&[]).join(", "), count - 2)
        }
        _ => String::from("any column"),
    };
    let values = code_list(&test.values, 3, "or");
    match (test.kind, test.is_negated) {
        (TestKind::Is, false) => {
            let values = coded(&test.subject.column, &test.values);
            format!("{subject} {values}")
        }
        (TestKind::Is, true) => {
            format!("{subject} other than {}", coded(&test.subject.column, &test.values))
        }
        (TestKind::Contains, false) => format!("{values} in {subject}"),
        (TestKind::Contains, true) => format!("no {values} in {subject}"),
        (TestKind::Starts, false) => format!("{subject} beginning with {values}"),
        (TestKind::Starts, true) => format!("{subject} not beginning with {values}"),
        (TestKind::Ends, false) => format!("{subject} ending in {values}"),
        (TestKind::Ends, true) => format!("{subject} not ending in {values}"),
        (TestKind::Matches, false) => format!("{subject} matching the pattern {values}"),
        (TestKind::Matches, true) => format!("{subject} not matching the pattern {values}"),
        (TestKind::Compares, _) => format!("{subject} {} {values}", test.operator),
        (TestKind::Filled, false) => format!("{subject} filled in"),
        (TestKind::Filled, true) => format!("{subject} empty"),
    }
}
