//! Graphs: patterns, paths, components, tables of nodes and edges. Rows are those that the manual prints where it prints any.

use std::time::Duration;

use kql_engine::{EngineOptions, QueryError, QueryOptions};

use crate::queries::rows;
use crate::tables::Memory;

/// Queries over the same `let`s, and their rows on one core and on several.
async fn check(tables: &str, cases: &[(&str, &str)]) {
    for threads in [1, 3] {
        let engine =
            Memory::default().engine(EngineOptions { threads, ..EngineOptions::default() });
        for (query, wanted) in cases {
            let query = format!("{tables} {query}");
            let given = rows(&engine, &query, &QueryOptions::default()).await;
            assert_eq!(given, *wanted, "{threads} threads: {query}");
        }
    }
}

const CONNECTIONS: &str = "let connections = datatable(from_station:string, to_station:string, line:string)[
    'Central','North','red', 'North','Central','red', 'Central','South','red', 'South','Central','red',
    'South','South-West','red', 'South-West','South','red', 'South-West','West','red', 'West','South-West','red',
    'Central','East','blue', 'East','Central','blue', 'Central','West','blue', 'West','Central','blue'];
    let stations = datatable(station:string, wifi:bool)['Central',true,'North',false,'South',false,
    'South-West',true,'West',true,'East',false];
    let G = connections | make-graph from_station --> to_station with stations on station;
    let H = connections | make-graph from_station --> to_station with_node_id=station;";

