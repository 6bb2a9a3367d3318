//! `taure blocks`: lists of blocked servers in, and the owner's own out.

use super::Data;
use crate::error::Result;
use crate::ops::blocklists as ops;
use clap::{Args, Subcommand};
use std::io::Write;
use std::path::PathBuf;

/// Servers that you block
#[derive(Debug, Args)]
pub struct Blocks {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(Import),
    Export(Export),
}

/// Block the servers of a list: Mastodon's CSV, GoToSocial's JSON, or one server a line. Where you would lose people,
/// nothing happens until you decide on the page of your lists
#[derive(Debug, Args)]
struct Import {
    #[command(flatten)]
    data: Data,
    /// The list
    file: PathBuf,
    /// Only say what it would do
    #[arg(long)]
    preview: bool,
}

/// Print what you block as a CSV in Mastodon's format
#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    data: Data,
}

impl Blocks {
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Import(command) => command.run(),
            Command::Export(command) => command.run(),
        }
    }
}

impl Import {
    fn run(self) -> Result<()> {
        let (store, me) = self.data.open()?;
        if std::fs::metadata(&self.file)?.len() > ops::read::BYTES {
            return ops::refuse_large();
        }
        let list = ops::read_file(&std::fs::read(&self.file)?)?;
        let outlook = ops::outlook(&store, &me, &list)?;
        println!(
            "{} servers; {} obfuscated names and {} other lines are left out",
            outlook.entries, outlook.obfuscated, outlook.skipped
        );
        for ties in &outlook.losses {
            println!("{}: {} followers, {} followed", ties.domain, ties.followers, ties.following);
        }
        if self.preview {
            return Ok(());
        }
        ops::keep(&store, &list)?;
        let taken = ops::take(&store, &me)?;
        println!(
            "{} blocked, {} wait for your decision, {} left as they were",
            taken.blocked, taken.drafts, taken.left
        );
        Ok(())
    }
}

impl Export {
    fn run(self) -> Result<()> {
        let (store, _) = self.data.open()?;
        let csv = store.read(ops::export)?;
        std::io::stdout().write_all(csv.as_bytes())?;
        Ok(())
    }
}
