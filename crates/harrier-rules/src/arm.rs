//! ARM templates, exports of the portal and answers of Azure's interface: the rules in them, and rules as templates.

mod expression;
pub(crate) mod read;
mod resource;
mod scope;
pub(crate) mod write;

/// Where a template of ours keeps what ARM has no place for, below `metadata`.
const OURS: &str = "harrier";

/// Fields of ours whose values are durations, with ARM's spelling of them in ISO 8601.
const DURATIONS: [&str; 4] =
    ["queryFrequency", "queryPeriod", "suppressionDuration", "lookbackDuration"];

/// Operators in the repository's spelling and in ARM's.
const OPERATORS: [(&str, &str); 4] =
    [("gt", "GreaterThan"), ("lt", "LessThan"), ("eq", "Equal"), ("ne", "NotEqual")];
