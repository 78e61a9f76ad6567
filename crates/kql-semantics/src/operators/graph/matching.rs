//! `graph-match patterns where condition project columns`, `graph-shortest-paths`

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use kql_syntax::tree::{
    Expr, ExprKind, GraphDirection, GraphElement, GraphMatch, LogicalOperator, NamedExpr, Operator,
};
use kql_syntax::{Identifier, Name, Span};

use super::element::{Element, GraphScope};
use crate::binder::Binder;
use crate::binder::casts::convert;
use crate::binder::parameters::word;
use crate::binder::projection::{How, Projection, Style};
use crate::binder::scope::Symbol;
use crate::binder::term::{Meaning, Row, Term};
use crate::bound::{
    Column, ColumnId, EdgeDirection, Graph, GraphOutput, GraphPattern, GraphSearch, GraphStep,
    PathFunction, PatternEdge, PatternNode, ProjectOperator, Scalar, ScalarKind,
};
use crate::operators::project::project;
use crate::{Shape, Type, Value, diagnostics};

/// The shape of a pattern: how its edges connect its nodes.
#[derive(Default)]
struct Outline {
    edges: Vec<OutlineEdge>,
    /// Node names by their places; none for one without.
    nodes: Vec<Option<Identifier>>,
}

struct OutlineEdge {
    name: Option<Identifier>,
    nodes: [usize; 2],
    direction: EdgeDirection,
    length: Option<(u64, u64)>,
}

impl<'a> Binder<'a> {
    pub(super) fn graph_match(
        &mut self,
        graph: &Arc<Graph>,
        matched: &'a GraphMatch,
        is_shortest: bool,
        operator: &'a Operator,
    ) -> Term {
        let span = operator.span;
        let outline = self.outline(matched, span);
        if is_shortest {
            self.check_shortest(matched, &outline, span);
        }
        let outer = self.scope;
        self.scope = self.scopes.open(Some(outer));
        let outer_graph = self.declare_elements(graph, &outline);
        let constraints = match &matched.predicate {
            Some(predicate) => self.constraints(predicate),
            None => Vec::new(),
        };
        let projection = matched
            .project
            .as_ref()
            .map(|columns| self.without_rows(|binder| binder.graph_columns(columns)));
        let scope = std::mem::replace(&mut self.graph, outer_graph);
        self.scope = outer;
        let (Some(projection), Some(scope)) = (projection, scope) else {
            return super::with_step(graph, GraphStep::Match, span);
        };
        let search = match (is_shortest, word(&matched.parameters, "cycles")) {
            (true, _) if word(&matched.parameters, "output") == Some("all") => {
                GraphSearch::ShortestAll
            }
            (true, _) => GraphSearch::ShortestAny,
            (false, Some("all")) => GraphSearch::All,
            (false, Some("none")) => GraphSearch::NoCycles,
            (false, _) => GraphSearch::UniqueEdges,
        };
        let at = self.at(span);
        let (pattern, columns) = self.pattern(*scope, &outline, constraints, &projection, search);
        let rows = super::rows_of(graph, GraphOutput::Match(pattern), columns, at);
        Term::table(project(rows, &projection, ProjectOperator::Project, at), span)
    }

    /// How the elements of the patterns are connected.
    fn outline(&mut self, matched: &'a GraphMatch, span: Span) -> Outline {
        let mut outline = Outline::default();
        for pattern in &matched.patterns {
            let mut left: Option<usize> = None;
            let mut waiting: Option<OutlineEdge> = None;
            let mut is_regular = true;
            for element in pattern {
                match element {
                    GraphElement::Node(name) => {
                        let node = outline.node(name);
                        match (left, waiting.take()) {
                            (Some(_), Some(mut edge)) => {
                                edge.nodes[1] = node;
                                outline.edges.push(edge);
                            }
                            (None, None) => {}
                            _ => is_regular = false,
                        }
                        left = Some(node);
                    }
                    GraphElement::Edge { name, direction, range, span } => {
                        is_regular &= left.is_some() && waiting.is_none();
                        if let Some(name) = name
                            && outline.edges.iter().any(|edge| edge.is_named(&name.name))
                        {
                            let (first, at) = (self.at(*span), self.at(name.span));
                            self.report(diagnostics::declared_twice(&name.name, at, first));
                        }
                        let length = range.as_ref().map(|range| self.path_length(range));
                        waiting = Some(OutlineEdge {
                            name: name.clone(),
                            nodes: [left.unwrap_or(0); 2],
                            direction: direction_of(*direction),
                            length,
                        });
                    }
                }
            }
            if !is_regular || waiting.is_some() || left.is_none() {
                self.report(diagnostics::irregular_pattern(self.at(span)));
            }
        }
        if !outline.is_connected() {
            self.report(diagnostics::unconnected_pattern(self.at(span)));
        }
        outline
    }

