//! `taure password` and `taure second-factor off`: the way in again for who is locked out.

use super::Data;
use super::init::read_line;
use crate::error::{Error, Result};
use crate::ops::{auth, second_factor};
use clap::{Args, Subcommand};
use std::io::IsTerminal;

/// Set a new password and sign all browsers out
#[derive(Debug, Args)]
pub struct Password {
    #[command(flatten)]
    data: Data,
    /// Read it from the first line of standard input
    #[arg(long)]
    stdin: bool,
}

/// The codes that are asked for after the password
#[derive(Debug, Args)]
pub struct SecondFactor {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Off(Off),
}

/// Ask for no code any more, because the phone and the recovery codes are lost
#[derive(Debug, Args)]
struct Off {
    #[command(flatten)]
    data: Data,
}

impl Password {
    pub fn run(self) -> Result<()> {
        let (store, instance) = self.data.open()?;
        if !self.stdin {
            if !std::io::stdin().is_terminal() {
                return Err(Error::invalid(
                    "say --stdin, and give the password on the first line of standard input",
                ));
            }
            eprintln!("The new password of {} (it is shown while you type):", instance.handle());
        }
        let ended = auth::reset_password(&store, &read_line("the password")?)?;
        println!(
            "{} has a new password. Browsers that were signed in: {ended}; none is any more.",
            instance.handle()
        );
        println!("Apps keep their tokens; passkeys and codes stay as they were.");
        if store.read(|c| crate::store::second_factor::get(c, true))?.is_some() {
            println!("After the password a code is asked for: `taure second-factor off` ends that.");
        }
        Ok(())
    }
}

impl SecondFactor {
    pub fn run(self) -> Result<()> {
        let Command::Off(Off { data }) = self.command;
        let (store, instance) = data.open()?;
        match second_factor::take_away(&store)? {
            true => {
                println!("{} signs in without codes now; the recovery codes are void.", instance.handle())
            }
            false => println!("{} signs in without codes already; nothing was changed.", instance.handle()),
        }
        Ok(())
    }
}
