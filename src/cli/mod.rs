//! The command line: one file a command.

mod backup;
mod blocks;
mod certificate;
mod doctor;
mod export;
mod health;
mod import;
mod init;
mod log;
mod login_link;
mod media;
mod password;
mod post;
mod recover;
mod rotate_keys;
mod serve;
mod service;
mod space;
mod status;
mod takeover;
mod token;
mod upgrade;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::model::Instance;
use crate::store::{self, Store};
use clap::{Args, CommandFactory, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A Mastodon for one person: one binary, one SQLite file, one owner.
///
/// Test switches, all off by default: an http:// origin (loopback, .test, .localhost and .onion hosts
/// only); TAURE_ALLOW_PRIVATE=127.0.0.0/8,... lets outgoing requests reach those addresses;
/// TAURE_EXTRA_CA=FILE trusts one more authority.
#[derive(Debug, Parser)]
#[command(name = "taure", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Init(init::Init),
    Takeover(takeover::Takeover),
    Post(post::Post),
    Token(token::Token),
    LoginLink(login_link::LoginLink),
    RotateKeys(rotate_keys::RotateKeys),
    Media(media::Media),
    Space(space::Space),
    Prune(space::Prune),
    Health(health::Health),
    Status(status::Status),
    Certificate(certificate::Certificate),
    Doctor(doctor::Doctor),
    Blocks(blocks::Blocks),
    Backup(backup::Backup),
    VerifyBackup(backup::VerifyBackup),
    Restore(backup::Restore),
    Upgrade(upgrade::Upgrade),
    Recover(recover::Recover),
    Phrase(recover::Phrase),
    Password(password::Password),
    SecondFactor(password::SecondFactor),
    Import(import::Import),
    Export(export::Export),
}

/// Where everything is.
#[derive(Debug, Args)]
struct Data {
    /// The folder that holds the database and the media
    #[arg(long, value_name = "DIR", env = "TAURE_DATA", default_value = "./data")]
    data: PathBuf,
}

/// All commands with their flags, for manual pages and completions.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command; a failure is one line on stderr.
pub fn run() -> ExitCode {
    // Keys, posts and archives: whatever we write is its owner's alone. What the umask was is of no use to us.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let cli = Cli::parse();
    log::begin();
    let result = match cli.command {
        Command::Serve(command) => command.run(),
        Command::Init(command) => command.run(),
        Command::Takeover(command) => command.run(),
        Command::Post(command) => command.run(),
        Command::Token(command) => command.run(),
        Command::LoginLink(command) => command.run(),
        Command::RotateKeys(command) => command.run(),
        Command::Media(command) => command.run(),
        Command::Space(command) => command.run(),
        Command::Prune(command) => command.run(),
        Command::Health(command) => command.run(),
        Command::Status(command) => command.run(),
        Command::Certificate(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Blocks(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::VerifyBackup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Upgrade(command) => command.run(),
        Command::Recover(command) => command.run(),
        Command::Phrase(command) => command.run(),
        Command::Password(command) => command.run(),
        Command::SecondFactor(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Export(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("taure: {e}");
            ExitCode::FAILURE
        }
    }
}

impl Data {
    fn config(&self, listen: &[String]) -> Result<Config> {
        let config = Config::load(&self.data, listen)?;
        log::write_as(config.log);
        Ok(config)
    }

    /// The store and the instance in it, beside a server that may be running.
    ///
    /// Errors: nobody was set up here.
    fn open(&self) -> Result<(Store, Instance)> {
        let config = self.config(&[])?;
        let nobody = || {
            Error::invalid(format!(
                "there is no account in {}; make one with `taure init` or in the browser with `taure serve`",
                self.data.display()
            ))
        };
        if !config.database().exists() {
            return Err(nobody());
        }
        let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ()))?;
        let instance = store.read(store::instance::get)?.ok_or_else(nobody)?;
        Ok((store, instance))
    }
}
