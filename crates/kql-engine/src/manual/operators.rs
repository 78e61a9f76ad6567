//! Statements and tabular operators.

use kql_functions::Example;

use super::Entry;

pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        name: "as",
        help: "Gives the rows so far a name for the rest of the text.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | as T | where x > 1 | union T | count",
            answer: &["Count:long", "7"],
        }],
    },
    Entry {
        name: "assert-schema",
        help: "The rows as they are, where they have these columns and no others.",
        examples: &[Example {
            query: "print a = 1, b = 'x' | assert-schema (a:long, b:string)",
            answer: &["a:long, b:string", "1, x"],
        }],
    },
    Entry {
        name: "consume",
        help: "Takes all rows and gives none.",
        examples: &[Example { query: "range x from 1 to 4 step 1 | consume", answer: &[""] }],
    },
    Entry {
        name: "count",
        help: "How many rows there are.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | count",
            answer: &["Count:long", "4"],
        }],
    },
    Entry {
        name: "datatable",
        help: "A table written into the query.",
        examples: &[Example {
            query: "datatable(a:long, b:string)[1, 'x', 2, 'y']",
            answer: &["a:long, b:string", "1, x", "2, y"],
        }],
    },
    Entry {
        name: "declare pattern",
        help: "Gives names and paths of a language of one's own their queries.",
        examples: &[Example {
            query: "declare pattern app = (name:string)[scope:string] { ('web').['log'] = { print v = 'web log' }; }; app('web').log",
            answer: &["v:string", "web log"],
        }],
    },
    Entry {
        name: "declare query_parameters",
        help: "Parameters that a query is run with, and their defaults.",
        examples: &[Example {
            query: "declare query_parameters(n:long = 3); print v = n * 2",
            answer: &["v:long", "6"],
        }],
    },
    Entry {
        name: "distinct",
        help: "The distinct combinations of some columns, or of all.",
        examples: &[Example {
            query: "datatable(k:string, v:long)['a',1, 'a',2, 'b',3] | distinct k | sort by k asc",
            answer: &["k:string", "a", "b"],
        }],
    },
    Entry {
        name: "evaluate",
        help: "Runs a plugin: see their page.",
        examples: &[Example {
            query: "print x = 1 | evaluate identity()",
            answer: &["x:long", "1"],
        }],
    },
    Entry {
        name: "extend",
        help: "Adds columns, or computes some anew.",
        examples: &[Example {
            query: "print x = 2 | extend y = x * x",
            answer: &["x:long, y:long", "2, 4"],
        }],
    },
    Entry {
        name: "facet",
        help: "A table for each of some columns: its values and how often each occurs; then what a query makes of the rows.",
        examples: &[Example {
            query: "datatable(k:string, v:long)['a',1, 'a',2, 'b',3] | facet by k",
            answer: &["k:string, count_k:long", "a, 2", "b, 1"],
        }],
    },
    Entry {
        name: "find",
        help: "Rows of several tables that satisfy a condition, with the table's name.",
        examples: &[Example {
            query: "let A = datatable(x:long)[1, 2]; let B = datatable(x:long)[2, 3]; find in (A, B) where x == 2 project x | sort by source_ asc",
            answer: &["source_:string, x:long", "A, 2", "B, 2"],
        }],
    },
    Entry {
        name: "fork",
        help: "Several queries over the same rows, each a table of its own.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | fork (where x > 2 | count) (take 1)",
            answer: &["Count:long", "2"],
        }],
    },
    Entry {
        name: "getschema",
        help: "A row for each column: name, place and types.",
        examples: &[Example {
            query: "print a = 1, b = 'x' | getschema",
            answer: &[
                "ColumnName:string, ColumnOrdinal:int, DataType:string, ColumnType:string",
                "a, 0, System.Int64, long",
                "b, 1, System.String, string",
            ],
        }],
    },
    Entry {
        name: "graph-mark-components",
        help: "Gives each node of a graph the number of the part that it hangs together with.",
        examples: &[Example {
            query: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-mark-components | graph-to-table nodes | summarize parts = dcount(ComponentId)",
            answer: &["parts:long", "1"],
        }],
    },
    Entry {
        name: "graph-match",
        help: "Finds the places of a graph that a pattern fits: nodes in parentheses, edges in brackets, `[e*1..3]` for paths. Over paths there are `all(path, condition)`, `any(path, condition)`, `map(path, value)` and `inner_nodes(path)`; of nodes `node_degree_in`, `node_degree_out`, `node_id`, `labels`.",
        examples: &[Example {
            query: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b | graph-match (p)-[one]->(q)-[two]->(r) project s = one.a, t = two.b",
            answer: &["s:string, t:string", "x, z"],
        }],
    },
    Entry {
        name: "graph-shortest-paths",
        help: "Finds the shortest paths of a graph between nodes that a pattern fits.",
        examples: &[Example {
            query: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-shortest-paths (p)-[e*1..3]->(q) where p.id == 'x' and q.id == 'z' project way = map(e, b)",
            answer: &["way:dynamic", "[\"y\",\"z\"]"],
        }],
    },
    Entry {
        name: "graph-to-table",
        help: "The nodes or edges of a graph as a table.",
        examples: &[Example {
            query: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-to-table nodes | sort by id asc",
            answer: &["id:string", "x", "y", "z"],
        }],
    },
    Entry {
        name: "graph-where-edges",
        help: "A graph of the edges for which a condition holds.",
        examples: &[Example {
            query: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b | graph-where-edges a == 'x' | graph-to-table edges",
            answer: &["a:string, b:string", "x, y"],
        }],
    },
    Entry {
        name: "graph-where-nodes",
        help: "A graph of the nodes for which a condition holds, and the edges between them.",
        examples: &[Example {
            query: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-where-nodes id != 'z' | graph-to-table edges",
            answer: &["a:string, b:string", "x, y"],
        }],
    },
    Entry {
        name: "invoke",
        help: "Calls a function with the rows as its first argument.",
        examples: &[Example {
            query: "let f = (T:(x:long)) { T | extend y = x + 1 }; print x = 1 | invoke f()",
            answer: &["x:long, y:long", "1, 2"],
        }],
    },
    Entry {
        name: "join",
        help: "Puts rows of two tables side by side that agree in some columns. Kinds: `innerunique` (without a kind: of each key one left row, the first), `inner`, `leftouter`, `rightouter`, `fullouter`, `leftsemi`, `rightsemi`, `leftanti`, `rightanti`.",
        examples: &[Example {
            query: "datatable(k:string, a:long)['x', 1, 'y', 2] | join kind=leftouter (datatable(k:string, b:long)['x', 7]) on k | sort by a asc",
            answer: &["k:string, a:long, k1:string, b:long", "x, 1, x, 7", "y, 2, , "],
        }],
    },
    Entry {
        name: "let",
        help: "A name for a value, a table or a function.",
        examples: &[Example {
            query: "let n = 3; let twice = (v:long) { v * 2 }; print v = twice(n)",
            answer: &["v:long", "6"],
        }],
    },
    Entry {
        name: "lookup",
        help: "Adds the columns of a small table to rows that agree in some columns; `kind=inner` leaves out rows without one.",
        examples: &[Example {
            query: "datatable(k:string)['x', 'y'] | lookup (datatable(k:string, name:string)['x', 'first']) on k | sort by k asc",
            answer: &["k:string, name:string", "x, first", "y, "],
        }],
    },
    Entry {
        name: "make-graph",
        help: "Makes a graph of rows, each an edge from the value of one column to that of another; `with` gives tables of nodes, or `with_node_id` a name for the values.",
        examples: &[Example {
            query: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b | graph-to-table edges",
            answer: &["a:string, b:string", "x, y", "y, z"],
        }],
    },
    Entry {
        name: "make-series",
        help: "For each group an array of an aggregate over equal steps of an axis, with a default for empty steps.",
        examples: &[Example {
            query: "datatable(t:long, v:long)[1, 10, 3, 30] | make-series s = sum(v) default=0 on t from 1 to 4 step 1",
            answer: &["s:dynamic, t:dynamic", "[10,0,30], [1,2,3]"],
        }],
    },
    Entry {
        name: "materialize",
        help: "A query whose rows are computed once and read in several places.",
        examples: &[Example {
            query: "let T = materialize(range x from 1 to 3 step 1); T | where x > toscalar(T | summarize avg(x))",
            answer: &["x:long", "3"],
        }],
    },
    Entry {
        name: "mv-apply",
        help: "Runs a query over the elements of each row's arrays, and joins what it gives to the row.",
        examples: &[Example {
            query: "print k = 'a', d = dynamic([3, 1, 2]) | mv-apply e = d to typeof(long) on (top 1 by e)",
            answer: &["k:string, d:dynamic, e:long", "a, [3,1,2], 3"],
        }],
    },
    Entry {
        name: "mv-expand",
        help: "A row for each element of an array or bag.",
        examples: &[Example {
            query: "print k = 'a', d = dynamic([1, 2]) | mv-expand e = d to typeof(long)",
            answer: &["k:string, d:dynamic, e:long", "a, [1,2], 1", "a, [1,2], 2"],
        }],
    },
    Entry {
        name: "parse",
        help: "Reads columns out of a text by a pattern of words and columns.",
        examples: &[Example {
            query: "print s = 'user=ann age=7' | parse s with 'user=' user ' age=' age:long | project user, age",
            answer: &["user:string, age:long", "ann, 7"],
        }],
    },
    Entry {
        name: "parse-kv",
        help: "Reads columns out of a text of keys and values.",
        examples: &[Example {
            query: "print s = 'a=1, b=x' | parse-kv s as (a:long, b:string) with (pair_delimiter=',', kv_delimiter='=') | project a, b",
            answer: &["a:long, b:string", "1, x"],
        }],
    },
    Entry {
        name: "parse-where",
        help: "As `parse`, without the rows that the pattern does not fit.",
        examples: &[Example {
            query: "datatable(s:string)['n=1', 'nothing'] | parse-where s with 'n=' n:long | project n",
            answer: &["n:long", "1"],
        }],
    },
    Entry {
        name: "partition",
        help: "Runs a query over the rows of each value of a column.",
        examples: &[Example {
            query: "datatable(k:string, v:long)['a',1, 'a',2, 'b',3] | partition by k (top 1 by v) | sort by k asc",
            answer: &["k:string, v:long", "a, 2", "b, 3"],
        }],
    },
    Entry {
        name: "print",
        help: "One row of computed columns.",
        examples: &[Example {
            query: "print a = 1 + 1, b = strcat('x', 'y')",
            answer: &["a:long, b:string", "2, xy"],
        }],
    },
    Entry {
        name: "project",
        help: "Just these columns.",
        examples: &[Example {
            query: "print a = 1, b = 2 | project b, c = a + b",
            answer: &["b:long, c:long", "2, 3"],
        }],
    },
    Entry {
        name: "project-away",
        help: "All columns but these; `*` stands for any part of a name.",
        examples: &[Example {
            query: "print a1 = 1, a2 = 2, b = 3 | project-away a*",
            answer: &["b:long", "3"],
        }],
    },
    Entry {
        name: "project-by-names",
        help: "Just the columns of these names, which may be computed.",
        examples: &[Example {
            query: "print a = 1, b = 2 | project-by-names 'b'",
            answer: &["b:long", "2"],
        }],
    },
    Entry {
        name: "project-keep",
        help: "Just these columns, in the input's order.",
        examples: &[Example {
            query: "print a = 1, b = 2, c = 3 | project-keep c, a",
            answer: &["a:long, c:long", "1, 3"],
        }],
    },
    Entry {
        name: "project-rename",
        help: "Other names for some columns.",
        examples: &[Example {
            query: "print a = 1, b = 2 | project-rename z = a",
            answer: &["z:long, b:long", "1, 2"],
        }],
    },
    Entry {
        name: "project-reorder",
        help: "These columns first.",
        examples: &[Example {
            query: "print a = 1, b = 2, c = 3 | project-reorder c, a",
            answer: &["c:long, a:long, b:long", "3, 1, 2"],
        }],
    },
    Entry {
        name: "range",
        help: "Numbers or times at equal steps.",
        examples: &[Example {
            query: "range x from 1 to 7 step 3",
            answer: &["x:long", "1", "4", "7"],
        }],
    },
    Entry {
        name: "render",
        help: "Says how the rows are to be drawn; they stay as they are.",
        examples: &[Example { query: "print x = 1 | render table", answer: &["x:long", "1"] }],
    },
    Entry {
        name: "sample",
        help: "So many of the rows, at random.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | sample 2 | count",
            answer: &["Count:long", "2"],
        }],
    },
    Entry {
        name: "sample-distinct",
        help: "So many of the distinct values of a column.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | sample-distinct 2 of x | count",
            answer: &["Count:long", "2"],
        }],
    },
    Entry {
        name: "scan",
        help: "Follows sequences of rows through steps, with values that are carried along.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | sort by x asc | scan declare (sum:long = 0) with (step s: true => sum = x + s.sum;)",
            answer: &["x:long, sum:long", "1, 1", "2, 3", "3, 6", "4, 10"],
        }],
    },
    Entry {
        name: "search",
        help: "Rows of one table or of several that hold a text anywhere.",
        examples: &[Example {
            query: "let T = datatable(a:string, b:string)['one', 'two', 'three', 'four']; T | search 'two'",
            answer: &["$table:string, a:string, b:string", "search_arg0, one, two"],
        }],
    },
    Entry {
        name: "serialize",
        help: "Says that the rows are in an order that is meant, so that `prev`, `row_number` and the like can be used.",
        examples: &[Example {
            query: "datatable(x:long)[5, 3] | serialize n = row_number()",
            answer: &["x:long, n:long", "5, 1", "3, 2"],
        }],
    },
    Entry {
        name: "set",
        help: "An option of the query.",
        examples: &[Example {
            query: "set query_bin_auto_size = 10; print v = bin_auto(27)",
            answer: &["v:long", "20"],
        }],
    },
    Entry {
        name: "sort",
        help: "Rows by some columns, descending unless `asc` is said; nulls last then, and first with `asc`.",
        examples: &[Example {
            query: "datatable(k:string, v:long)['a',1, 'a',2, 'b',3] | sort by k desc, v asc",
            answer: &["k:string, v:long", "b, 3", "a, 1", "a, 2"],
        }],
    },
    Entry {
        name: "summarize",
        help: "A row for each combination of some columns, with aggregates over its rows.",
        examples: &[Example {
            query: "datatable(k:string, v:long)['a',1, 'a',2, 'b',3] | summarize n = count(), total = sum(v) by k | sort by k asc",
            answer: &["k:string, n:long, total:long", "a, 2, 3", "b, 1, 3"],
        }],
    },
    Entry {
        name: "take",
        help: "So many of the rows, the first where they are in an order. Also written `limit`.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | sort by x desc | take 2",
            answer: &["x:long", "4", "3"],
        }],
    },
    Entry {
        name: "top",
        help: "The first rows by a column.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | top 2 by x",
            answer: &["x:long", "4", "3"],
        }],
    },
    Entry {
        name: "top-hitters",
        help: "The values of a column that occur most, or have the largest sum of another.",
        examples: &[Example {
            query: "datatable(k:string, v:long)['a',1, 'a',2, 'b',3] | top-hitters 1 of k",
            answer: &["k:string, approximate_count_k:long", "a, 2"],
        }],
    },
    Entry {
        name: "top-nested",
        help: "The first values of a column by an aggregate, for each of them the first of another, and so on.",
        examples: &[Example {
            query: "datatable(k:string, v:long)['a',1, 'a',2, 'b',3] | top-nested 1 of k by total = sum(v)",
            answer: &["k:string, total:long", "a, 3"],
        }],
    },
    Entry {
        name: "toscalar",
        help: "The first value of a query, as a constant of the whole query.",
        examples: &[Example {
            query: "let most = toscalar(range x from 1 to 4 step 1 | summarize max(x)); print v = most",
            answer: &["v:long", "4"],
        }],
    },
    Entry {
        name: "union",
        help: "The rows of several tables, side by side where columns agree; tables can be named with wildcards, and `isfuzzy=true` leaves out those that are not there.",
        examples: &[Example {
            query: "let A = print x = 1; let B = print x = 2; union A, B | sort by x asc",
            answer: &["x:long", "1", "2"],
        }],
    },
    Entry {
        name: "where",
        help: "Rows for which a condition holds. Also written `filter`.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | where x > 2",
            answer: &["x:long", "3", "4"],
        }],
    },
];
