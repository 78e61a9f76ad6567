//! The report as a page: escaped, bounded, whole.

use harrier::report::{ReportOptions, html};
use harrier_detect::HuntReport;
use harrier_detect::report::{
    Column, DataSeen, Entity, FileProblem, HitRow, Hits, Instant, Outcome, Place, Problem,
    RuleFacts, RuleOutcome, Seen, Severity, TableSeen,
};
use serde_json::json;

const START: i64 = 639_290_880_000_000_000;
const HOUR: i64 = 36_000_000_000;

fn rule(name: &str, severity: Severity, outcome: Outcome) -> RuleOutcome {
    RuleOutcome {
        path: format!("rules/{name}.yaml"),
        rule: Some(RuleFacts {
            name: name.to_owned(),
            kind: String::from("scheduled"),
            severity: Some(severity),
            tactics: vec![String::from("Persistence")],
            techniques: vec![String::from("T1098.001")],
            query: String::from("T | where a < b"),
            ..RuleFacts::default()
        }),
        outcome,
        warnings: Vec::new(),
        elapsed_ms: 3,
    }
}

fn hits(rows: i64, value: &str) -> Outcome {
    let row = |place: i64| HitRow {
        time: Some(Instant(START + place * HOUR)),
        values: vec![json!(value), json!({ "n": place })],
    };
    Outcome::Hits(Hits {
        seen: Seen { runs: 14, ..Seen::default() },
        count: rows as u64,
        first: Some(Instant(START)),
        last: Some(Instant(START + rows * HOUR)),
        entities: vec![Entity {
            kind: String::from("Account"),
            identifier: String::from("FullName"),
            value: value.to_owned(),
            rows: rows as u64,
        }],
        columns: vec![
            Column { name: String::from("Who"), ty: String::from("string") },
            Column { name: String::from("What"), ty: String::from("dynamic") },
        ],
        rows: (0..rows).map(row).collect(),
    })
}

fn report(outcomes: Vec<RuleOutcome>) -> HuntReport {
    let table = TableSeen {
        name: String::from("SigninLogs"),
        rows: 12_345,
        files: 3,
        ..TableSeen::default()
    };
    HuntReport {
        data: DataSeen {
            paths: vec![String::from("logs")],
            tables: vec![table],
            problems: vec![FileProblem {
                path: String::from("a.json"),
                line: Some(7),
                rows: 1,
                reason: String::from("no object"),
            }],
            first: Some(Instant(START)),
            last: Some(Instant(START + 336 * HOUR)),
        },
        outcomes,
        ..HuntReport::default()
    }
}

#[test]
fn hostile_names_are_escaped() {
    let evil =
        "<script>alert('x')</script>\" onmouseover=\"alert(1)\"><img src=x onerror=alert(1)>";
    let mut outcome = rule(evil, Severity::High, hits(2, evil));
    outcome.path = evil.to_owned();
    let place =
        Place { line: 3, column: 2, length: 4, text: evil.to_owned(), label: evil.to_owned() };
    let problem = Problem {
        code: String::from("c"),
        message: evil.to_owned(),
        place: Some(place),
        ..Problem::default()
    };
    let trouble = rule(evil, Severity::Low, Outcome::CannotRun { problems: vec![problem] });
    let text = html(
        &report(vec![outcome, trouble]),
        &ReportOptions { title: evil.to_owned(), ..ReportOptions::default() },
    )
    .unwrap();
    assert!(!text.contains("<script>alert"), "a value became markup");
    assert!(!text.contains("<img"), "a value became markup");
    assert!(!text.contains("\" onmouseover="), "a value left its attribute");
    assert!(text.contains("&lt;script&gt;alert"));
}

#[test]
fn nothing_is_fetched() {
    let text =
        html(&report(vec![rule("r", Severity::High, hits(1, "x"))]), &ReportOptions::default())
            .unwrap();
    for wrong in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!text.contains(wrong), "{wrong}");
    }
}

#[test]
fn large_results_are_bounded_and_counted() {
    let many: Vec<_> =
        (0..80).map(|_| rule("r", Severity::Medium, hits(500, &"x".repeat(2_000)))).collect();
    let text = html(&report(many), &ReportOptions::default()).unwrap();
    assert!(text.len() < 12_000_000, "{}", text.len());
    assert!(text.contains("400 more rows are not shown here"));
    assert!(text.contains("500 more rows are not shown here"));
}

#[test]
fn every_outcome_has_its_place() {
    let problem = Problem {
        code: String::from("unknown-column"),
        kusto: Some(String::from("KS142")),
        message: String::from("no column named `Acount` here"),
        help: Some(String::from("did you mean `Account`?")),
        place: Some(Place {
            line: 9,
            column: 11,
            length: 6,
            text: String::from("  | where Acount == 1"),
            label: String::new(),
        }),
    };
    let outcomes = vec![
        rule("found", Severity::High, hits(3, "mira")),
        rule(
            "quiet",
            Severity::Low,
            Outcome::NothingFound { seen: Seen { runs: 1, ..Seen::default() } },
        ),
        rule(
            "blind",
            Severity::Low,
            Outcome::NoData { tables: vec![String::from("AWSCloudTrail")] },
        ),
        rule("broken", Severity::Low, Outcome::CannotRun { problems: vec![problem] }),
        rule(
            "slow",
            Severity::Low,
            Outcome::Failed {
                message: String::from("took too long"),
                help: String::from("--timeout"),
            },
        ),
        rule("parser", Severity::Low, Outcome::NotARule { reason: String::from("a function") }),
    ];
    let text = html(&report(outcomes), &ReportOptions::default()).unwrap();
    for wanted in [
        "AWSCloudTrail",
        "<mark>Acount</mark>",
        "unknown-column, KS142",
        "took too long",
        "a function",
        "a.json, line 7",
        "<svg",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
}

#[test]
fn an_empty_report_is_a_page_too() {
    let text = html(&HuntReport::default(), &ReportOptions::default()).unwrap();
    assert!(text.contains("Nothing was found."));
}

/// Writes the page that `HARRIER_REPORT_OUT` names, to be looked at.
#[test]
fn a_page_to_look_at() {
    let Some(path) = std::env::var_os("HARRIER_REPORT_OUT") else { return };
    let outcomes = (0..12).map(|number| {
        let severity = [Severity::High, Severity::Medium, Severity::Low][number % 3];
        rule(
            &format!("A rule with number {number}"),
            severity,
            hits(1 + number as i64, "mira.osei0@larkspur.example"),
        )
    });
    std::fs::write(path, html(&report(outcomes.collect()), &ReportOptions::default()).unwrap())
        .unwrap();
}
