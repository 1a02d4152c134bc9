//! The hub as a command.

fn main() {}
