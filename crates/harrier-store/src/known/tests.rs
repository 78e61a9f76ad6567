//! Known schemas as they are asked for.

use super::*;
use kql_semantics::catalog::{StoredBody, StoredResult};

const KNOWN: KnownSchemas = KnownSchemas;

#[test]
fn every_line_is_found_and_parsed() {
    let mut before = "";
    for name in KNOWN.table_names() {
        assert!(before < name, "{before} {name}");
        before = name;
        let schema = KNOWN.table(name).expect(name);
        assert_eq!(
            schema.columns.len(),
            TABLES.find(name).unwrap().split('\t').count() - 1,
            "{name}"
        );
        assert!(KNOWN.origin(name).is_some());
    }
    before = "";
    for name in KNOWN.function_names() {
        assert!(before < name, "{before} {name}");
        before = name;
        if !matches!(name, "_SentinelAudit" | "_SentinelHealth") {
            KNOWN.function(name).expect(name);
        }
    }
    for name in ["", "A", "zzzz", "SigninLog", "SigninLogsX"] {
        assert!(KNOWN.table(name).is_none(), "{name}");
    }
}

#[test]
fn a_table_has_hidden_columns() {
    let schema = KNOWN.table("SecurityEvent").unwrap();
    assert!(schema.columns.contains(&(Name::new("EventID"), Type::Int)));
    assert!(schema.hidden.contains(&(Name::new("_ItemId"), Type::String)));
    assert!(!schema.columns.iter().any(|column| schema.hidden.contains(column)));
    assert_eq!(KNOWN.origin("SecurityEvent"), Some(TableOrigin::LogAnalytics));
    let custom = KNOWN.table("Okta_CL").unwrap();
    let all: Vec<_> =
        custom.columns.iter().chain(&custom.hidden).map(|(name, _)| &**name).collect();
    assert!(all.contains(&"Computer") && all.contains(&"RawData"));
}

#[test]
fn what_a_parser_gives_is_not_physical() {
    assert!(KNOWN.is_physical("Syslog"));
    assert!(!KNOWN.is_physical("imProcessTermiante"));
    assert!(!KNOWN.is_physical("GitLabAudit"));
    assert!(KNOWN.table("GitLabAudit").is_none());
    assert_eq!(KNOWN.physical_ignoring_case("securityevent"), Some("SecurityEvent"));
    assert_eq!(KNOWN.physical_ignoring_case("gitlabaudit"), None);
}

#[test]
fn functions_have_signatures() {
    let signature = |name: &str| match &KNOWN.function(name).expect(name).body {
        StoredBody::Signature(signature) => signature.clone(),
        StoredBody::Tree(_) => unreachable!("{name} has no text"),
    };
    let dns = signature("_Im_Dns");
    assert!(dns.parameters.iter().all(|parameter| parameter.is_optional));
    assert_eq!(dns.parameters[0].ty, Some(Type::DateTime));
    assert_eq!(&*dns.parameters[0].name, "starttime");
    let profile = signature("FileProfile");
    assert_eq!(profile.parameters[0].ty, None);
    assert!(!profile.parameters[0].is_optional);
    assert!(matches!(&profile.result, StoredResult::Extends(columns) if columns.len() > 10));
    assert_eq!(signature("workspace").result, StoredResult::Database);
    let StoredResult::Table { is_open, columns } = signature("_GetWatchlist").result else {
        unreachable!("a watchlist is a table")
    };
    assert!(is_open && columns.len() == 4);
    // Its columns are those of another function's line.
    let StoredResult::Table { columns, .. } = signature("imDns").result else {
        unreachable!("a parser gives a table")
    };
    assert!(columns.len() > 50);
}

#[test]
fn renamed_tables_know_each_other() {
    assert_eq!(
        KNOWN.other_names("AADSignInEventsBeta").collect::<Vec<_>>(),
        ["EntraIdSignInEvents"]
    );
    assert_eq!(
        KNOWN.other_names("EntraIdSignInEvents").collect::<Vec<_>>(),
        ["AADSignInEventsBeta"]
    );
    assert_eq!(KNOWN.other_names("SigninLogs").count(), 0);
}

#[test]
fn a_mistyped_name_has_neighbours() {
    assert_eq!(KNOWN.nearest("SigninLog").first(), Some(&"SigninLogs"));
    assert_eq!(KNOWN.nearest("securityevent").first(), Some(&"SecurityEvent"));
    assert_eq!(KNOWN.nearest("DeviceProcesEvents").first(), Some(&"DeviceProcessEvents"));
    assert!(KNOWN.nearest("Quux").is_empty());
    assert!(KNOWN.nearest(&"x".repeat(100_000)).is_empty());
}
