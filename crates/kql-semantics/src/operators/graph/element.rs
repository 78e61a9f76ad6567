//! What names and functions mean inside a graph pattern.

use std::sync::Arc;

use kql_syntax::tree::{Call, Expr, ExprKind};
use kql_syntax::{Identifier, Name, Span};

use crate::binder::Binder;
use crate::binder::term::{Meaning, Row, Term};
use crate::bound::{
    Column, ColumnId, ElementColumn, ElementValue, Graph, PathElements, PathValue, Scalar,
    ScalarCall, ScalarKind,
};
use crate::{Dynamic, Shape, Type, Value, diagnostics};

/// The pattern around, while its conditions and columns are bound.
#[derive(Debug)]
pub(crate) struct GraphScope {
    pub(super) graph: Arc<Graph>,
    pub(super) nodes: Vec<Element>,
    pub(super) edges: Vec<Element>,
    /// `all`, `any`, `map`, in the order met.
    pub(super) paths: Vec<PathValue>,
    /// What one of them goes over, while its expression is bound.
    pub(super) along: Option<Along>,
    /// Whether a path was named since this was last reset.
    pub(super) names_path: bool,
}

/// A node, an edge or a path of a pattern.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name, where it has one.
    pub(super) name: Option<Name>,
    /// The columns of its properties, which are its own.
    pub(super) properties: Vec<Column>,
    /// What each column holds, those of functions too.
    pub(super) columns: Vec<ElementColumn>,
    /// Whether it stands for several edges.
    pub(super) is_path: bool,
}

/// The elements of a path that an expression is computed for.
#[derive(Debug)]
pub(super) struct Along {
    pub(super) over: PathElements,
    pub(super) columns: Vec<ElementColumn>,
}

impl GraphScope {
    fn named<'s>(elements: &'s [Element], name: &str) -> Option<(usize, &'s Element)> {
        elements.iter().enumerate().find(|(_, element)| element.name.as_deref() == Some(name))
    }

    /// The node of this name, by its place.
    pub(super) fn node(&self, name: &str) -> Option<usize> {
        Self::named(&self.nodes, name).map(|(at, _)| at)
    }

    /// The edge of this name, by its place.
    pub(super) fn edge(&self, name: &str) -> Option<usize> {
        Self::named(&self.edges, name).map(|(at, _)| at)
    }

    /// The path that a column is a property of.
    pub(super) fn path_of(&self, id: ColumnId) -> Option<usize> {
        let is_own =
            |edge: &Element| edge.is_path && edge.properties.iter().any(|column| column.id == id);
        self.edges.iter().position(is_own)
    }
}

impl<'a> Binder<'a> {
    /// The pattern around.
    pub(super) fn graph_scope(&mut self) -> Option<&mut GraphScope> {
        self.graph.as_deref_mut()
    }

    /// Columns like those of the graph's nodes or edges, for one element of a pattern.
    pub(super) fn element_columns(&mut self, of: &[Column]) -> (Vec<Column>, Vec<ElementColumn>) {
        let mut properties = Vec::with_capacity(of.len());
        let mut holds = Vec::with_capacity(of.len());
        for column in of {
            let shape = self.shape_of(column.id);
            let own = self.column(column.name.clone(), &shape);
            let value = ElementValue::Property(column.id);
            holds.push(ElementColumn { id: own.id, ty: own.ty, value });
            properties.push(own);
        }
        self.spend(of.len(), Span::default());
        (properties, holds)
    }

