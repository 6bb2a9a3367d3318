//! `taure rotate-keys`: new keys, when somebody may have read the old ones.

use super::Data;
use crate::error::Result;
use crate::ops::keys;
use clap::Args;

/// Have new signing keys made and tell all followers, beside a running server or before the next start
#[derive(Debug, Args)]
pub struct RotateKeys {
    #[command(flatten)]
    data: Data,
}

impl RotateKeys {
    pub fn run(self) -> Result<()> {
        let (store, instance) = self.data.open()?;
        keys::ask_for_new(&store)?;
        println!(
            "{} gets new keys within seconds if `taure serve` runs, else when it starts. Followers' servers are told.",
            instance.handle()
        );
        Ok(())
    }
}
