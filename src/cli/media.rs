//! `taure media move`: the owner's files from the folder into the bucket, or back.

use super::Data;
use super::serve::{LOCK, bucket_name};
use crate::app;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::media::moving::Moved;
use crate::ops::media_move;
use clap::{Args, Subcommand, ValueEnum};
use std::fs::File;
use std::io::Write;

/// A line of progress after so many files.
const STEP: usize = 100;

/// The files of your posts, your profile and your emojis
#[derive(Debug, Args)]
pub struct Media {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Move(Move),
}

/// Move all files into the bucket of [s3], or back; beside a running server, and again after it was interrupted
#[derive(Debug, Args)]
struct Move {
    #[command(flatten)]
    data: Data,
    /// Where to
    #[arg(long)]
    to: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    S3,
    Disk,
}

impl Media {
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Move(command) => command.run(),
        }
    }
}

impl Move {
    fn run(self) -> Result<()> {
        let (store, _) = self.data.open()?;
        let config = self.data.config(&[])?;
        let name = bucket_name(&config)?;
        if name.is_empty() {
            return Err(Error::invalid("no bucket is named: [s3] is missing in taure.toml"));
        }
        let _only_one = lock(&config)?;
        let files = app::files(&config)?;
        let (mut done, mut out) = (0, std::io::stdout());
        let mut told = |key: &str, moved: Moved, all: usize| {
            done += 1;
            let line = match moved {
                Moved::Broken => format!("{key} is broken, and stays where it is"),
                _ if done % STEP == 0 => format!("{done} of {all}"),
                _ => return,
            };
            let _ = writeln!(out, "{line}"); // a closed pipe stops nobody from moving
        };
        let moved = match self.to {
            Target::S3 => {
                refuse_unless_known(&config, &name)?;
                media_move::to_bucket(&store, &files, &mut told)
            }
            Target::Disk => media_move::to_disk(&store, &files, &mut told),
        };
        let moved = moved.map_err(|e| {
            Error::new(
                e.kind,
                format!("{}; nothing is lost, and the same command goes on from here", e.public),
            )
            .because(e)
        })?;
        println!("{} files ({} bytes) moved {}", moved.files, moved.bytes, self.to.words(&name));
        if moved.gone > 0 {
            println!("{} were deleted meanwhile", moved.gone);
        }
        if self.to == Target::Disk && running(&config)? {
            println!(
                "The running server still puts new files there. To leave the bucket, stop it, move once more, take [s3] away and start it."
            );
        }
        match moved.broken {
            0 => Ok(()),
            n => Err(Error::invalid(format!(
                "{n} files are broken: their content is not what their name says"
            ))),
        }
    }
}

impl Target {
    fn words(self, bucket: &str) -> String {
        match self {
            Target::S3 => format!("to {bucket}"),
            Target::Disk => format!("back from {bucket}"),
        }
    }
}

/// Two that move into opposite directions could each remove what the other has just copied.
fn lock(config: &Config) -> Result<File> {
    let file = File::create(config.data.join("move.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::invalid("files are being moved already")),
        Err(std::fs::TryLockError::Error(e)) => Err(e.into()),
    }
}

/// Whether a server holds its lock on this folder.
fn running(config: &Config) -> Result<bool> {
    match File::open(config.data.join(LOCK)) {
        Ok(file) => match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(std::fs::TryLockError::WouldBlock) => Ok(true),
            Err(std::fs::TryLockError::Error(e)) => Err(e.into()),
        },
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e.into()),
    }
}

/// A server that does not know the bucket would not find what is moved there.
///
/// Errors: `Invalid`.
fn refuse_unless_known(config: &Config, name: &str) -> Result<()> {
    if running(config)? && std::fs::read_to_string(config.data.join(LOCK))? != name {
        return Err(Error::invalid(
            "the running server has not read these settings of [s3]; restart it first",
        ));
    }
    Ok(())
}
