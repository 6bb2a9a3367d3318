//! `taure backup`, `taure verify-backup` and `taure restore`: everything in one file, and back.

use super::Data;
use super::init::read_line;
use crate::app;
use crate::error::{Error, Result};
use crate::ops::backup::{self, Manifest, PASSPHRASE_LETTERS, Place, Source};
use crate::ops::snapshots::BACKED_UP;
use crate::store::snapshot::{self, Counts};
use crate::words;
use clap::Args;

/// Write everything into one file: keys, posts, settings and your own files; beside a running server, too
#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    data: Data,
    /// Where to: a file; or a folder or s3://bucket/folder, which get a file with the date in its name. The address and the
    /// keys of the bucket are those of [s3], or TAURE_BACKUP_S3_ENDPOINT, _REGION, _ACCESS_KEY and _SECRET_KEY
    #[arg(value_name = "FILE|DIR|s3://BUCKET/DIR")]
    to: String,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Your files that are in the bucket, too
    #[arg(long)]
    with_bucket: bool,
    /// Keep this many in a folder, the new one among them, and remove older ones of the same server
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
}

/// Look whether a backup is whole; unpacks the database into TMPDIR for that
#[derive(Debug, Args)]
pub struct VerifyBackup {
    #[command(flatten)]
    data: Data,
    /// A file, one in a bucket, or the newest in a folder of a bucket
    #[arg(value_name = "FILE|s3://BUCKET/DIR")]
    file: String,
    #[command(flatten)]
    passphrase: Passphrase,
}

/// Make a server from a backup, in a folder that is empty or not there yet
#[derive(Debug, Args)]
pub struct Restore {
    #[command(flatten)]
    data: Data,
    /// A file, one in a bucket, or the newest in a folder of a bucket
    #[arg(value_name = "FILE|s3://BUCKET/DIR")]
    file: String,
    #[command(flatten)]
    passphrase: Passphrase,
}

#[derive(Debug, Args)]
pub(super) struct Passphrase {
    /// The first line of standard input seals the backup, and opens it again [env: TAURE_BACKUP_PASSPHRASE]
    #[arg(long)]
    passphrase_stdin: bool,
}

impl Passphrase {
    pub(super) fn read(&self) -> Result<Option<String>> {
        match self.passphrase_stdin {
            true => read_line("--passphrase-stdin").map(Some),
            false => Ok(std::env::var("TAURE_BACKUP_PASSPHRASE").ok().filter(|words| !words.is_empty())),
        }
    }
}

impl Backup {
    pub fn run(self) -> Result<()> {
        let config = self.data.config(&[])?;
        if !config.database().exists() {
            return Err(Error::invalid(format!("there is no server in {}", config.data.display())));
        }
        let passphrase = self.passphrase.read()?;
        if passphrase.as_ref().is_some_and(|words| words.chars().count() < PASSPHRASE_LETTERS) {
            return Err(Error::invalid(format!(
                "please take a passphrase of at least {PASSPHRASE_LETTERS} characters; some random words are best"
            )));
        }
        let to = Place::read(&self.to, &config)?;
        let is_one = match &to {
            Place::Disk(path) => !path.is_dir(),
            Place::Bucket { name, .. } => name.is_some(),
        };
        if self.keep.is_some() && is_one {
            return Err(Error::invalid("--keep is for a folder, which holds several backups"));
        }
        let files = app::files(&config)?;
        let wanted = backup::Wanted {
            to: &to,
            passphrase: passphrase.as_deref(),
            with_bucket: self.with_bucket,
            keep: self.keep.map(|n| n as usize),
        };
        let made = backup::make(&config, &files, &wanted)?;
        println!("{} is whole: {}", made.name, words::bytes(made.bytes));
        println!("{}", files_line(&made.manifest));
        if made.removed > 0 {
            println!("{} older ones were removed.", made.removed);
        }
        if passphrase.is_none() {
            println!("It is not sealed: whoever reads it has your keys.");
        }
        // Only `status` and the pages tell of it.
        snapshot::note(&config.database(), BACKED_UP, config.clock.now()).unwrap_or_else(|e| {
            tracing::debug!(error = %e, "the time of the backup could not be noted");
        });
        Ok(())
    }
}

impl VerifyBackup {
    pub fn run(self) -> Result<()> {
        let from = Source::open(&self.file, &self.data.config(&[])?)?;
        let name = from.name.clone();
        let (manifest, counts) = backup::verify(from, self.passphrase.read()?.as_deref())?;
        println!("{name} is whole");
        print(&manifest, &counts);
        Ok(())
    }
}

impl Restore {
    pub fn run(self) -> Result<()> {
        let now = crate::model::Clock::default().now();
        let passphrase = self.passphrase.read()?;
        let from = Source::open(&self.file, &self.data.config(&[])?)?;
        let done = backup::restore(from, passphrase.as_deref(), &self.data.data, now)?;
        println!("{} holds the server again; begin with `taure serve`", self.data.data.display());
        print(&done.manifest, &done.counts);
        println!(
            "What happened since then is not in it. What was being sent then is sent again, under the same ids,"
        );
        println!("which other servers know; sessions and tokens are those of then.");
        if done.held > 0 {
            println!(
                "{} scheduled posts were to go out since. They may have: look at them under Scheduled, and give those a new time that are to go out.",
                done.held
            );
        }
        Ok(())
    }
}

fn print(manifest: &Manifest, counts: &Counts) {
    println!(
        "{} of {}, made at {} by taure {} (schema {})",
        manifest.username, manifest.address, manifest.created, manifest.version, manifest.schema
    );
    println!(
        "{} posts, {} of them yours; {} followers, {} followed; {} keys, {} tokens; {} deliveries under way",
        counts.posts,
        counts.own_posts,
        counts.followers,
        counts.following,
        counts.keys,
        counts.tokens,
        counts.waiting
    );
    println!("{}", files_line(manifest));
}

fn files_line(manifest: &Manifest) -> String {
    let (files, bytes) = manifest.files();
    let mut line = format!("{files} files of yours ({})", words::bytes(bytes));
    if let Some(bucket) = &manifest.bucket {
        line +=
            &format!("; NOT in it: {} files in {bucket}, unless --with-bucket is given", manifest.in_bucket);
    }
    if manifest.missing > 0 {
        line += &format!("; {} were nowhere to be found", manifest.missing);
    }
    line
}
