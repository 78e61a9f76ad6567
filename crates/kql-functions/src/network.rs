//! IP addresses with their prefixes, as Kusto reads them from text.

use crate::operand::{Texts, elements};
use crate::prelude::*;

pub mod search;
pub mod v4;
pub mod v6;

/// The strings of the arguments from one on in a row: each is a string, or an array of them.
pub fn strings_of(
    arguments: &Arguments<'_>,
    first: usize,
    row: usize,
) -> Result<Vec<String>, KernelError> {
    let mut strings = Vec::new();
    for index in first..arguments.len() {
        match arguments.ty(index) {
            Type::Dynamic | Type::Unknown => {
                strings
                    .extend(arguments.dynamics(index)?.at(row).map(elements).unwrap_or_default());
            }
            _ => strings.push(arguments.strings(index)?.at(row).to_owned()),
        }
    }
    Ok(strings)
}

/// What is made of the strings of the arguments from the second on: once where they are constant, else for each row.
pub enum Listed<T> {
    /// For all rows.
    Constant(Arc<T>),
    /// For each row.
    Varying(fn(&[String]) -> T),
}

impl<T: Send + Sync + 'static> Listed<T> {
    /// Makes it.
    pub fn new(arguments: &Arguments<'_>, make: fn(&[String]) -> T) -> Result<Self, KernelError> {
        let indexes: Vec<usize> = (1..arguments.len()).collect();
        if !indexes.iter().all(|index| arguments.is_constant(*index)) {
            return Ok(Self::Varying(make));
        }
        let make = || Ok(make(&strings_of(arguments, 1, 0)?));
        arguments.prepared(&indexes, make).map(Self::Constant)
    }

    /// What it is in a row.
    pub fn at(&self, arguments: &Arguments<'_>, row: usize) -> Result<Arc<T>, KernelError> {
        match self {
            Self::Constant(made) => Ok(Arc::clone(made)),
            Self::Varying(make) => Ok(Arc::new(make(&strings_of(arguments, 1, row)?))),
        }
    }
}

/// An argument that holds addresses: read once where it is constant.
pub struct Parsed<T> {
    texts: Texts,
    parse: fn(&str) -> Option<T>,
    constant: Option<Option<T>>,
}

impl<T: Copy> Parsed<T> {
    /// Reads an argument.
    pub fn new(
        arguments: &Arguments<'_>,
        index: usize,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Self, KernelError> {
        let texts = Texts::new(arguments, index)?;
        let constant = texts.constant().map(parse);
        Ok(Self { texts, parse, constant })
    }

    /// The address of a row; none where it is none.
    pub fn at(&self, row: usize) -> Option<T> {
        self.constant.unwrap_or_else(|| (self.parse)(self.texts.at(row)))
    }
}

/// An argument that holds the length of a prefix, which may be missing.
pub struct Prefixes<'a>(Option<crate::arguments::Longs<'a>>);

impl<'a> Prefixes<'a> {
    /// Reads an argument, where there is one.
    pub fn new(arguments: &Arguments<'a>, index: usize) -> Result<Self, KernelError> {
        let longs = if index < arguments.len() { Some(arguments.longs(index)?) } else { None };
        Ok(Self(longs))
    }

    /// The prefix of a row: `most` where the argument is missing; none where it is null, negative or longer than `most`.
    pub fn at(&self, row: usize, most: u8) -> Option<u8> {
        match &self.0 {
            None => Some(most),
            Some(longs) => u8::try_from(longs.at(row)?).ok().filter(|prefix| *prefix <= most),
        }
    }
}
