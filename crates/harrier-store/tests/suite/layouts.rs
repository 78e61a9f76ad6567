//! Layouts that vendors write.

use harrier_store::{Layout, Outcome};

use crate::shared::{Data, report, texts, why_not};

#[test]
fn azure_monitors_export_is_read() {
    let path = "am-securityevent/WorkspaceResourceId=/subscriptions/1/y=2025/m=06/d=01/h=10/m=00/PT05M.json";
    let store = Data::new(&[(
        path,
        b"{\"TimeGenerated\":\"2025-06-01T10:00:00Z\",\"EventID\":4624}\n{\"EventID\":4625}\n",
    )])
    .open();
    assert_eq!(texts(&store, "SecurityEvent", &["EventID"]), [["4624"], ["4625"]]);
    assert_eq!(report(&store, "PT05M.json").layout, Layout::AzureMonitorExport);
}

#[test]
fn defenders_streaming_is_read() {
    let lines = br#"{"time":"2025-06-01T10:01:00Z","tenantId":"t","operationName":"Publish","category":"AdvancedHunting-DeviceEvents","properties":{"Timestamp":"2025-06-01T10:00:00Z","ActionType":"x","AdditionalFields":"{\"a\":1}"}}
{"time":"2025-06-01T10:02:00Z","category":"AdvancedHunting-DeviceEvents"}
"#;
    for path in ["insights-logs-advancedhunting-deviceevents/y=2025/PT1H.json", "any/PT1H.json"] {
        let store = Data::new(&[(path, lines)]).open();
        assert_eq!(
            texts(&store, "DeviceEvents", &["Timestamp", "ActionType", "AdditionalFields"]),
            [["2025-06-01T10:00:00.0000000Z", "x", "{\"a\":1}"]]
        );
        let report = report(&store, "PT1H.json");
        assert_eq!(
            (report.layout, report.rows, report.rows_set_aside),
            (Layout::DefenderStreaming, 1, 1)
        );
    }
}

#[test]
fn layouts_that_are_not_read_are_named() {
    let sign_in = br#"{"id":"1","createdDateTime":"2025-06-01T10:00:00Z","userPrincipalName":"a","appDisplayName":"b","ipAddress":"c"}"#;
    let graph = format!(
        "{{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#auditLogs/signIns\",\"value\":[{}]}}",
        std::str::from_utf8(sign_in).unwrap()
    );
    let diagnostic = br#"{"time":"2025-06-01T10:00:00Z","resourceId":"/x","operationName":"Sign-in activity","category":"SignInLogs","properties":{"id":"1","createdDateTime":"x"}}
"#;
    let data = Data::new(&[
        ("Security.evtx", b"ElfFile\0\0\0\0\0"),
        ("audit.csv", b"RecordId,CreationDate,RecordType,Operation,AuditData\n1,2,3,4,{}\n"),
        ("graph.json", graph.as_bytes()),
        ("SigninLogs/camel.json", sign_in),
        ("insights-logs-signinlogs/PT1H.json", diagnostic),
        ("InteractiveSignIns.csv", b"Date (UTC),Request ID,User agent,User ID\n1,2,3,4\n"),
        ("logs.zip", b"PK\x03\x04\0\0\0\0"),
        ("answer.json", b"{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":[{\"name\":\"a\"}],\"rows\":[[1]]}]}"),
        ("notes.md", b"# Notes\n"),
        ("empty.json", b""),
        ("random", b"hello\n"),
    ]);
    let store = data.open();
    assert!(store.tables_with_data().is_empty(), "{:?}", store.tables_with_data());
    for (file, says) in [
        ("Security.evtx", "evtx"),
        ("audit.csv", "AuditData"),
        ("graph.json", "Microsoft Graph"),
        ("camel.json", "camelCase"),
        ("PT1H.json", "diagnostic settings"),
        ("InteractiveSignIns.csv", "portal"),
        ("logs.zip", "zip"),
        ("answer.json", "query API"),
    ] {
        assert!(
            matches!(report(&store, file).outcome, Outcome::NotReadYet(_)),
            "{file}: {:?}",
            report(&store, file)
        );
        assert!(why_not(&store, file).contains(says), "{file}: {}", why_not(&store, file));
    }
    for file in ["notes.md", "empty.json", "random"] {
        assert!(matches!(report(&store, file).outcome, Outcome::NotATable(_)), "{file}");
    }
}
