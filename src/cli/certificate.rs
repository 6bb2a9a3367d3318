//! `taure certificate`: how our certificates are, and a new one now.

use super::Data;
use crate::error::{Error, Result};
use crate::model::Timestamp;
use crate::ops::certificates::{ask, report};
use clap::Args;

/// Say how the certificates are; exit code 0 if all names have one
#[derive(Debug, Args)]
pub struct Certificate {
    #[command(flatten)]
    data: Data,
    /// Ask the running server for a new one
    #[arg(long)]
    renew: bool,
}

impl Certificate {
    pub fn run(self) -> Result<()> {
        let config = self.data.config(&[])?;
        if self.renew {
            ask(&config)?;
            println!(
                "The server asks for a new one within a minute, or when it starts next; look here what came of it."
            );
            return Ok(());
        }
        let found = report(&config);
        if found.source.is_empty() {
            return Err(Error::invalid("https is not ours here: there is no [tls] in taure.toml"));
        }
        let time = |at: Option<Timestamp>| at.map_or("-".to_owned(), Timestamp::to_http_date);
        let list = |names: &[String]| if names.is_empty() { "-".to_owned() } else { names.join(", ") };
        println!("Names           {}", list(&found.names));
        println!("Missing         {}", list(&found.missing));
        println!("Valid           {} to {}", time(found.not_before), time(found.not_after));
        println!("Issuer          {}", found.issuer);
        println!("From            {}", found.source);
        println!("Next try        {}", time(found.next_try));
        for fault in &found.faults {
            println!("Fault           {}", fault.text);
        }
        let now = config.clock.now();
        if found.not_after.is_none_or(|at| at <= now) || found.not_before.is_none_or(|at| at > now) {
            return Err(Error::unavailable("there is no certificate that is valid now"));
        }
        match found.missing.is_empty() {
            true => Ok(()),
            false => Err(Error::unavailable(format!("no certificate for {}", list(&found.missing)))),
        }
    }
}