    /// `node_degree_in(node)`, `node_degree_out(node)`, `node_id(node)`, `labels(element)`
    pub(super) fn element_function(&mut self, function: &str, call: &'a Call, span: Span) -> Term {
        let at = self.at(span);
        if call.arguments.len() > 1 {
            let count = call.arguments.len();
            self.report(diagnostics::wrong_argument_count(function, (0, 1), count, at));
            return Term::wrong(span);
        }
        let argument = call.arguments.first();
        if function == "labels" {
            // Only graphs that are stored in a database have labels.
            if let Some(argument) = argument {
                self.expr(&argument.expr);
            }
            let none = Value::Dynamic(Arc::new(Dynamic::Array(Vec::new())));
            return Term::scalar(Scalar::literal(none, at), Shape::array(), span);
        }
        let value = match function {
            "node_degree_in" => ElementValue::DegreeIn,
            "node_degree_out" => ElementValue::DegreeOut,
            _ => ElementValue::NodeId,
        };
        let Some(scope) = self.graph.as_deref() else { return Term::wrong(span) };
        let place = match argument {
            Some(argument) => {
                name_of(&argument.expr).and_then(|name| scope.node(&name.name)).map(Place::Node)
            }
            None => scope
                .along
                .as_ref()
                .filter(|along| along.over == PathElements::InnerNodes)
                .map(|_| Place::Inner),
        };
        let ty = if value == ElementValue::NodeId { scope.graph.id_type } else { Type::Long };
        let Some(place) = place else {
            let what = argument.map_or(call.name.span, |argument| argument.span);
            self.report(diagnostics::graph_node_expected(function, self.at(what)));
            return Term::wrong(span);
        };
        let column = self.element_column(place, ElementColumn { id: ColumnId(0), ty, value });
        let scalar = Scalar::new(ScalarKind::Column(column), ty, at);
        let scalar = if value == ElementValue::NodeId { text_of(scalar, at) } else { scalar };
        let ty = scalar.ty;
        Term::scalar(scalar, Shape::Plain(ty), span)
    }

    /// The column that holds something of an element; made where there is none yet.
    fn element_column(&mut self, place: Place, wanted: ElementColumn) -> ColumnId {
        let id = self.new_column(&Shape::Plain(wanted.ty));
        let Some(scope) = self.graph.as_deref_mut() else { return id };
        let columns = match place {
            Place::Node(at) => scope.nodes.get_mut(at).map(|node| &mut node.columns),
            Place::Inner => scope.along.as_mut().map(|along| &mut along.columns),
        };
        let Some(columns) = columns else { return id };
        if let Some(known) = columns.iter().find(|column| column.value == wanted.value) {
            return known.id;
        }
        columns.push(ElementColumn { id, ..wanted });
        id
    }

    /// An element as a value: its properties as a bag, those of a path as an array of bags.
    pub(crate) fn element_value(&mut self, term: Term) -> Term {
        let Meaning::Row(Row::Columns(columns)) = &term.meaning else { return term };
        let Some(scope) = self.graph.as_deref() else { return term };
        let Some((first, _)) = columns.first().map(|(_, id)| (*id, ())) else { return term };
        let at = self.at(term.span);
        let path = scope.path_of(first);
        let mut arguments = Vec::with_capacity(columns.len() * 2);
        for (name, id) in columns {
            arguments.push(Scalar::literal(Value::string(name), at));
            arguments.push(Scalar::new(ScalarKind::Column(*id), self.shape_of(*id).ty(), at));
        }
        let argument_names = vec![Name::new(""); arguments.len()];
        let call = ScalarCall { function: Name::new("bag_pack"), arguments, argument_names };
        let bag = Scalar::new(ScalarKind::Call(call), Type::Dynamic, at);
        let (name, span) = (term.name.clone(), term.span);
        match path {
            Some(path) => self.mapped(path, bag, span),
            None => Term::scalar(bag, Shape::bag(), span).named(name),
        }
    }
}

/// Where a column of an element goes.
#[derive(Clone, Copy)]
enum Place {
    Node(usize),
    Inner,
}

fn text_of(scalar: Scalar, at: Span) -> Scalar {
    if scalar.ty == Type::String {
        return scalar;
    }
    let call = ScalarCall {
        function: Name::new("tostring"),
        arguments: vec![scalar],
        argument_names: vec![Name::new("")],
    };
    Scalar::new(ScalarKind::Call(call), Type::String, at)
}

/// The name that an expression is.
pub(super) fn name_of(expr: &Expr) -> Option<&Identifier> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}
