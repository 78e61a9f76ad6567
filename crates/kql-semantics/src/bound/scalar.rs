//! Scalar expressions, bound.

use kql_syntax::tree::{BinaryOperator, ListOperator, LogicalOperator, UnaryOperator};
use kql_syntax::{Name, Span};

use super::{ColumnId, Rowset};
use crate::{Type, Value};

/// A scalar `let`; an index into [`super::BoundQuery::shared`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SharedId(pub u32);

/// A scalar expression with its type and its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// Which, and its parts.
    pub kind: ScalarKind,
    /// The type of its value.
    pub ty: Type,
    /// Where it is written; empty where the binder made it.
    pub span: Span,
}

/// The kinds of scalar expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ScalarKind {
    /// A constant.
    Literal(Value),
    /// A column of the row at hand.
    Column(ColumnId),
    /// A scalar `let` whose value depends on rows: computed once a row, however often it is used.
    Shared(SharedId),
    /// A builtin function. Arguments have the parameters' types: implicit conversions are written out.
    Call(ScalarCall),
    /// One of the results of a builtin that has several (`series_stats`, `array_sort_asc` of two arrays), from 0.
    Output {
        /// The call, or the `Shared` that stands for it; of type dynamic.
        call: Box<Scalar>,
        /// Which result.
        index: usize,
    },
    /// A value turned into another type where Kusto does so unasked (`int` to `long` to `real` to `decimal`).
    Convert(Box<Scalar>),
    /// `-x`
    Unary {
        /// The sign.
        operator: UnaryOperator,
        /// The operand.
        operand: Box<Scalar>,
    },
    /// `a == b`; operands as written, types not unified.
    Binary {
        /// Which operator.
        operator: BinaryOperator,
        /// The operands.
        operands: Box<[Scalar; 2]>,
    },
    /// `a and b and c`
    Logical {
        /// `and` or `or`.
        operator: LogicalOperator,
        /// Two or more.
        operands: Vec<Scalar>,
    },
    /// `value between (low .. high)`; a timespan as `high` of a datetime `low` is a distance from it.
    Between {
        /// Value, low, high.
        operands: Box<[Scalar; 3]>,
        /// Whether it is `!between`.
        is_negated: bool,
    },
    /// `value in (list)`, `value has_any (list)`; a dynamic in the list stands for its elements.
    InList {
        /// Which operator.
        operator: ListOperator,
        /// What is looked up.
        value: Box<Scalar>,
        /// The list.
        list: Vec<Scalar>,
    },
    /// `value in (table)`: the values are the table's first column.
    InTable {
        /// Which operator.
        operator: ListOperator,
        /// What is looked up.
        value: Box<Scalar>,
        /// A rowset of at least one column.
        table: Box<Rowset>,
    },
    /// `d.name`, `d["name"]`
    Member {
        /// A dynamic.
        base: Box<Scalar>,
        /// The key.
        name: Name,
    },
    /// `d[index]`: a position (from the end where negative) or a key, as the value's type says.
    Index {
        /// A dynamic.
        base: Box<Scalar>,
        /// An integer or a string.
        index: Box<Scalar>,
    },
    /// `toscalar(table)`: the first column of the first row; null where there is none. Runs once.
    Subquery(Box<Rowset>),
    /// A parameter of `declare query_parameters` that was given no value and has no default.
    Parameter(Name),
}

/// A call of a builtin scalar function.
#[derive(Clone, Debug, PartialEq)]
pub struct ScalarCall {
    /// The function, by the name that it is declared under (`iff` and `iif` are two).
    pub function: Name,
    /// Its arguments. `*` is written out as the columns it stands for.
    pub arguments: Vec<Scalar>,
    /// The names that the arguments had as columns or were given, for `pack_all`, `bag_pack_columns` and the like; empty where none.
    pub argument_names: Vec<Name>,
}

/// A call of an aggregate.
#[derive(Clone, Debug, PartialEq)]
pub struct AggregateCall {
    /// The aggregate, by the name that it is declared under.
    pub function: Name,
    /// Its arguments; for `arg_max(x, a, b)` and `take_any(a, b)` all of them, `*` written out.
    pub arguments: Vec<Scalar>,
    /// The columns that it makes: one for most; one an argument for `arg_max`, `take_any`; one a percentile for `percentiles`.
    pub outputs: Vec<ColumnId>,
    /// The types of the outputs.
    pub types: Vec<Type>,
    /// Where it is written.
    pub span: Span,
}

impl Scalar {
    /// `kind` of type `ty` at `span`.
    #[must_use]
    pub fn new(kind: ScalarKind, ty: Type, span: Span) -> Self {
        Self { kind, ty, span }
    }

    /// A constant.
    #[must_use]
    pub fn literal(value: Value, span: Span) -> Self {
        let ty = value.ty();
        Self::new(ScalarKind::Literal(value), ty, span)
    }

    /// The constant it is, if it is written as one.
    #[must_use]
    pub fn as_literal(&self) -> Option<&Value> {
        match &self.kind {
            ScalarKind::Literal(value) => Some(value),
            _ => None,
        }
    }
}
