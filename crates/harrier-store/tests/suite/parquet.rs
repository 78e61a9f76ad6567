//! Parquet files of all kinds of writers.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, DictionaryArray, Int32Array, Int64Array, ListArray, RecordBatch, StringArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray,
};
use arrow::datatypes::Int32Type;
use datafusion::logical_expr::Expr;
use datafusion::prelude::lit;
use kql_semantics::Type;
use kql_semantics::time::UNIX_EPOCH;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use crate::shared::{Data, column, query, quoted, texts, ticks, ty};

fn parquet(columns: Vec<(&str, ArrayRef)>, properties: WriterProperties) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn small_groups() -> WriterProperties {
    WriterProperties::builder()
        .set_max_row_group_row_count(Some(1000))
        .set_data_page_row_count_limit(100)
        .set_write_batch_size(100)
        .set_statistics_enabled(EnabledStatistics::Page)
        .build()
}

/// Ten thousand rows, a second apart, from the first of June 2025.
fn seconds() -> Vec<i64> {
    let start = (ticks("2025-06-01") - UNIX_EPOCH) / 10;
    (0..10_000).map(|second| start + second * 1_000_000).collect()
}

#[test]
fn columns_take_the_types_of_the_schema() {
    let words: DictionaryArray<Int32Type> = vec![Some("a"), None].into_iter().collect();
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1)]), None]);
    let bytes = parquet(
        vec![
            (
                "TimeGenerated",
                Arc::new(TimestampNanosecondArray::from(vec![Some(1_000_000_100), None])),
            ),
            ("EventID", Arc::new(Int64Array::from(vec![4624, 4625]))),
            ("Account", Arc::new(words)),
            ("Level", Arc::new(StringArray::from(vec!["4", "high"]))),
            ("Extra", Arc::new(lists)),
            (
                "When",
                Arc::new(TimestampMillisecondArray::from(vec![Some(1), None]).with_timezone("UTC")),
            ),
            ("Computer", Arc::new(Int32Array::from(vec![None, Some(7)]))),
        ],
        WriterProperties::default(),
    );
    let store = Data::new(&[("SecurityEvent.parquet", &bytes)]).open();
    assert_eq!(
        texts(
            &store,
            "SecurityEvent",
            &[
                "TimeGenerated",
                "EventID",
                "Account",
                "Level",
                "Extra",
                "When",
                "Computer",
                "Task",
                "Type"
            ]
        ),
        [
            [
                "1970-01-01T00:00:01.0000001Z",
                "4624",
                "a",
                "4",
                "[1]",
                "1970-01-01T00:00:00.0010000Z",
                "",
                "null",
                "SecurityEvent"
            ],
            ["null", "4625", "", "high", "null", "null", "7", "null", "SecurityEvent"],
        ]
    );
    assert_eq!(
        (ty(&store, "SecurityEvent", "Extra"), ty(&store, "SecurityEvent", "When")),
        (Type::Dynamic, Type::DateTime)
    );
    assert_eq!(store.info("SecurityEvent").unwrap().timeless_rows, 1);
}

#[test]
fn dynamics_as_text_hold_what_they_mean() {
    let texts: ArrayRef = Arc::new(StringArray::from(vec![
        Some("{\"a\":1}"),
        Some("plain"),
        Some(""),
        None,
        Some("5"),
    ]));
    let bytes = parquet(vec![("DeviceDetail", texts)], WriterProperties::default());
    let store = Data::new(&[("SigninLogs.parquet", &bytes)]).open();
    assert_eq!(
        column(&store, "SigninLogs", "DeviceDetail"),
        ["{\"a\":1}", "\"plain\"", "null", "null", "5"]
    );
}

/// The scan's pieces and rows for a filter.
fn pieces_and_rows(store: &harrier_store::Store, filter: Expr) -> (usize, usize) {
    let mut wanted = query("SecurityEvent", &["EventID"]);
    wanted.filter = Some(filter);
    let plan = wanted.plan(store);
    let pieces =
        plan.split("pieces=").nth(1).and_then(|rest| rest.split([',', '\n']).next()).unwrap();
    (pieces.trim().parse().unwrap(), wanted.rows(store).num_rows())
}

