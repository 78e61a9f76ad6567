//! What a query can name beyond itself: tables, and functions stored beside them.

use std::sync::Arc;

use kql_syntax::Name;
use kql_syntax::tree::Function;

use crate::Type;
use crate::bound::Scalar;

/// The tables and stored functions that a query is bound against.
///
/// Names are case-sensitive. The iterators give names in a fixed order.
pub trait Catalog {
    /// The table of this name.
    fn table(&self, name: &str) -> Option<Arc<TableSchema>>;

    /// The function of this name.
    fn function(&self, name: &str) -> Option<Arc<StoredFunction>>;

    /// All tables, for wildcards and for suggestions.
    fn table_names(&self) -> Vec<Name>;

    /// All functions, for suggestions.
    fn function_names(&self) -> Vec<Name>;

    /// The columns of what a function without text gives for these arguments, where the rows are at hand (a watchlist's); none
    /// where only the signature tells.
    fn called_columns(&self, _function: &str, _arguments: &[Scalar]) -> Option<Vec<(Name, Type)>> {
        None
    }

    /// Whether some table has a column of this name that it gives only when named.
    fn is_hidden_column(&self, name: &str) -> bool {
        HIDDEN_COLUMNS.contains(&name)
    }

    /// Whether a table is there, and not only known. What is only known can be named; a wildcard stands for what is there,
    /// and gives of the rest the columns that a query names.
    fn is_there(&self, _table: &str) -> bool {
        true
    }

    /// The name of the database, as `current_database()` gives it.
    fn database(&self) -> &str {
        "NetDefaultDB"
    }
}

/// Columns that Log Analytics gives its tables and shows to who names them.
pub const HIDDEN_COLUMNS: &[&str] = &[
    "_BilledSize",
    "_Internal_WorkspaceResourceId",
    "_IsBillable",
    "_ItemId",
    "_ResourceId",
    "_SubscriptionId",
    "_TimeReceived",
    "Computer",
    "MG",
    "ManagementGroupName",
    "RawData",
    "SourceSystem",
    "TenantId",
    "Type",
];

/// A table's columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSchema {
    /// The table.
    pub name: Name,
    /// What `T` gives, in order.
    pub columns: Vec<(Name, Type)>,
    /// What `T` gives only when named (`_ItemId`, `_ResourceId`).
    pub hidden: Vec<(Name, Type)>,
}

/// A function that lives beside the tables: a parser, a workspace function, a builtin of the platform.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredFunction {
    /// Its name.
    pub name: Name,
    /// What is known of it.
    pub body: StoredBody,
}

/// What is known of a stored function.
#[derive(Clone, Debug, PartialEq)]
pub enum StoredBody {
    /// Its text, parsed; bound anew at each call.
    Tree(Arc<Function>),
    /// Only its signature: it binds, and running it says whose text is missing.
    Signature(StoredSignature),
}

/// A stored function without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSignature {
    /// Its parameters.
    pub parameters: Vec<StoredParameter>,
    /// What it gives.
    pub result: StoredResult,
}

/// A parameter of a stored function without text.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredParameter {
    /// Its name.
    pub name: Name,
    /// Its type; none for a tabular parameter.
    pub ty: Option<Type>,
    /// Whether it may be left out.
    pub is_optional: bool,
}

/// What a stored function without text gives.
#[derive(Clone, Debug, PartialEq)]
pub enum StoredResult {
    /// A scalar.
    Scalar(Type),
    /// A table; open where further columns depend on data.
    Table {
        /// The known columns.
        columns: Vec<(Name, Type)>,
        /// Whether there may be others.
        is_open: bool,
    },
    /// The first (tabular) parameter's columns and these behind them: `FileProfile`.
    Extends(Vec<(Name, Type)>),
    /// A scope like `database()`, with the tables and functions of this catalog: `workspace`, `app`.
    Database,
    /// A scope whose tables are not known: `arg`, `adx`.
    OtherDatabase,
}
