//! Rules are written for now, logs are old: windows are replayed.

use harrier_detect::HuntOptions;
use harrier_detect::report::{Instant, Outcome};

use crate::support::{Case, at, hits, values};

fn sign_in(time: &str, user: &str, result: &str) -> String {
    format!(
        r#"{{"TimeGenerated":"{time}","UserPrincipalName":"{user}","ResultType":"{result}","IPAddress":"10.0.0.1"}}"#
    )
}

/// An event at noon of each day of two weeks.
fn fortnight() -> Vec<String> {
    (1..=14).map(|day| sign_in(&format!("2026-03-{day:02}T12:00:00Z"), "calm@x.org", "0")).collect()
}

#[test]
fn a_day_long_window_finds_what_happened_on_day_three() {
    let mut lines = fortnight();
    for minute in 10..20 {
        lines.push(sign_in(&format!("2026-03-03T08:{minute}:00Z"), "attacked@x.org", "50126"));
    }
    let query = "SigninLogs\n| where TimeGenerated > ago(1d)\n| where ResultType == '50126'\n\
                 | summarize Failures = count() by UserPrincipalName\n| where Failures >= 10";
    let case = Case::new()
        .log("SigninLogs.ndjson", &lines)
        .scheduled("many-failures", ("1d", "1d"), query)
        .hunting("many-failures-hunted", query);
    let report = case.hunt(&HuntOptions::default());
    for outcome in &report.outcomes {
        let hits = hits(outcome);
        assert_eq!(hits.count, 1, "{outcome:?}");
        assert_eq!(values(hits, "UserPrincipalName"), ["attacked@x.org"]);
        assert_eq!(values(hits, "Failures"), ["10"]);
        assert_eq!(hits.seen.runs, 14);
        assert_eq!(hits.seen.share, Some(1.0));
        // Nothing in the row says when, so it is the end of the run's day.
        assert_eq!(hits.first, Some(Instant(at("2026-03-04") - 1)));
    }
}

#[test]
fn an_hourly_threshold_does_not_fire_on_a_total_of_two_weeks() {
    let query = "SigninLogs\n| where TimeGenerated > ago(1h)\n| summarize Events = count() by UserPrincipalName\n\
                 | where Events > 5";
    let case =
        Case::new().log("SigninLogs.ndjson", &fortnight()).scheduled("hourly", ("1h", "1h"), query);
    let Outcome::NothingFound { seen } = case.outcome().outcome else {
        unreachable!("it found some")
    };
    // The hours without events are left out.
    assert_eq!((seen.runs, seen.step), (14, Some(36_000_000_000)));
    let unwindowed =
        "SigninLogs\n| summarize Events = count() by UserPrincipalName\n| where Events > 5";
    let case = Case::new().log("SigninLogs.ndjson", &fortnight()).scheduled(
        "hourly",
        ("1h", "1h"),
        unwindowed,
    );
    assert!(matches!(case.outcome().outcome, Outcome::NothingFound { .. }));
    // A person's query without a window looks at everything once.
    let case = Case::new().log("SigninLogs.ndjson", &fortnight()).hunting("total", unwindowed);
    assert_eq!(values(hits(&case.outcome()), "Events"), ["14"]);
}

#[test]
fn a_row_in_the_future_moves_nothing() {
    let query = "SigninLogs\n| where TimeGenerated > ago(1d)\n| summarize Events = count() by bin(TimeGenerated, 1d)";
    let found = |lines: &[String]| {
        let case =
            Case::new().log("SigninLogs.ndjson", lines).scheduled("daily", ("1d", "1d"), query);
        let outcome = case.outcome();
        let hits = hits(&outcome);
        (hits.count, hits.first, hits.last, hits.seen.runs)
    };
    let mut lines = fortnight();
    let before = found(&lines);
    assert_eq!(before.0, 14);
    lines.push(sign_in("2099-01-01T00:00:00Z", "later@x.org", "0"));
    assert_eq!(found(&lines), before);
}

#[test]
fn a_row_of_several_runs_counts_once() {
    let query = "SigninLogs\n| where TimeGenerated > ago(7d)\n| join kind=inner (SigninLogs | where TimeGenerated > ago(1d) \
                 | distinct UserPrincipalName) on UserPrincipalName\n| project TimeGenerated, UserPrincipalName";
    let case = Case::new().log("SigninLogs.ndjson", &fortnight()).scheduled(
        "overlap",
        ("1d", "7d"),
        query,
    );
    let outcome = case.outcome();
    assert_eq!((hits(&outcome).count, hits(&outcome).seen.runs), (14, 14));
}

#[test]
fn what_looks_at_single_rows_runs_once() {
    let query = "SigninLogs\n| where TimeGenerated >= ago(5m)\n| extend Who = tolower(UserPrincipalName)\n\
                 | where Who startswith 'calm'";
    let case =
        Case::new().log("SigninLogs.ndjson", &fortnight()).scheduled("single", ("5m", "5m"), query);
    let outcome = case.outcome();
    assert_eq!((hits(&outcome).count, hits(&outcome).seen.runs), (14, 1));
    // What is older than a window that ends earlier is not what the rule means.
    let query = "SigninLogs\n| where TimeGenerated between (ago(14d) .. ago(13d))\n| project UserPrincipalName";
    let case = Case::new().log("SigninLogs.ndjson", &fortnight()).hunting("earlier", query);
    assert!(hits(&case.outcome()).seen.runs > 1);
}

#[test]
fn the_period_limits_what_a_run_sees() {
    // A baseline of two weeks in a rule that sees one day.
    let query = "SigninLogs\n| where TimeGenerated > ago(14d)\n| summarize Events = count() by UserPrincipalName\n\
                 | where Events > 1";
    let case =
        Case::new().log("SigninLogs.ndjson", &fortnight()).scheduled("short", ("1d", "1d"), query);
    assert!(matches!(case.outcome().outcome, Outcome::NothingFound { .. }));
}

#[test]
fn placeholders_are_filled_from_the_window() {
    let query = "let starttime = todatetime('{{StartTimeISO}}');\nlet endtime = todatetime('{{EndTimeISO}}');\n\
                 let known = SigninLogs | where TimeGenerated < starttime | distinct UserPrincipalName;\n\
                 SigninLogs\n| where TimeGenerated between (starttime .. endtime)\n\
                 | where UserPrincipalName !in (known)\n| project TimeGenerated, UserPrincipalName";
    let mut lines = fortnight();
    lines.push(sign_in("2026-03-09T15:00:00Z", "new@x.org", "0"));
    let case = Case::new().log("SigninLogs.ndjson", &lines).hunting("new-users", query);
    let outcome = case.outcome();
    assert_eq!(values(hits(&outcome), "UserPrincipalName"), ["calm@x.org", "new@x.org"]);
}

#[test]
fn as_of_makes_one_run() {
    let query = "SigninLogs\n| where TimeGenerated > ago(3d)\n| summarize Events = count() by UserPrincipalName";
    let case = Case::new().log("SigninLogs.ndjson", &fortnight()).hunting("recent", query);
    let options = HuntOptions { as_of: Some(at("2026-03-05")), ..HuntOptions::default() };
    let report = case.hunt(&options);
    let hits = hits(&report.outcomes[0]);
    assert_eq!(hits.seen.runs, 1);
    // What came later is not seen, though the query bounds nothing above.
    assert_eq!(values(hits, "Events"), ["3"]);
}
