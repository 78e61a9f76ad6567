//! Connectors: which tables they fill, and what became of tables that are called otherwise today.

mod tables;

pub use tables::{
    connector, connectors, connectors_of, data_type, is_native_to_defender, rename, renames, table,
};

/// A way by which data comes into a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownConnector {
    /// Its id, as rules name it in `requiredDataConnectors`.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Who publishes it.
    pub publisher: Option<&'static str>,
    /// The solution that brings it.
    pub solution: Option<&'static str>,
    /// How the data comes: `AMA`, `CCF`, `Native`, ...
    pub method: &'static str,
    /// How many public rules name it.
    pub rules: u32,
    /// Whether it should no longer be used.
    pub is_deprecated: bool,
    /// Tables that it fills; empty where that is not known.
    pub tables: Vec<&'static str>,
    /// Parsers that rules name in place of its tables.
    pub parsers: Vec<&'static str>,
}

/// What is known of a table apart from its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownTable {
    /// Its name.
    pub name: &'static str,
    /// Which kind of source it is of: `Cloud`, `Defender`, `Syslog/CEF`, ...
    pub category: Option<&'static str>,
    /// How its data comes.
    pub method: Option<&'static str>,
    /// Whether it can be kept as a basic log, which rules can not read.
    pub can_be_basic: bool,
    /// How many public rules read it.
    pub rules: u32,
}

/// A table that has another name today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// Its former name.
    pub old: &'static str,
    /// What took its place; several where it was divided, none where that depends on the installation.
    pub new: Vec<&'static str>,
    /// When, as `2025` or `2025-12`, where known.
    pub when: Option<&'static str>,
    /// `sentinel` or `defender-xdr`.
    pub scope: &'static str,
    /// Columns that were renamed as well: old and new.
    pub columns: Vec<(&'static str, &'static str)>,
    /// What else there is to know.
    pub note: Option<&'static str>,
}

/// What a rule's data type (`SecurityAlert (MCAS)`) means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataType<'a> {
    /// The table, or a parser where it is none.
    pub table: &'a str,
    /// What stands in parentheses behind it.
    pub qualifier: Option<&'a str>,
    /// The product that the qualifier means, where it is a known one.
    pub product: Option<&'static str>,
}