    /// `least..most` of a path.
    fn path_length(&mut self, (low, high): &'a (Expr, Expr)) -> (u64, u64) {
        let mut bound = |expr: &'a Expr| {
            let term = self.without_rows(|binder| binder.value(expr));
            let value = match term.value() {
                Some(Value::Int(value)) => u64::try_from(*value).ok(),
                Some(Value::Long(value)) => u64::try_from(*value).ok(),
                _ => None,
            };
            if value.is_none() && !term.is_wrong() {
                let at = self.at(term.span);
                self.report(diagnostics::path_length(at));
            }
            value.unwrap_or(1)
        };
        let (least, most) = (bound(low), bound(high));
        if least > most {
            let at = self.at(low.span.to(high.span));
            self.report(diagnostics::path_length(at));
        }
        (least, most)
    }

    fn check_shortest(&mut self, matched: &'a GraphMatch, outline: &Outline, span: Span) {
        let has_path = outline.edges.iter().any(|edge| edge.length.is_some());
        if matched.patterns.len() != 1 || !has_path {
            self.report(diagnostics::shortest_pattern(self.at(span)));
        }
    }

    /// Brings the pattern's elements into scope; gives the pattern that was around.
    fn declare_elements(
        &mut self,
        graph: &Arc<Graph>,
        outline: &Outline,
    ) -> Option<Box<GraphScope>> {
        let mut nodes = Vec::with_capacity(outline.nodes.len());
        for name in &outline.nodes {
            nodes.push(self.pattern_element(name.as_ref(), &graph.nodes, false));
        }
        let mut edges = Vec::with_capacity(outline.edges.len());
        for edge in &outline.edges {
            edges.push(self.pattern_element(
                edge.name.as_ref(),
                &graph.edges,
                edge.length.is_some(),
            ));
        }
        let scope = GraphScope {
            graph: Arc::clone(graph),
            nodes,
            edges,
            paths: Vec::new(),
            along: None,
            names_path: false,
        };
        self.graph.replace(Box::new(scope))
    }

    fn pattern_element(
        &mut self,
        name: Option<&Identifier>,
        of: &[Column],
        is_path: bool,
    ) -> Element {
        let Some(name) = name else {
            return Element { name: None, properties: Vec::new(), columns: Vec::new(), is_path };
        };
        let (properties, columns) = self.element_columns(of);
        let row = properties.iter().map(|column| (column.name.clone(), column.id)).collect();
        let symbol = Symbol::Row(Rc::new(Row::Columns(row)));
        self.scope = self.scopes.declare(self.scope, name.name.clone(), symbol, name.span);
        Element { name: Some(name.name.clone()), properties, columns, is_path }
    }

    /// What a match must satisfy, each condition apart.
    fn constraints(&mut self, predicate: &'a Expr) -> Vec<Scalar> {
        let term = self.without_rows(|binder| binder.value(predicate));
        self.expect_truth(&term);
        let mut conditions = Vec::new();
        apart(term.into_scalar(), &mut conditions);
        // A condition on a property of a path holds for each of its edges.
        conditions
            .into_iter()
            .map(|condition| match self.path_in(&condition) {
                Some(path) => self.true_of_all(path, condition),
                None => condition,
            })
            .collect()
    }

    /// The path whose properties an expression names outside of functions; several are reported.
    fn path_in(&mut self, scalar: &Scalar) -> Option<usize> {
        let used = self.columns_in([scalar]);
        let scope = self.graph.as_deref()?;
        let mut found: Vec<usize> = used.iter().filter_map(|id| scope.path_of(*id)).collect();
        found.sort_unstable();
        found.dedup();
        if found.len() > 1 {
            let what = "an expression over two paths";
            self.report(diagnostics::not_supported(what, scalar.span));
        }
        found.first().copied()
    }

    /// The pattern with what is used of its elements, and the columns that it gives.
    fn pattern(
        &self,
        scope: GraphScope,
        outline: &Outline,
        constraints: Vec<Scalar>,
        projection: &Projection,
        search: GraphSearch,
    ) -> (GraphPattern, Vec<Column>) {
        let values = projection.scalars();
        let given = self.columns_in(values.iter().map(|(_, value)| value).chain(&constraints));
        let mut paths = scope.paths;
        paths.retain(|path| given.contains(&path.id));
        let mut used = self.columns_in(paths.iter().map(|path| &path.value));
        used.extend(&given);
        let mut columns = Vec::new();
        let mut give = |id: ColumnId, ty: Type| {
            if given.contains(&id) {
                columns.push(Column { id, name: Name::new(""), ty });
            }
        };
        let mut kept = |element: Element| {
            let mut own = element.columns;
            own.retain(|column| used.contains(&column.id));
            if !element.is_path {
                own.iter().for_each(|column| give(column.id, column.ty));
            }
            own
        };
        let nodes = scope.nodes.into_iter();
        let nodes = nodes.map(|node| PatternNode { columns: kept(node) }).collect();
        let edges = scope.edges.into_iter().zip(&outline.edges).map(|(edge, of)| PatternEdge {
            nodes: of.nodes,
            direction: of.direction,
            length: of.length,
            columns: kept(edge),
        });
        let edges = edges.collect();
        for path in &paths {
            let is_array = path.function == PathFunction::Map;
            give(path.id, if is_array { Type::Dynamic } else { Type::Bool });
        }
        (GraphPattern { nodes, edges, constraints, paths, search }, columns)
    }

    fn graph_columns(&mut self, columns: &'a [NamedExpr]) -> Projection {
        let mut projection = Projection::default();
        for named in columns {
            if let Some(scope) = self.graph_scope() {
                scope.names_path = false;
            }
            let name = graph_name(&named.expr);
            let term = self.expr(&named.expr);
            let term = self.element_value(term);
            let term = self.expect_scalar(term).detached();
            let mut term = self.along_path(term);
            term.name = name.or(term.name);
            self.project(&mut projection, named, term, &How::new(Style::Default));
        }
        projection
    }

    /// An expression that names a path is a dynamic; where it names a path's properties, an array of its values.
    fn along_path(&mut self, term: Term) -> Term {
        let Meaning::Scalar(scalar) = &term.meaning else { return term };
        let (span, name) = (term.span, term.name.clone());
        if let Some(path) = self.path_in(&scalar.clone()) {
            let value = term.into_scalar();
            return self.mapped(path, value, span).named(name);
        }
        let names_path = self.graph_scope().is_some_and(|scope| scope.names_path);
        if !names_path || term.shape.is_dynamic() || term.is_open() {
            return term;
        }
        let scalar = convert(term.into_scalar(), Type::Dynamic);
        Term::scalar(scalar, Shape::DYNAMIC, span).named(name)
    }
}

