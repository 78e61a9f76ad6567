//! Real rules.
