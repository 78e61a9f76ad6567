//! Filters that scans apply themselves.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int32Array, RecordBatch, StringArray};
use arrow::datatypes::{Int32Type, Int64Type};
use datafusion::common::JoinType;
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::Expr;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext, lit};
use kql_engine::Tables;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

use crate::shared::{Data, Opened, query, quoted};

/// Ten thousand rows of a narrow and a wide column, in row groups of a thousand: the narrow one is decoded first.
fn wide() -> Vec<u8> {
    let ids: Int32Array = (0..10_000).collect();
    let names: StringArray =
        (0..10_000).map(|row| (row % 10 != 3).then(|| format!("name{}", row % 7))).collect();
    let lines: StringArray = (0..10_000).map(|row| Some(format!("{row:x}").repeat(100))).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("EventID", Arc::new(ids)),
        ("Account", Arc::new(names)),
        ("CommandLine", Arc::new(lines)),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(1000)).build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

/// The same rows as lines.
fn lines() -> Vec<u8> {
    let line = |row: usize| match row % 10 {
        3 => format!(
            "{{\"EventID\":{row},\"CommandLine\":\"{}\"}}\n",
            format!("{row:x}").repeat(100)
        ),
        _ => format!(
            "{{\"EventID\":{row},\"Account\":\"name{}\",\"CommandLine\":\"{}\"}}\n",
            row % 7,
            format!("{row:x}").repeat(100)
        ),
    };
    (0..10_000).map(line).collect::<String>().into_bytes()
}

fn stores() -> [(&'static str, Opened); 2] {
    [
        ("parquet", Data::new(&[("SecurityEvent/1.parquet", &wide())]).open()),
        ("lines", Data::new(&[("SecurityEvent/1.json", &lines())]).open()),
    ]
}

/// Which rows a filter takes.
type Taken = Box<dyn Fn(usize) -> bool>;

#[test]
fn rows_that_no_filter_refuses_are_given() {
    let account = || quoted("Account");
    let id = || quoted("EventID");
    let filters: Vec<(Expr, Taken)> = vec![
        (id().eq(lit(77_i32)), Box::new(|row| row == 77)),
        (account().eq(lit("name2")), Box::new(|row| row % 10 != 3 && row % 7 == 2)),
        (account().eq(lit("")), Box::new(|row| row % 10 == 3)),
        (account().not_eq(lit("name2")), Box::new(|row| row % 10 == 3 || row % 7 != 2)),
        (
            account().eq(lit("name1")).and(id().lt(lit(1500_i32))),
            Box::new(|row| row < 1500 && row % 10 != 3 && row % 7 == 1),
        ),
        (
            account().eq(lit("name1")).or(id().lt(lit(15_i32))),
            Box::new(|row| row < 15 || (row % 10 != 3 && row % 7 == 1)),
        ),
        // A column that the file does not have, one that all rows have alike, and none at all.
        (quoted("Computer").eq(lit("")), Box::new(|_| true)),
        (quoted("Task").eq(lit(1_i32)), Box::new(|_| false)),
        (
            quoted("Type").eq(lit("SecurityEvent")).and(id().gt(lit(9_990_i32))),
            Box::new(|row| row > 9_990),
        ),
        (quoted("CommandLine").eq(lit("ff".repeat(100))), Box::new(|row| row == 255)),
        (
            quoted("_harrier_place").gt(lit(-1_i64)).and(id().eq(lit(5_i32))),
            Box::new(|row| row == 5),
        ),
    ];
    for (name, store) in stores() {
        for (filter, takes) in &filters {
            let expected: Vec<i32> =
                (0..10_000_i32).filter(|row| takes(usize::try_from(*row).unwrap())).collect();
            for columns in [
                &["EventID", "CommandLine"][..],
                &["EventID"],
                &["EventID", "_harrier_place", "CommandLine"],
            ] {
                let mut wanted = query("SecurityEvent", columns);
                wanted.filter = Some(filter.clone());
                wanted.threads = 2;
                let batch = wanted.rows(&store);
                let mut ids = batch.column(0).as_primitive::<Int32Type>().values().to_vec();
                if name == "parquet" && columns.len() == 3 {
                    let places = batch.column(1).as_primitive::<Int64Type>().values();
                    assert!(
                        ids.iter().zip(places).all(|(id, place)| i64::from(*id) == *place),
                        "{filter}"
                    );
                }
                ids.sort_unstable();
                assert_eq!(ids, expected, "{name} {filter} {columns:?}");
            }
            // The filter's columns are not those of the plan above it.
            let mut wanted = query("SecurityEvent", &["CommandLine"]);
            wanted.filter = Some(filter.clone());
            assert_eq!(wanted.rows(&store).num_rows(), expected.len(), "{name} {filter}");
        }
    }
}

fn frame(store: &Opened) -> DataFrame {
    let context = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(2));
    context.read_table(store.source("SecurityEvent").unwrap().provider).unwrap()
}

fn run(frame: DataFrame) -> RecordBatch {
    let schema = frame.schema().as_arrow().clone().into();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let batches = runtime.block_on(frame.collect()).unwrap();
    arrow::compute::concat_batches(&schema, &batches).unwrap()
}

#[test]
fn rows_are_counted_and_limited() {
    for (name, store) in stores() {
        let all = frame(&store).aggregate(vec![], vec![count(lit(1))]).unwrap();
        assert_eq!(run(all).column(0).as_primitive::<Int64Type>().value(0), 10_000, "{name}");
        let some = frame(&store).filter(quoted("Account").eq(lit("name2"))).unwrap();
        let counted = some.clone().aggregate(vec![], vec![count(lit(1))]).unwrap();
        assert_eq!(run(counted).column(0).as_primitive::<Int64Type>().value(0), 1286, "{name}");
        assert_eq!(run(some.limit(0, Some(5)).unwrap()).num_rows(), 5, "{name}");
        assert_eq!(run(frame(&store).limit(3, Some(5)).unwrap()).num_rows(), 5, "{name}");
    }
}

#[test]
fn joins_and_tops_narrow_their_scans() {
    for (name, store) in stores() {
        let top = frame(&store)
            .select(vec![quoted("EventID"), quoted("CommandLine")])
            .unwrap()
            .sort(vec![quoted("EventID").sort(false, false)])
            .unwrap()
            .limit(0, Some(3))
            .unwrap();
        let batch = run(top);
        assert_eq!(
            batch.column(0).as_primitive::<Int32Type>().values().to_vec(),
            [9_999, 9_998, 9_997],
            "{name}"
        );
        let few = frame(&store)
            .filter(quoted("EventID").between(lit(4_000_i32), lit(4_009_i32)))
            .unwrap()
            .select(vec![quoted("EventID").alias("few")])
            .unwrap();
        let all = frame(&store).select(vec![quoted("EventID"), quoted("CommandLine")]).unwrap();
        let joined =
            few.join_on(all, JoinType::Inner, [quoted("few").eq(quoted("EventID"))]).unwrap();
        let batch = run(joined);
        let mut ids = batch.column(0).as_primitive::<Int32Type>().values().to_vec();
        ids.sort_unstable();
        assert_eq!(ids, (4_000..4_010).collect::<Vec<_>>(), "{name}");
    }
}
