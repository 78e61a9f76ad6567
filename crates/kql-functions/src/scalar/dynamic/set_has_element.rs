//! `set_has_element`: whether an array holds a value

use super::array;
use crate::convert::dynamic::Texts;
use crate::json::canonical;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "set_has_element",
    aliases: &[],
    help: "Whether an array holds a value; null where the first argument is no array.",
    examples: &[Example {
        query: "print v = set_has_element(dynamic(['a', 'b']), 'b')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(set_has_element),
};

fn set_has_element(arguments: &Arguments<'_>) -> Answer {
    let (arrays, values) = (arguments.dynamics(0)?, Texts::new(arguments, 1)?);
    let mut value = String::new();
    arguments.make_bools(|row| {
        let elements = array(arrays.at(row))?;
        value.clear();
        values.write(row, &mut value);
        let value = canonical(&value);
        Some(elements.iter().any(|element| canonical(element) == value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn finds() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::String],
            Type::Bool,
            &[
                (&[json(r#"["this","is"]"#), text("is")], Value::Bool(true)),
                (&[json(r#"["this","is"]"#), text("IS")], Value::Bool(false)),
                (&[json("[1]"), text("1")], Value::Bool(false)),
                (&[json("{}"), text("1")], Value::Null(Type::Bool)),
            ],
        );
    }
}
