//! `series_fill_const`: a series with its gaps filled by a number

use super::fill::{Gaps, fill};
use crate::convert::dynamic::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fill_const",
    aliases: &[],
    help: "The series with a number in place of nulls: 0, or the second argument; where there is a third, in \
           place of elements equal to it.",
    examples: &[Example {
        query: "print v = series_fill_const(dynamic([1, null, 3]), -1)",
        answer: &["v:dynamic", "[1,-1,3]"],
    }],
    meaning: Meaning::Kernel(series_fill_const),
};

fn series_fill_const(arguments: &Arguments<'_>) -> Answer {
    let fillings = if arguments.len() > 1 { Some(Texts::new(arguments, 1)?) } else { None };
    fill(arguments, 2, |elements, gaps: &Gaps, row| {
        let mut filling = String::new();
        match &fillings {
            Some(fillings) => fillings.write(row, &mut filling),
            None => filling.push('0'),
        }
        let filled =
            |element: &&str| if gaps.is(element) { filling.clone() } else { (*element).to_owned() };
        elements.iter().map(filled).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn fills() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Real],
            Type::Dynamic,
            &[(&[json("[111,null,36,null]"), Value::Real(0.0)], json("[111,0.0,36,0.0]"))],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long, Type::Long],
            Type::Dynamic,
            &[(&[json("[1,0,null]"), Value::Long(7), Value::Long(0)], json("[1,7,null]"))],
        );
    }
}
