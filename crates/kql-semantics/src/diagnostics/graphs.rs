//! Graphs and their patterns.

use kql_syntax::{Code, Diagnostic, Span};

/// `graph("name")`
pub(crate) fn stored_graph(at: Span) -> Diagnostic {
    Diagnostic::error(Code("stored-graph"), "graphs that a database stores are not known here")
        .mark(at, "not known")
        .help("make the graph in the query: `Edges | make-graph source --> target`")
}

/// `(a)(b)`, `-[e]->(a)`
pub(crate) fn irregular_pattern(at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("graph-pattern"),
        "a pattern is a node, or nodes with an edge between each two: `(a)-[e]->(b)`",
    )
    .mark(at, "")
}

/// `(a)-->(b), (c)-->(d)`
pub(crate) fn unconnected_pattern(at: Span) -> Diagnostic {
    Diagnostic::error(Code("graph-pattern"), "all parts of a pattern must be connected")
        .mark(at, "not connected")
        .help("name a node in both of two parts: `(a)-->(b), (b)-->(c)`")
}

/// A pattern that `graph-shortest-paths` does not take.
pub(crate) fn shortest_pattern(at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("graph-pattern"),
        "`graph-shortest-paths` takes one pattern, with at least one path of variable length",
    )
    .mark(at, "")
    .help("write the path as `-[path*1..5]->`")
}

/// `-[e*5..1]->`
pub(crate) fn path_length(at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("path-length"),
        "the length of a path is two whole numbers, the least and the most: `*1..5`",
    )
    .mark(at, "")
}

/// `map(node, ...)`
pub(crate) fn graph_edge_expected(function: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("graph-element"),
        format!("`{function}` goes along a path of the pattern, or its `inner_nodes`"),
    )
    .mark(at, "not a path")
}

/// `node_degree_in(edge)`
pub(crate) fn graph_node_expected(function: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("graph-element"), format!("`{function}` takes a node of the pattern"))
        .mark(at, "not a node")
}

/// `inner_nodes(path)` where it means nothing.
pub(crate) fn inner_nodes_alone(at: Span) -> Diagnostic {
    Diagnostic::error(
        Code("graph-element"),
        "`inner_nodes` stands only as the first argument of `all`, `any` and `map`",
    )
    .mark(at, "")
}
