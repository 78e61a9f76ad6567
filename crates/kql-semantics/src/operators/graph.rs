//! Graphs: `make-graph`, `graph-match` and what else takes a graph.

use std::rc::Rc;

use kql_syntax::tree::{
    Expr, GraphElement, GraphMatch, GraphOutput, MakeGraph, NamedExpr, Operator, OperatorKind,
};
use kql_syntax::{Name, Span};

use super::join::side_by_side;
use crate::binder::Binder;
use crate::binder::parameters::new_name;
use crate::binder::projection::{How, Projection, Style};
use crate::binder::scope::Symbol;
use crate::binder::term::{Meaning, Row, Term};
use crate::bound::{BoundResult, Column, ColumnId, Rowset, RowsetKind};
use crate::{Shape, Type, diagnostics};

/// A graph in the making.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    pub(crate) edges: Vec<Column>,
    pub(crate) nodes: Vec<Column>,
}

impl Graph {
    /// What a query gives that ends with a graph.
    pub(crate) fn into_result(self, span: Span) -> BoundResult {
        let rowset = Rowset::new(RowsetKind::Error, self.edges, span);
        BoundResult::Table { rowset, render: None }
    }
}

impl<'a> Binder<'a> {
    pub(crate) fn make_graph_operator(
        &mut self,
        input: Rowset,
        graph: &'a MakeGraph,
        operator: &'a Operator,
    ) -> Term {
        self.report(diagnostics::not_supported("make-graph", self.at(operator.keyword)));
        let (input, source) = self.with_rows(input, |binder| {
            let source = binder.graph_key(&graph.source);
            binder.graph_key(&graph.target);
            source
        });
        let mut nodes: Vec<Column> = Vec::new();
        if let Some(name) = &graph.node_id {
            nodes.push(self.column(name.name.clone(), &source.shape));
        }
        for table in &graph.nodes {
            let (rows, _) = self.tabular(&table.table);
            let (rows, ()) = self.with_rows(rows, |binder| {
                binder.graph_key(&table.key);
            });
            nodes = merge_by_name(&nodes, &rows.columns);
        }
        let graph_made = Graph { edges: input.columns, nodes };
        match &graph.partitioned_by {
            Some((_, body)) => {
                let context = Term::new(Meaning::Graph(graph_made), operator.span);
                let _ = (context, body);
                Term::table(Rowset::wrong(self.at(operator.span)), operator.span)
            }
            None => Term::new(Meaning::Graph(graph_made), operator.span),
        }
    }

    /// A column that edges name nodes by.
    fn graph_key(&mut self, key: &'a Expr) -> Term {
        let term = self.value(key);
        if self.expect_column(&term) {
            self.expect_no_dynamic(&term, "name nodes by");
        }
        term
    }

    /// An operator that takes a graph.
    pub(crate) fn graph_operator(&mut self, graph: Graph, operator: &'a Operator) -> Term {
        let span = operator.span;
        match &operator.kind {
            OperatorKind::GraphMatch(matched) | OperatorKind::GraphShortestPaths(matched) => {
                self.graph_match(graph, matched, span)
            }
            OperatorKind::GraphToTable { outputs } => self.graph_to_table(&graph, outputs, span),
            OperatorKind::GraphMarkComponents { parameters } => {
                let name = new_name(parameters, &["with_component_id"]);
                let name = name.map_or_else(|| Name::new("ComponentId"), |name| name.name.clone());
                let mut graph = graph;
                graph.nodes.push(self.column(name, &Shape::Plain(Type::Long)));
                Term::new(Meaning::Graph(graph), span)
            }
            OperatorKind::GraphWhereNodes(predicate) => {
                self.graph_predicate(graph.nodes.clone(), predicate);
                Term::new(Meaning::Graph(graph), span)
            }
            OperatorKind::GraphWhereEdges(predicate) => {
                self.graph_predicate(graph.edges.clone(), predicate);
                Term::new(Meaning::Graph(graph), span)
            }
            _ => {
                self.report(diagnostics::table_expected(self.at(operator.keyword)));
                Term::table(Rowset::wrong(self.at(span)), span)
            }
        }
    }

    fn graph_predicate(&mut self, columns: Vec<Column>, predicate: &'a Expr) {
        let rows = Rowset::new(RowsetKind::Error, columns, self.at(predicate.span));
        self.with_rows(rows, |binder| {
            let term = binder.value(predicate);
            binder.expect_truth(&term);
        });
    }

