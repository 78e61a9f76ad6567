//! Operands as strings.

use std::sync::Arc;

use arrow::array::{Array, AsArray, StringArray, StringBuilder};
use kql_semantics::{Type, dynamic};

use crate::{Arguments, KernelError, convert};

/// The strings of an operand.
pub struct Texts {
    /// One a row, or one where the operand is constant.
    pub array: StringArray,
    /// Whether it is the same for all rows.
    pub is_constant: bool,
}

impl Texts {
    /// An argument's strings: a dynamic string counts as what it says, any other value as `tostring` writes it, null as "".
    pub fn new(arguments: &Arguments<'_>, index: usize) -> Result<Self, KernelError> {
        let is_constant = arguments.is_constant(index);
        let array = match arguments.ty(index) {
            Type::String => arguments.strings(index)?.array().clone(),
            Type::Dynamic | Type::Unknown => dynamic_texts(arguments.strings(index)?.array()),
            _ => convert::argument(arguments, index, Type::String)?.as_string().clone(),
        };
        Ok(Self { array, is_constant })
    }

    /// The strings of all arguments from one on.
    pub fn from(arguments: &Arguments<'_>, first: usize) -> Result<Vec<Self>, KernelError> {
        (first..arguments.len()).map(|index| Self::new(arguments, index)).collect()
    }

    /// The string of a row.
    #[must_use]
    pub fn at(&self, row: usize) -> &str {
        let row = if self.is_constant { 0 } else { row };
        if self.array.is_null(row) { "" } else { self.array.value(row) }
    }

    /// The string that is the same for all rows.
    #[must_use]
    pub fn constant(&self) -> Option<&str> {
        self.is_constant.then(|| self.at(0))
    }
}

/// What `tostring` makes of dynamics: strings as they are, any other value as JSON, null as "".
#[must_use]
pub fn dynamic_texts(array: &StringArray) -> StringArray {
    let mut builder = StringBuilder::with_capacity(array.len(), array.value_data().len());
    for value in array {
        match value {
            Some(text) => builder.append_value(dynamic::to_string(text)),
            None => builder.append_value(""),
        }
    }
    builder.finish()
}

/// The elements of a constant list, as strings.
pub fn list_of_texts(arguments: &Arguments<'_>, index: usize) -> Result<Vec<String>, KernelError> {
    match arguments.ty(index) {
        Type::Dynamic => Ok(arguments.dynamics(index)?.at(0).map(elements).unwrap_or_default()),
        _ => Ok(vec![arguments.strings(index)?.at(0).to_owned()]),
    }
}

/// The elements of a dynamic array as strings; a value that is no array is its only element.
#[must_use]
pub fn elements(text: &str) -> Vec<String> {
    let shown = |value: &dynamic::Dynamic| dynamic::to_string(&value.to_text()).into_owned();
    match dynamic::Dynamic::parse(text) {
        Ok(dynamic::Dynamic::Array(values)) => values.iter().map(shown).collect(),
        Ok(dynamic::Dynamic::Null) | Err(_) => Vec::new(),
        Ok(value) => vec![shown(&value)],
    }
}

/// A constant prepared from the elements of a list.
pub fn prepared_list<T: Send + Sync + 'static>(
    arguments: &Arguments<'_>,
    index: usize,
    make: impl FnOnce(&[String]) -> Result<T, KernelError>,
) -> Result<Arc<T>, KernelError> {
    arguments.prepared(&[index], || make(&list_of_texts(arguments, index)?))
}
