//! `estimate_data_size`: how many bytes values take

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "estimate_data_size",
    aliases: &[],
    help: "The bytes that the values of the given columns take: 1 for a `bool`, 4 for an `int`, 16 for a \
           `guid`, 34 for a `decimal`, 8 for other numbers and times, and for strings and dynamics those of their \
           text.",
    examples: &[Example {
        query: "print a = 1, b = 'abc' | project v = estimate_data_size(a, b)",
        answer: &["v:long", "11"],
    }],
    meaning: Meaning::Kernel(estimate_data_size),
};

fn estimate_data_size(arguments: &Arguments<'_>) -> Answer {
    let mut sizes = vec![0i64; arguments.rows()];
    for index in 0..arguments.len() {
        let fixed = match arguments.ty(index) {
            Type::Bool => 1,
            Type::Int => 4,
            Type::Guid => 16,
            Type::Decimal => 34,
            Type::Long | Type::Real | Type::DateTime | Type::TimeSpan => 8,
            Type::String | Type::Dynamic | Type::Unknown => {
                let texts = arguments.strings(index)?;
                for (row, size) in sizes.iter_mut().enumerate() {
                    *size += i64::try_from(texts.at(row).len()).unwrap_or(i64::MAX);
                }
                continue;
            }
        };
        sizes.iter_mut().for_each(|size| *size += fixed);
    }
    arguments.make_longs(|row| sizes.get(row).copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn adds_up() {
        check(
            &FUNCTION,
            &[Type::Long, Type::String],
            Type::Long,
            &[(&[Value::Long(1), text("1234567890")], Value::Long(18))],
        );
    }
}
