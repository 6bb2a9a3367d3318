//! The `taure` command.

fn main() {}
