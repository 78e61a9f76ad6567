//! What type an overload gives for these arguments.

use super::matching::{Ignore, common_argument_shape};
use super::{Argument, Returns, Signature};
use crate::shape::{Shape, widest_of};

/// What an overload gives.
pub(crate) enum Given {
    /// A scalar.
    Scalar(Shape),
    /// A table.
    Table,
    /// The type that this argument names.
    TypeOf(usize),
    /// What the first argument names.
    Named,
    /// What the builtin's own code says.
    Custom,
}

/// What `signature` gives for `arguments`, which belong to the parameters at `places`.
pub(crate) fn returned(
    signature: &Signature,
    places: &[usize],
    arguments: &[Argument<'_>],
) -> Given {
    let argument_of = |parameter: usize| {
        places.iter().position(|place| *place == parameter).and_then(|at| arguments.get(at))
    };
    let shape_of = |parameter: usize| {
        argument_of(parameter).map_or(Shape::Wrong, |argument| argument.shape.clone())
    };
    let common = |ignore| {
        common_argument_shape(signature, places, arguments, ignore).unwrap_or(Shape::Wrong)
    };
    Given::Scalar(match &signature.returns {
        Returns::Declared(shape) => shape.clone(),
        Returns::Table(_) => return Given::Table,
        Returns::Parameter(parameter) => shape_of(*parameter),
        Returns::Parameter0Array => Shape::array_of(&shape_of(0)),
        Returns::Parameter0Promoted => shape_of(0).promoted(),
        Returns::ParameterLiteral(parameter) => {
            let at = places.iter().position(|place| place == parameter);
            return at.map_or(Given::Scalar(Shape::Wrong), Given::TypeOf);
        }
        Returns::Common => common(Ignore::Nothing),
        Returns::CommonNonDynamic => common(Ignore::Dynamics),
        Returns::Widest => widest_of(arguments.iter().map(|argument| argument.shape))
            .map_or(Shape::Wrong, Shape::promoted),
        Returns::Named => return Given::Named,
        Returns::Custom => return Given::Custom,
    })
}
