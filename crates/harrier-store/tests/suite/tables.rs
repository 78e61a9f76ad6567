//! Which columns tables have, and what stands in those that files do not hold.

use datafusion::prelude::lit;
use harrier_store::{OpenOptions, Store};
use kql_engine::Tables;
use kql_semantics::Type;
use kql_semantics::catalog::Catalog;
use kql_syntax::Name;

use crate::shared::{Data, column, query, quoted, report, texts, ticks, ty};

#[test]
fn a_store_without_data_knows_tables() {
    let store = Store::known();
    assert!(store.table("SigninLogs").is_some());
    assert!(store.source("SigninLogs").is_none());
    assert!(store.info("SigninLogs").is_none());
    assert!(store.tables_with_data().is_empty());
}

#[test]
fn the_time_that_is_held_fills_the_other() {
    for (held, filled) in [("Timestamp", "TimeGenerated"), ("TimeGenerated", "Timestamp")] {
        let lines = format!("{{\"{held}\":\"2025-06-01T10:00:00Z\",\"ActionType\":\"x\"}}\n");
        let later = lines.replace("2025-06-01", "2025-06-09");
        let data = Data::new(&[
            ("DeviceEvents/1.json", lines.as_bytes()),
            ("DeviceEvents/2.json", later.as_bytes()),
        ]);
        let store = data.open();
        let both = texts(&store, "DeviceEvents", &["Timestamp", "TimeGenerated"]);
        assert_eq!(both[0], ["2025-06-01T10:00:00.0000000Z"; 2], "{held}");
        // Files are left out by the one that is filled, too.
        for time in [held, filled] {
            let mut wanted = query("DeviceEvents", &["ActionType"]);
            wanted.filter = Some(quoted(time).gt(lit(ticks("2025-06-05"))));
            assert!(wanted.plan(&store).contains("pieces=1"), "{time} {}", wanted.plan(&store));
            assert_eq!(wanted.rows(&store).num_rows(), 1);
        }
        let info = store.info("DeviceEvents").unwrap();
        assert_eq!(
            (info.first, info.last),
            (Some(ticks("2025-06-01T10:00")), Some(ticks("2025-06-09T10:00")))
        );
        let source = store.source("DeviceEvents").unwrap();
        assert_eq!(source.time.as_deref(), Some("Timestamp"));
        assert_eq!(source.order.first(), source.time.as_ref());
    }
}

#[test]
fn hidden_columns_are_there_when_named() {
    let data = Data::new(&[(
        "SecurityEvent.json",
        b"{\"TimeGenerated\":\"2025-06-01T10:00:00Z\",\"_ResourceId\":\"r\",\"EventID\":1}\n",
    )]);
    let store = data.open();
    let schema = store.table("SecurityEvent").unwrap();
    assert!(
        schema
            .columns
            .iter()
            .all(|(name, _)| !["_ItemId", "_harrier_place"].contains(&name.as_str()))
    );
    assert_eq!(
        texts(&store, "SecurityEvent", &["Type", "_ItemId", "_ResourceId"]),
        [["SecurityEvent", "", "r"]]
    );
}

#[test]
fn a_custom_table_has_the_columns_of_its_files() {
    let data = Data::new(&[
        (
            "App_CL/1.json",
            b"{\"Size_d\":1,\"Name_s\":5,\"When_t\":\"2025-06-01T10:00:00Z\",\"ok\":true}\n",
        ),
        (
            "App_CL/2.json",
            b"{\"Size_d\":2.5,\"New\":{\"a\":1},\"TimeGenerated\":\"2025-06-01T10:00:00Z\"}\n",
        ),
    ]);
    let store = data.open();
    let types = ["Size_d", "Name_s", "When_t", "ok", "New", "TimeGenerated"]
        .map(|name| ty(&store, "App_CL", name));
    assert_eq!(
        types,
        [Type::Real, Type::String, Type::DateTime, Type::Bool, Type::Dynamic, Type::DateTime]
    );
    assert_eq!(
        texts(&store, "App_CL", &["Size_d", "Name_s", "New"]),
        [["1", "5", "null"], ["2.5", "", "{\"a\":1}"]]
    );
    let found = store.found_columns("App_CL");
    assert_eq!(
        found.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(),
        ["Size_d", "Name_s", "When_t", "ok", "New", "TimeGenerated"]
    );
    assert_eq!(
        (found[0].found, found[0].ty, found[0].is_known, found[0].files),
        (Type::Real, Type::Real, false, 2)
    );
}

