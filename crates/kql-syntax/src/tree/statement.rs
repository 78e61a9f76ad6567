//! Statements.

use super::Expr;
use crate::{Identifier, Span};

/// A whole text: statements in order, separated by `;`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The statements as written.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Which, and its parts.
    pub kind: StatementKind,
    /// From its first to its last token, without the `;`.
    pub span: Span,
}

/// The kinds of statement.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// `let name = value`
    Let(Let),
    /// `set option` or `set option = value`
    Set(SetOption),
    /// `declare query_parameters(name:type = default, ...)`
    QueryParameters(Vec<Parameter>),
    /// `declare pattern ...`
    Pattern(Pattern),
    /// `alias database name = expression`
    Alias {
        /// The new name.
        name: Identifier,
        /// A database or cluster expression.
        database: Expr,
    },
    /// `restrict access to (entities)`
    Restrict(Vec<Expr>),
    /// A query.
    Expression(Expr),
}

/// `let name = value`
#[derive(Clone, Debug, PartialEq)]
pub struct Let {
    /// The name that later statements use.
    pub name: Identifier,
    /// What it stands for.
    pub value: LetValue,
}

/// What a `let` binds a name to.
#[derive(Clone, Debug, PartialEq)]
pub enum LetValue {
    /// A scalar or tabular expression.
    Expression(Expr),
    /// `(parameters) { body }` or `view () { body }`
    Function(Function),
}

/// A function written in the query, or the text of a stored one.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Whether it is a `view`, which `union *` sees.
    pub is_view: bool,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What it computes.
    pub body: FunctionBody,
    /// Parameters and body.
    pub span: Span,
}

/// `{ statements; result }`
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionBody {
    /// All but the result: `let`, `set`, `declare`.
    pub statements: Vec<Statement>,
    /// The expression whose value the function gives; none where the body is empty.
    pub result: Option<Expr>,
    /// With braces.
    pub span: Span,
}

/// A parameter of a function or of `declare query_parameters` or `scan ... declare`.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Identifier,
    /// Scalar or tabular.
    pub kind: ParameterKind,
    /// Name, type and default.
    pub span: Span,
}

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterKind {
    /// `name:type` or `name:type = default`
    Scalar {
        /// The name of the type, as written.
        ty: Identifier,
        /// A literal.
        default: Option<Expr>,
    },
    /// `name:(column:type, ...)` or `name:(*)`
    Table(RowSchema),
}

/// `(column:type, ...)`, `(*)`, or both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowSchema {
    /// The declared columns.
    pub columns: Vec<ColumnDeclaration>,
    /// Whether a `*` says that there may be others.
    pub is_open: bool,
    /// With parentheses.
    pub span: Span,
}

/// `name:type`
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDeclaration {
    /// The column.
    pub name: Identifier,
    /// The name of its type, as written.
    pub ty: Identifier,
}

/// `set name` or `set name = value`
#[derive(Clone, Debug, PartialEq)]
pub struct SetOption {
    /// The option.
    pub name: Identifier,
    /// A literal or a bare name.
    pub value: Option<Expr>,
}

/// `declare pattern name = (parameters) [path] { rules }`
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The pattern's name.
    pub name: Identifier,
    /// Parameters of a call.
    pub parameters: Vec<ColumnDeclaration>,
    /// The parameter behind the dot, `[name:type]`.
    pub path: Option<ColumnDeclaration>,
    /// What it gives for which arguments; empty where only the name was declared.
    pub rules: Vec<PatternRule>,
}

/// `(values).path = { body };`
#[derive(Clone, Debug, PartialEq)]
pub struct PatternRule {
    /// Literals to match.
    pub arguments: Vec<Expr>,
    /// The literal behind the dot.
    pub path: Option<Expr>,
    /// The body of the rule.
    pub body: FunctionBody,
}
