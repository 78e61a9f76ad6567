//! Kusto's scalar types.

use std::fmt;
use std::str::FromStr;

/// A scalar type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// True or false.
    Bool,
    /// 32 bits.
    Int,
    /// 64 bits; arithmetic wraps around.
    Long,
    /// Double precision.
    Real,
    /// 34 decimal digits.
    Decimal,
    /// Text. There is no null string: an absent one is empty.
    String,
    /// Ticks of 100 ns since the year 1, UTC.
    DateTime,
    /// A signed count of ticks of 100 ns.
    TimeSpan,
    /// 128 bits.
    Guid,
    /// Any JSON value, with Kusto's scalars inside.
    Dynamic,
    /// Not known before the query runs: a column of an open schema (a watchlist, `bag_unpack`).
    Unknown,
}

impl Type {
    /// All types that a value can have.
    pub const ALL: [Self; 10] = [
        Self::Bool,
        Self::Int,
        Self::Long,
        Self::Real,
        Self::Decimal,
        Self::String,
        Self::DateTime,
        Self::TimeSpan,
        Self::Guid,
        Self::Dynamic,
    ];

    /// Kusto's name of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Long => "long",
            Self::Real => "real",
            Self::Decimal => "decimal",
            Self::String => "string",
            Self::DateTime => "datetime",
            Self::TimeSpan => "timespan",
            Self::Guid => "guid",
            Self::Dynamic => "dynamic",
            Self::Unknown => "unknown",
        }
    }

    /// The .NET name that Kusto's REST answers carry as `DataType`.
    #[must_use]
    pub const fn clr_name(self) -> &'static str {
        match self {
            Self::Bool => "SByte",
            Self::Int => "Int32",
            Self::Long => "Int64",
            Self::Real => "Double",
            Self::Decimal => "SqlDecimal",
            Self::String => "String",
            Self::DateTime => "DateTime",
            Self::TimeSpan => "TimeSpan",
            Self::Guid => "Guid",
            Self::Dynamic | Self::Unknown => "Object",
        }
    }

    /// `int`, `long`, `real`, `decimal`.
    #[must_use]
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Int | Self::Long | Self::Real | Self::Decimal)
    }

    /// `int`, `long`.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        matches!(self, Self::Int | Self::Long)
    }

    /// What can be added up: numbers, datetimes and timespans.
    #[must_use]
    pub const fn is_summable(self) -> bool {
        self.is_numeric() || matches!(self, Self::DateTime | Self::TimeSpan)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no type's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownType;

impl FromStr for Type {
    type Err = UnknownType;

    /// Reads any of the spellings that a query may use.
    fn from_str(text: &str) -> Result<Self, UnknownType> {
        Ok(match text {
            "bool" | "boolean" => Self::Bool,
            "int" | "int32" => Self::Int,
            "long" | "int64" => Self::Long,
            "real" | "double" => Self::Real,
            "decimal" => Self::Decimal,
            "string" => Self::String,
            "datetime" | "date" => Self::DateTime,
            "timespan" | "time" => Self::TimeSpan,
            "guid" | "uuid" | "uniqueid" => Self::Guid,
            "dynamic" => Self::Dynamic,
            _ => return Err(UnknownType),
        })
    }
}
