//! The `taure` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    taure::cli::run()
}
