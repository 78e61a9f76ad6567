//! The S2 cells that cover shapes.

use super::{Depths, Shapes};
use crate::geo::covering::cover;
use crate::geo::s2::{Cell, DEEPEST};
use crate::geo::sphere::Vector;
use crate::prelude::*;

/// The level that is meant where none is given.
const USUAL_LEVEL: u32 = 11;

/// The kernel of functions that cover a shape, which `parse` reads, by its edges and by what it holds.
pub(super) fn of_shapes<T: Send + Sync + 'static>(
    arguments: &Arguments<'_>,
    parse: fn(&str) -> Option<T>,
    edges: fn(&T) -> Vec<(Vector, Vector)>,
    holds: fn(&T, Vector) -> bool,
) -> Answer {
    let shapes = Shapes::new(arguments, 0, parse)?;
    let levels = Depths::new(arguments, 1, USUAL_LEVEL)?;
    if arguments.len() > 2 {
        return Err(KernelError::new("cells within a radius of a shape are not supported"));
    }
    arguments.make_dynamics(|row, text| {
        let (Some(shape), Some(level)) = (shapes.at(row), levels.at(row, 0..=DEEPEST)) else {
            return false;
        };
        match cover(&edges(&shape), &|point| holds(&shape, point), level) {
            Some(cells) => {
                let tokens: Vec<String> = cells.into_iter().map(Cell::token).collect();
                super::write_strings(&tokens, text)
            }
            None => false,
        }
    })
}
