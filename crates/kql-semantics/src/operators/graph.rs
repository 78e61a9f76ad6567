//! Graphs: `make-graph` makes one of tables, the others take one.

mod element;
mod matching;
mod path;
mod to_table;

use std::sync::Arc;

use kql_syntax::tree::{Expr, GraphNodes, MakeGraph, Operator, OperatorKind, SubQuery};
use kql_syntax::{Name, Span};

pub(crate) use element::GraphScope;

use super::join::side_by_side;
use crate::binder::Binder;
use crate::binder::parameters::{new_name, word};
use crate::binder::term::{Meaning, Term};
use crate::bound::{
    BoundResult, Column, ColumnId, Graph, GraphNodeTable, GraphOutput, GraphRowset, GraphStep,
    Rowset, RowsetKind,
};
use crate::{Shape, Type, diagnostics};

/// Rows made of `graph`.
fn rows_of(graph: &Arc<Graph>, output: GraphOutput, columns: Vec<Column>, at: Span) -> Rowset {
    let graph = GraphRowset { graph: Arc::clone(graph), output };
    Rowset::new(RowsetKind::Graph(Box::new(graph)), columns, at)
}

/// What a query gives that ends with a graph.
pub(crate) fn result(graph: &Arc<Graph>, at: Span) -> BoundResult {
    let columns = graph.edges.clone();
    BoundResult::Table { rowset: rows_of(graph, GraphOutput::Whole, columns, at), render: None }
}

impl<'a> Binder<'a> {
    pub(crate) fn make_graph_operator(
        &mut self,
        input: Rowset,
        graph: &'a MakeGraph,
        operator: &'a Operator,
    ) -> Term {
        if !graph.is_directed {
            let what = "make-graph with --";
            self.report(diagnostics::not_supported(what, self.at(operator.keyword)));
        }
        let partition = graph.partitioned_by.as_ref().map(|(column, _)| column);
        let (edge_rows, (source, target, partition_key)) = self.with_rows(input, |binder| {
            let source = binder.graph_key(&graph.source);
            let target = binder.graph_key(&graph.target);
            let partition = partition.map(|column| binder.graph_key(column));
            (source, target, partition)
        });
        self.expect_same_id(&source, &target);
        let mut made = Graph {
            ends: [key_column(&source), key_column(&target)],
            id_type: source.shape.ty(),
            node_tables: Vec::with_capacity(graph.nodes.len()),
            node_id: None,
            partition: partition_key.as_ref().map(key_column),
            steps: Vec::new(),
            nodes: Vec::new(),
            edges: edge_rows.columns.clone(),
            edge_rows,
        };
        if let Some(name) = &graph.node_id {
            let column = self.column(name.name.clone(), &source.shape);
            made.node_id = Some(column.id);
            made.nodes.push(column);
        }
        let partition_name = partition_key.as_ref().and_then(|term| term.name.clone());
        for table in &graph.nodes {
            self.graph_nodes(&mut made, table, &source, partition_name.as_ref());
        }
        let made = Arc::new(made);
        match &graph.partitioned_by {
            Some((_, body)) => self.graph_partition(made, body, operator),
            None => Term::new(Meaning::Graph(made), operator.span),
        }
    }

    /// `rows on id`: adds their columns to those of the nodes; columns of one name are one.
    fn graph_nodes(
        &mut self,
        graph: &mut Graph,
        table: &'a GraphNodes,
        source: &Term,
        partition: Option<&Name>,
    ) {
        let (rows, depth) = self.tabular(&table.table);
        self.depth = self.depth.max(depth);
        let (rows, key) = self.with_rows(rows, |binder| binder.graph_key(&table.key));
        self.expect_same_id(source, &key);
        let partition = partition.map(|name| match rows.column(name) {
            Some(column) => column.id,
            None => {
                let at = self.at(table.table.span);
                self.report(diagnostics::unknown_column(name, at));
                key_column(&key)
            }
        });
        let mut columns: Vec<Option<ColumnId>> = vec![None; graph.nodes.len()];
        let mut added = Vec::new();
        for own in &rows.columns {
            let known = graph.nodes.iter().position(|node| node.name == own.name);
            match known.and_then(|at| graph.nodes.get(at).zip(columns.get_mut(at))) {
                Some((node, place)) => {
                    if node.ty != own.ty {
                        let types = [node.ty.name().to_owned(), own.ty.name().to_owned()];
                        self.report(diagnostics::no_common_type(&types, self.at(table.table.span)));
                    }
                    *place = Some(own.id);
                }
                None => {
                    let shape = self.shape_of(own.id);
                    added.push(self.column(own.name.clone(), &shape));
                    columns.push(Some(own.id));
                }
            }
        }
        graph.nodes = side_by_side(&graph.nodes, &added);
        graph.node_tables.push(GraphNodeTable { id: key_column(&key), partition, columns, rows });
    }

