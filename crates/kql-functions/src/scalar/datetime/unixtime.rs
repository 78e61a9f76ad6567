//! Times counted from 1970.

use kql_semantics::time::UNIX_EPOCH;

use super::calendar::in_range;
use crate::convert::real_to_long;
use crate::prelude::*;

/// The first argument as a count of so many nanoseconds since 1970.
#[expect(clippy::cast_precision_loss, reason = "a unit is a power of ten")]
pub(super) fn datetime(arguments: &Arguments<'_>, unit: i64) -> Answer {
    let is_real = matches!(arguments.ty(0), Type::Real | Type::Decimal);
    if is_real {
        let counts = arguments.reals(0)?;
        return arguments.make_longs(|row| {
            let ticks = real_to_long((counts.at(row)? * (unit as f64 / 100.0)).round())?;
            in_range(ticks.checked_add(UNIX_EPOCH)?)
        });
    }
    let counts = arguments.longs(0)?;
    arguments.make_longs(|row| {
        let count = counts.at(row)?;
        let ticks =
            if unit < 100 { count / (100 / unit) } else { count.checked_mul(unit / 100)? };
        in_range(ticks.checked_add(UNIX_EPOCH)?)
    })
}
