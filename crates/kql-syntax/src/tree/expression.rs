//! Expressions, scalar and tabular: Kusto's grammar does not tell them apart.

use super::{Literal, Operator, OperatorParameter, RowSchema};
use crate::{Identifier, Span};

/// An expression at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Which, and its parts.
    pub kind: ExprKind,
    /// From its first to its last token.
    pub span: Span,
}

impl Expr {
    /// `kind` at `span`.
    #[must_use]
    pub fn new(kind: ExprKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// Where an expression was expected and missing.
    #[must_use]
    pub fn missing(at: Span) -> Self {
        Self::new(ExprKind::Missing, at)
    }
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// An expression was expected here; the parser has said so.
    Missing,
    /// A literal.
    Literal(Literal),
    /// A name: column, variable, table, function without arguments.
    Name(Identifier),
    /// `Device*`, `*_CL`, `['a*']`: a name with `*` in it.
    Wildcard(Identifier),
    /// `*`
    Star,
    /// `(...)`
    Paren(Box<Expr>),
    /// `-x`, `+x`
    Unary {
        /// The sign.
        operator: UnaryOperator,
        /// What it is applied to.
        operand: Box<Expr>,
    },
    /// `a == b`, `a + b`, `a has b`
    Binary(Box<Binary>),
    /// `a and b and c`: a chain of one operator, flat, so that long chains do not nest.
    Logical {
        /// `and` or `or`.
        operator: LogicalOperator,
        /// Two or more.
        operands: Vec<Expr>,
    },
    /// `value between (low .. high)`
    Between(Box<Between>),
    /// `value in (list)`, `value has_any (list)`
    InList(Box<InList>),
    /// `f(arguments)`
    Call(Call),
    /// `base.member`; the member is a name, a wildcard or a call.
    Path {
        /// Left of the dot.
        base: Box<Expr>,
        /// Right of the dot.
        member: Box<Expr>,
    },
    /// `base[index]`
    Element {
        /// What is indexed.
        base: Box<Expr>,
        /// The index or key.
        index: Box<Expr>,
    },
    /// `source | operator | operator`; each operator has its own span.
    Pipe {
        /// What stands before the first bar.
        source: Box<Expr>,
        /// What stands behind the bars; at least one.
        operators: Vec<Operator>,
    },
    /// An operator that needs no source: `print`, `range`, `union`, `search`, `find`, `evaluate`.
    Source(Box<Operator>),
    /// `datatable(schema)[values]`
    Datatable(Datatable),
    /// `externaldata(schema)[uris] with (properties)`
    ExternalData(ExternalData),
    /// `toscalar(query)`
    ToScalar(Box<Expr>),
    /// `totable(query)`
    ToTable(Box<Expr>),
    /// `materialize(query)`
    Materialize(Box<Expr>),
    /// `table datascope=hotcache`
    DataScope {
        /// The table.
        table: Box<Expr>,
        /// `hotcache` or `all`.
        scope: Identifier,
    },
    /// `entity_group [databases]`
    EntityGroup(Vec<Expr>),
    /// `materialized-view-combine(name) base(...) delta(...) aggregations(...)`
    MaterializedViewCombine(Box<MaterializedViewCombine>),
    /// `__contextual_datatable guid (schema)`
    ContextualDatatable {
        /// Which table the service is to fill in.
        id: Identifier,
        /// Its columns.
        schema: RowSchema,
    },
}

/// `+` and `-` before one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOperator {
    /// `-`
    Minus,
    /// `+`
    Plus,
}

/// `and`, `or`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogicalOperator {
    /// `and`
    And,
    /// `or`
    Or,
}

/// `left operator right`
#[derive(Clone, Debug, PartialEq)]
pub struct Binary {
    /// Which operator.
    pub operator: BinaryOperator,
    /// Where the operator is written.
    pub operator_span: Span,
    /// Left operand.
    pub left: Expr,
    /// Right operand.
    pub right: Expr,
}

