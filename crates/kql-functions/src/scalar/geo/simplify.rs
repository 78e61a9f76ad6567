//! What is exact of simplifying: nothing for what is no shape, and for shapes that are smaller than the tolerance.
//!
//! Which points else are kept follows from an order and a division of the sphere that Kusto does not document, so that other shapes
//! are refused.

use crate::arguments::Reals;
use crate::geo::sphere::{EARTH_RADIUS, Vector};
use crate::prelude::*;

/// A tolerance that is not given, in metres.
const USUAL: f64 = 10.0;

/// The largest tolerance, in radians: 70 degrees.
const LARGEST: f64 = 70.0 / 180.0 * std::f64::consts::PI;

/// An argument that is a tolerance, in metres.
pub(super) struct Simplifier<'a>(Option<Reals<'a>>);

impl<'a> Simplifier<'a> {
    pub(super) fn new(arguments: &Arguments<'a>) -> Result<Self, KernelError> {
        Ok(Self(if arguments.len() > 1 { Some(arguments.reals(1)?) } else { None }))
    }

    /// Whether points, all of them closer to each other than the tolerance, vanish in a row; a tolerance out of range has the same
    /// answer, null.
    ///
    /// **Errors**: some are to be kept.
    pub(super) fn vanishes(&self, row: usize, points: &[Vector]) -> Result<(), KernelError> {
        let tolerance = match &self.0 {
            Some(numbers) => numbers.at(row),
            None => Some(USUAL),
        };
        let tolerance = tolerance.map(|metres| metres / EARTH_RADIUS);
        let Some(tolerance) = tolerance.filter(|tolerance| (0.0..=LARGEST).contains(tolerance))
        else {
            return Ok(());
        };
        let is_near = |(index, one): (usize, &Vector)| {
            points.iter().skip(index + 1).all(|other| one.angle(*other) < tolerance)
        };
        if points.iter().enumerate().all(is_near) {
            return Ok(());
        }
        Err(KernelError::new(
            "simplifying a shape is not supported: which points are kept is not documented",
        ))
    }
}
