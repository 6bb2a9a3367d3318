//! `taure login-link`: sign in without the password.

use super::Data;
use crate::error::Result;
use crate::ops::auth;
use clap::Args;

/// Print a link that signs in once, within fifteen minutes
#[derive(Debug, Args)]
pub struct LoginLink {
    #[command(flatten)]
    data: Data,
}

impl LoginLink {
    pub fn run(self) -> Result<()> {
        let (store, instance) = self.data.open()?;
        println!("{}", auth::login_link(&store, &instance, store.now())?);
        Ok(())
    }
}
