//! The parts of datetimes that functions name by a string.

use kql_semantics::time::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MICROSECOND, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE,
    TICKS_PER_SECOND,
};

use crate::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    DayOfYear,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}

impl Part {
    /// The part of this name, in any case.
    pub(super) fn parse(name: &str) -> Result<Self, KernelError> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "year" => Self::Year,
            "quarter" => Self::Quarter,
            "month" => Self::Month,
            "week" | "week_of_year" | "weekofyear" => Self::Week,
            "day" => Self::Day,
            "dayofyear" => Self::DayOfYear,
            "hour" => Self::Hour,
            "minute" => Self::Minute,
            "second" => Self::Second,
            "millisecond" => Self::Millisecond,
            "microsecond" => Self::Microsecond,
            "nanosecond" => Self::Nanosecond,
            _ => return Err(KernelError::new(format!("`{name}` is no part of a datetime"))),
        })
    }

    /// How long it is, where that is always the same and no less than a tick.
    pub(super) fn ticks(self) -> Option<i64> {
        Some(match self {
            Self::Year | Self::Quarter | Self::Month | Self::Nanosecond => return None,
            Self::Week => 7 * TICKS_PER_DAY,
            Self::Day | Self::DayOfYear => TICKS_PER_DAY,
            Self::Hour => TICKS_PER_HOUR,
            Self::Minute => TICKS_PER_MINUTE,
            Self::Second => TICKS_PER_SECOND,
            Self::Millisecond => TICKS_PER_MILLISECOND,
            Self::Microsecond => TICKS_PER_MICROSECOND,
        })
    }
}
