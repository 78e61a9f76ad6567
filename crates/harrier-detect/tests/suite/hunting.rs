//! What a hunt says of each file.

use std::time::Duration;

use harrier_detect::report::{HuntReport, Outcome, RuleOutcome};
use harrier_detect::{Cancel, HuntOptions, hunt, with_functions};
use harrier_rules::load;
use kql_engine::{Engine, EngineOptions};

use crate::support::{Case, hits, open, values};

fn events() -> Vec<String> {
    (0..30)
        .map(|minute| {
            format!(
                r#"{{"TimeGenerated":"2026-03-01T10:{minute:02}:00Z","Computer":"pc{}","EventID":4625,"Account":"A\\u{minute}"}}"#,
                minute % 3
            )
        })
        .collect()
}

fn find<'r>(report: &'r HuntReport, name: &str) -> &'r RuleOutcome {
    report.outcomes.iter().find(|outcome| outcome.path.ends_with(name)).unwrap()
}

fn all_kinds() -> Case {
    let mapped = "id: 1\nname: mapped\nquery: |\n  SecurityEvent | where EventID == 4625 | extend Who = Account\n\
                  entityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: Who\n";
    Case::new()
        .log("SecurityEvent.ndjson", &events())
        .rule("mapped.yaml", mapped)
        .hunting("nothing", "SecurityEvent | where EventID == 1")
        .hunting("no-data", "SigninLogs | join kind=inner SecurityEvent on $left.Identity == $right.Account")
        .hunting("wrong", "SecurityEvent\n| where Acount == 'x'")
        .hunting("calls-parser", "MyParser | where Host == 'pc1'")
        .hunting("missing-text", "SecurityEvent | join kind=inner (_GetWatchlist('VIPs')) on $left.Computer == $right.SearchKey")
        .hunting("explodes", "SecurityEvent | extend k = 1 | join kind=inner (range i from 1 to 3000000 step 1 | extend k = 1) on k\n| join kind=inner (range j from 1 to 3000000 step 1 | extend k = 1) on k | summarize count() by i, j")
        .rule("Parsers/MyParser.txt", "SecurityEvent | project-rename Host = Computer")
        .rule("broken.yaml", "query: |\n  T\n bad: [\n")
        .rule("notes.md", "# notes")
        .rule(
            "entity.yaml",
            "Id: 2\nDisplayName: from an entity\nInputEntityType: IP\nquery: |\n  SecurityEvent | where IpAddress == '<Address>'\n",
        )
}

#[test]
fn each_file_has_one_of_six_outcomes() {
    let case = all_kinds();
    let options = HuntOptions { deadline: Duration::from_secs(20), ..HuntOptions::default() };
    let report = case.hunt(&options);
    assert_eq!(report.outcomes.len(), 11);
    let mapped = find(&report, "mapped.yaml");
    let found = hits(mapped);
    assert_eq!((found.count, found.entities.len()), (30, 30));
    assert_eq!(found.entities[0].kind, "Account");
    assert_eq!(mapped.rule.as_ref().unwrap().tables, ["SecurityEvent"]);
    assert!(matches!(find(&report, "nothing.yaml").outcome, Outcome::NothingFound { .. }));
    let Outcome::NoData { tables } = &find(&report, "no-data.yaml").outcome else {
        unreachable!("there is no data")
    };
    assert_eq!(tables, &["SigninLogs"]);
    let Outcome::CannotRun { problems } = &find(&report, "wrong.yaml").outcome else {
        unreachable!("it is wrong")
    };
    let place = problems[0].place.clone().unwrap();
    assert_eq!((place.line, place.column, place.length), (5, 11, 6));
    assert_eq!(problems[0].help.as_deref(), Some("did you mean `Account`?"));
    assert_eq!(hits(find(&report, "calls-parser.yaml")).count, 10);
    let Outcome::CannotRun { problems } = &find(&report, "missing-text.yaml").outcome else {
        unreachable!("the watchlist is not there: {:?}", find(&report, "missing-text.yaml"))
    };
    assert!(problems[0].message.contains("_GetWatchlist"), "{problems:?}");
    let explodes = &find(&report, "explodes.yaml").outcome;
    assert!(matches!(explodes, Outcome::Failed { .. } | Outcome::CannotRun { .. }), "{explodes:?}");
    assert!(matches!(find(&report, "MyParser.txt").outcome, Outcome::NotARule { .. }));
    assert!(matches!(find(&report, "notes.md").outcome, Outcome::NotARule { .. }));
    let Outcome::CannotRun { problems } = &find(&report, "broken.yaml").outcome else {
        unreachable!("it is no YAML")
    };
    assert_eq!(problems[0].code, "not-yaml");
    let Outcome::CannotRun { problems } = &find(&report, "entity.yaml").outcome else {
        unreachable!("it wants an entity")
    };
    assert_eq!(problems[0].code, "entity-wanted");
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<HuntReport>(&text).unwrap(), report);
}

