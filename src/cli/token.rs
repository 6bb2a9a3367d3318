//! `taure token`: an access token for a script or an app that cannot show pages.

use super::Data;
use crate::error::Result;
use crate::ops::auth;
use clap::Args;

/// Print a new access token, and nothing else
#[derive(Debug, Args)]
pub struct Token {
    #[command(flatten)]
    data: Data,
    /// What it is for; shown in the list of apps
    #[arg(long)]
    name: String,
    /// What it may do
    #[arg(long, default_value = "read write follow push")]
    scopes: String,
    /// It ends by itself after so many days; without it, when you revoke it
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    expires: Option<u32>,
}

impl Token {
    pub fn run(self) -> Result<()> {
        let (store, _) = self.data.open()?;
        println!("{}", auth::issue_token_for(&store, &self.name, &self.scopes, self.expires)?);
        Ok(())
    }
}