#[test]
fn rows_of_several_types_go_to_their_tables() {
    let lines = br#"{"Type":"Syslog","SyslogMessage":"a"}
{"Type":"SecurityEvent","EventID":1}
{"Type":"Syslog","SyslogMessage":"b"}
{"SyslogMessage":"c"}
"#;
    let csv = b"Type,EventID,SyslogMessage\nSyslog,,d\nSecurityEvent,2,\nSyslog,,e\n";
    let store = Data::new(&[("all.json", lines), ("more.csv", csv)]).open();
    assert_eq!(column(&store, "Syslog", "SyslogMessage"), ["a", "b", "c", "d", "e"]);
    assert_eq!(column(&store, "SecurityEvent", "EventID"), ["1", "2"]);
    assert_eq!(store.info("Syslog").unwrap().rows, 5);
    assert_eq!(store.files().len(), 4);
}

#[test]
fn the_user_says_which_table_a_file_is() {
    let data = Data::new(&[
        ("fw/a.json", b"{\"DeviceVendor\":\"x\",\"Type\":\"Syslog\"}\n"),
        ("b.xyz", b"A,B\n1,2\n"),
    ]);
    let tables = vec![
        (Name::new("CommonSecurityLog"), String::from("fw/*.json")),
        (Name::new("Things_CL"), String::from("*.xyz")),
    ];
    let store = data.open_with(&OpenOptions { tables, ..Default::default() });
    assert_eq!(column(&store, "CommonSecurityLog", "DeviceVendor"), ["x"]);
    assert_eq!(texts(&store, "Things_CL", &["A", "B"]), [["1", "2"]]);
    assert_eq!(report(&store, "a.json").table.as_deref(), Some("CommonSecurityLog"));
}

#[test]
fn a_renamed_table_is_found_under_both_names() {
    let data = Data::new(&[(
        "AADSpnSignInEventsBeta.json",
        b"{\"Timestamp\":\"2025-06-01T10:00:00Z\",\"ErrorCode\":7}\n",
    )]);
    let store = data.open();
    for name in ["AADSpnSignInEventsBeta", "EntraIdSpnSignInEvents"] {
        assert_eq!(column(&store, name, "ErrorCode"), ["7"], "{name}");
        assert_eq!(&*store.table(name).unwrap().name, name);
    }
}

#[test]
fn what_was_learned_is_remembered() {
    let line = "{\"TimeGenerated\":\"2025-06-01T10:00:00Z\",\"EventID\":1,\"Pad\":\"xxxxxxxxxxxxxxxxxxxxxxxxxx\"}\n";
    let data = Data::new(&[("SecurityEvent.json", line.repeat(20_000).as_bytes())]);
    let cache = tempfile::tempdir().unwrap();
    let options = OpenOptions { cache: Some(cache.path().join("harrier")), ..Default::default() };
    let first = data.open_with(&options);
    assert_eq!(std::fs::read_dir(cache.path().join("harrier")).unwrap().count(), 1);
    let second = data.open_with(&options);
    assert_eq!(first.info("SecurityEvent"), second.info("SecurityEvent"));
    // A file that changed is looked at again.
    data.write("SecurityEvent.json", line.repeat(20_001).as_bytes());
    assert_eq!(data.open_with(&options).info("SecurityEvent").unwrap().rows, 20_001);
    // A folder that can not be written is no hindrance: here a file is in its way.
    let in_the_way = cache.path().join("file");
    std::fs::write(&in_the_way, "").unwrap();
    let options = OpenOptions { cache: Some(in_the_way.join("harrier")), ..Default::default() };
    assert_eq!(data.open_with(&options).info("SecurityEvent").unwrap().rows, 20_001);
}
