//! `array_iff`: iff, element by element

use super::{array, write_array};
use crate::convert::dynamic::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_iff",
    aliases: &["array_iif"],
    help: "An array of the elements of the second argument where the first array has true or a number other \
           than 0, and of the third where it has false or 0; null where it has anything else, or where there is no \
           such element. A value that is no array stands for all elements.",
    examples: &[Example {
        query: "print v = array_iff(dynamic([true, 0, null]), dynamic([1, 2, 3]), 'no')",
        answer: &["v:dynamic", "[1,\"no\",null]"],
    }],
    meaning: Meaning::Kernel(array_iff),
};

fn array_iff(arguments: &Arguments<'_>) -> Answer {
    let conditions = Texts::new(arguments, 0)?;
    let (when_true, when_false) = (Texts::new(arguments, 1)?, Texts::new(arguments, 2)?);
    let (mut condition, mut yes, mut no) = (String::new(), String::new(), String::new());
    arguments.make_dynamics(|row, text| {
        for (values, text) in
            [(&conditions, &mut condition), (&when_true, &mut yes), (&when_false, &mut no)]
        {
            text.clear();
            values.write(row, text);
        }
        let Some(conditions) = array(Some(&condition)) else { return false };
        let (yes, no) = (Choice::new(&yes), Choice::new(&no));
        let chosen =
            conditions.iter().enumerate().map(|(index, condition)| match truth(condition) {
                Some(true) => yes.at(index),
                Some(false) => no.at(index),
                None => "null",
            });
        write_array(chosen, text);
        true
    })
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => text.parse::<f64>().ok().map(|value| value != 0.0),
    }
}

enum Choice<'a> {
    Array(Vec<&'a str>),
    Same(&'a str),
}

impl<'a> Choice<'a> {
    fn new(text: &'a str) -> Self {
        array(Some(text)).map_or(Self::Same(text), Self::Array)
    }

    fn at(&self, index: usize) -> &'a str {
        match self {
            Self::Array(values) => values.get(index).copied().unwrap_or("null"),
            Self::Same(value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn chooses() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic, dynamic],
            dynamic,
            &[
                (&[json("[true,false,true]"), json("[1,2,3]"), json("[4,5,6]")], json("[1,5,3]")),
                (&[json("[true,false,true]"), json("[1]"), json("[4]")], json("[1,null,null]")),
                (&[Value::Null(dynamic), json("[1]"), json("[4]")], Value::Null(dynamic)),
            ],
        );
        check(
            &FUNCTION,
            &[dynamic, Type::String, Type::String],
            dynamic,
            &[(
                &[json("[1,0,50,\"x\"]"), text("yes"), text("no")],
                json("[\"yes\",\"no\",\"yes\",null]"),
            )],
        );
    }
}
