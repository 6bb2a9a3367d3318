//! `taure init`: what the first-run wizard does, without a browser.

use super::{Data, recover};
use crate::error::{Error, Result};
use crate::ops::setup::{self, NewInstance};
use crate::sig::Seed;
use crate::store::Store;
use clap::Args;
use std::io::BufRead;

/// Make the account and its keys in an empty folder
#[derive(Debug, Args)]
pub struct Init {
    #[command(flatten)]
    data: Data,
    /// The address of the server: https://social.example.org
    #[arg(long)]
    url: String,
    /// The name before the @
    #[arg(long, value_name = "NAME")]
    username: String,
    /// The part after the @, where it differs from the host of --url
    #[arg(long)]
    domain: Option<String>,
    /// The name that people see
    #[arg(long, value_name = "TEXT", default_value = "")]
    display_name: String,
    /// Read the password from the first line of standard input; without it, sign in with `login-link`
    #[arg(long)]
    password_stdin: bool,
}

impl Init {
    pub fn run(self) -> Result<()> {
        let password = if self.password_stdin { Some(read_line("--password-stdin")?) } else { None };
        let seed = Seed::fresh()?;
        let new = NewInstance {
            origin: self.url,
            domain: self.domain,
            username: self.username,
            display_name: self.display_name,
            password,
            seed: Some(seed.clone()),
            recovered: false,
        };
        let config = self.data.config(&[])?;
        config.make_folder()?;
        let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ()))?;
        let instance = setup::create(&store, &new)?;
        println!("@{}@{} is ready at {}", instance.username, instance.domain, instance.origin);
        recover::show(&seed);
        Ok(())
    }
}

/// Without its end. Errors: nothing stands there.
pub(super) fn read_line(flag: &str) -> Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let line = line.trim_end_matches(['\r', '\n']).to_owned();
    if line.is_empty() {
        return Err(Error::invalid(format!("{flag} was given, and standard input is empty")));
    }
    Ok(line)
}