const STAFF: &str = "let employees = datatable(name:string, age:long)['Alice',32,'Bob',31,'Eve',27,'Joe',29,
    'Chris',45,'Alex',35,'Ben',23,'Richard',39];
    let reports = datatable(employee:string, manager:string)['Bob','Alice','Chris','Alice','Eve','Bob',
    'Ben','Chris','Joe','Alice','Richard','Bob'];
    let G = reports | make-graph employee --> manager with employees on name;";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paths_of_the_manual() {
    check(CONNECTIONS, &[
        // Out on one line, back on the other.
        (
            "H | graph-match (start)-[outward*1..5]->(destination)-[return*1..5]->(start)
             where start.station != destination.station and all(outward, line == 'red') and all(return, line == 'blue')
             project from = start.station,
                outward_stations = strcat_array(map(inner_nodes(outward), station), '->'), to = destination.station,
                return_stations = strcat_array(map(inner_nodes(return), station), '->')
             | sort by from asc, array_length(split(outward_stations, '->')) asc, tostring(return_stations) asc",
            "[[\"Central\",\"South->South-West\",\"West\",\"\"],[\"Central\",\"South->South-West\",\"West\",\"Central->East\"],[\"Central\",\"North->Central->South->South-West\",\"West\",\"\"],[\"Central\",\"North->Central->South->South-West\",\"West\",\"Central->East\"],[\"West\",\"South-West->South\",\"Central\",\"\"],[\"West\",\"South-West->South\",\"Central\",\"East->Central\"],[\"West\",\"South-West->South->Central->North\",\"Central\",\"\"],[\"West\",\"South-West->South->Central->North\",\"Central\",\"East->Central\"]]",
        ),
        (
            "G | graph-match cycles=none (start)-[c*2..5]->(destination)
             where start.station == 'South-West' and destination.station == 'North' and any(inner_nodes(c), wifi)
             project from = start.station, stations = map(inner_nodes(c), station) | sort by tostring(stations) asc",
            "[[\"South-West\",[\"South\",\"Central\"]],[\"South-West\",[\"West\",\"Central\"]]]",
        ),
        (
            "G | graph-shortest-paths (start)-[c*2..5]->(destination)
             where start.station == 'South-West' and destination.station == 'North' and all(inner_nodes(c), wifi)
             project from = start.station, stations = strcat_array(map(inner_nodes(c), station), '->')",
            "[[\"South-West\",\"West->Central\"]]",
        ),
        (
            "H | graph-shortest-paths output=all (start)-[c*1..5]->(destination)
             where start.station == 'South-West' and destination.station == 'North'
             project path = map(c, to_station), line = map(c, line)",
            "[[[\"South\",\"Central\",\"North\"],[\"red\",\"red\",\"red\"]],[[\"West\",\"Central\",\"North\"],[\"red\",\"blue\",\"red\"]]]",
        ),
        (
            "H | graph-shortest-paths (start)-[c*1..5]->(destination)
             where start.station == 'South-West' and destination.station == 'North'
             project path = map(c, strcat(to_station, ' (', line, ')'))",
            "[[[\"South (red)\",\"Central (red)\",\"North (red)\"]]]",
        ),
        // The same from the other end, and through a station that must have a name.
        (
            "H | graph-shortest-paths output=all (destination)<-[c*1..5]-(start)
             where start.station == 'South-West' and destination.station == 'North' project path = map(c, to_station)",
            "[[[\"North\",\"Central\",\"South\"]],[[\"North\",\"Central\",\"West\"]]]",
        ),
        (
            "H | graph-shortest-paths (start)-[c*1..5]->(via)-[d*1..5]->(destination)
             where start.station == 'North' and destination.station == 'South' and via.station == 'West'
             project strcat_array(map(c, to_station), ','), strcat_array(map(d, to_station), ',')",
            "[[\"Central,West\",\"South-West,South\"]]",
        ),
        // An expression over a path's own property is an array; a path is an array of bags.
        (
            "H | graph-match (a)-[c*2..2]->(b) where a.station == 'East' and b.station == 'West'
             project b.station, c.line, n = array_length(c), s = c, a",
            "[[\"West\",[\"blue\",\"blue\"],2,[{\"from_station\":\"East\",\"to_station\":\"Central\",\"line\":\"blue\"},{\"from_station\":\"Central\",\"to_station\":\"West\",\"line\":\"blue\"}],{\"station\":\"East\"}]]",
        ),
        (
            "H | graph-match (a)-[c*1..3]->(b) where a.station == 'East' and c.line == 'blue' and c.to_station != a.station
             project b.station, n = array_length(c) | sort by b_station asc",
            "[[\"Central\",1],[\"Central\",3],[\"West\",2]]",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn patterns_of_the_manual() {
    check(STAFF, &[
        (
            "G | graph-match (alice)<-[reports*1..5]-(employee) where alice.name == 'Alice' and employee.age < 30
             project employee = employee.name, age = employee.age, reportingPath = map(reports, manager)
             | sort by age desc",
            "[[\"Joe\",29,[\"Alice\"]],[\"Eve\",27,[\"Alice\",\"Bob\"]],[\"Ben\",23,[\"Alice\",\"Chris\"]]]",
        ),
        (
            "G | graph-match (manager)<-[reports*1..5]-(employee)
             where manager.name == 'Alice' and all(inner_nodes(reports), age < 40)
             project employee = employee.name, path = map(inner_nodes(reports), name) | sort by employee asc",
            "[[\"Bob\",[]],[\"Chris\",[]],[\"Eve\",[\"Bob\"]],[\"Joe\",[]],[\"Richard\",[\"Bob\"]]]",
        ),
        (
            "G | graph-match (manager)<-[reports*1..3]-(employee)
             where node_degree_in(manager) == 3 and any(inner_nodes(reports), node_degree_in() > 1)
             project manager.name, employee.name, r = map(inner_nodes(reports), strcat(name, ' has ', node_degree_in())),
                degree_in_m = node_degree_in(manager), degree_out_e = node_degree_out(employee) | sort by employee_name asc",
            "[[\"Alice\",\"Eve\",[\"Bob has 2\"],3,1],[\"Alice\",\"Richard\",[\"Bob has 2\"],3,1]]",
        ),
        (
            "G | graph-match (employee)-[reports*1..3]->(manager) where node_id(employee) startswith 'E'
             project manager1 = node_id(manager), manager2 = map(inner_nodes(reports), node_id()), l = labels(manager)
             | sort by manager1 desc",
            "[[\"Bob\",[],[]],[\"Alice\",[\"Bob\"],[]]]",
        ),
        // Several sequences, an edge of any direction, a node alone, a path without edges.
        (
            "G | graph-match (a)<-[r1]-(b)<--(c), (b)<--(d) where a.age > b.age and strcmp(c.name, d.name) < 0
             project a.name, b.name, c.name, d.name, r1.manager | sort by b_name asc",
            "[[\"Alice\",\"Bob\",\"Eve\",\"Richard\",\"Alice\"]]",
        ),
        (
            "G | graph-match (a)-[r]-(b) where a.name == 'Chris' project b.name | sort by b_name asc",
            "[[\"Alice\"],[\"Ben\"]]",
        ),
        ("G | graph-match (n) where n.age > 38 project n.name | sort by n_name asc", "[[\"Chris\"],[\"Richard\"]]"),
        (
            "G | graph-match (a)-[r*0..1]->(b) where a.name in ('Bob', 'Alex')
             project a.name, b.name, l = array_length(r), e = all(r, false), o = any(r, true) | sort by a_name asc, b_name asc",
            "[[\"Alex\",\"Alex\",0,true,false],[\"Bob\",\"Alice\",1,false,true],[\"Bob\",\"Bob\",0,true,false]]",
        ),
        // A condition along a path that also looks at its ends.
        (
            "G | graph-match (m)<-[r*1..3]-(e) where m.name == 'Alice' and all(inner_nodes(r), age > m.age)
             project e.name, older = map(r, strcat(employee, m.age)) | sort by e_name asc",
            "[[\"Ben\",[\"Chris32\",\"Ben32\"]],[\"Bob\",[\"Bob32\"]],[\"Chris\",[\"Chris32\"]],[\"Joe\",[\"Joe32\"]]]",
        ),
        (
            "G | graph-match (a)-->(b) where a.name in (employees | where age < 30 | project name) project a.name | sort by a_name asc",
            "[[\"Ben\"],[\"Eve\"],[\"Joe\"]]",
        ),
        // A graph used twice.
        (
            "union (G | graph-to-table nodes | summarize n = count()), (G | graph-to-table edges | summarize n = count()) | sort by n asc",
            "[[6],[8]]",
        ),
    ])
    .await;
}

const LOOP: &str =
    "let G = datatable(s:long, t:long)[1,2, 2,3, 3,1, 1,1] | make-graph s --> t with_node_id=n;";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cycles_are_as_wanted() {
    let count = |cycles: &str, length: &str| {
        format!(
            "G | graph-match {cycles} (a)-[e*{length}]->(b) where a.n == 1
             project p = strcat_array(map(e, t), '') | extend p = tostring(p) | sort by p asc | summarize make_list(p)"
        )
    };
    let all = count("cycles=all", "1..3");
    let unique = count("", "1..9");
    let none = count("cycles=none", "1..9");
    check(LOOP, &[
        (&all, "[[[\"1\",\"11\",\"111\",\"112\",\"12\",\"123\",\"2\",\"23\",\"231\"]]]"),
        (&unique, "[[[\"1\",\"12\",\"123\",\"1231\",\"2\",\"23\",\"231\",\"2311\"]]]"),
        (&none, "[[[\"2\",\"23\"]]]"),
        ("G | graph-match cycles=none (a)-->(b)-->(c)-->(a) project a.n", "[]"),
        ("G | graph-match (a)-->(b)-->(c)-->(a) where a.n < b.n and b.n < c.n project a.n, c.n", "[[1,3]]"),
        // An edge from a node to itself is one edge, whichever way it is read.
        ("G | graph-match (a)-[e]-(b) where a.n == b.n project a.n", "[[1]]"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_of_nodes_and_edges() {
    const T: &str = "let nodes = datatable(name:string, type:string, age:long)['Alice','Person',23,'Bob','Person',31,
        'Eve','Person',17,'Trent','System',99];
        let edges = datatable(source:string, destination:string)['Alice','Bob','Alice','Trent','Eve','Alice',
        'Mallory','Alice'];
        let more = datatable(id:string, age:long, city:string)['Bob',7,'Rome','Zoe',8,'Bonn'];";
    check(T, &[
        (
            "edges | make-graph source --> destination with nodes on name | graph-to-table nodes with_node_id=NodeId",
            "[[-3122868243544336885,\"Alice\",\"Person\",23],[-7133945255344544237,\"Bob\",\"Person\",31],[4363395278938690453,\"Eve\",\"Person\",17],[2533909231875758225,\"Trent\",\"System\",99],[3855580634910899594,\"Mallory\",\"\",null]]",
        ),
        (
            "edges | make-graph source --> destination with nodes on name
             | graph-to-table nodes as N, edges as E with_source_id=SourceId; E | where source == 'Eve'",
            "[[\"Alice\",\"Person\",23],[\"Bob\",\"Person\",31],[\"Eve\",\"Person\",17],[\"Trent\",\"System\",99],[\"Mallory\",\"\",null]]",
        ),
        // What the first table lacks, the second gives.
        (
            "edges | make-graph source --> destination with nodes on name, more on id
             | graph-where-nodes name in ('Bob', 'Mallory', 'Zoe') | graph-to-table nodes",
            "[[\"Bob\",\"Person\",31,\"Bob\",\"Rome\"],[\"Zoe\",\"\",8,\"Zoe\",\"Bonn\"],[\"Mallory\",\"\",null,\"Mallory\",\"\"]]",
        ),
        (
            "edges | make-graph source --> destination with nodes on name | graph-where-nodes age < 50
             | graph-to-table edges",
            "[[\"Alice\",\"Bob\"],[\"Eve\",\"Alice\"]]",
        ),
        (
            "edges | make-graph source --> destination with nodes on name | graph-where-edges source == 'Alice'
             | graph-match (a)-->(b) project a.name, b.name, node_degree_in(a) | sort by b_name asc",
            "[[\"Alice\",\"Bob\",0],[\"Alice\",\"Trent\",0]]",
        ),
        (
            "datatable(a:long, b:long)[1,2, 2,1, 2,3, 5,6] | make-graph a --> b with_node_id=n
             | graph-mark-components kind=strong | graph-to-table nodes",
            "[[1,0],[2,0],[3,1],[5,2],[6,3]]",
        ),
        (
            "datatable(a:long, b:long)[1,2, 2,1, 2,3, 5,6] | make-graph a --> b with_node_id=n
             | graph-mark-components with_component_id=c | graph-match (x)-->(y) where x.c == 1 project x.n, y.n",
            "[[5,6]]",
        ),
        ("datatable(a:long, b:long)[] | make-graph a --> b with_node_id=n | graph-match (x)-->(y) project x.n", "[]"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn partitions_are_graphs_of_their_own() {
    const T: &str = "let nodes = datatable(id:long, tenant:string, name:string)[1,'x','a', 2,'x','b', 1,'y','c'];
        let edges = datatable(s:long, t:long, tenant:string)[1,2,'x', 2,3,'x', 1,2,'y', 4,5,'x'];
        let E = edges;";
    check(T, &[
        (
            "E | make-graph s --> t with nodes on id partitioned-by tenant (
             graph-match (a)-[e*1..3]->(b) project a.name, b.id, n = array_length(e), map(e, tenant)[0])
             | sort by a_name asc, b_id asc",
            "[[\"\",5,1,\"x\"],[\"a\",2,1,\"x\"],[\"a\",3,2,\"x\"],[\"b\",3,1,\"x\"],[\"c\",2,1,\"y\"]]",
        ),
        (
            "E | make-graph s --> t with nodes on id partitioned-by tenant (graph-mark-components | graph-to-table nodes)
             | project id, name, ComponentId",
            "[[1,\"a\",0],[2,\"b\",0],[1,\"c\",0],[3,\"\",0],[2,\"\",0],[4,\"\",1],[5,\"\",1]]",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_graph_is_said() {
    check(STAFF, &[
        ("reports | graph-match (a) project a", "this takes a graph, and the input is a table"),
        ("G | graph-match (a)-->(b), (c)-->(d) project a.name", "all parts of a pattern must be connected"),
        ("G | graph-match (a)-[e*3..1]->(b) project a.name", "the length of a path is two whole numbers, the least and the most: `*1..5`"),
        ("G | graph-match (a)-[e]->(b) project map(a, 1)", "`map` goes along a path of the pattern, or its `inner_nodes`"),
        ("G | graph-match (a)-[e]->(b) project node_id(e)", "`node_id` takes a node of the pattern"),
        ("G | graph-shortest-paths (a)-[e]->(b) project a.name", "`graph-shortest-paths` takes one pattern, with at least one path of variable length"),
        ("graph('Security') | graph-match (a) project a.name", "graphs that a database stores are not known here"),
        ("reports | make-graph employee -- manager | graph-to-table nodes", "`make-graph with --` can not be run by Harrier"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_without_end_is_stopped() {
    let engine = Memory::default().engine(EngineOptions { threads: 2, memory: 256 << 20 });
    let graph = "let G = range x from 0 to 99 step 1 | extend k = 1
        | join kind=inner (range y from 0 to 99 step 1 | extend k = 1) on k | make-graph x --> y with_node_id=n; G";
    for pattern in [
        "graph-match (a)-[e*1..40]->(b) where a.n == -b.n - 1 project a.n",
        "graph-match cycles=all (a)-[e*1..1000000]->(b) where a.n + b.n == -1 project a.n",
        "graph-match (a)-->(b)-->(c)-->(d)-->(e) where a.n + e.n == -1 project a.n",
    ] {
        let options = QueryOptions { deadline: Duration::from_secs(2), ..QueryOptions::default() };
        let start = std::time::Instant::now();
        let error = engine.query(&format!("{graph} | {pattern}"), &options).await.unwrap_err();
        let is_clear = matches!(error, QueryError::Deadline(_) | QueryError::Memory { .. });
        assert!(is_clear, "{pattern}: {error}");
        assert!(start.elapsed() < Duration::from_secs(10), "{pattern}: {:?}", start.elapsed());
    }
}
