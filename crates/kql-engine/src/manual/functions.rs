//! Functions that the binder and the engine resolve where they stand.

use kql_functions::Example;

use super::Entry;

pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        name: "ago",
        help: "The query's instant less a timespan.",
        examples: &[Example { query: "print v = ago(1h) < now()", answer: &["v:bool", "True"] }],
    },
    Entry {
        name: "bin_auto",
        help: "A number or time rounded down to a multiple of the size that `set query_bin_auto_size` names, counted from `query_bin_auto_at`.",
        examples: &[Example {
            query: "set query_bin_auto_size=2; range x from 1 to 4 step 1 | summarize n = count() by b = bin_auto(x) | sort by b asc",
            answer: &["b:long, n:long", "0, 1", "2, 2", "4, 1"],
        }],
    },
    Entry {
        name: "cluster",
        help: "The databases of a cluster; here all are the tables that the query is given.",
        examples: &[Example {
            query: "union isfuzzy=true (print x = 1), cluster('other').database('d').Missing",
            answer: &["`Missing` is in another cluster, and queries read only the logs at hand"],
        }],
    },
    Entry {
        name: "column_ifexists",
        help: "A column where the rows have one of that name, and else the second argument.",
        examples: &[Example {
            query: "print x = 1 | project a = column_ifexists('x', 0), b = column_ifexists('y', 7)",
            answer: &["a:long, b:long", "1, 7"],
        }],
    },
    Entry {
        name: "column_names_of",
        help: "The names of a table's columns, as an array.",
        examples: &[Example {
            query: "let T = datatable(a:string, b:int)[]; print v = column_names_of(T)",
            answer: &["v:dynamic", "[\"a\",\"b\"]"],
        }],
    },
    Entry {
        name: "columnifexists",
        help: "Another spelling of `column_ifexists`.",
        examples: &[Example {
            query: "print x = 1 | project a = columnifexists('x', 0)",
            answer: &["a:long", "1"],
        }],
    },
    Entry {
        name: "current_database",
        help: "The name of the database that the query runs in.",
        examples: &[Example {
            query: "print v = isnotempty(current_database())",
            answer: &["v:bool", "True"],
        }],
    },
    Entry {
        name: "database",
        help: "The tables of a database; here all are the tables that the query is given.",
        examples: &[Example {
            query: "union isfuzzy=true (print x = 1), database('d').Missing",
            answer: &["`Missing` is in another database, and queries read only the logs at hand"],
        }],
    },
    Entry {
        name: "external_table",
        help: "A table of a name, as `table()` gives it.",
        examples: &[Example {
            query: "union isfuzzy=true (print x = 1), external_table('Missing')",
            answer: &["x:long", "1"],
        }],
    },
    Entry {
        name: "iscolumnexists",
        help: "Whether the rows have a column of that name.",
        examples: &[Example {
            query: "print x = 1 | project a = iscolumnexists('x')",
            answer: &["a:bool", "True"],
        }],
    },
    Entry {
        name: "materialized_view",
        help: "A table of a name, as `table()` gives it.",
        examples: &[Example {
            query: "union isfuzzy=true (print x = 1), materialized_view('Missing')",
            answer: &["x:long", "1"],
        }],
    },
    Entry {
        name: "next",
        help: "The value that an expression has so many rows later (1 without the argument), and else the third argument. The rows must be in an order: after `sort` or `serialize`.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | sort by x asc | extend v = next(x, 1, 0)",
            answer: &["x:long, v:long", "1, 2", "2, 3", "3, 4", "4, 0"],
        }],
    },
    Entry {
        name: "now",
        help: "The query's instant, the same in all its places, and later by a timespan where one is given.",
        examples: &[Example {
            query: "print v = now(1h) - now()",
            answer: &["v:timespan", "01:00:00"],
        }],
    },
    Entry {
        name: "prev",
        help: "The value that an expression had so many rows before (1 without the argument), and else the third argument. The rows must be in an order.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | sort by x asc | extend v = prev(x)",
            answer: &["x:long, v:long", "1, ", "2, 1", "3, 2", "4, 3"],
        }],
    },
    Entry {
        name: "row_cumsum",
        help: "The sum of an expression over the rows until this one, from anew where the second argument is true. The rows must be in an order.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | sort by x asc | extend v = row_cumsum(x, x == 3)",
            answer: &["x:long, v:long", "1, 1", "2, 3", "3, 3", "4, 7"],
        }],
    },
    Entry {
        name: "row_number",
        help: "The row's number, from 1 or another start, from anew where the second argument is true. The rows must be in an order.",
        examples: &[Example {
            query: "range x from 1 to 4 step 1 | sort by x desc | extend v = row_number()",
            answer: &["x:long, v:long", "4, 1", "3, 2", "2, 3", "1, 4"],
        }],
    },
    Entry {
        name: "row_rank",
        help: "Another spelling of `row_rank_dense`.",
        examples: &[Example {
            query: "datatable(x:long)[1, 1, 5] | sort by x asc | extend v = row_rank(x)",
            answer: &["x:long, v:long", "1, 1", "1, 1", "5, 2"],
        }],
    },
    Entry {
        name: "row_rank_dense",
        help: "The rank of a row by an expression, by which the rows are sorted: 1 more where it differs from the row before. The rows must be in an order.",
        examples: &[Example {
            query: "datatable(x:long)[1, 1, 5] | sort by x asc | extend v = row_rank_dense(x)",
            answer: &["x:long, v:long", "1, 1", "1, 1", "5, 2"],
        }],
    },
    Entry {
        name: "row_rank_min",
        help: "The rank of a row by an expression, by which the rows are sorted: how many rows stand before the first that has the same value, and 1. The rows must be in an order.",
        examples: &[Example {
            query: "datatable(x:long)[1, 1, 5] | sort by x asc | extend v = row_rank_min(x)",
            answer: &["x:long, v:long", "1, 1", "1, 1", "5, 3"],
        }],
    },
    Entry {
        name: "row_window_session",
        help: "The time at which a row's session began: one ends where the next row is too long after the last, or after the first. The rows must be in an order.",
        examples: &[Example {
            query: "datatable(t:datetime)[datetime(2024-01-01 00:00), datetime(2024-01-01 00:10), datetime(2024-01-01 02:00)] | sort by t asc | extend s = row_window_session(t, 1d, 30m)",
            answer: &[
                "t:datetime, s:datetime",
                "2024-01-01T00:00:00.0000000Z, 2024-01-01T00:00:00.0000000Z",
                "2024-01-01T00:10:00.0000000Z, 2024-01-01T00:00:00.0000000Z",
                "2024-01-01T02:00:00.0000000Z, 2024-01-01T02:00:00.0000000Z",
            ],
        }],
    },
    Entry {
        name: "stored_query_result",
        help: "A table of a name, as `table()` gives it.",
        examples: &[Example {
            query: "union isfuzzy=true (print x = 1), stored_query_result('Missing')",
            answer: &["x:long", "1"],
        }],
    },
    Entry {
        name: "table",
        help: "A table by its name.",
        examples: &[Example { query: "let T = print x = 1; table('T')", answer: &["x:long", "1"] }],
    },
];
