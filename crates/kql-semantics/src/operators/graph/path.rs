//! `all(path, condition)`, `any(path, condition)`, `map(path, value)`, `inner_nodes(path)`

use std::collections::HashSet;

use kql_syntax::Span;
use kql_syntax::tree::{Call, Expr, ExprKind};

use super::element::{Along, name_of};
use crate::binder::Binder;
use crate::binder::term::Term;
use crate::bound::{
    ColumnId, ElementColumn, PathElements, PathFunction, PathValue, Rowset, RowsetKind, Scalar,
    ScalarKind, SharedId,
};
use crate::{Shape, Type, diagnostics};

impl<'a> Binder<'a> {
    /// A function of graph patterns; none where the builtin is not one.
    pub(crate) fn graph_function(
        &mut self,
        function: &'static str,
        call: &'a Call,
        span: Span,
    ) -> Option<Term> {
        self.graph.as_ref()?;
        let function = match function {
            "all" => PathFunction::All,
            "any" => PathFunction::Any,
            "map" => PathFunction::Map,
            "inner_nodes" => {
                self.report(diagnostics::inner_nodes_alone(self.at(span)));
                return Some(Term::wrong(span));
            }
            "node_degree_in" | "node_degree_out" | "node_id" | "labels" => {
                return Some(self.element_function(function, call, span));
            }
            _ => return None,
        };
        Some(self.path_function(function, call, span))
    }

    fn path_function(&mut self, function: PathFunction, call: &'a Call, span: Span) -> Term {
        let [path, expression] = call.arguments.as_slice() else {
            let (count, at) = (call.arguments.len(), self.at(call.name.span));
            self.report(diagnostics::wrong_argument_count(&call.name.name, (2, 2), count, at));
            return Term::wrong(span);
        };
        let Some((edge, over)) = self.path_named(&path.expr) else {
            self.report(diagnostics::graph_edge_expected(&call.name.name, self.at(path.span)));
            return Term::wrong(span);
        };
        let Some(scope) = self.graph_scope() else { return Term::wrong(span) };
        if scope.along.is_some() {
            let what = "a function of a path inside another";
            self.report(diagnostics::not_supported(what, self.at(span)));
            return Term::wrong(span);
        }
        let graph = scope.graph.clone();
        let of = match over {
            PathElements::Edges => &graph.edges,
            PathElements::InnerNodes => &graph.nodes,
        };
        let (properties, columns) = self.element_columns(of);
        if let Some(scope) = self.graph_scope() {
            scope.along = Some(Along { over, columns });
        }
        let rows = Rowset::new(RowsetKind::Error, properties, self.at(expression.span));
        let (_, term) = self.with_rows(rows, |binder| {
            let term = binder.argument(expression);
            let term = binder.element_value(term);
            let term = binder.expect_scalar(term);
            if function != PathFunction::Map {
                binder.expect_truth(&term);
            }
            term
        });
        let along = self.graph_scope().and_then(|scope| scope.along.take());
        let columns = along.map(|along| along.columns).unwrap_or_default();
        let shape = match function {
            PathFunction::All | PathFunction::Any => Shape::Plain(Type::Bool),
            PathFunction::Map => Shape::array_of(&term.shape),
        };
        let value = term.into_scalar();
        self.path_value((function, edge, over), columns, value, (&shape, span))
    }

    /// The path that an argument names, and which of its elements.
    fn path_named(&mut self, expr: &'a Expr) -> Option<(usize, PathElements)> {
        let scope = self.graph.as_deref()?;
        match &expr.kind {
            ExprKind::Name(name) => Some((scope.edge(&name.name)?, PathElements::Edges)),
            ExprKind::Call(call) if &*call.name.name == "inner_nodes" => {
                let [only] = call.arguments.as_slice() else { return None };
                let name = name_of(&only.expr)?;
                Some((scope.edge(&name.name)?, PathElements::InnerNodes))
            }
            _ => None,
        }
    }

    /// An array of what `value` is for each edge of a path whose properties it names.
    pub(super) fn mapped(&mut self, edge: usize, value: Scalar, span: Span) -> Term {
        let shape = Shape::array_of(&Shape::Plain(value.ty));
        self.over_edges(PathFunction::Map, edge, value, (&shape, span))
    }

    /// Whether a condition that names properties of a path is true for each of its edges.
    pub(super) fn true_of_all(&mut self, edge: usize, condition: Scalar) -> Scalar {
        let (shape, span) = (Shape::Plain(Type::Bool), condition.span);
        self.over_edges(PathFunction::All, edge, condition, (&shape, span)).into_scalar()
    }

    fn over_edges(
        &mut self,
        function: PathFunction,
        edge: usize,
        value: Scalar,
        result: (&Shape, Span),
    ) -> Term {
        let own = self.graph_scope().and_then(|scope| scope.edges.get(edge));
        let columns = own.map(|edge| edge.columns.clone()).unwrap_or_default();
        self.path_value((function, edge, PathElements::Edges), columns, value, result)
    }

    /// The columns that stand in scalars, in what is shared too.
    pub(super) fn columns_in<'s>(
        &self,
        scalars: impl IntoIterator<Item = &'s Scalar>,
    ) -> HashSet<ColumnId> {
        let (mut found, mut shared) = (HashSet::new(), Vec::new());
        let mut seen = HashSet::new();
        let mut look = |scalar: &Scalar, shared: &mut Vec<SharedId>| {
            scalar.walk(&mut |inner| match inner.kind {
                ScalarKind::Column(id) => {
                    found.insert(id);
                }
                ScalarKind::Shared(id) => shared.push(id),
                _ => {}
            });
        };
        scalars.into_iter().for_each(|scalar| look(scalar, &mut shared));
        while let Some(id) = shared.pop() {
            let scalar = usize::try_from(id.0).ok().and_then(|at| self.shared.get(at));
            if let Some(scalar) = scalar.filter(|_| seen.insert(id)) {
                look(scalar, &mut shared);
            }
        }
        found
    }

    fn path_value(
        &mut self,
        (function, edge, over): (PathFunction, usize, PathElements),
        mut columns: Vec<ElementColumn>,
        value: Scalar,
        (shape, span): (&Shape, Span),
    ) -> Term {
        let id = self.new_column(shape);
        let used = self.columns_in([&value]);
        columns.retain(|column| used.contains(&column.id));
        if let Some(scope) = self.graph_scope() {
            scope.names_path |= scope.edges.get(edge).is_some_and(|edge| edge.is_path);
            scope.paths.push(PathValue { id, function, edge, over, columns, value });
        }
        let scalar = Scalar::new(ScalarKind::Column(id), shape.ty(), self.at(span));
        Term::scalar(scalar, shape.clone(), span)
    }
}
