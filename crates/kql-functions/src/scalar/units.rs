//! Functions that turn quantities into other units.

use crate::operand::Texts;
use crate::prelude::*;

mod convert_angle;
mod convert_energy;
mod convert_force;
mod convert_length;
mod convert_mass;
mod convert_speed;
mod convert_temperature;
mod convert_volume;

family![
    convert_angle,
    convert_energy,
    convert_force,
    convert_length,
    convert_mass,
    convert_speed,
    convert_temperature,
    convert_volume
];

/// A unit: what so many of it (`per`) are in the family's base unit (`factor`), and where its zero lies there.
struct Unit {
    name: &'static str,
    factor: f64,
    per: f64,
    zero: f64,
}

impl Unit {
    const fn of(name: &'static str, factor: f64) -> Self {
        Self::per(name, factor, 1.0)
    }

    const fn per(name: &'static str, factor: f64, per: f64) -> Self {
        Self { name, factor, per, zero: 0.0 }
    }
}

/// The kernel of all of them.
fn convert(arguments: &Arguments<'_>, function: &str, units: &[Unit]) -> Answer {
    let values = arguments.reals(0)?;
    let (from, to) = (Texts::new(arguments, 1)?, Texts::new(arguments, 2)?);
    let find = |name: &str| {
        let found = units.iter().find(|unit| unit.name == name);
        found.ok_or_else(|| KernelError(format!("`{function}` knows no unit `{name}`")))
    };
    let mut converted = Vec::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (from, to) = (find(from.at(row))?, find(to.at(row))?);
        let base = |value: f64| value * from.factor / from.per + from.zero;
        let convert = |value: f64| (base(value) - to.zero) * to.per / to.factor;
        converted.push(values.at(row).map(convert));
    }
    arguments.make_reals(|row| converted.get(row).copied().flatten())
}
