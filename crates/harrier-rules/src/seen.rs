//! What data has shown of tables and columns, as lints ask for it. Who has the data answers.

/// The values that a column has held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenValues {
    /// Different values, most frequent first.
    pub values: Vec<String>,
    /// Whether these are all.
    pub is_whole: bool,
}

/// What data has shown.
pub trait Seen: Sync {
    /// How many rows a table has; none where the table has no place in the data.
    fn rows(&self, table: &str) -> Option<u64>;

    /// The values that a column of text, or a place in a dynamic column, has held. `path` is as a query writes it:
    /// `ActionType`, `RawEventData.Operation`. None where that was not looked at.
    fn values(&self, table: &str, path: &str) -> Option<SeenValues>;

    /// The keys of the object at a place of a dynamic column; `path` is empty for the column itself.
    fn keys(&self, table: &str, column: &str, path: &[&str]) -> Option<SeenValues>;
}
