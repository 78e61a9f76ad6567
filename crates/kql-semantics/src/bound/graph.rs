//! Graphs, bound: how one is made of tables, and what rows are made of it.

use std::sync::Arc;

use super::{Column, ColumnId, Rowset, Scalar};
use crate::Type;

/// Rows made of a graph. The columns of the rowset are those of the output.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphRowset {
    /// The graph.
    pub graph: Arc<Graph>,
    /// What is made of it.
    pub output: GraphOutput,
}

/// A graph: `make-graph` and the operators behind it that give a graph again.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// The rows that are its edges.
    pub edge_rows: Rowset,
    /// The columns of `edge_rows` that hold the ids of an edge's nodes: where it starts, where it ends.
    pub ends: [ColumnId; 2],
    /// The type of the ids.
    pub id_type: Type,
    /// Tables of nodes.
    pub node_tables: Vec<GraphNodeTable>,
    /// `with_node_id=name`: this column of the nodes holds their ids.
    pub node_id: Option<ColumnId>,
    /// `partitioned-by`: the column of `edge_rows` whose values make graphs of their own.
    pub partition: Option<ColumnId>,
    /// What is done to it, in order.
    pub steps: Vec<GraphStep>,
    /// The columns of its nodes.
    pub nodes: Vec<Column>,
    /// The columns of its edges: those of `edge_rows`.
    pub edges: Vec<Column>,
}

/// `with rows on id`
#[derive(Clone, Debug, PartialEq)]
pub struct GraphNodeTable {
    /// The rows.
    pub rows: Rowset,
    /// The column of the ids.
    pub id: ColumnId,
    /// The column of the partitions, where the graph is partitioned.
    pub partition: Option<ColumnId>,
    /// For each column of the graph's nodes the table's own.
    pub columns: Vec<Option<ColumnId>>,
}

/// What makes another graph of a graph.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphStep {
    /// `graph-where-nodes`: only these nodes, and the edges between them.
    WhereNodes(Scalar),
    /// `graph-where-edges`: only these edges, and all nodes.
    WhereEdges(Scalar),
    /// `graph-mark-components`: nodes get a column with the number of their component.
    MarkComponents {
        /// The column of the nodes.
        id: ColumnId,
        /// Whether nodes must be reached both ways: `kind=strong`.
        is_strong: bool,
    },
    /// `graph-match` without `project`.
    Match,
}

/// What rows are made of a graph.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphOutput {
    /// The graph itself, as the result of a query.
    Whole,
    /// `graph-to-table nodes`
    Nodes(Vec<ElementColumn>),
    /// `graph-to-table edges`
    Edges(Vec<ElementColumn>),
    /// `graph-match`, `graph-shortest-paths`: a row for each match.
    Match(GraphPattern),
}

/// A column that holds something of a node or an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ElementColumn {
    /// The column.
    pub id: ColumnId,
    /// Its type.
    pub ty: Type,
    /// What it holds.
    pub value: ElementValue,
}

/// Something of a node or an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ElementValue {
    /// A column of the graph's nodes or edges.
    Property(ColumnId),
    /// The id of a node, as the tables have it.
    NodeId,
    /// The hash of a node's id.
    NodeHash,
    /// The hash of the id of the node where an edge starts.
    SourceHash,
    /// The hash of the id of the node where an edge ends.
    TargetHash,
    /// How many edges end at a node.
    DegreeIn,
    /// How many edges start at a node.
    DegreeOut,
}

/// A pattern of nodes and edges, all of them connected.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphPattern {
    /// Its nodes; one that is named several times stands here once.
    pub nodes: Vec<PatternNode>,
    /// Its edges, in the order written.
    pub edges: Vec<PatternEdge>,
    /// What all matches satisfy, each apart.
    pub constraints: Vec<Scalar>,
    /// What is computed along paths.
    pub paths: Vec<PathValue>,
    /// Which matches are given.
    pub search: GraphSearch,
}

/// A node of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternNode {
    /// What of it is used.
    pub columns: Vec<ElementColumn>,
}

/// An edge of a pattern, or a path of edges.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternEdge {
    /// The pattern's nodes on its left and right, by their places.
    pub nodes: [usize; 2],
    /// Which way it points, read from the left.
    pub direction: EdgeDirection,
    /// How many edges it stands for: least and most. `None` where it is one edge.
    pub length: Option<(u64, u64)>,
    /// What of it is used, where it is one edge.
    pub columns: Vec<ElementColumn>,
}

/// Which way an edge points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EdgeDirection {
    /// From the left node to the right one.
    Right,
    /// From the right node to the left one.
    Left,
    /// Either way.
    Any,
}

/// `all(path, condition)`, `any(path, condition)`, `map(path, value)`
#[derive(Clone, Debug, PartialEq)]
pub struct PathValue {
    /// The column that holds it.
    pub id: ColumnId,
    /// Which function.
    pub function: PathFunction,
    /// The pattern's edge.
    pub edge: usize,
    /// What it goes over.
    pub over: PathElements,
    /// The columns of each of those.
    pub columns: Vec<ElementColumn>,
    /// What is computed for each; columns of the pattern's other elements may stand in it too.
    pub value: Scalar,
}

/// What is made of the values along a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathFunction {
    /// Whether all are true.
    All,
    /// Whether one is true.
    Any,
    /// An array of them.
    Map,
}

/// Which elements of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathElements {
    /// Its edges.
    Edges,
    /// The nodes between its edges: `inner_nodes(path)`.
    InnerNodes,
}

/// Which matches are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GraphSearch {
    /// `cycles=all`: all of them.
    All,
    /// `cycles=unique_edges`: those in which no edge comes twice.
    UniqueEdges,
    /// `cycles=none`: those in which no node comes twice.
    NoCycles,
    /// `graph-shortest-paths`: for each first and last node one of the shortest.
    ShortestAny,
    /// `graph-shortest-paths output=all`: for each first and last node all of the shortest.
    ShortestAll,
}

impl GraphRowset {
    /// The rowsets that the graph is made of.
    pub fn for_each_input<'a>(&'a self, visit: &mut dyn FnMut(&'a Rowset)) {
        visit(&self.graph.edge_rows);
        self.graph.node_tables.iter().for_each(|table| visit(&table.rows));
    }

    /// The conditions of its steps and of the pattern, and what is computed along paths.
    pub fn for_each_scalar<'a>(&'a self, visit: &mut dyn FnMut(&'a Scalar)) {
        for step in &self.graph.steps {
            match step {
                GraphStep::WhereNodes(predicate) | GraphStep::WhereEdges(predicate) => {
                    visit(predicate);
                }
                GraphStep::MarkComponents { .. } | GraphStep::Match => {}
            }
        }
        if let GraphOutput::Match(pattern) = &self.output {
            pattern.constraints.iter().for_each(&mut *visit);
            pattern.paths.iter().for_each(|path| visit(&path.value));
        }
    }
}
