//! The builtins that a query can call, and what they take and give.
//!
//! The list is a text made by `scripts/generate_builtins.py`, read once when first asked for.

mod layout;
mod matching;
mod read;
mod returns;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use layout::{NO_PARAMETER, layout};
pub(crate) use matching::{
    Argument, Fit, Ignore, best_signatures, common_argument_shape, fit, is_tilde,
};
pub(crate) use returns::{Given, returned};

use crate::Shape;

/// All builtins.
#[derive(Debug)]
pub struct Signatures {
    scalar: Section,
    aggregate: Section,
    plugin: Section,
    operator: Section,
}

#[derive(Debug, Default)]
struct Section {
    builtins: Vec<Builtin>,
    by_name: HashMap<&'static str, usize>,
}

/// A function, aggregate, plugin or operator.
#[derive(Clone, Debug, PartialEq)]
pub struct Builtin {
    /// Its name; for an operator Kusto's name of it (`LessThan`).
    pub name: &'static str,
    /// Its overloads; at least one.
    pub signatures: Vec<Signature>,
    /// How a column is called that holds its value.
    pub result_name: ResultName,
    /// What that name begins with, where it is not the builtin's own.
    pub result_prefix: Option<&'static str>,
    /// Whether its value is a constant where its arguments are.
    pub is_foldable: bool,
    /// Whether it is not to be suggested.
    pub is_hidden: bool,
    /// Whether it may stand inside graph patterns only.
    pub is_graph: bool,
    /// What to write instead, where it is obsolete.
    pub instead: Option<&'static str>,
}

/// One overload.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What it gives.
    pub returns: Returns,
    /// Which parameter an argument belongs to.
    pub layout: Layout,
}

/// A parameter of an overload.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What types it takes.
    pub kind: ParameterKind,
    /// What kinds of expression it takes.
    pub argument: ArgumentKind,
    /// The literals that it takes; any where empty.
    pub values: Vec<&'static str>,
    /// How often it must be given.
    pub least: usize,
    /// How often it may be given.
    pub most: usize,
    /// Whether `'~'` stands for its default.
    pub takes_tilde: bool,
}

/// What types a parameter takes.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are those of Kusto's own signatures")]
pub enum ParameterKind {
    /// One of these.
    Declared(Vec<Shape>),
    Any,
    Scalar,
    Integer,
    RealOrDecimal,
    StringOrDynamic,
    StringOrArray,
    IntegerOrArray,
    DynamicArray,
    DynamicBag,
    Number,
    NumberOrBool,
    Summable,
    Orderable,
    Tabular,
    NotBool,
    NotRealOrBool,
    NotDynamic,
    /// The type of the first argument.
    Parameter0,
    /// The type of the second argument.
    Parameter1,
    CommonScalar,
    CommonScalarOrDynamic,
    CommonNumber,
    CommonSummable,
    CommonOrderable,
}

/// What kinds of expression a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of Kusto's own signatures")]
pub enum ArgumentKind {
    Expression,
    Constant,
    Literal,
    LiteralNotEmpty,
    Column,
    /// A column of the table that is the first argument.
    ColumnOfFirst,
    /// A column of both the row and the table that is the first argument.
    ColumnOfBoth,
    /// An expression over the columns of the first argument.
    OverFirst,
    Aggregate,
    StarOnly,
    StarAllowed,
}

/// What an overload gives.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are those of Kusto's own signatures")]
pub enum Returns {
    Declared(Shape),
    /// A table of these columns.
    Table(Vec<(&'static str, Shape)>),
    /// The type of that argument.
    Parameter(usize),
    Parameter0Array,
    Parameter0Promoted,
    /// The type that the argument of that parameter names: `typeof(long)`.
    ParameterLiteral(usize),
    Common,
    CommonNonDynamic,
    Widest,
    /// A table, database, cluster or the like that the first argument names.
    Named,
    /// By code of its own.
    Custom,
}

/// Which parameter an argument belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// By position.
    Fixed,
    /// By position; one that may come several times takes arguments as long as they fit it best.
    Repeating,
    /// Those that may come several times come as a block: `case(if, then, if, then, else)`.
    Block,
    /// By code of its own.
    Custom,
}

/// How a column is called that holds a builtin's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultName {
    /// Not after the call.
    None,
    /// As the first argument is.
    FirstArgument,
    /// As the only argument is.
    OnlyArgument,
    /// `prefix_argument`
    PrefixAndFirstArgument,
    /// `function_argument`
    NameAndFirstArgument,
    /// `prefix`
    PrefixOnly,
    /// The text that the first argument is, where that is a column's name.
    FirstArgumentValueIfColumn,
}

