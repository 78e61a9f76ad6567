//! JSON and CSV in all their forms.

use crate::shared::{Data, column, gzip, query, report, texts, ticks, ty};
use harrier_store::{Format, OpenOptions};
use kql_semantics::Type;
use kql_syntax::Name;

const LINES: &[u8] = br#"{"TimeGenerated":"2025-06-01T10:00:00.1234567Z","UserPrincipalName":"a","ResultType":0,"DeviceDetail":{"os": "Win"},"Extra":1}
{"TimeGenerated":"2025-06-01T11:00:00Z","UserPrincipalName":"b\u00e9","ResultType":"50126","DeviceDetail":"{\"os\":\"Mac\"}","Extra":2.5}

{"TimeGenerated":"2025-06-01T12:00:00Z","UserPrincipalName":null,"DeviceDetail":"","Other":[1,2]}
"#;

#[test]
fn lines_are_read_with_the_types_of_the_schema() {
    let data = Data::new(&[("SigninLogs.json", LINES)]);
    let store = data.open();
    assert_eq!(
        texts(
            &store,
            "SigninLogs",
            &[
                "TimeGenerated",
                "UserPrincipalName",
                "ResultType",
                "DeviceDetail",
                "Extra",
                "Other",
                "AppDisplayName"
            ]
        ),
        [
            ["2025-06-01T10:00:00.1234567Z", "a", "0", "{\"os\":\"Win\"}", "1", "null", ""],
            ["2025-06-01T11:00:00.0000000Z", "bé", "50126", "{\"os\":\"Mac\"}", "2.5", "null", ""],
            ["2025-06-01T12:00:00.0000000Z", "", "", "null", "null", "[1,2]", ""],
        ]
    );
    assert_eq!(ty(&store, "SigninLogs", "Extra"), Type::Real);
    assert_eq!(ty(&store, "SigninLogs", "Other"), Type::Dynamic);
    assert_eq!(report(&store, "SigninLogs.json").format, Some(Format::JsonLines));
    let info = store.info("SigninLogs").unwrap();
    assert_eq!(
        (info.rows, info.first, info.last),
        (3, Some(ticks("2025-06-01T10:00:00.1234567Z")), Some(ticks("2025-06-01T12:00")))
    );
}

#[test]
fn all_forms_of_json_hold_the_same_rows() {
    let lines = std::str::from_utf8(LINES).unwrap();
    let records: Vec<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
    let array = format!("[\n{}\n]", records.join(",\n"));
    let tight = format!("[{}]", records.join(","));
    let pretty: String = records
        .iter()
        .map(|record| {
            let value: serde_json::Value = serde_json::from_str(record).unwrap();
            serde_json::to_string_pretty(&value).unwrap() + "\n"
        })
        .collect();
    let wrapped = format!("{{\"total\":3,\"Results\":{tight},\"more\":false}}");
    let marked = format!("\u{feff}{lines}");
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let packed = zstd::encode_all(lines.as_bytes(), 1).unwrap();
    let columns =
        ["TimeGenerated", "UserPrincipalName", "ResultType", "DeviceDetail", "Extra", "Other"];
    let expected = texts(&Data::new(&[("SigninLogs.json", LINES)]).open(), "SigninLogs", &columns);
    for (name, bytes) in [
        ("array", array.as_bytes()),
        ("tight", tight.as_bytes()),
        ("pretty", pretty.as_bytes()),
        ("wrapped", wrapped.as_bytes()),
        ("marked", marked.as_bytes()),
        ("wide", &wide),
        ("gzip", &gzip(LINES)),
        ("zstd", &packed),
    ] {
        // The name says nothing of the form.
        let store = Data::new(&[("SigninLogs/a.json", bytes)]).open();
        assert_eq!(texts(&store, "SigninLogs", &columns), expected, "{name}");
    }
}

#[test]
fn an_event_is_not_taken_for_an_answer() {
    let event = b"{\n \"TimeGenerated\": \"2025-06-01T10:00:00Z\",\n \"EventID\": 1,\n \"items\": [{\"a\": 1}, {\"a\": 2}]\n}\n";
    let store = Data::new(&[("SecurityEvent.json", event)]).open();
    assert_eq!(
        texts(&store, "SecurityEvent", &["EventID", "items"]),
        [["1", "[{\"a\":1},{\"a\":2}]"]]
    );
    let long = format!(
        "{{\"schema\":[{{}}],\"value\":[{{\"EventID\":7,\"Account\":\"{}\"}},\n{{\"EventID\":8}}]}}",
        "x".repeat(300_000)
    );
    let store = Data::new(&[("SecurityEvent.json", long.as_bytes())]).open();
    assert_eq!(column(&store, "SecurityEvent", "EventID"), ["7", "8"]);
}

