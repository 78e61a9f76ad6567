//! One event of the demo's logs.

use kql_semantics::time::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND, days_from_civil,
};
use serde_json::Value as Json;

/// The first moment of the demo's two weeks: Monday, 2 November 2026. **Unit**: ticks since the year 1.
pub(crate) fn start() -> i64 {
    days_from_civil(2026, 11, 2) * TICKS_PER_DAY
}

/// How many days the logs cover.
pub(crate) const DAYS: i64 = 14;

/// A moment by day (0 is the first), hour, minute and second.
pub(crate) fn at(day: i64, hour: i64, minute: i64, second: i64) -> i64 {
    start()
        + day * TICKS_PER_DAY
        + hour * TICKS_PER_HOUR
        + minute * TICKS_PER_MINUTE
        + second * TICKS_PER_SECOND
}

/// The tables that the demo writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    AuditLogs,
    CloudAppEvents,
    CommonSecurityLog,
    DeviceNetworkEvents,
    DeviceProcessEvents,
    EntraIdSpnSignInEvents,
    OfficeActivity,
    SecurityEvent,
    SigninLogs,
}

impl Table {
    /// As queries call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::AuditLogs => "AuditLogs",
            Self::CloudAppEvents => "CloudAppEvents",
            Self::CommonSecurityLog => "CommonSecurityLog",
            Self::DeviceNetworkEvents => "DeviceNetworkEvents",
            Self::DeviceProcessEvents => "DeviceProcessEvents",
            Self::EntraIdSpnSignInEvents => "EntraIdSpnSignInEvents",
            Self::OfficeActivity => "OfficeActivity",
            Self::SecurityEvent => "SecurityEvent",
            Self::SigninLogs => "SigninLogs",
        }
    }

    /// The column that says when.
    pub(crate) const fn time_column(self) -> &'static str {
        match self {
            Self::CloudAppEvents
            | Self::DeviceNetworkEvents
            | Self::DeviceProcessEvents
            | Self::EntraIdSpnSignInEvents => "Timestamp",
            Self::AuditLogs
            | Self::CommonSecurityLog
            | Self::OfficeActivity
            | Self::SecurityEvent
            | Self::SigninLogs => "TimeGenerated",
        }
    }
}

/// One event: its table, its time, and its other columns in the order they were set.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) table: Table,
    /// **Unit**: ticks since the year 1, whole microseconds.
    pub(crate) time: i64,
    pub(crate) fields: Vec<(&'static str, Json)>,
}

impl Event {
    pub(crate) fn new(table: Table, time: i64) -> Self {
        Self { table, time: time - time % 10, fields: Vec::with_capacity(24) }
    }

    /// With a column, or with another value in it.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        let value = value.into();
        match self.fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.fields.push((name, value)),
        }
        self
    }
}