impl Signatures {
    /// The builtins of this version of Kusto.
    #[must_use]
    pub fn get() -> &'static Self {
        static ALL: LazyLock<Signatures> =
            LazyLock::new(|| read::read(include_str!("../content/builtins.txt")));
        &ALL
    }

    /// The scalar function of this name, obsolete and hidden ones too.
    #[must_use]
    pub fn scalar(&self, name: &str) -> Option<&Builtin> {
        self.scalar.get(name)
    }

    /// The aggregate of this name.
    #[must_use]
    pub fn aggregate(&self, name: &str) -> Option<&Builtin> {
        self.aggregate.get(name)
    }

    /// The plugin of this name.
    #[must_use]
    pub fn plugin(&self, name: &str) -> Option<&Builtin> {
        self.plugin.get(name)
    }

    /// The operator that Kusto calls this (`LessThan`).
    #[must_use]
    pub(crate) fn operator(&self, name: &str) -> Option<&Builtin> {
        self.operator.get(name)
    }

    /// All scalar functions.
    #[must_use]
    pub fn scalars(&self) -> &[Builtin] {
        &self.scalar.builtins
    }

    /// All aggregates.
    #[must_use]
    pub fn aggregates(&self) -> &[Builtin] {
        &self.aggregate.builtins
    }

    /// All plugins.
    #[must_use]
    pub fn plugins(&self) -> &[Builtin] {
        &self.plugin.builtins
    }
}

impl Section {
    fn get(&self, name: &str) -> Option<&Builtin> {
        self.by_name.get(name).and_then(|index| self.builtins.get(*index))
    }

    fn push(&mut self, builtin: Builtin) {
        self.by_name.insert(builtin.name, self.builtins.len());
        self.builtins.push(builtin);
    }
}

impl Builtin {
    /// The fewest arguments that any overload takes.
    #[must_use]
    pub fn least_arguments(&self) -> usize {
        self.signatures.iter().map(Signature::least_arguments).min().unwrap_or(0)
    }

    /// The most arguments that any overload takes.
    #[must_use]
    pub fn most_arguments(&self) -> usize {
        self.signatures.iter().map(Signature::most_arguments).max().unwrap_or(0)
    }
}

impl Signature {
    /// The fewest arguments that it takes.
    #[must_use]
    pub fn least_arguments(&self) -> usize {
        self.parameters.iter().map(|parameter| parameter.least).sum()
    }

    /// The most arguments that it takes.
    #[must_use]
    pub fn most_arguments(&self) -> usize {
        self.parameters.iter().map(|parameter| parameter.most).sum()
    }

    /// Whether some parameter may come several times.
    pub(crate) fn has_repeats(&self) -> bool {
        self.parameters.iter().any(Parameter::is_repeatable)
    }

    /// Which parameter has this name.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.name == name)
    }
}

impl Parameter {
    /// Whether it may come several times.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.most > 1
    }

    /// Whether it may be left out.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.least == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_is_read() {
        let signatures = Signatures::get();
        assert_eq!(signatures.scalars().len(), 429);
        assert_eq!(signatures.aggregates().len(), 61);
        assert_eq!(signatures.plugins().len(), 49);
        assert!(signatures.operator("LessThan").is_some());
        let pack = signatures.scalar("bag_pack").expect("it is a builtin");
        assert_eq!(pack.signatures[0].layout, Layout::Block);
        let set = signatures.scalar("set_union").expect("it is a builtin");
        assert_eq!((set.least_arguments(), set.most_arguments()), (2, 64));
        assert_eq!(signatures.aggregate("sum").and_then(|sum| sum.result_prefix), Some("sum"));
    }
}
