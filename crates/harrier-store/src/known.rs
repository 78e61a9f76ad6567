//! The tables and functions that Sentinel, Defender XDR and Log Analytics have.
//!
//! The text in `content/` is searched where it lies and only the asked line is parsed, so a start costs nothing.

mod functions;
mod lines;
mod nearest;
mod renamed;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use kql_semantics::Type;
use kql_semantics::catalog::{Catalog, StoredFunction, TableSchema};
use kql_syntax::Name;

use lines::Lines;

static TABLES: Lines = Lines(include_str!("../content/tables.txt"));

/// Columns that Log Analytics keeps with every record and shows only where they are named.
const HIDDEN: [(&str, Type); 12] = [
    ("_ItemId", Type::String),
    ("_IsBillable", Type::String),
    ("_BilledSize", Type::Real),
    ("_SubscriptionId", Type::String),
    ("_TimeReceived", Type::DateTime),
    ("_ResourceId", Type::String),
    ("TenantId", Type::String),
    ("Type", Type::String),
    ("SourceSystem", Type::String),
    ("MG", Type::String),
    ("ManagementGroupName", Type::String),
    ("_Internal_WorkspaceResourceId", Type::String),
];

/// What custom logs of the first generation carry besides.
const HIDDEN_OF_CUSTOM_LOGS: [(&str, Type); 2] =
    [("Computer", Type::String), ("RawData", Type::String)];

/// Where a known table comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableOrigin {
    /// A table of Azure Monitor and Sentinel.
    LogAnalytics,
    /// A table of advanced hunting.
    DefenderXdr,
    /// A custom log, whose name ends in `_CL`.
    Custom,
    /// What a parser gives, described as a table. No file holds it.
    Parser,
}

impl TableOrigin {
    /// Its name, as `harrier schema list` shows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogAnalytics => "log-analytics",
            Self::DefenderXdr => "defender-xdr",
            Self::Custom => "custom",
            Self::Parser => "parser",
        }
    }
}

/// The tables and functions that are known without any data.
#[derive(Clone, Copy, Debug, Default)]
pub struct KnownSchemas;

impl KnownSchemas {
    /// The columns of a table, also of one that is known under its other name only.
    #[must_use]
    pub fn table(self, name: &str) -> Option<Arc<TableSchema>> {
        let line = TABLES
            .find(name)
            .or_else(|| renamed::other_names(name).find_map(|other| TABLES.find(other)))?;
        let (_, columns) = line.split_once('\t')?;
        let columns = parse_columns(columns);
        let hidden = hidden_columns(name, &columns);
        Some(Arc::new(TableSchema { name: Name::new(name), columns, hidden }))
    }

    /// Where a table comes from.
    #[must_use]
    pub fn origin(self, name: &str) -> Option<TableOrigin> {
        let line = TABLES.find(name)?;
        Some(match line.as_bytes().first()? {
            b'x' => TableOrigin::DefenderXdr,
            b'c' => TableOrigin::Custom,
            b'o' => TableOrigin::Parser,
            _ => TableOrigin::LogAnalytics,
        })
    }

    /// Whether rows can be stored under this name: not so for what a parser gives.
    #[must_use]
    pub fn is_physical(self, name: &str) -> bool {
        self.origin(name).is_some_and(|origin| origin != TableOrigin::Parser)
    }

    /// The physical table of this name, whatever the case of its letters.
    #[must_use]
    pub fn physical_ignoring_case(self, name: &str) -> Option<&'static str> {
        static BY_LOWER_CASE: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
        let by_lower_case = BY_LOWER_CASE.get_or_init(|| {
            TABLES
                .keys()
                .filter(|name| self.is_physical(name))
                .map(|name| (name.to_ascii_lowercase(), name))
                .collect()
        });
        // Some tables are documented under two spellings.
        if let Some(exact) = TABLES.key(name).filter(|name| self.is_physical(name)) {
            return Some(exact);
        }
        by_lower_case.get(&name.to_ascii_lowercase()).copied()
    }

    /// The names under which a renamed table was or is known, this one left out.
    pub fn other_names(self, name: &str) -> impl Iterator<Item = &'static str> {
        renamed::other_names(name)
    }

    /// All tables by name, in the order of their bytes.
    pub fn table_names(self) -> impl Iterator<Item = &'static str> {
        TABLES.keys()
    }

    /// Whether some known table has a column of this name.
    #[must_use]
    pub fn has_column(self, name: &str) -> bool {
        static NAMES: OnceLock<HashSet<Name>> = OnceLock::new();
        let all = || {
            let tables = TABLES.keys().filter_map(|table| self.table(table));
            let columns = |table: Arc<TableSchema>| {
                table.columns.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()
            };
            tables.flat_map(columns).collect()
        };
        NAMES.get_or_init(all).contains(name)
    }

    /// A function that the platform or one of its parsers provides.
    #[must_use]
    pub fn function(self, name: &str) -> Option<Arc<StoredFunction>> {
        functions::find(name)
    }

    /// All functions by name, in the order of their bytes.
    pub fn function_names(self) -> impl Iterator<Item = &'static str> {
        functions::names()
    }

    /// The names of tables and functions that a mistyped one may have meant, the nearest first; at most three.
    #[must_use]
    pub fn nearest(self, name: &str) -> Vec<&'static str> {
        nearest::nearest(name, self.table_names().chain(self.function_names()))
    }
}

impl Catalog for KnownSchemas {
    fn table(&self, name: &str) -> Option<Arc<TableSchema>> {
        Self::table(*self, name)
    }

    fn function(&self, name: &str) -> Option<Arc<StoredFunction>> {
        Self::function(*self, name)
    }

    fn table_names(&self) -> Vec<Name> {
        Self::table_names(*self).map(Name::new).collect()
    }

    fn function_names(&self) -> Vec<Name> {
        Self::function_names(*self).map(Name::new).collect()
    }
}

/// The columns that a table has besides the shown ones.
pub(crate) fn hidden_columns(table: &str, columns: &[(Name, Type)]) -> Vec<(Name, Type)> {
    let of_custom_logs: &[_] = if table.ends_with("_CL") { &HIDDEN_OF_CUSTOM_LOGS } else { &[] };
    HIDDEN
        .iter()
        .chain(of_custom_logs)
        .filter(|(name, _)| columns.iter().all(|(column, _)| &**column != *name))
        .map(|(name, ty)| (Name::new(name), *ty))
        .collect()
}

fn parse_columns(text: &str) -> Vec<(Name, Type)> {
    text.split('\t').filter_map(parse_column).collect()
}

/// A column as the letter of its type and its name.
fn parse_column(text: &str) -> Option<(Name, Type)> {
    let (letter, name) = text.split_at_checked(1)?;
    Some((Name::new(name), type_of_letter(letter)?))
}

fn type_of_letter(letter: &str) -> Option<Type> {
    Some(match letter {
        "s" => Type::String,
        "t" => Type::DateTime,
        "y" => Type::Dynamic,
        "b" => Type::Bool,
        "i" => Type::Int,
        "l" => Type::Long,
        "r" => Type::Real,
        "m" => Type::Decimal,
        "g" => Type::Guid,
        "p" => Type::TimeSpan,
        "u" => Type::Unknown,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
