//! `taure upgrade --check FILE`: whether this taure brings a database, or that of a backup, to its schema, tried on a copy.

use super::Data;
use super::backup::Passphrase;
use crate::error::{Error, Result};
use crate::ops::upgrade;
use crate::words;
use clap::Args;

/// Try on a copy whether this version brings a database to its own schema; `taure serve` then does it
#[derive(Debug, Args)]
pub struct Upgrade {
    #[command(flatten)]
    data: Data,
    /// A database, or a backup (s3://... too); it stays as it is. The copy is made in TMPDIR
    #[arg(long, value_name = "FILE", required = true)]
    check: String,
    #[command(flatten)]
    passphrase: Passphrase,
}

impl Upgrade {
    pub fn run(self) -> Result<()> {
        let passphrase = self.passphrase.read()?;
        let tried = upgrade::check(&self.check, &self.data.config(&[])?, passphrase.as_deref())?;
        match tried.from == tried.to {
            true => println!(
                "{} has schema {}, which is this version's: nothing is to be done",
                tried.name, tried.to
            ),
            false => println!(
                "{} has schema {}; brought to {} in {:.2} s",
                tried.name,
                tried.from,
                tried.to,
                tried.took.as_secs_f64()
            ),
        }
        println!("{} before, {} after", words::bytes(tried.before), words::bytes(tried.after));
        if let Some(fault) = tried.fault {
            return Err(fault);
        }
        println!("The database is sound: SQLite finds no fault in it.");
        if !tried.differs.is_empty() {
            tried.differs.iter().for_each(|line| println!("It {line}"));
            return Err(Error::invalid("it is not what a fresh database is; please report this"));
        }
        println!("It is what a fresh database is. The file itself was not changed.");
        Ok(())
    }
}