macro_rules! binary_operators {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// Operators with two operands, `and` and `or` excepted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the text beside each variant says what it is")]
        pub enum BinaryOperator {
            $($(#[$doc])* $variant,)*
        }

        impl BinaryOperator {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As Kusto spells it.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

binary_operators! {
    Add = "+",
    Subtract = "-",
    Multiply = "*",
    Divide = "/",
    Modulo = "%",
    Equal = "==",
    NotEqual = "!=",
    Less = "<",
    LessOrEqual = "<=",
    Greater = ">",
    GreaterOrEqual = ">=",
    EqualTilde = "=~",
    BangTilde = "!~",
    Has = "has",
    NotHas = "!has",
    HasCs = "has_cs",
    NotHasCs = "!has_cs",
    HasPrefix = "hasprefix",
    NotHasPrefix = "!hasprefix",
    HasPrefixCs = "hasprefix_cs",
    NotHasPrefixCs = "!hasprefix_cs",
    HasSuffix = "hassuffix",
    NotHasSuffix = "!hassuffix",
    HasSuffixCs = "hassuffix_cs",
    NotHasSuffixCs = "!hassuffix_cs",
    Contains = "contains",
    NotContains = "!contains",
    ContainsCs = "contains_cs",
    NotContainsCs = "!contains_cs",
    StartsWith = "startswith",
    NotStartsWith = "!startswith",
    StartsWithCs = "startswith_cs",
    NotStartsWithCs = "!startswith_cs",
    EndsWith = "endswith",
    NotEndsWith = "!endswith",
    EndsWithCs = "endswith_cs",
    NotEndsWithCs = "!endswith_cs",
    MatchesRegex = "matches regex",
    Like = "like",
    NotLike = "!like",
    LikeCs = "likecs",
    NotLikeCs = "!likecs",
    /// In `search` only: `column : term`.
    Colon = ":",
}

/// `value between (low .. high)` or `value !between (low .. high)`
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// What is tested.
    pub value: Expr,
    /// Whether it is `!between`.
    pub is_negated: bool,
    /// Where the operator is written.
    pub operator_span: Span,
    /// The lowest value that matches.
    pub low: Expr,
    /// The highest value that matches.
    pub high: Expr,
}

/// `value in (list)` and its kin.
#[derive(Clone, Debug, PartialEq)]
pub struct InList {
    /// Which operator.
    pub operator: ListOperator,
    /// Where the operator is written.
    pub operator_span: Span,
    /// What is looked up.
    pub value: Expr,
    /// The list as written: values, a dynamic array, or one tabular expression.
    pub list: Vec<Expr>,
}

/// Operators with a list on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListOperator {
    /// `in`
    In,
    /// `!in`
    NotIn,
    /// `in~`
    InTilde,
    /// `!in~`
    NotInTilde,
    /// `has_any`
    HasAny,
    /// `has_all`
    HasAll,
}

impl ListOperator {
    /// As Kusto spells it.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::NotIn => "!in",
            Self::InTilde => "in~",
            Self::NotInTilde => "!in~",
            Self::HasAny => "has_any",
            Self::HasAll => "has_all",
        }
    }
}

/// `name(arguments)`
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function.
    pub name: Identifier,
    /// Its arguments; `name = value` where written so.
    pub arguments: Vec<NamedExpr>,
}

/// `expression`, `name = expression` or `(name, name) = expression`
#[derive(Clone, Debug, PartialEq)]
pub struct NamedExpr {
    /// What stands left of the `=`.
    pub names: ExprNames,
    /// The value.
    pub expr: Expr,
    /// All of it.
    pub span: Span,
}

/// The names given to an expression's value.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprNames {
    /// None written.
    None,
    /// `name =`
    One(Identifier),
    /// `(name, name) =`
    List(Vec<Identifier>),
}

/// `expression asc nulls first`
#[derive(Clone, Debug, PartialEq)]
pub struct OrderedExpr {
    /// The key, possibly with a name.
    pub expr: NamedExpr,
    /// `asc` or `desc` where written.
    pub direction: Option<SortDirection>,
    /// `nulls first` or `nulls last` where written.
    pub nulls: Option<NullsOrder>,
}

/// `asc`, `desc`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortDirection {
    /// Lowest first.
    Ascending,
    /// Highest first.
    Descending,
}

/// `nulls first`, `nulls last`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NullsOrder {
    /// Nulls before all values.
    First,
    /// Nulls behind all values.
    Last,
}

/// `datatable(schema)[values]`
#[derive(Clone, Debug, PartialEq)]
pub struct Datatable {
    /// Parameters before the schema.
    pub parameters: Vec<OperatorParameter>,
    /// Its columns.
    pub schema: RowSchema,
    /// Row by row.
    pub values: Vec<Expr>,
}

/// `externaldata(schema)[uris] with (properties)`
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalData {
    /// Parameters before the schema.
    pub parameters: Vec<OperatorParameter>,
    /// Its columns.
    pub schema: RowSchema,
    /// Where the data lies: string expressions.
    pub uris: Vec<Expr>,
    /// `with (name = value, ...)`
    pub properties: Vec<OperatorParameter>,
}

/// `materialized-view-combine(name) base(...) delta(...) aggregations(...)`
#[derive(Clone, Debug, PartialEq)]
pub struct MaterializedViewCombine {
    /// The view.
    pub name: Expr,
    /// `base(...)`
    pub base: Expr,
    /// `delta(...)`
    pub delta: Expr,
    /// `aggregations(...)`: a `summarize`.
    pub aggregations: Box<Operator>,
}
