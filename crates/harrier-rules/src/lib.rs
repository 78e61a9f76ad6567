//! A detection rule as text and meaning: load, bind, check.