#[test]
fn many_hits_are_counted_and_some_are_kept() {
    let case = Case::new()
        .log("SecurityEvent.ndjson", &events())
        .hunting("all", "SecurityEvent | project TimeGenerated, Computer");
    let report = case.hunt(&HuntOptions { max_rows: 5, ..HuntOptions::default() });
    let hits = hits(&report.outcomes[0]);
    assert_eq!((hits.count, hits.rows.len()), (30, 5));
    assert_eq!(hits.entities.len(), 3);
    assert_eq!(
        hits.last.map(|last| last.to_string()).as_deref(),
        Some("2026-03-01T10:29:00.0000000Z")
    );
    assert_eq!(values(hits, "Computer")[..2], ["pc0", "pc1"]);
}

#[test]
fn a_stopped_hunt_tells_what_is_done() {
    let case = all_kinds();
    let loaded = load(&[case.rules()]);
    let store = with_functions(&open(&case.logs()), &loaded);
    let engine = Engine::new(std::sync::Arc::new(store.clone()), EngineOptions::default()).unwrap();
    let cancel = Cancel::default();
    let seen = std::sync::atomic::AtomicUsize::new(0);
    let progress = |progress: harrier_detect::HuntProgress<'_>| {
        seen.store(progress.done, std::sync::atomic::Ordering::Relaxed);
        if progress.last.rule.is_some() {
            cancel.cancel();
        }
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let options = HuntOptions { parallel: 1, ..HuntOptions::default() };
    let report = runtime.block_on(hunt(&store, &engine, &loaded, &options, (&progress, &cancel)));
    assert!(report.was_interrupted);
    // The files that hold no rule, and the first rule.
    assert_eq!(report.outcomes.len(), 4);
    assert_eq!(seen.into_inner(), 4);
}

#[test]
fn a_wildcard_stands_for_the_tables_that_are_there() {
    let query =
        "union withsource=Table * | where Computer == 'pc0' or InitiatingProcessSHA1 == 'a'";
    let case = Case::new().log("SecurityEvent.ndjson", &events()).hunting("all", query);
    let hits = hits(&case.outcome()).clone();
    assert_eq!(hits.count, 10);
    assert!(values(&hits, "Table").iter().all(|table| table == "SecurityEvent"));
    let has = |name: &str| hits.columns.iter().any(|column| column.name == name);
    // Of a table that is only known come the columns that are named, and no others.
    assert!(has("InitiatingProcessSHA1") && has("EventID") && !has("InitiatingProcessMD5"));
}

#[test]
fn a_count_of_tables_without_rows_is_no_finding() {
    let case = Case::new()
        .log("SecurityEvent.ndjson", &events())
        .hunting("count", "DeviceEvents | summarize count() | where count_ == 0");
    let outcome = case.outcome().outcome;
    assert!(matches!(&outcome, Outcome::NoData { tables } if tables == &["DeviceEvents"]));
}
