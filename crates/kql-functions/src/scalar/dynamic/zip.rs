//! `zip`: arrays side by side

use super::{array, write_array};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "zip",
    aliases: &[],
    help: "An array of arrays: the first elements of all arguments, then the second ones, and so on. Shorter \
           arrays are filled up with nulls.",
    examples: &[Example {
        query: "print v = zip(dynamic([1, 3, 5]), dynamic([2, 4]))",
        answer: &["v:dynamic", "[[1,2],[3,4],[5,null]]"],
    }],
    meaning: Meaning::Kernel(zip),
};

fn zip(arguments: &Arguments<'_>) -> Answer {
    let values =
        (0..arguments.len()).map(|at| arguments.dynamics(at)).collect::<Result<Vec<_>, _>>()?;
    arguments.make_dynamics(|row, text| {
        let arrays: Vec<Vec<&str>> =
            values.iter().map(|value| array(value.at(row)).unwrap_or_default()).collect();
        let length = arrays.iter().map(Vec::len).max().unwrap_or(0);
        text.push('[');
        for index in 0..length {
            if index > 0 {
                text.push(',');
            }
            let at_index = arrays.iter().map(|array| array.get(index).copied().unwrap_or("null"));
            write_array(at_index, text);
        }
        text.push(']');
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn zips() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic],
            dynamic,
            &[
                (
                    &[json(r#"["A",1,1.5]"#), json(r#"[{},"B"]"#)],
                    json(r#"[["A",{}],[1,"B"],[1.5,null]]"#),
                ),
                (&[Value::Null(dynamic), json("[1]")], json("[[null,1]]")),
            ],
        );
    }
}
