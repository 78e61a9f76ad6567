//! `repeat`: a value several times

use super::MOST_ELEMENTS;
use crate::convert::dynamic::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "repeat",
    aliases: &[],
    help: "An array that holds a value so many times, at most 1,048,576; empty for 0, null for less.",
    examples: &[Example { query: "print v = repeat(1, 3)", answer: &["v:dynamic", "[1,1,1]"] }],
    meaning: Meaning::Kernel(repeat),
};

fn repeat(arguments: &Arguments<'_>) -> Answer {
    if arguments.ty(0) == Type::Dynamic {
        return Err(KernelError::new("`repeat` can not repeat a dynamic"));
    }
    let (values, counts) = (Texts::new(arguments, 0)?, arguments.longs(1)?);
    let mut value = String::new();
    arguments.make_dynamics(|row, text| {
        let Some(Ok(count)) = counts.at(row).map(usize::try_from) else { return false };
        value.clear();
        values.write(row, &mut value);
        super::write_array(std::iter::repeat_n(&value, count.min(MOST_ELEMENTS)), text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, json};

    #[test]
    fn repeats() {
        check(
            &FUNCTION,
            &[Type::Long, Type::Long],
            Type::Dynamic,
            &[
                (&[Value::Long(1), Value::Long(3)], json("[1,1,1]")),
                (&[Value::Long(1), Value::Long(0)], json("[]")),
                (&[Value::Null(Type::Long), Value::Long(1)], json("[null]")),
                (&[Value::Long(1), Value::Long(-1)], Value::Null(Type::Dynamic)),
            ],
        );
        let message = error(&FUNCTION, Type::Dynamic, &[json("{}"), Value::Long(3)]);
        assert!(message.contains("can not repeat a dynamic"));
    }
}
