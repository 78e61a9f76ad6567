//! A point in time, in text as Kusto writes it.

use std::fmt;

use kql_semantics::time::{DateTimeText, parse_datetime};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time. **Unit**: ticks since the year 1. Serialised as `2026-11-20T08:15:00.0000000Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        DateTimeText(self.0).fmt(f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let ticks = parse_datetime(&text);
        ticks.map(Self).ok_or_else(|| D::Error::custom(format!("`{text}` is no datetime")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let instant: Instant = serde_json::from_str("\"2026-11-20T08:15:00.1234567Z\"").unwrap();
        assert_eq!(serde_json::to_string(&instant).unwrap(), "\"2026-11-20T08:15:00.1234567Z\"");
        assert!(serde_json::from_str::<Instant>("\"soon\"").is_err());
    }
}
