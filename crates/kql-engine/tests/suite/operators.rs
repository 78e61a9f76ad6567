//! Operators and plugins where no shared case says what they do.

use kql_engine::{EngineOptions, QueryOptions};

use crate::queries::rows;
use crate::tables::Memory;

/// Queries and their rows, on one core and on several.
async fn check(cases: &[(&str, &str)]) {
    for threads in [1, 3] {
        let engine =
            Memory::default().engine(EngineOptions { threads, ..EngineOptions::default() });
        for (query, wanted) in cases {
            let given = rows(&engine, query, &QueryOptions::default()).await;
            assert_eq!(given, *wanted, "{threads} threads: {query}");
        }
    }
}

const ARRAYS: &str =
    "let T = datatable(i:int, a:dynamic)[1, dynamic([1,5,7]), 2, dynamic([9]), 3, dynamic([])];";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mv_apply_runs_its_body_for_each_row() {
    let on = |body: &str| {
        format!("{ARRAYS} T | mv-apply x = a to typeof(long) on ({body}) | project-away a")
    };
    let cases = [
        // A row whose elements are all filtered out still gives a summary; one without elements gives nothing.
        (on("where x > 6 | summarize c = count(), m = max(x)"), "[[1,1,7],[2,1,9]]"),
        (on("where x > 8 | summarize c = count(), m = max(x)"), "[[1,0,null],[2,1,9]]"),
        (on("where x > 8"), "[[2,9]]"),
        (
            on("sort by x desc | extend n = row_number(), p = prev(x)"),
            "[[1,7,1,null],[1,5,2,7],[1,1,3,5],[2,9,1,null]]",
        ),
        (on("top 2 by x"), "[[1,7],[1,5],[2,9]]"),
        (on("take 1"), "[[1,1],[2,9]]"),
        (on("extend y = x % 2 | distinct y"), "[[1,1],[2,1]]"),
        (on("summarize c = count() by y = x > 4 | where c > 1"), "[[1,true,2]]"),
        (
            on(
                "mv-apply y = a to typeof(long) on (where y >= x | summarize s = sum(y)) | project x, s",
            ),
            "[[1,1,13],[1,5,12],[1,7,7],[2,9,9]]",
        ),
        (
            on("join kind=inner (datatable(x:long, w:string)[5,'five']) on x | project w"),
            "[[1,\"five\"]]",
        ),
    ];
    let cases: Vec<(&str, &str)> = cases.iter().map(|(query, rows)| (&**query, *rows)).collect();
    check(&cases).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn partition_runs_its_body_for_each_value() {
    const T: &str = "let T = datatable(k:string, v:long)['a',1,'a',2,'b',3]; T | partition by k";
    check(&[
        (
            &format!("{T} (where v > 2 | summarize s = sum(v), n = count()) | sort by s asc"),
            "[[0,0],[3,1]]",
        ),
        (
            &format!(
                "{T} (sort by v desc | extend r = row_number() | where r == 1) | sort by k asc"
            ),
            "[[\"a\",2,1],[\"b\",3,1]]",
        ),
        (&format!("{T} (top 1 by v) | count"), "[[2]]"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn series_without_bounds_are_as_long_as_their_data() {
    check(&[
        ("datatable(t:long, v:long)[1,1, 5,2, 9,3] | make-series s = sum(v) on t step 2", "[[[1,0,2,0,3],[0,2,4,6,8]]]"),
        (
            "datatable(t:long, v:long)[1,1] | make-series s = sum(v) on t in range(1, 3, 1)",
            "[[[1,0,0],[1,2,3]]]",
        ),
        (
            "datatable(t:long, v:long)[1,1] | make-series s = sum(v) on t from 0 to 9999999 step 1",
            "a series of make-series would have more than 1048576 bins: narrow its range, or make its step wider",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scan_and_its_neighbours_see_rows_in_order() {
    check(&[
        (
            "datatable(x:long, y:string)[1,'a',2,'b',3,'a'] | scan declare (c:long=0) with (step s1 output=last: y == 'a' => c = s1.c + 1; step s2: y == 'b' => c = s1.c + 10;)",
            "[[1,\"a\",1],[2,\"b\",11],[3,\"a\",1]]",
        ),
        ("range x from 1 to 5 step 1 | extend d = x - prev(x, 2, 100) | where d > 1", "[[3,2],[4,2],[5,2]]"),
        (
            "range x from 1 to 30000 step 1 | sort by x desc | extend n = next(x), r = row_number() | where r == 20000",
            "[[10001,10000,20000]]",
        ),
        ("datatable(x:long)[1] | extend r = row_number()", "`row_number()` needs rows in an order, and these are in none"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pivot_fills_what_is_missing_as_its_aggregate_does() {
    const T: &str =
        "let T = datatable(s:string, e:string, v:long)['X','hail',1,'X','wind',2,'Y','hail',5]; T";
    check(&[
        (
            &format!("{T} | evaluate pivot(e, sum(v), s) | sort by s asc"),
            "[[\"X\",1,2],[\"Y\",5,0]]",
        ),
        (
            &format!("{T} | evaluate pivot(e, max(v), s) | sort by s asc"),
            "[[\"X\",1,2],[\"Y\",5,null]]",
        ),
        (
            &format!("{T} | project s, e | evaluate pivot(e) | sort by s asc"),
            "[[\"X\",1,1],[\"Y\",1,0]]",
        ),
        (
            &format!("{T} | evaluate pivot(e, sum(v), s) : (s:string, rain:long) | sort by s asc"),
            "[[\"X\",0],[\"Y\",0]]",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bags_are_unpacked_beside_columns_of_the_same_names() {
    const T: &str = "datatable(Name:string, d:dynamic)['James', dynamic({'Name':'John','Age':20}), 'David', dynamic({'Age':4.5})]";
    check(&[
        (&format!("{T} | evaluate bag_unpack(d, columnsConflict='replace_source')"), "[[\"John\",20.0],[\"David\",4.5]]"),
        (&format!("{T} | evaluate bag_unpack(d, columnsConflict='keep_source', ignoredProperties=dynamic(['Age']))"), "[[\"James\"],[\"David\"]]"),
        (&format!("{T} | evaluate bag_unpack(d)"), "the bag has a key `Name`, which is a column already"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_plugins() {
    check(&[
        (
            "datatable(a:long, b:bool)[1,true] | evaluate narrow()",
            "[[0,\"a\",\"1\"],[0,\"b\",\"True\"]]",
        ),
        (
            "datatable(t:datetime, u:string, e:string)[datetime(2024-01-01 10:00),'a','x', datetime(2024-01-01 10:01),'a','y', datetime(2024-01-01 12:00),'b','y'] | evaluate sequence_detect(t, 5m, 10m, s1=(e=='x'), s2=(e=='y'), u) | project u, Duration",
            "[[\"a\",\"00:01:00\"]]",
        ),
        (
            "datatable(ip:string)['10.0.0.1', '1.1.1.1'] | evaluate ipv4_lookup(datatable(net:string, ip:string)['10.0.0.0/8','k'], ip, net, return_unmatched = true)",
            "[[\"10.0.0.1\",\"10.0.0.0/8\",\"k\"],[\"1.1.1.1\",\"\",\"\"]]",
        ),
        (
            "datatable(a:string, b:long)['x',1,'x',1,'x',2,'y',3] | evaluate basket(0.4)",
            "[[0,3,75.0,\"x\",null],[1,2,50.0,\"x\",1]]",
        ),
        ("datatable(a:long)[1] | evaluate autocluster()", "`evaluate autocluster` chooses among patterns in a way that is not documented"),
        ("print x = 1 | evaluate python(typeof(*), '')", "`evaluate python` runs a script in a sandbox, and there is none"),
        ("print v = hash_combine(1, 2)", "`hash_combine()` combines hashes in a way that is not documented"),
        // Also where what stands behind sorts: no order is asked of the table that is looked up in.
        (
            "datatable(ip:string, n:long)['10.0.0.1', 2, '10.0.0.2', 1] | evaluate ipv4_lookup(datatable(net:string, k:string)['10.0.0.0/8','k'], ip, net) | sort by n asc | project ip, k",
            "[[\"10.0.0.2\",\"k\"],[\"10.0.0.1\",\"k\"]]",
        ),
        (
            "declare pattern App = (id:string)[scope:string] { ('a').['x'] = { print v = 1 }; ('a').['y'] = { print v = 2 }; }; union App('a').y, App('a').x | sort by v asc",
            "[[1],[2]]",
        ),
        // What is drawn stays several tables.
        ("print a = 1, b = 2 | fork (project a) (project b) | render table", "[[1]]"),
        // B was there before, and is new nowhere.
        (
            "let T = datatable(u:string, t:long)['A', 1, 'B', 1, 'A', 2]; let before = datatable(u:string)['B']; T | evaluate new_activity_metrics(u, t, 1, 2, 1, 1, before) | sort by to_t asc | project from_t, to_t, dcount_new_values, dcount_retained_values, retention_rate",
            "[[1,1,1,1,1.0],[1,2,0,1,1.0]]",
        ),
        ("range x from 1 to 9 step 1 | sample 3 | count", "[[3]]"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_arrays_are_not_repeated_for_each_element() {
    check(&[
        ("print r = range(1, 60000, 1) | mv-expand r to typeof(long) | summarize sum(r)", "[[1800030000]]"),
        ("print r = range(1, 3000, 1) | mv-expand x = r to typeof(long) | where array_length(r) == 3000 | count", "[[3000]]"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_outside_is_read() {
    check(&[(
        "externaldata(ip:string)['https://example.org/list.csv?key=1'] with (format='csv')",
        "`externaldata` would read `https://example.org/list.csv`, and queries read only the tables they are given",
    )])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_top_nested_leaves_out_is_told() {
    const T: &str = "let T = datatable(a:string, b:string, c:string, v:long)['x','p','1',10, 'x','p','2',5, 'x','q','1',4,
        'x','r','1',1, 'y','p','1',9, 'z','p','1',2, 'z','q','3',1]; T";
    check(&[
        (
            &format!("{T} | top-nested 1 of a with others='rest' by sum(v)"),
            "[[\"x\",20],[\"rest\",12]]",
        ),
        // As the manual has it: levels without a constant are empty in what was left out, and there is a row wherever a level
        // below has one.
        (
            &format!(
                "{T} | top-nested 1 of a with others='A' by sum(v), top-nested 2 of b by sum(v), top-nested 1 of c with others='C' by s = sum(v)"
            ),
            "[[\"x\",20,\"p\",15,\"1\",10],[\"x\",20,\"q\",4,\"1\",4],[\"x\",20,\"p\",15,\"C\",5],[\"x\",20,\"\",null,\"C\",1],[\"A\",12,\"\",null,\"C\",12]]",
        ),
        (&format!("{T} | top-nested 9 of a with others='rest' by sum(v) | count"), "[[3]]"),
        (
            &format!("{T} | top-nested of a by max(v), top-nested 1 of v with others=-1 by count() | sort by a asc, v desc"),
            "[[\"x\",10,1,1],[\"x\",10,-1,3],[\"y\",9,9,1],[\"z\",2,1,1],[\"z\",2,-1,1]]",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn partition_runs_any_body_for_each_value() {
    const T: &str = "let T = datatable(k:string, v:long)['a',1,'a',2,'b',3]; T | partition";
    check(&[
        // A body with rows of its own, which names the value.
        (
            &format!("{T} by k {{ datatable(n:string, x:long)['a',7,'b',8,'c',9] | where n == toscalar(k) }} | sort by x asc"),
            "[[\"a\",7],[\"b\",8]]",
        ),
        ("range x from 1 to 2 step 1 | partition by x { range y from 1 to 3 step 1 | where y >= x } | count", "[[5]]"),
        // A body that looks at its rows twice.
        (
            &format!("{T} by k (as P | extend part = v * 100.0 / toscalar(P | summarize sum(v)) | project k, part = round(part)) | sort by k asc, part asc"),
            "[[\"a\",33.0],[\"a\",67.0],[\"b\",100.0]]",
        ),
        (
            &format!("{T} by k (union (T | where v == 3) | summarize s = sum(v), n = count()) | sort by s asc"),
            "[[6,3],[6,2]]",
        ),
        (&format!("{T} by k (top-nested 1 of v by sum(v)) | sort by v asc"), "[[2,2],[3,3]]"),
        (&format!("{T} by k (evaluate narrow() | where Column == 'v' | project Value) | sort by Value asc"), "[[\"1\"],[\"2\"],[\"3\"]]"),
        // Operators that know runs side by side.
        (
            "range k from 1 to 100 step 1 | extend g = k % 3, v = k % 7 | partition hint.strategy=native by k (top-nested 1 of g by sum(v), top-nested 2 of v by max(v) | where v > 5) | count",
            "[[14]]",
        ),
        (
            &format!("{T} hint.strategy=native by k (where v > 2 | top-nested 1 of v by sum(v) | summarize c = count()) | sort by c asc"),
            "[[0],[1]]",
        ),
        (
            &format!("{T} hint.strategy=native by k (top-nested 1 of v with others=0 by sum(v)) | sort by v asc, aggregated_v asc"),
            "[[0,1],[2,2],[3,3]]",
        ),
        (&format!("{T} hint.strategy=native by k (sample 1) | count"), "[[2]]"),
        (&format!("{T} hint.strategy=native by k (sample-distinct 5 of k) | sort by k asc"), "[[\"a\"],[\"b\"]]"),
        (&format!("{T} hint.strategy=native by k (top-hitters 1 of v by v) | sort by v asc"), "[[2,2],[3,3]]"),
        (
            &format!("{T} by k (as P | union P | count) | sort by Count asc"),
            "[[2],[4]]",
        ),
        (
            "range k from 1 to 100 step 1 | partition by k { print 1 } | count",
            "the subquery of `partition` is run for at most 64 values, and there are more: use `summarize`, `join` or `top-nested`",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn small_things_of_operators() {
    check(&[
        ("range x from 1 to 9999999999999999 step 2 | extend y = x | take 3", "[[1,1],[3,3],[5,5]]"),
        (
            "declare pattern App = (id:string)[scope:string] { ('a').['x'] = { print 1 }; ('a').['y'] = { print 2 }; }; union App('a').y, (App('a').['x'] | extend print_0 = print_0 * 10) | summarize sum(print_0)",
            "[[12]]",
        ),
        (
            "let F = (T:(a:long), names:dynamic) { T | project-by-names names }; datatable(a:long, b:long, c:long)[1,2,3] | invoke F(dynamic(['c', 'a']))",
            "[[3,1]]",
        ),
        ("datatable(a:long)[1,2,3] | mv-apply x = range(1, a) to typeof(long) on (sample 1) | count", "[[3]]"),
        (
            "datatable(a:dynamic)[dynamic([1])] | where a == dynamic([1])",
            "`==` does not compare a dynamic with a dynamic",
        ),
        ("datatable(a:dynamic)[dynamic([1])] | where tostring(a) == tostring(dynamic([1])) | count", "[[1]]"),
        (
            "datatable(a:long, b:string)[1,'x'] | assert-schema (a:long, b:string) | facet by a with (summarize n = count())",
            "[[1,1]]",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fork_computes_its_input_once() {
    let engine = Memory::default().engine(EngineOptions { threads: 3, ..EngineOptions::default() });
    let query = "range x from 1 to 50 step 1 | extend r = rand() | fork (summarize s = sum(r)) (summarize s = sum(r)) | render table";
    let answer = engine.query(query, &QueryOptions::default()).await.unwrap();
    let [one, other] = answer.tables.as_slice() else { panic!("{} tables", answer.tables.len()) };
    assert_eq!(kql_engine::json::table(one), kql_engine::json::table(other));
}
