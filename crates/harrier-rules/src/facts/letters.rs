//! Which case the letters of a text can have.

use kql_semantics::bound::{Scalar, ScalarKind};

use super::Facts;

/// The case of a text's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// All small.
    Lower,
    /// All capital.
    Upper,
    /// Any.
    Any,
}

impl Letters {
    /// Whether a text can be one of these.
    pub(crate) fn admits(self, text: &str) -> bool {
        match self {
            Self::Lower => !text.chars().any(char::is_uppercase),
            Self::Upper => !text.chars().any(char::is_lowercase),
            Self::Any => true,
        }
    }
}

impl<'a> Facts<'a> {
    /// The case of the letters of a text, as far as its expression tells.
    pub(crate) fn letters(&self, scalar: &'a Scalar) -> Letters {
        self.letters_of(scalar, 60)
    }

    fn letters_of(&self, scalar: &'a Scalar, left: u32) -> Letters {
        let scalar = self.resolved(scalar);
        if left == 0 {
            return Letters::Any;
        }
        match &scalar.kind {
            ScalarKind::Column(id) => match self.expression(*id) {
                Some(value) if !std::ptr::eq(value, scalar) => self.letters_of(value, left - 1),
                _ => Letters::Any,
            },
            ScalarKind::Call(call) => match &*call.function {
                "tolower" => Letters::Lower,
                "toupper" => Letters::Upper,
                "trim" | "trim_start" | "trim_end" => match call.arguments.get(1) {
                    Some(text) => self.letters_of(text, left - 1),
                    None => Letters::Any,
                },
                "tostring" | "substring" => match call.arguments.first() {
                    Some(text) => self.letters_of(text, left - 1),
                    None => Letters::Any,
                },
                _ => Letters::Any,
            },
            ScalarKind::Convert(inner) => self.letters_of(inner, left - 1),
            _ => Letters::Any,
        }
    }
}
