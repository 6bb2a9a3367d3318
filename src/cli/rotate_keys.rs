//! `taure rotate-keys`: new keys, when somebody may have read the old ones.

use super::{Data, recover};
use crate::error::Result;
use crate::ops::{keys, recovery};
use crate::sig::Seed;
use clap::Args;

/// Have new signing keys made and tell all followers, beside a running server or before the next start
#[derive(Debug, Args)]
pub struct RotateKeys {
    #[command(flatten)]
    data: Data,
    /// Take those of a new recovery phrase, which is shown this once
    #[arg(long)]
    recoverable: bool,
}

impl RotateKeys {
    pub fn run(self) -> Result<()> {
        let (store, instance) = self.data.open()?;
        let seed = if self.recoverable { Some(Seed::fresh()?) } else { None };
        let had_one = store.read(recovery::since)?.is_some();
        keys::ask_for_new(&store, seed.as_ref())?;
        println!(
            "{} gets new keys within seconds if `taure serve` runs, else when it starts. Followers' servers are told.",
            instance.handle()
        );
        match seed {
            Some(seed) => recover::show(&seed),
            None if had_one => {
                println!(
                    "The recovery phrase brings these back no more: `taure rotate-keys --recoverable` makes one that does."
                );
            }
            None => (),
        }
        Ok(())
    }
}
