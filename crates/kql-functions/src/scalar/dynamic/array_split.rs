//! `array_split`: an array cut into several

use super::{array, place, write_array};
use crate::convert::dynamic::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "array_split",
    aliases: &[],
    help: "An array of the parts into which the array is cut before the given places: one place, or an array \
           of them. Places count from the end where negative. Null where the value is no array.",
    examples: &[Example {
        query: "print v = array_split(dynamic([1, 2, 3, 4, 5]), dynamic([1, -2]))",
        answer: &["v:dynamic", "[[1],[2,3],[4,5]]"],
    }],
    meaning: Meaning::Kernel(array_split),
};

fn array_split(arguments: &Arguments<'_>) -> Answer {
    let (arrays, places) = (arguments.dynamics(0)?, Texts::new(arguments, 1)?);
    let mut written = String::new();
    arguments.make_dynamics(|row, text| {
        let Some(elements) = array(arrays.at(row)) else { return false };
        written.clear();
        places.write(row, &mut written);
        let places = array(Some(&written)).unwrap_or_else(|| vec![&written]);
        let places: Option<Vec<i64>> = places.iter().map(|place| place.parse().ok()).collect();
        let Some(places) = places else { return false };
        let mut start = 0;
        let mut parts = Vec::with_capacity(places.len() + 1);
        for end in places.iter().map(|at| place(*at, elements.len())).chain([elements.len()]) {
            let mut part = String::new();
            write_array(elements.get(start..end).unwrap_or_default(), &mut part);
            parts.push(part);
            start = end;
        }
        write_array(parts, text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn splits() {
        let dynamic = Type::Dynamic;
        check(
            &FUNCTION,
            &[dynamic, dynamic],
            dynamic,
            &[
                (&[json("[1,2,3,4,5]"), json("[1,3]")], json("[[1],[2,3],[4,5]]")),
                (&[json("[1,2,3]"), json("[-1]")], json("[[1,2],[3]]")),
                (&[json("[1]"), json("[5]")], json("[[1],[]]")),
                (&[json("{}"), json("[5]")], Value::Null(dynamic)),
            ],
        );
        check(
            &FUNCTION,
            &[dynamic, Type::Long],
            dynamic,
            &[(&[json("[1,2,3,4,5]"), Value::Long(2)], json("[[1,2],[3,4,5]]"))],
        );
    }
}
