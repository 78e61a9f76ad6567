//! `format_bytes`: a number of bytes as people write it.

use crate::operand::Texts;
use crate::prelude::*;
use kql_semantics::number::RealText;

/// The units, each 1,024 of the one before.
const UNITS: [&str; 7] = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

pub(super) static FUNCTION: Function = Function {
    name: "format_bytes",
    aliases: &[],
    help: "A number of bytes with its unit (Bytes, KB, MB, GB, TB, PB, EB, each 1,024 of the one before): the largest that \
           leaves at least 1, or the one that the third argument names; rounded to so many digits behind the point (0 \
           without the second argument).",
    examples: &[Example {
        query: "print a = format_bytes(564), b = format_bytes(10332, 1), c = format_bytes(20010332, 0, 'KB')",
        answer: &["a:string, b:string, c:string", "564 Bytes, 10.1 KB, 19541 KB"],
    }],
    meaning: Meaning::Kernel(format_bytes),
};

fn format_bytes(arguments: &Arguments<'_>) -> Answer {
    let sizes = arguments.reals(0)?;
    let digits = if arguments.len() > 1 { Some(arguments.reals(1)?) } else { None };
    let units = if arguments.len() > 2 { Some(Texts::new(arguments, 2)?) } else { None };
    arguments.try_strings(|row, text| {
        let Some(size) = sizes.at(row) else { return Ok(()) };
        let unit = match units.as_ref().map(|units| units.at(row)).filter(|unit| !unit.is_empty()) {
            Some(name) => UNITS
                .iter()
                .position(|unit| unit.eq_ignore_ascii_case(name))
                .ok_or_else(|| KernelError(format!("`format_bytes` knows no unit `{name}`")))?,
            None => fitting(size),
        };
        let digits = digits.as_ref().and_then(|digits| digits.at(row)).unwrap_or(0.0);
        write(size, digits, unit, text);
        Ok(())
    })
}

/// The largest unit that leaves at least 1.
fn fitting(size: f64) -> usize {
    let mut unit = 0;
    let mut left = size.abs();
    while left >= 1024.0 && unit + 1 < UNITS.len() {
        left /= 1024.0;
        unit += 1;
    }
    unit
}

fn write(size: f64, digits: f64, unit: usize, text: &mut String) {
    let scale = 10_f64.powf(digits.clamp(0.0, 15.0).trunc());
    let value = size / 1024_f64.powi(i32::try_from(unit).unwrap_or(0));
    let rounded = (value * scale).round() / scale;
    let number = RealText(rounded).to_string();
    let _ = write!(text, "{} {}", number.strip_suffix(".0").unwrap_or(&number), UNITS[unit]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn formats() {
        check(
            &FUNCTION,
            &[Type::Long],
            Type::String,
            &[
                (&[Value::Long(564)], text("564 Bytes")),
                (&[Value::Long(20010332)], text("19 MB")),
                (&[Value::Long(0)], text("0 Bytes")),
                (&[Value::Long(i64::MAX)], text("8 EB")),
                (&[Value::Null(Type::Long)], text("")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Long, Type::Long],
            Type::String,
            &[
                (&[Value::Long(10332), Value::Long(1)], text("10.1 KB")),
                (&[Value::Long(20010332), Value::Long(2)], text("19.08 MB")),
            ],
        );
    }
}
