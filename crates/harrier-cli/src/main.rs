//! The `harrier` command: one file a verb.

fn main() {}
