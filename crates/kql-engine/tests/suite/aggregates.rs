//! Aggregates over several partitions: answers do not depend on how many there are, nor on which comes first.

use kql_engine::{Engine, EngineOptions, QueryOptions};
use kql_semantics::{Type, Value};

use crate::queries::rows;
use crate::tables::Memory;

const EVENTS: i64 = 3000;

/// Events of which several share a time; `Place` tells those apart. The partitions come last one first.
fn events(threads: usize) -> Engine {
    let columns = [
        ("Time", Type::DateTime),
        ("Place", Type::Long),
        ("User", Type::String),
        ("Size", Type::Long),
        ("Tags", Type::Dynamic),
    ];
    let tags = |at: i64| {
        let text = format!(r#"["t{}","t{}"]"#, at * 7 % 5, at % 3);
        Value::Dynamic(kql_semantics::Dynamic::parse(&text).unwrap().into())
    };
    let row = |at: i64| {
        vec![
            Value::DateTime(638_000_000_000_000_000 + at / 10),
            Value::Long(at),
            Value::string(["ann", "bob", "cid"][usize::try_from(at % 3).unwrap()]),
            Value::Long(at * 7919 % 100),
            tags(at),
        ]
    };
    let rows: Vec<Vec<Value>> = (0..EVENTS).map(row).collect();
    Memory::default()
        .with("Events", &columns, &rows, (&["Time", "Place"], 7))
        .engine(EngineOptions { threads, ..EngineOptions::default() })
}

async fn check(query: &str, expected: &str) {
    for threads in [1, 2, 5] {
        let given = rows(&events(threads), query, &QueryOptions::default()).await;
        assert_eq!(given, expected, "{query}, {threads} threads");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_order_is_the_input_s_on_any_number_of_threads() {
    check(
        "Events | summarize make_list(Place, 3), make_set(Size % 4), make_set(Tags), take_any(Place),
            arg_max(Size, Place), arg_min(Size, Place) by User | sort by User asc",
        concat!(
            r#"[["ann",[0,3,6],[0,1,2,3],["t0","t1","t2","t3","t4"],0,99,21,0,0],"#,
            r#"["bob",[1,4,7],[3,0,1,2],["t2","t1","t3","t4","t0"],1,99,121,0,100],"#,
            r#"["cid",[2,5,8],[2,3,0,1],["t4","t2","t0","t1","t3"],2,99,221,0,200]]"#
        ),
    )
    .await;
    check(
        "Events | summarize make_bag(bag_pack(User, Place)), make_list(Place, 4), makeset(User)",
        r#"[[{"ann":0,"bob":1,"cid":2},[0,1,2,3],["ann","bob","cid"]]]"#,
    )
    .await;
    // What was sorted counts in that order, and so does what a join gave.
    check(
        "Events | sort by User desc, Place desc | summarize make_list(Place, 3), make_set(User)",
        r#"[[[2999,2996,2993],["cid","bob","ann"]]]"#,
    )
    .await;
    check(
        "Events | join kind=inner (Events | project User, Other = Place) on User
            | where Place < 4 and Other < 6 | summarize make_list(Other) by Place | sort by Place asc",
        "[[0,[0,3]],[1,[1,4]],[2,[2,5]],[3,[0,3]]]",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_are_merged_exactly() {
    check(
        "Events | summarize n = count(), d = dcount(Place), e = count_distinct(Place), s = sum(Size),
            m = avg(Place), p = percentile(Place, 50), lo = min(Place), hi = max(User), v = round(variancep(Place % 2), 9)",
        "[[3000,2975,3000,148500,1499.5,1499,0,\"cid\",0.25]]",
    )
    .await;
    check(
        "Events | summarize h = hll(Place), t = tdigest(Place % 100) by User
            | summarize n = dcount_hll(hll_merge(h)), p = percentile_tdigest(tdigest_merge(t), 50)",
        "[[2975,49]]",
    )
    .await;
    check(
        "Events | summarize binary_all_or(Size), binary_all_xor(Place), buildschema(Tags), dcountif(Size, Size < 7),
            make_set_if(Size, Size < 2), countif(User == 'ann'), take_anyif(User, User != 'ann')",
        r#"[[127,0,{"`indexer`":"string"},7,[0,1],1000,"bob"]]"#,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn as_many_groups_as_rows() {
    // So many groups that DataFusion hands rows on as states of their own.
    check(
        "range x from 1 to 150000 step 1
            | summarize a = arg_max(x, *), l = make_list(x), d = dcount(x), p = percentile(x, 50), m = avg(x) by k = x
            | summarize count(), sum(a), sum(toint(l[0])), sum(d), sum(p), sum(m)",
        "[[150000,11250075000,11250075000,150000,11250075000,11250075000.0]]",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_into_memory_is_spilled_and_merged() {
    let query = "range x from 1 to 100000 step 1
        | summarize l = make_list(x), s = make_set(strcat('v', x)), d = dcount(x), a = arg_max(x, *), p = percentile(x, 50)
            by k = x % 25000
        | summarize count(), sum(array_length(l)), sum(array_length(s)), sum(d), sum(a), sum(p)";
    let memory = 16 << 20;
    let engine = Memory::default().engine(EngineOptions { threads: 2, memory });
    let given = rows(&engine, query, &QueryOptions::default()).await;
    assert_eq!(given, "[[25000,100000,100000,100000,2187512500,937512500]]");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn types_and_empties() {
    check(
        "datatable(r:real, d:decimal, t:timespan, b:bool, i:int)
            [1.5, decimal(1.5), 1h, true, 1, real(null), decimal(2), 2h, false, 5, real(nan), decimal(4.5), 3h, true, int(null)]
            | summarize sum(d), avg(d), max(d), sum(t), avg(t), max(t), max(b), min(b), sum(i), avg(i), max(r), min(r), stdev(d)",
        "[[\"8\",\"2.6666666666666666666666666666666666\",\"4.5\",\"06:00:00\",\"02:00:00\",\"03:00:00\",true,false,6,3.0,\"NaN\",\"NaN\",1.6072751268321592]]",
    )
    .await;
    check(
        "Events | where Place < 0 | summarize sum(Size), avg(Size), max(User), make_set(User), make_bag(Tags),
            dcount(User), arg_max(Size, User), take_any(Time), percentile(Size, 50), stdev(Size), binary_all_and(Size)",
        "[[0,\"NaN\",\"\",[],{},0,null,\"\",null,null,0.0,null]]",
    )
    .await;
}
