//! `taure takeover`: a domain on which another server was goes on with Taure.

use super::Data;
use super::init::read_line;
use crate::app::App;
use crate::error::Result;
use crate::ops::takeover::mastodon::{self, Beside};
use crate::ops::takeover::{self, gotosocial, snac};
use crate::ops::{auth, former};
use crate::store::Store;
use crate::store::takeover::mastodon_query;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Take the place of another server on its domain: ids, key, followers, blocks and posts go on
#[derive(Debug, Args)]
pub struct Takeover {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    /// From what `gotosocial admin export` wrote; stop GoToSocial first
    Gotosocial {
        #[command(flatten)]
        how: How,
        /// The file that was written
        export: PathBuf,
        /// GoToSocial's SQLite file, for the posts
        #[arg(long, value_name = "FILE")]
        database: Option<PathBuf>,
    },
    /// From what a query of Mastodon's PostgreSQL writes; --query prints it. Stop Mastodon first
    Mastodon {
        #[command(flatten)]
        how: How,
        /// The file that the query wrote
        #[arg(required_unless_present = "query")]
        file: Option<PathBuf>,
        /// Print the query for the account of that name, for psql -At
        #[arg(long, value_name = "NAME", conflicts_with = "file")]
        query: Option<String>,
        /// The address of the server: https://social.example.org
        #[arg(long, required_unless_present = "query")]
        url: Option<String>,
        /// The private key as PEM, where the database keeps it encrypted
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
        /// What the key's id ends with
        #[arg(long, value_name = "TEXT", default_value = "#main-key")]
        key_name: String,
    },
    /// From the folder of snac; stop snac first
    Snac {
        #[command(flatten)]
        how: How,
        /// The folder that has server.json in it
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
struct How {
    #[command(flatten)]
    data: Data,
    /// Which account, where there are several
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// The part after the @, where it is not the name of the server
    #[arg(long)]
    domain: Option<String>,
    /// Read the password from the first line of standard input; without it, sign in with `login-link`
    #[arg(long)]
    password_stdin: bool,
}

impl Takeover {
    pub fn run(self) -> Result<()> {
        let (how, old) = match self.from {
            From::Gotosocial { how, export, database } => {
                let old = gotosocial::read(&export, database.as_deref(), how.account.as_deref())?;
                (how, old)
            }
            From::Mastodon { query: Some(name), .. } => {
                println!("{}", mastodon_query(&name)?);
                return Ok(());
            }
            From::Mastodon { how, file, url, key, key_name, .. } => {
                let key = key.map(std::fs::read_to_string).transpose()?;
                let beside = Beside { origin: url.unwrap_or_default(), key, key_name };
                let old = mastodon::read(&file.unwrap_or_default(), &beside)?;
                (how, old)
            }
            From::Snac { how, folder } => {
                let old = snac::read(&folder, how.account.as_deref())?;
                (how, old)
            }
        };
        let password = if how.password_stdin { Some(read_line("--password-stdin")?) } else { None };
        let config = how.data.config(&[])?;
        config.make_folder()?;
        let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ()))?;
        let (instance, taken) = takeover::take_over(&store, &old, how.domain, password)?;
        let link = auth::login_link(&store, &instance, store.now())?;
        drop(store);
        if let Some(app) = App::open(config)? {
            former::announce(&app)?;
            app.store.close()?;
        }
        println!("{} goes on at {}, as {}", instance.handle(), instance.origin, instance.actor());
        println!(
            "{} followers, {} followed, {} blocked, {} posts",
            taken.followers, taken.following, taken.blocks, taken.posts
        );
        if taken.posts_left > 0 {
            println!("{} posts stay behind: letters to a few people, and what has no date", taken.posts_left);
        }
        println!(
            "\nServe it on the same name, with the old server stopped for good. Then sign in with this link, within \
             fifteen minutes (`taure login-link` makes another):\n\n    {link}"
        );
        Ok(())
    }
}
