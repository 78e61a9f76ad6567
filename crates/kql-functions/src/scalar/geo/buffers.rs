//! The radius and the tolerance that buffers take.

use crate::arguments::Reals;
use crate::geo::buffer::Buffer;
use crate::prelude::*;

/// A tolerance that is not given, in metres.
const USUAL_TOLERANCE: f64 = 10.0;

/// Two arguments that are a radius and, as it may be, a tolerance, in metres.
pub(super) struct Buffers<'a> {
    radius: Reals<'a>,
    tolerance: Option<Reals<'a>>,
}

impl<'a> Buffers<'a> {
    pub(super) fn new(arguments: &Arguments<'a>, first: usize) -> Result<Self, KernelError> {
        let is_given = first + 1 < arguments.len();
        let tolerance = if is_given { Some(arguments.reals(first + 1)?) } else { None };
        Ok(Self { radius: arguments.reals(first)?, tolerance })
    }

    /// What a row asks for; none where it makes no sense.
    pub(super) fn at(&self, row: usize) -> Option<Buffer> {
        let tolerance = match &self.tolerance {
            Some(tolerance) => tolerance.at(row)?,
            None => USUAL_TOLERANCE,
        };
        Buffer::new(self.radius.at(row)?, tolerance)
    }
}
