//! What is planted: one attack for each rule, and decoys just under its threshold.

mod endpoint;
mod identity;
mod network;
mod office;
mod windows;

use fastrand::Rng;

use super::event::Event;
use super::world::World;

/// What a rule must find, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planted {
    /// The rule's file without its ending, below the folder of rules: `identity/password-spray`.
    pub rule: &'static str,
    /// The result column that names what was attacked or who attacked.
    pub column: &'static str,
    /// The values that this column must have, each in exactly one row; sorted.
    pub keys: Vec<String>,
}

impl Planted {
    fn new(
        rule: &'static str,
        column: &'static str,
        keys: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut keys: Vec<String> = keys.into_iter().collect();
        keys.sort();
        Self { rule, column, keys }
    }
}

/// Plants an attack.
type Attack = fn(&World, &mut Rng, &mut Vec<Event>) -> Planted;

/// Plants all of them; says what each rule must find.
pub(crate) fn plant(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Vec<Planted> {
    let families: [&[Attack]; 5] = [
        &endpoint::ATTACKS,
        &identity::ATTACKS,
        &network::ATTACKS,
        &office::ATTACKS,
        &windows::ATTACKS,
    ];
    let attacks = families.iter().flat_map(|family| family.iter());
    attacks.map(|attack| attack(world, rng, events)).collect()
}
