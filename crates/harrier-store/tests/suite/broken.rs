//! Files that are broken: one clear word each, and the rest goes on.

use harrier_store::{OpenOptions, Outcome, Store, StoreError};

use crate::shared::{Data, column, gzip, report, why_not};

const GOOD: &[u8] = b"{\"EventID\":1}\n";

#[test]
fn broken_lines_are_set_aside() {
    let lines = b"{\"EventID\":1}\n{\"EventID\":\nnot json\n{\"EventID\":2,\"x\":{\"y\":]}}\n{\"EventID\":3}{\"EventID\":4}\n\xff\xfe{}\n[1]\n{\"EventID\":5}";
    let store = Data::new(&[("SecurityEvent.json", lines)]).open();
    assert_eq!(column(&store, "SecurityEvent", "EventID"), ["1", "3", "4", "5"]);
    let report = report(&store, "SecurityEvent.json");
    let asides: Vec<(u64, &str)> =
        report.set_aside.iter().map(|aside| (aside.line, aside.reason.as_str())).collect();
    assert_eq!(
        asides,
        [
            (2, "the record ends inside a value"),
            (3, "not an object"),
            (4, "not a JSON value"),
            (6, "not UTF-8"),
            (7, "not an object"),
        ]
    );
    assert_eq!((report.rows, report.rows_set_aside), (4, 5));
}

#[test]
fn what_is_before_a_cut_is_read() {
    let line =
        |id: usize| format!("{{\"EventID\":{id},\"Account\":\"{:x}\"}}\n", id * 7_919 * 104_729);
    let lines: String = (0..20_000).map(line).collect();
    let packed = gzip(lines.as_bytes());
    let array = format!("[{}]", lines.trim_end().replace('\n', ","));
    let packed_array = gzip(array.as_bytes());
    let csv: String = "EventID,Account\n".to_owned()
        + &(0..20_000).map(|id| format!("{id},{:x}\n", id * 7_919)).collect::<String>();
    let packed_csv = gzip(csv.as_bytes());
    let data = Data::new(&[
        ("SecurityEvent/1.json.gz", &packed[..packed.len() / 2]),
        ("SecurityEvent/2.json", GOOD),
        ("Syslog/1.json.gz", &packed_array[..packed_array.len() / 2]),
        ("Event/1.csv.gz", &packed_csv[..packed_csv.len() / 2]),
        ("Heartbeat/1.json", b"[{\"Computer\":\"a\"},{\"Computer\":\"b\""),
    ]);
    let store = data.open_with(&OpenOptions {
        tables: ["SecurityEvent", "Syslog", "Event", "Heartbeat"]
            .map(|table| (kql_syntax::Name::new(table), format!("{table}/*")))
            .to_vec(),
        ..Default::default()
    });
    for (table, file) in [
        ("SecurityEvent", "SecurityEvent/1.json.gz"),
        ("Syslog", "Syslog/1.json.gz"),
        ("Event", "Event/1.csv.gz"),
    ] {
        let report = report(&store, file);
        assert!(report.rows > 5_000 && report.rows < 15_000, "{}", report.rows);
        assert!(report.notes.iter().any(|note| note.contains("cut")), "{:?}", report.notes);
        let ids = column(&store, table, "EventID");
        assert!(ids.iter().take(5_000).enumerate().all(|(row, id)| *id == row.to_string()));
    }
    assert_eq!(column(&store, "SecurityEvent", "EventID").last().unwrap(), "1");
    assert_eq!(column(&store, "Heartbeat", "Computer"), ["a"]);
    assert_eq!(report(&store, "Heartbeat/1.json").rows_set_aside, 1);
}