#[test]
fn csv_of_the_portal_is_read() {
    let csv = "\"TimeGenerated [UTC]\",EventID,Account,\"EventData [UTC]\",Extra,IsX,,Type\n\
               \"6/1/2025, 10:00:00.123 AM\",4624,\"a\nb\",,7,TRUE,,SecurityEvent\n\
               \"6/1/2025, 1:00:00.000 PM\",4625,c,x,8,false,,SecurityEvent\n\
               2025-06-01T14:00:00Z,short\n";
    let store = Data::new(&[("query_data.csv", csv.as_bytes())]).open();
    assert_eq!(
        texts(
            &store,
            "SecurityEvent",
            &["TimeGenerated", "EventID", "Account", "EventData", "Extra", "IsX", "Type"]
        ),
        [
            ["2025-06-01T10:00:00.1230000Z", "4624", "a\nb", "", "7", "true", "SecurityEvent"],
            ["2025-06-01T13:00:00.0000000Z", "4625", "c", "x", "8", "false", "SecurityEvent"],
        ]
    );
    assert_eq!(
        (ty(&store, "SecurityEvent", "Extra"), ty(&store, "SecurityEvent", "IsX")),
        (Type::Long, Type::Bool)
    );
    let report = report(&store, "query_data.csv");
    assert_eq!((report.rows, report.rows_set_aside), (2, 1));
    assert_eq!(report.set_aside[0].line, 5);
    assert_eq!(report.set_aside[0].reason, "2 values where the heading has 8");
}

#[test]
fn csv_divided_by_other_bytes_is_read() {
    for (name, delimiter) in [("a.csv", ";"), ("b.tsv", "\t"), ("c.csv", "|")] {
        let csv =
            ["A,B,C", "1,x,2025-06-01T10:00:00Z", "2,\"y, z\",2025-06-01T11:00:00Z"].join("\n");
        let csv = csv.replace(", ", "~").replace(',', delimiter).replace('~', ", ");
        let data = Data::new(&[(name, csv.as_bytes())]);
        let table = Name::new("Things_CL");
        let store = data.open_with(&OpenOptions {
            tables: vec![(table, String::from("*"))],
            ..Default::default()
        });
        assert_eq!(texts(&store, "Things_CL", &["A", "B"]), [["1", "x"], ["2", "y, z"]], "{name}");
    }
}

#[test]
fn a_large_plain_file_is_read_in_pieces() {
    let mut lines = String::new();
    for row in 0..200_000 {
        lines.push_str(&format!(
            "{{\"TimeGenerated\":\"2025-06-01T10:00:00Z\",\"EventID\":{row},\"Account\":\"{}\",\"EventData\":\"{}\"}}\n",
            "x".repeat(row % 90),
            "y".repeat(100)
        ));
    }
    let store = Data::new(&[("SecurityEvent.json", lines.as_bytes())]).open();
    let mut wanted = query("SecurityEvent", &["EventID", "_harrier_place"]);
    wanted.threads = 3;
    assert!(wanted.plan(&store).contains("pieces=5"), "{}", wanted.plan(&store));
    let batch = wanted.rows(&store);
    let mut rows: Vec<(i64, i64)> = (0..batch.num_rows())
        .map(|row| {
            let value = |column: usize, ty| {
                kql_functions::physical::value_at(batch.column(column), row, ty)
            };
            match (value(1, Type::Long), value(0, Type::Int)) {
                (kql_semantics::Value::Long(place), kql_semantics::Value::Int(id)) => {
                    (place, i64::from(id))
                }
                other => panic!("{other:?}"),
            }
        })
        .collect();
    rows.sort_unstable();
    let ids: Vec<i64> = rows.iter().map(|(_, id)| *id).collect();
    assert_eq!(ids, (0..200_000).collect::<Vec<_>>());
}

#[test]
fn the_clock_may_stand_in_the_data_and_rows_may_have_no_time() {
    let lines = br#"{"TimeGenerated":"2025-06-01T10:00:00Z","EventID":1}
{"TimeGenerated":"2999-06-01T10:00:00Z","EventID":2}
{"TimeGenerated":"soon","EventID":3}
{"EventID":4}
"#;
    let store = Data::new(&[("SecurityEvent.json", lines)]).open();
    let info = store.info("SecurityEvent").unwrap();
    assert_eq!((info.rows, info.future_rows, info.timeless_rows), (4, 1, 2));
    let notes = &report(&store, "SecurityEvent.json").notes;
    assert_eq!(notes.as_slice(), ["1 values of `TimeGenerated` can not be read as times"]);
    let csv = b"TimeGenerated,EventID\n27/11/2020 10:00,1\n2025-06-01T10:00:00Z,2\n,3\n28/11/2020 10:00,4\n2025-06-02T10:00:00Z,5\n";
    let exported = Data::new(&[("SecurityEvent.csv", csv)]).open();
    let times = exported.info("SecurityEvent").unwrap();
    assert_eq!((times.timeless_rows, times.last), (3, Some(ticks("2025-06-02T10:00"))));
    assert_eq!(
        report(&exported, "SecurityEvent.csv").notes[0],
        "2 values of `TimeGenerated` can not be read as times"
    );
    assert_eq!(
        (info.first, info.last),
        (Some(ticks("2025-06-01T10:00")), Some(ticks("2025-06-01T10:00")))
    );
    assert_eq!(column(&store, "SecurityEvent", "EventID"), ["1", "2", "3", "4"]);
    let later = OpenOptions { now: Some(ticks("2999-06-02")), ..Default::default() };
    let store = Data::new(&[("SecurityEvent.json", lines)]).open_with(&later);
    assert_eq!(store.info("SecurityEvent").unwrap().last, Some(ticks("2999-06-01T10:00")));
}
