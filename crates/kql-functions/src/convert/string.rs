//! Values to text, as `tostring` writes them.

use arrow::array::StringBuilder;
use kql_semantics::number::RealText;
use kql_semantics::time::{DateTimeText, TimeSpanText};
use kql_semantics::value::GuidText;

use crate::operand::dynamic_texts;
use crate::prelude::*;

/// The first argument as text; null is "".
pub(super) fn to_string(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Bool => {
            let values = arguments.bools(0)?;
            arguments.make_strs(|row| match values.at(row) {
                Some(true) => "True",
                Some(false) => "False",
                None => "",
            })
        }
        Type::Int | Type::Long => {
            let values = arguments.longs(0)?;
            write(arguments, |row| values.at(row))
        }
        Type::Real => {
            let values = arguments.reals(0)?;
            write(arguments, |row| values.at(row).map(RealText))
        }
        Type::Decimal => {
            let values = arguments.decimals(0)?;
            write(arguments, |row| values.at(row))
        }
        Type::DateTime => {
            let values = arguments.longs(0)?;
            write(arguments, |row| values.at(row).map(DateTimeText))
        }
        Type::TimeSpan => {
            let values = arguments.longs(0)?;
            write(arguments, |row| values.at(row).map(TimeSpanText))
        }
        Type::Guid => {
            let values = arguments.guids(0)?;
            write(arguments, |row| values.at(row).map(GuidText))
        }
        Type::Dynamic | Type::Unknown => {
            let texts = dynamic_texts(arguments.strings(0)?.array());
            super::spread(arguments, Arc::new(texts))
        }
        Type::String => super::same(arguments),
    }
}

fn write<T: std::fmt::Display>(
    arguments: &Arguments<'_>,
    get: impl Fn(usize) -> Option<T>,
) -> Answer {
    let rows = arguments.rows();
    let mut builder = StringBuilder::with_capacity(rows, rows * 8);
    for row in 0..rows {
        if let Some(value) = get(row) {
            // Writing into the builder can not fail, and goes straight to its buffer.
            let _ = write!(builder, "{value}");
        }
        builder.append_value("");
    }
    Ok(Arc::new(builder.finish()))
}
