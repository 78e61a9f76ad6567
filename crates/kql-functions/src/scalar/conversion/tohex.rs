//! `tohex`: a whole number in hexadecimal digits.

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "tohex",
    aliases: &[],
    help: "A whole number in hexadecimal digits, a negative one as its two's complement of 32 or 64 bits; \"\" for null. \
           The second argument is the least number of digits: zeros fill up.",
    examples: &[Example {
        query: "print a = tohex(256), b = tohex(-256), c = tohex(toint(-256), 8), d = tohex(256, 8)",
        answer: &[
            "a:string, b:string, c:string, d:string",
            "100, ffffffffffffff00, ffffff00, 00000100",
        ],
    }],
    meaning: Meaning::Kernel(tohex),
};

fn tohex(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.longs(0)?;
    let digits = if arguments.len() > 1 { Some(arguments.longs(1)?) } else { None };
    let is_int = arguments.ty(0) == Type::Int;
    arguments.make_strings(|row, text| {
        let Some(value) = values.at(row) else { return };
        let least = digits.as_ref().and_then(|digits| digits.at(row)).unwrap_or(0).clamp(0, 16);
        let bits = if is_int { value & 0xffff_ffff } else { value };
        // Writing to a string can not fail, and 16 digits hold 64 bits.
        let _ = write!(text, "{bits:0least$x}", least = usize::try_from(least).unwrap_or(0));
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn shows_digits() {
        check(
            &FUNCTION,
            &[Type::Long],
            Type::String,
            &[
                (&[Value::Long(-256)], text("ffffffffffffff00")),
                (&[Value::Null(Type::Long)], text("")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Int, Type::Long],
            Type::String,
            &[
                (&[Value::Int(-256), Value::Long(8)], text("ffffff00")),
                (&[Value::Int(256), Value::Long(2)], text("100")),
                (&[Value::Int(256), Value::Long(8)], text("00000100")),
            ],
        );
    }
}