    /// A column that edges name nodes by.
    fn graph_key(&mut self, key: &'a Expr) -> Term {
        let term = self.value(key);
        if self.expect_column(&term) {
            self.expect_no_dynamic(&term, "name nodes by");
        }
        term
    }

    fn expect_same_id(&mut self, source: &Term, other: &Term) {
        if !source.is_open() && !other.is_open() && source.shape.ty() != other.shape.ty() {
            let types = [source.describe(), other.describe()];
            self.report(diagnostics::no_common_type(&types, self.at(other.span)));
        }
    }

    /// `partitioned-by column (operators)`: the rows of all partitions come from one graph, whose parts are not connected.
    fn graph_partition(
        &mut self,
        graph: Arc<Graph>,
        body: &'a SubQuery,
        operator: &'a Operator,
    ) -> Term {
        let term = self.subquery_over(Term::new(Meaning::Graph(graph), operator.span), body);
        let rowset = self.expect_table(term);
        if !is_row_wise(&rowset) {
            let what = "partitioned-by with an operator over several rows";
            self.report(diagnostics::not_supported(what, self.at(body.span)));
        }
        Term::table(rowset, operator.span)
    }

    /// An operator that takes a graph.
    pub(crate) fn graph_operator(&mut self, graph: &Arc<Graph>, operator: &'a Operator) -> Term {
        let span = operator.span;
        match &operator.kind {
            OperatorKind::GraphMatch(matched) => self.graph_match(graph, matched, false, operator),
            OperatorKind::GraphShortestPaths(matched) => {
                self.graph_match(graph, matched, true, operator)
            }
            OperatorKind::GraphToTable { outputs } => self.graph_to_table(graph, outputs, span),
            OperatorKind::GraphMarkComponents { parameters } => {
                let name = new_name(parameters, &["with_component_id"]);
                let name = name.map_or_else(|| Name::new("ComponentId"), |name| name.name.clone());
                let is_strong = word(parameters, "kind") == Some("strong");
                let mut graph = Graph::clone(graph);
                let column = self.column(name, &Shape::Plain(Type::Long));
                graph.steps.push(GraphStep::MarkComponents { id: column.id, is_strong });
                graph.nodes = side_by_side(&graph.nodes, &[column]);
                Term::new(Meaning::Graph(Arc::new(graph)), span)
            }
            OperatorKind::GraphWhereNodes(predicate) => {
                let predicate = self.graph_predicate(graph.nodes.clone(), predicate);
                with_step(graph, GraphStep::WhereNodes(predicate), span)
            }
            OperatorKind::GraphWhereEdges(predicate) => {
                let predicate = self.graph_predicate(graph.edges.clone(), predicate);
                with_step(graph, GraphStep::WhereEdges(predicate), span)
            }
            _ => {
                self.report(diagnostics::table_expected(self.at(operator.keyword)));
                Term::table(Rowset::wrong(self.at(span)), span)
            }
        }
    }

    fn graph_predicate(
        &mut self,
        columns: Vec<Column>,
        predicate: &'a Expr,
    ) -> crate::bound::Scalar {
        let rows = Rowset::new(RowsetKind::Error, columns, self.at(predicate.span));
        let (_, term) = self.with_rows(rows, |binder| {
            let term = binder.value(predicate);
            binder.expect_truth(&term);
            term
        });
        term.into_scalar()
    }
}

/// `graph` with one step more.
fn with_step(graph: &Arc<Graph>, step: GraphStep, span: Span) -> Term {
    let mut graph = Graph::clone(graph);
    graph.steps.push(step);
    Term::new(Meaning::Graph(Arc::new(graph)), span)
}

/// The column that a key is; where it is none, that was reported.
fn key_column(term: &Term) -> ColumnId {
    term.reference.column().unwrap_or(ColumnId(u32::MAX))
}

/// Whether each row is made of one row of a graph.
fn is_row_wise(rowset: &Rowset) -> bool {
    match &rowset.kind {
        RowsetKind::Graph(_) | RowsetKind::Error => true,
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Project { input, .. } => is_row_wise(input),
        RowsetKind::MvExpand(expand) => is_row_wise(&expand.input),
        RowsetKind::Parse(parse) => is_row_wise(&parse.input),
        _ => false,
    }
}
