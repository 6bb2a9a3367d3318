//! `taure import`: an archive or a table from elsewhere, looked at and brought along.

use super::{Data, space};
use crate::error::{Error, Result};
use crate::model::{Import as Row, ImportOptions, ImportState, Plan, Tally, Timestamp, Totals};
use crate::ops::imports::{self, Kind, REASONS, SORTS};
use clap::Args;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Between two lines of progress: on a terminal, where one replaces the other, and elsewhere.
const BEAT: Duration = Duration::from_millis(200);
const SLOW_BEAT: Duration = Duration::from_secs(5);

/// Bring along what you have elsewhere; beside a running server, too, and again after it was interrupted
#[derive(Debug, Args)]
pub struct Import {
    /// An archive of Mastodon's (a zip, a packed tar, or the folder that it was unpacked to), or a table of follows, lists,
    /// blocks, mutes, domains, bookmarks or filters (CSV or JSON), as Mastodon and its siblings write them
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    /// What it is, where it does not show: archive, follows, lists, blocks, mutes, domains, bookmarks or filters
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// Only say what would be taken
    #[arg(long)]
    preview: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Take private mentions, too
    #[arg(long)]
    with_direct: bool,
}

fn kind(text: &str) -> std::result::Result<Kind, String> {
    Kind::parse(text)
        .ok_or_else(|| format!("there are these kinds: {}", Kind::ALL.map(Kind::as_str).join(", ")))
}

impl Import {
    pub fn run(self) -> Result<()> {
        let app = space::open(&self.data)?;
        let options = ImportOptions { direct: self.with_direct };
        let given = imports::open(&app, &self.file, self.kind)?;
        let plan = imports::plan(&app, &given, options)?;
        let room = imports::room(&app)?;
        println!("{} of {}", given.kind.name(), if plan.of.is_empty() { "you" } else { &plan.of });
        preview(&plan, room);
        if self.preview {
            return Ok(());
        }
        if !self.yes && !asked()? {
            println!("Nothing was changed.");
            return Ok(());
        }
        let import = imports::begin(&app, &given, options, plan, None)?;
        if import.state != ImportState::Seen {
            println!("It was begun before, and goes on from there.");
        }
        let mut progress = Progress { shown: Instant::now(), live: io::stdout().is_terminal() };
        let done = imports::run(&app, &given, &import, &mut |import| {
            progress.tell(import);
            true
        });
        progress.end();
        let done = done.map_err(|e| {
            let words = format!("{}; nothing is lost, and the same command goes on from here", e.public);
            Error::new(e.kind, words).because(e)
        })?;
        report(&done.totals);
        Ok(())
    }
}

fn preview(plan: &Plan, room: u64) {
    let date = |at: Option<i64>| at.map(|at| Timestamp(at).to_date());
    if let (Some(oldest), Some(newest)) = (date(plan.oldest), date(plan.newest)) {
        println!("From {oldest} to {newest}");
    }
    for (sort, tally) in sorted(&plan.totals) {
        println!(
            "{sort:<28}{:>9} found, {} to be taken{}",
            tally.found,
            tally.taken + tally.waiting,
            there(tally)
        );
        left(tally);
    }
    println!(
        "{:<28}{:>9} of {} that are left",
        "Room on the disk",
        space::size(plan.bytes),
        space::size(room)
    );
    if plan.bytes > room {
        println!(
            "That is more than there is: it will stop on the way, and can go on when you grant more (disk_mb)."
        );
    }
}

fn report(totals: &Totals) {
    let mut waiting = 0;
    for (sort, tally) in sorted(totals) {
        let out = tally.left_out();
        println!(
            "{sort:<28}{:>9} found = {} taken + {} already there + {out} left out{}",
            tally.found,
            tally.taken,
            tally.there,
            if tally.waiting > 0 { format!(" + {} waiting", tally.waiting) } else { String::new() }
        );
        left(tally);
        waiting += tally.waiting;
    }
    if waiting > 0 {
        println!("The server asks others for the {waiting} that wait, one after the other.");
    }
}

fn there(tally: &Tally) -> String {
    if tally.there > 0 { format!(", {} already there", tally.there) } else { String::new() }
}

fn left(tally: &Tally) {
    for (reason, count) in &tally.left {
        println!("{:<28}{count:>9} left out: {}", "", imports::words(REASONS, reason));
    }
}

/// In the order of the report, each with its name.
fn sorted(totals: &Totals) -> impl Iterator<Item = (String, &Tally)> {
    SORTS.iter().filter_map(|(sort, _)| Some((imports::words(SORTS, sort), totals.get(*sort)?)))
}

/// Whether the person says yes. Nobody to ask is no.
fn asked() -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Err(Error::invalid("nobody can be asked here; say --yes to bring it along, or --preview"));
    }
    print!("Bring it along? [y/N] ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes" | "Yes"))
}

struct Progress {
    shown: Instant,
    live: bool,
}

impl Progress {
    fn tell(&mut self, import: &Row) {
        if self.shown.elapsed() < if self.live { BEAT } else { SLOW_BEAT } {
            return;
        }
        self.shown = Instant::now();
        let (done, all) = imports::progress(import);
        let percent = (done * 100).checked_div(all).unwrap_or(0).min(100);
        let line = format!("{done} of {all} ({percent} %)");
        let mut out = io::stdout();
        let _ = match self.live {
            true => write!(out, "\r\x1b[K{line}").and_then(|()| out.flush()),
            false => writeln!(out, "{line}"),
        }; // a closed pipe stops nobody from moving in
    }

    fn end(&self) {
        if self.live {
            print!("\r\x1b[K");
        }
    }
}