    fn graph_match(&mut self, graph: Graph, matched: &'a GraphMatch, span: Span) -> Term {
        let outer = self.scope;
        self.scope = self.scopes.open(Some(outer));
        self.declare_elements(&graph, matched);
        let was_graph = std::mem::replace(&mut self.is_graph, true);
        if let Some(predicate) = &matched.predicate {
            let term = self.without_rows(|binder| binder.value(predicate));
            self.expect_truth(&term);
        }
        let term = match &matched.project {
            Some(columns) => {
                let projection = self.without_rows(|binder| binder.graph_columns(columns, matched));
                let columns = projection.columns();
                Term::table(Rowset::new(RowsetKind::Error, columns, self.at(span)), span)
            }
            None => Term::new(Meaning::Graph(graph), span),
        };
        self.is_graph = was_graph;
        self.scope = outer;
        term
    }

    /// The columns of the row that a term is.
    pub(crate) fn columns_of_row(&mut self, term: &Term) -> Vec<Column> {
        let Meaning::Row(Row::Columns(columns)) = &term.meaning else { return Vec::new() };
        columns
            .iter()
            .map(|(name, id)| Column { id: *id, name: name.clone(), ty: self.shape_of(*id).ty() })
            .collect()
    }

    /// Binds an argument that is computed for each element of a path.
    pub(crate) fn over_columns(&mut self, columns: Vec<Column>, argument: &'a NamedExpr) -> Term {
        let rows = Rowset::new(RowsetKind::Error, columns, self.at(argument.span));
        self.with_rows(rows, |binder| binder.argument(argument)).1
    }

    fn declare_elements(&mut self, graph: &Graph, matched: &'a GraphMatch) {
        for element in matched.patterns.iter().flatten() {
            let (name, columns) = match element {
                GraphElement::Node(name) => (Some(name), &graph.nodes),
                GraphElement::Edge { name, .. } => (name.as_ref(), &graph.edges),
            };
            let Some(name) = name.filter(|name| !name.is_missing()) else { continue };
            let columns: Vec<(Name, ColumnId)> =
                columns.iter().map(|column| (column.name.clone(), column.id)).collect();
            let symbol = Symbol::Row(Rc::new(Row::Columns(columns)));
            self.scope = self.scopes.declare(self.scope, name.name.clone(), symbol, name.span);
        }
    }

    fn graph_columns(&mut self, columns: &'a [NamedExpr], matched: &'a GraphMatch) -> Projection {
        let mut projection = Projection::default();
        let _ = matched;
        for named in columns {
            let name = graph_name(&named.expr);
            let mut term = self.any_value(&named.expr).detached();
            term.name = name.or(term.name);
            self.project(&mut projection, named, term, &How::new(Style::Default));
        }
        projection
    }

    fn graph_to_table(&mut self, graph: &Graph, outputs: &'a [GraphOutput], span: Span) -> Term {
        let at = self.at(span);
        let mut tables = Vec::new();
        for output in outputs {
            let (ids, columns) = match &*output.what.name {
                "nodes" => (&["with_node_id"][..], &graph.nodes),
                _ => (&["with_source_id", "with_target_id"][..], &graph.edges),
            };
            let mut made = Vec::new();
            for id in ids {
                if let Some(name) = new_name(&output.parameters, &[id]) {
                    made.push(self.column(name.name.clone(), &Shape::Plain(Type::Long)));
                }
            }
            made.extend(columns.iter().cloned());
            let rowset = Rowset::new(RowsetKind::Error, made, at);
            let name = output.name.as_ref().map_or_else(|| Name::new(""), |name| name.name.clone());
            tables.push((name, rowset));
        }
        match tables.len() {
            1 => Term::table(tables.remove(0).1, span),
            _ => Term::new(Meaning::Tables(tables), span),
        }
    }
}

/// The columns of several tables of nodes: those of one name are one.
fn merge_by_name(left: &[Column], right: &[Column]) -> Vec<Column> {
    let added: Vec<Column> = right
        .iter()
        .filter(|column| !left.iter().any(|own| own.name == column.name))
        .cloned()
        .collect();
    side_by_side(left, &added)
}

/// `node.column` is called `node_column`.
fn graph_name(expr: &Expr) -> Option<Name> {
    use kql_syntax::tree::ExprKind;
    match &expr.kind {
        ExprKind::Path { base, member } => {
            let (base, member) = (graph_name(base)?, graph_name(member)?);
            Some(Name::from(format!("{base}_{member}")))
        }
        ExprKind::Name(name) => Some(name.name.clone()),
        _ => None,
    }
}
