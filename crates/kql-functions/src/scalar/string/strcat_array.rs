//! `strcat_array`: the elements of an array behind one another.

use crate::answers::grow;
use crate::operand::Texts;
use crate::prelude::*;
use kql_semantics::dynamic;

pub(super) static FUNCTION: Function = Function {
    name: "strcat_array",
    aliases: &["array_strcat"],
    help: "The elements of an array behind one another, each as `tostring` writes it, with a string between them. A null \
           element adds nothing; what is no array gives \"\".",
    examples: &[Example {
        query: "print v = strcat_array(dynamic([1, null, 3]), '->')",
        answer: &["v:string", "1->->3"],
    }],
    meaning: Meaning::Kernel(strcat_array),
};

fn strcat_array(arguments: &Arguments<'_>) -> Answer {
    let arrays = arguments.dynamics(0)?;
    let delimiter = Texts::new(arguments, 1)?;
    arguments.try_strings(|row, text| {
        let Some(Ok(Dynamic::Array(values))) = arrays.at(row).map(Dynamic::parse) else {
            return Ok(());
        };
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                grow(text, delimiter.at(row))?;
            }
            match value {
                Dynamic::String(value) => grow(text, value)?,
                value => grow(text, &dynamic::to_string(&value.to_text()))?,
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn joins_elements() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::String],
            Type::String,
            &[
                (&[json("[1,2,3]"), text("\"")], text("1\"2\"3")),
                (&[json("[1,null,3]"), text("-")], text("1--3")),
                (&[json("[]"), text(",")], text("")),
                (&[json(r#"["a","","b"]"#), text("|")], text("a||b")),
                (&[json(r#"[true,{"a":"b"}]"#), text("|")], text(r#"true|{"a":"b"}"#)),
                (&[Value::Null(Type::Dynamic), text("|")], text("")),
            ],
        );
    }
}
