//! `taure space` and `taure prune`: where every byte is, and getting some of them back.

use super::Data;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ops::{budget, pruning};
use crate::store::space;
use clap::Args;

/// Show where every byte is, and what pruning would free
#[derive(Debug, Args)]
pub struct Space {
    #[command(flatten)]
    data: Data,
}

/// Forget now what the hourly tidying would forget, and give the room back to the disk; beside a running server, too
#[derive(Debug, Args)]
pub struct Prune {
    #[command(flatten)]
    data: Data,
    /// Posts of others that are older and that you did nothing with [default: keep_posts_days]
    #[arg(long, value_name = "DAYS")]
    days: Option<u32>,
    /// Others' pictures and films as well; what is looked at again is fetched again
    #[arg(long)]
    cache: bool,
    /// Only say what would go
    #[arg(long)]
    dry_run: bool,
}

impl Space {
    pub fn run(self) -> Result<()> {
        let app = open(&self.data)?;
        let of = budget::measure(&app)?;
        let (posts, own) = app.store.read(space::posts)?;
        let can = pruning::prunable(&app, i64::from(app.config.keep_posts_days))?;
        let line = |what: &str, bytes: u64, note: &str| println!("{what:<24}{:>12}  {note}", size(bytes));
        line(
            "Disk",
            of.disk.total,
            &format!("{} free, of which {} stay free", size(of.disk.free), size(of.floor)),
        );
        line("Granted", of.granted, "disk_mb");
        line("Used", of.used(), "");
        line("  Database", of.database, &format!("{posts} posts, {own} of them yours"));
        for (table, bytes) in app.store.read(space::tables)?.into_iter().take(12) {
            line(&format!("    {table}"), u64::try_from(bytes).unwrap_or(0), "");
        }
        line("  Your files", of.media, "");
        line("  Others' files", of.cache, &format!("at most {}", size(of.cache_limit)));
        line("  Uploads under way", of.uploads, "");
        line("  Snapshots", of.snapshots, "copies of the database");
        line("  Held back", of.reserve, "so that you can post on a full disk");
        println!("\n`taure prune` would free");
        line(
            "  in the database",
            can.free + can.posts_bytes,
            &posts_note(can.posts, app.config.keep_posts_days),
        );
        line("  with --cache", can.cache, "");
        Ok(())
    }
}

impl Prune {
    pub fn run(self) -> Result<()> {
        let app = open(&self.data)?;
        let days = self.days.unwrap_or(app.config.keep_posts_days);
        if self.dry_run {
            let can = pruning::prunable(&app, i64::from(days))?;
            println!(
                "{} in the database would go: {}",
                size(can.free + can.posts_bytes),
                posts_note(can.posts, days)
            );
            if self.cache {
                println!("{} of others' files would go", size(can.cache));
            }
            return Ok(());
        }
        let done = pruning::prune(&app, i64::from(days), self.cache)?;
        println!("{} rows were forgotten; the database is {} smaller", done.rows, size(done.database));
        if self.cache {
            println!("{} of others' files went", size(done.cache));
        }
        Ok(())
    }
}

pub fn open(data: &Data) -> Result<App> {
    drop(data.open()?); // which says what to do where nobody lives
    App::open(data.config(&[])?)?.ok_or_else(|| Error::invalid("there is no account here"))
}

fn posts_note(posts: usize, days: u32) -> String {
    match days {
        0 => "posts of others are kept for ever".to_owned(),
        days => format!("{posts} posts of others, older than {days} days and touched by nobody"),
    }
}

/// `1.5 GB`, in powers of 1,024, as the settings count.
pub fn size(bytes: u64) -> String {
    crate::words::bytes(bytes)
}