#[test]
fn row_groups_and_pages_are_left_out_by_ticks() {
    let ids: Int32Array = (0..10_000).collect();
    let accounts: StringArray =
        (0..10_000).map(|row| (row >= 5000).then(|| format!("user{row:05}"))).collect();
    let bytes = parquet(
        vec![
            (
                "TimeGenerated",
                Arc::new(TimestampMicrosecondArray::from(seconds()).with_timezone("UTC")),
            ),
            ("EventID", Arc::new(ids)),
            ("Account", Arc::new(accounts)),
        ],
        small_groups(),
    );
    let store = Data::new(&[("SecurityEvent/1.parquet", &bytes)]).open();
    let time = || quoted("TimeGenerated");
    let at = |second: i64| ticks("2025-06-01") + second * 10_000_000;
    assert_eq!(pieces_and_rows(&store, time().gt(lit(at(9000)))), (1, 999));
    assert_eq!(pieces_and_rows(&store, time().gt_eq(lit(at(8999) + 1))), (1, 1000));
    // A tick before the edge and one behind it.
    assert_eq!(pieces_and_rows(&store, time().gt_eq(lit(at(8999)))), (2, 1001));
    assert_eq!(pieces_and_rows(&store, time().lt(lit(at(1000) + 1))), (2, 1001));
    assert_eq!(pieces_and_rows(&store, time().lt_eq(lit(at(1000) - 1))), (1, 1000));
    assert_eq!(pieces_and_rows(&store, time().eq(lit(at(1500) + 3))), (1, 0));
    assert_eq!(pieces_and_rows(&store, time().between(lit(at(1500)), lit(at(1600)))), (1, 101));
    assert_eq!(pieces_and_rows(&store, quoted("EventID").eq(lit(4321_i32))), (1, 1));
    assert_eq!(pieces_and_rows(&store, quoted("Account").eq(lit("user07777"))), (1, 1));
    // An absent string is "", which no bounds may rule out.
    assert_eq!(pieces_and_rows(&store, quoted("Account").eq(lit(""))).1, 5000);
    assert_eq!(pieces_and_rows(&store, quoted("Account").lt(lit("a"))).1, 5000);
    // Pages are left out, and places stay those of the file.
    let mut wanted = query("SecurityEvent", &["EventID", "_harrier_place"]);
    wanted.filter = Some(time().between(lit(at(1510)), lit(at(1512))));
    let batch = wanted.rows(&store);
    let places: Vec<i64> =
        arrow::array::AsArray::as_primitive::<arrow::datatypes::Int64Type>(batch.column(1))
            .values()
            .to_vec();
    assert_eq!(places, [1510, 1511, 1512]);
}

#[test]
fn several_readers_give_all_rows_once_in_a_told_order() {
    let files: Vec<(String, Vec<u8>)> = (0..3)
        .map(|file| {
            let ids: Int32Array = (file * 10_000..(file + 1) * 10_000).collect();
            let times = TimestampMicrosecondArray::from(seconds());
            let bytes = parquet(
                vec![("TimeGenerated", Arc::new(times)), ("EventID", Arc::new(ids))],
                small_groups(),
            );
            (format!("SecurityEvent/{file}.parquet"), bytes)
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let store = Data::new(&files).open();
    for threads in [1, 2, 7] {
        let mut wanted = query("SecurityEvent", &["EventID", "_harrier_place"]);
        wanted.threads = threads;
        let batch = wanted.rows(&store);
        let ids = arrow::array::AsArray::as_primitive::<Int32Type>(batch.column(0)).values();
        let places =
            arrow::array::AsArray::as_primitive::<arrow::datatypes::Int64Type>(batch.column(1))
                .values();
        let mut rows: Vec<(i64, i32)> = places.iter().copied().zip(ids.iter().copied()).collect();
        rows.sort_unstable();
        let sorted: Vec<i32> = rows.iter().map(|(_, id)| *id).collect();
        assert_eq!(sorted, (0..30_000).collect::<Vec<_>>(), "{threads}");
    }
}

#[test]
fn a_time_in_the_future_moves_no_clock() {
    let mut times = seconds();
    times[77] = (ticks("2999-01-01") - UNIX_EPOCH) / 10;
    let bytes = parquet(
        vec![("TimeGenerated", Arc::new(TimestampMicrosecondArray::from(times)))],
        small_groups(),
    );
    let store = Data::new(&[("SecurityEvent.parquet", &bytes)]).open();
    let info = store.info("SecurityEvent").unwrap();
    assert_eq!((info.rows, info.future_rows), (10_000, 1));
    assert_eq!(info.last, Some(ticks("2025-06-01") + 9_999 * 10_000_000));
}

#[test]
fn a_time_as_text_is_read() {
    let times: ArrayRef =
        Arc::new(StringArray::from(vec!["2025-06-01T10:00:00Z", "6/2/2025, 1:00:00 PM"]));
    let bytes = parquet(vec![("TimeGenerated", times)], WriterProperties::default());
    let store = Data::new(&[("SecurityEvent.parquet", &bytes)]).open();
    assert_eq!(column(&store, "SecurityEvent", "TimeGenerated")[1], "2025-06-02T13:00:00.0000000Z");
    assert_eq!(store.info("SecurityEvent").unwrap().last, Some(ticks("2025-06-02T13:00")));
    let mut wanted = query("SecurityEvent", &["EventID"]);
    wanted.filter = Some(quoted("TimeGenerated").gt(lit(ticks("2025-06-02"))));
    assert_eq!(wanted.rows(&store).num_rows(), 1);
}
