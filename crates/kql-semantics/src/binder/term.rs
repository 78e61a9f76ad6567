//! What an expression means.

use kql_syntax::{Name, Span};

use crate::bound::{ColumnId, Graph, Rowset, Scalar};
use crate::{Shape, Type, Value};

/// An expression, bound.
#[derive(Clone)]
pub(crate) struct Term {
    pub(crate) meaning: Meaning,
    /// The type of its value; [`Shape::Wrong`] for what is no scalar.
    pub(crate) shape: Shape,
    /// Whether Kusto takes it for a constant.
    pub(crate) is_constant: bool,
    /// Whether it is written as a literal.
    pub(crate) is_literal: bool,
    /// Its value, where it is a literal or a name that stands for one.
    pub(crate) constant: Option<Value>,
    pub(crate) reference: Reference,
    /// What a column is called that holds it.
    pub(crate) name: Option<Name>,
    /// As `name`, where it stands alone in a projection.
    pub(crate) own_name: Option<Name>,
    /// `name = expression`
    pub(crate) given: Option<Name>,
    pub(crate) span: Span,
}

/// Which column an expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// None.
    None,
    /// It names this one.
    Column(ColumnId),
    /// It is this one in parentheses, or turned into the type that it has.
    Through(ColumnId),
}

impl Reference {
    /// The column that it names.
    pub(crate) fn column(self) -> Option<ColumnId> {
        match self {
            Self::Column(id) => Some(id),
            Self::None | Self::Through(_) => None,
        }
    }

    /// The column that it is, even through parentheses.
    pub(crate) fn any(self) -> Option<ColumnId> {
        match self {
            Self::Column(id) | Self::Through(id) => Some(id),
            Self::None => None,
        }
    }
}

/// What an expression stands for.
#[derive(Clone)]
pub(crate) enum Meaning {
    /// A value.
    Scalar(Scalar),
    /// Several values at once: `series_stats(...)`, `arg_max(...)`.
    Several(Vec<Output>),
    /// A row by name: `$left`, a step of `scan`.
    Row(Row),
    /// A table.
    Table(Rowset),
    /// Several tables: `Device*`, `fork`.
    Tables(Vec<(Name, Rowset)>),
    /// A database, cluster or the like.
    Database(Database),
    /// A group of them.
    EntityGroup(Vec<Database>),
    /// A graph.
    Graph(std::sync::Arc<Graph>),
    /// `typeof(long)`
    Type(TypeMeaning),
    /// Columns that a wildcard matches.
    Columns(Vec<ColumnId>),
    /// `*`
    Star,
    /// Something was wrong, and has been reported.
    Wrong,
}

/// One of several values.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) name: Name,
    pub(crate) shape: Shape,
    pub(crate) scalar: Scalar,
    /// The column it is, where it is one that stays the same.
    pub(crate) column: Option<ColumnId>,
}

/// A row by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// `$left`
    Left,
    /// `$right`
    Right,
    /// Another row: these columns of it.
    Columns(Vec<(Name, ColumnId)>),
}

/// What `typeof(...)` names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TypeMeaning {
    /// A scalar type.
    Scalar(Type),
    /// A row.
    Row(Vec<(Name, Type)>),
}

/// A place that tables are looked up in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Database {
    /// `database("...")`; none for the own one.
    pub(crate) name: Option<Name>,
    /// `cluster("...")`, `workspace("...")`
    pub(crate) cluster: Option<Name>,
    /// The function that leads to it, where it is not the own one: `arg`, `cluster`.
    pub(crate) through: Option<Name>,
    pub(crate) contents: Contents,
}

/// What is known of a database's tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Contents {
    /// They are those of the catalog.
    #[default]
    Catalog,
    /// Any name may be a table of any columns.
    Open,
    /// It is a cluster: it has databases rather than tables.
    Cluster,
}

impl Term {
    pub(crate) fn new(meaning: Meaning, span: Span) -> Self {
        Self {
            meaning,
            shape: Shape::Wrong,
            is_constant: false,
            is_literal: false,
            constant: None,
            reference: Reference::None,
            name: None,
            own_name: None,
            given: None,
            span,
        }
    }

    /// A value of this type.
    pub(crate) fn scalar(scalar: Scalar, shape: Shape, span: Span) -> Self {
        Self { shape, ..Self::new(Meaning::Scalar(scalar), span) }
    }

    /// A table.
    pub(crate) fn table(rowset: Rowset, span: Span) -> Self {
        Self::new(Meaning::Table(rowset), span)
    }

    /// Something was wrong.
    pub(crate) fn wrong(span: Span) -> Self {
        Self::new(Meaning::Wrong, span)
    }

    /// A value of a type that is not known.
    pub(crate) fn unknown(span: Span) -> Self {
        let scalar = Scalar::literal(Value::Null(Type::Unknown), span);
        Self::scalar(scalar, Shape::UNKNOWN, span)
    }

    pub(crate) fn named(mut self, name: Option<Name>) -> Self {
        self.name = name;
        self
    }

    pub(crate) fn constant(mut self) -> Self {
        self.is_constant = true;
        self
    }

    pub(crate) fn is_wrong(&self) -> bool {
        matches!(self.meaning, Meaning::Wrong)
    }

    /// Whether a check can say nothing about it.
    pub(crate) fn is_open(&self) -> bool {
        self.is_wrong() || matches!(self.meaning, Meaning::Scalar(_)) && self.shape.is_open()
    }

    pub(crate) fn is_table(&self) -> bool {
        matches!(self.meaning, Meaning::Table(_) | Meaning::Tables(_))
    }

    /// Whether it is a value, or several.
    pub(crate) fn is_scalar(&self) -> bool {
        matches!(
            self.meaning,
            Meaning::Scalar(_) | Meaning::Several(_) | Meaning::Row(_) | Meaning::Type(_)
        )
    }

    /// Its value: what stands for it in the bound query.
    pub(crate) fn into_scalar(self) -> Scalar {
        match self.meaning {
            Meaning::Scalar(scalar) => scalar,
            Meaning::Several(mut outputs) if outputs.len() == 1 => outputs.remove(0).scalar,
            _ => Scalar::literal(Value::Null(Type::Unknown), self.span),
        }
    }

    /// The text that it is, where that is known.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.constant {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Its value, where binding knows it: written as a literal, a name that stands for one, or folded.
    pub(crate) fn value(&self) -> Option<&Value> {
        self.constant.as_ref().or(match &self.meaning {
            Meaning::Scalar(scalar) => scalar.as_literal(),
            _ => None,
        })
    }
}

impl Database {
    /// The catalog's own.
    pub(crate) fn own() -> Self {
        Self::default()
    }
}
