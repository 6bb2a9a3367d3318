//! Writes the manual pages and the shell completions of `taure` into a folder, for packages:
//!
//! ```sh
//! cargo run --release --example packages -- target/packages
//! ```
//!
//! They are made from the commands themselves, so they cannot say something else; the binary does not carry what makes them.

use clap_complete::Shell;
use std::io::Result;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let to = PathBuf::from(std::env::args_os().nth(1).unwrap_or_else(|| "target/packages".into()));
    std::fs::create_dir_all(to.join("man"))?;
    manuals(&to.join("man"))?;
    std::fs::create_dir_all(to.join("completions"))?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut taure::cli::command(), "taure", to.join("completions"))?;
    }
    Ok(())
}

/// `taure.1`, and `taure-serve.1` and so on for each command.
fn manuals(to: &Path) -> Result<()> {
    clap_mangen::generate_to(taure::cli::command(), to)
}