#[test]
fn a_file_that_can_not_be_read_is_named() {
    let mut data = Data::new(&[
        ("SecurityEvent/1.parquet", b"no parquet at all"),
        ("SecurityEvent/2.parquet", b"PAR1 and nothing else"),
        ("SecurityEvent/3.json", b"<xml/>"),
        ("SecurityEvent/4.json", b"{\"a\":"),
        ("SecurityEvent/5.json", GOOD),
        ("SecurityEvent/6.json.gz", b"\x1f\x8bxx"),
    ]);
    let store = data.open();
    for file in ["1.parquet", "2.parquet", "3.json", "4.json", "6.json.gz"] {
        assert!(
            matches!(report(&store, file).outcome, Outcome::Unreadable(_)),
            "{file}: {:?}",
            report(&store, file).outcome
        );
        println!("{file}: {}", why_not(&store, file));
    }
    assert_eq!(column(&store, "SecurityEvent", "EventID"), ["1"]);
    data = Data::new(&[]);
    let missing = Store::open(&[data.path("no/such")], &OpenOptions::default(), &|_| ());
    assert!(matches!(missing, Err(StoreError::NotThere(_))));
    let pattern = OpenOptions {
        tables: vec![(kql_syntax::Name::new("T"), String::from("[a"))],
        ..Default::default()
    };
    assert!(matches!(
        Store::open(&[std::env::temp_dir().join("no")], &pattern, &|_| ()),
        Err(StoreError::Pattern { .. })
    ));
}

#[test]
fn a_file_that_goes_away_is_an_error_of_the_scan() {
    use kql_engine::Tables;
    let data = Data::new(&[("SecurityEvent.json", GOOD)]);
    let store = data.open();
    std::fs::remove_file(data.path("SecurityEvent.json")).unwrap();
    let provider = store.source("SecurityEvent").unwrap().provider;
    let frame = datafusion::prelude::SessionContext::new().read_table(provider).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let error = runtime.block_on(frame.collect()).unwrap_err().to_string();
    assert!(error.contains("SecurityEvent.json"), "{error}");
}

#[test]
fn long_records_and_open_quotes_are_set_aside() {
    let long = "x".repeat(20 << 20);
    let lines =
        format!("{{\"EventID\":1}}\n{{\"EventID\":2,\"Account\":\"{long}\"}}\n{{\"EventID\":3}}\n");
    let csv = format!("EventID,Account\n1,a\n2,\"{long}\n");
    let deep = format!("{{\"EventID\":1,\"d\":{}}}\n{{\"EventID\":2}}\n", "[".repeat(100_000));
    let data = Data::new(&[
        ("SecurityEvent.json.gz", &gzip(lines.as_bytes())),
        ("Event.csv", csv.as_bytes()),
        ("Alert.json", deep.as_bytes()),
    ]);
    let store = data.open();
    assert_eq!(column(&store, "SecurityEvent", "EventID"), ["1", "3"]);
    let aside = &report(&store, "SecurityEvent.json.gz").set_aside[0];
    assert_eq!((aside.line, aside.reason.as_str()), (2, "longer than 16 MiB"));
    assert_eq!(column(&store, "Event", "EventID"), ["1"]);
    assert!(
        report(&store, "Event.csv").notes[0].contains("a quote is not closed"),
        "{:?}",
        report(&store, "Event.csv")
    );
    assert_eq!(report(&store, "Alert.json").rows, 1);
    assert_eq!(report(&store, "Alert.json").set_aside[0].reason, "nests deeper than 128 levels");
}

#[test]
fn lists_of_indicators_are_no_tables() {
    let data = Data::new(&[
        ("Feeds/a.csv", b"DateAdded,IoC,Type\n1/1/2021,x.com,domainname\n"),
        ("b.csv", b"Indicator,TLP\nx.com,White\n"),
        ("Feeds/SecurityEvent.json", GOOD),
    ]);
    let store = data.open();
    assert!(why_not(&store, "a.csv").contains("externaldata"));
    assert!(why_not(&store, "b.csv").contains("externaldata"));
    assert_eq!(
        store.tables_with_data().iter().map(|table| table.as_str()).collect::<Vec<_>>(),
        ["SecurityEvent"]
    );
}
