//! `array_length`: how many elements an array has

use crate::json;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_length",
    aliases: &["arraylength"],
    help: "How many elements an array has; null where the value is no array.",
    examples: &[Example {
        query: "print a = array_length(dynamic([1, null])), b = array_length(dynamic({}))",
        answer: &["a:long, b:long", "2, "],
    }],
    meaning: Meaning::Kernel(array_length),
};

fn array_length(arguments: &Arguments<'_>) -> Answer {
    let values = arguments.dynamics(0)?;
    arguments.make_longs(|row| {
        let text = values.at(row).filter(|text| text.trim_start().starts_with('['))?;
        i64::try_from(json::elements(text).count()).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn counts() {
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Long,
            &[
                (&[json("[]")], Value::Long(0)),
                (&[json("[[1,2],\"a,b\",null]")], Value::Long(3)),
                (&[json("{\"a\":1}")], Value::Null(Type::Long)),
                (&[Value::Null(Type::Dynamic)], Value::Null(Type::Long)),
            ],
        );
    }
}
