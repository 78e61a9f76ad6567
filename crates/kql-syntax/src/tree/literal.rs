//! Literals, and the JSON of `dynamic(...)`.

use std::sync::Arc;

use super::RowSchema;
use crate::{Identifier, Span};

/// A literal: its kind and its text without the type's name, parentheses and quotes
/// (`2020-01-01` of `datetime(2020-01-01)`, `1d` of `timespan(1d)` and of `1d`). The text `null` is the null value.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `true`, `bool(false)`
    Bool(Arc<str>),
    /// `int(1)`
    Int(Arc<str>),
    /// `1`, `0x1f`, `long(1)`
    Long(Arc<str>),
    /// `1.0`, `1e3`, `real(nan)`
    Real(Arc<str>),
    /// `decimal(1.5)`
    Decimal(Arc<str>),
    /// `datetime(2020-01-01)`
    DateTime(Arc<str>),
    /// `1d`, `time(1.02:03:04)`
    TimeSpan(Arc<str>),
    /// `guid(...)`
    Guid(Arc<str>),
    /// `'a'`, `@"a"`, ```` ```a``` ````, `h'a'`, and any run of them: escapes resolved, pieces joined.
    String(StringLiteral),
    /// `typeof(string)`, `typeof(a:long, b:string)`
    Type(TypeLiteral),
    /// `dynamic(...)`
    Dynamic(Json),
}

/// The value of a string literal.
#[derive(Clone, Debug, PartialEq)]
pub struct StringLiteral {
    /// The characters it stands for.
    pub value: Arc<str>,
    /// Whether it is written `h'...'`: never to be shown.
    pub is_hidden: bool,
}

/// What stands inside `typeof(...)`.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeLiteral {
    /// One type.
    Scalar(Identifier),
    /// A row.
    Row(RowSchema),
}

/// A value inside `dynamic(...)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// Which value.
    pub kind: JsonKind,
    /// Where it is written.
    pub span: Span,
}

/// The kinds of value inside `dynamic(...)`; the scalar ones with the text of their literal.
#[derive(Clone, Debug, PartialEq)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number, sign included.
    Long(Arc<str>),
    /// A number with a fraction or an exponent, sign included.
    Real(Arc<str>),
    /// Escapes resolved.
    String(Arc<str>),
    /// `datetime(...)`
    DateTime(Arc<str>),
    /// `1d`, `time(...)`, sign included.
    TimeSpan(Arc<str>),
    /// `guid(...)`
    Guid(Arc<str>),
    /// `decimal(...)`
    Decimal(Arc<str>),
    /// `[...]`
    Array(Vec<Json>),
    /// `{...}`, keys in the order written.
    Bag(Vec<(Arc<str>, Json)>),
}
