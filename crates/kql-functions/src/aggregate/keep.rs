//! What aggregates keep of rows: flat, for all groups at once.

pub(crate) mod best;
pub(crate) mod collected;
pub(crate) mod distinct;
pub(crate) mod fold;
pub(crate) mod interner;
pub(crate) mod lists;
pub(crate) mod means;
pub(crate) mod ordinals;
pub(crate) mod rank;
pub(crate) mod setting;
pub(crate) mod table;
pub(crate) mod texts;