impl Outline {
    /// The place of a node; one that was named before is the same.
    fn node(&mut self, name: &Identifier) -> usize {
        let is_same = |known: &Option<Identifier>| {
            known.as_ref().is_some_and(|known| known.name == name.name)
        };
        let known = if name.is_missing() { None } else { self.nodes.iter().position(is_same) };
        known.unwrap_or_else(|| {
            self.nodes.push(Some(name.clone()).filter(|name| !name.is_missing()));
            self.nodes.len() - 1
        })
    }

    fn is_connected(&self) -> bool {
        let mut reached: HashSet<usize> = HashSet::from([0]);
        // As often as there are edges: each time at least one more is reached, or all are.
        for _ in &self.edges {
            for edge in &self.edges {
                let [left, right] = edge.nodes;
                if reached.contains(&left) || reached.contains(&right) {
                    reached.extend(edge.nodes);
                }
            }
        }
        (0..self.nodes.len()).all(|node| reached.contains(&node))
    }
}

impl OutlineEdge {
    fn is_named(&self, name: &Name) -> bool {
        self.name.as_ref().is_some_and(|own| own.name == *name)
    }
}

/// The conditions that `and` joins.
fn apart(scalar: Scalar, conditions: &mut Vec<Scalar>) {
    match scalar.kind {
        ScalarKind::Logical { operator: LogicalOperator::And, operands } => {
            operands.into_iter().for_each(|operand| apart(operand, conditions));
        }
        _ => conditions.push(scalar),
    }
}

fn direction_of(written: GraphDirection) -> EdgeDirection {
    match written {
        GraphDirection::Right => EdgeDirection::Right,
        GraphDirection::Left => EdgeDirection::Left,
        GraphDirection::Any => EdgeDirection::Any,
    }
}

/// `node.column` is called `node_column`.
fn graph_name(expr: &Expr) -> Option<Name> {
    match &expr.kind {
        ExprKind::Path { base, member } => {
            let (base, member) = (graph_name(base)?, graph_name(member)?);
            Some(Name::from(format!("{base}_{member}")))
        }
        ExprKind::Name(name) => Some(name.name.clone()),
        _ => None,
    }
}
