//! Moving in: what the owner brings along from elsewhere.
//!
//! # The frame
//!
//! An import is a row ([`Import`]) and a thing that is read ([`Given`]: an archive, a folder, a table). It goes through five
//! functions, whoever asks, the command or the page:
//!
//! 1. [`open`] says what the thing is. A new kind is a variant of [`Kind`], a file here, and an arm in each `match`.
//! 2. [`plan`] reads all of it and changes nothing: the preview.
//! 3. [`begin`] makes the row, or finds the one of the same thing that is not over.
//! 4. [`run`] works until it is done, or until it is told to stop. It works in steps ([`Errand::step`]): what a step takes, the
//!    place where the next one begins and the numbers of the report are one short transaction. So a `kill -9` at any instant
//!    costs one step that nothing shows of, and of two that work at the same thing one is refused.
//! 5. [`ask_next`] does what needs other servers, later and slowly: a kind puts it aside with `imports::wait`, and
//!    `settled` has an arm for each sort.
//!
//! A kind keeps its place as two numbers: `phase`, the part it is in, and `position`, whatever it counts within. It counts each
//! thing that it finds once, by sort, in [`Totals`], as taken, there before, waiting, or left out for one of [`REASONS`]: so the
//! report adds up. Files of others' making are hostile: see `pack.rs` for what is believed of them.
//!
//! No post that is brought along is sent to anybody: no deliveries, no notifications, no events. Follows and blocks are told,
//! as they are when the owner makes them by hand.

pub mod archive;
mod items;
pub mod pack;
pub mod tables;
mod zip;

use super::{budget, resolve};
use crate::app::App;
use crate::error::{self, Error, Result};
use crate::http::Upload;
use crate::model::time::{DAY, HOUR, MINUTE, SECOND};
use crate::model::*;
use crate::store::{Tx, imports, jobs, statuses};
use crate::words::say;
use pack::Pack;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// What can be brought along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The archive that Mastodon gives its users.
    Archive,
    /// Tables of it and of others, with a row for each.
    Follows,
    Lists,
    Blocks,
    Mutes,
    Domains,
    Bookmarks,
    Filters,
}

/// Why something is left out: its word in the report, and what that says.
pub const REASONS: &[(&str, &str)] = &[
    ("barred", "import-left-barred"),
    ("boost", "import-left-boost"),
    ("broken", "import-left-broken"),
    ("deleted", "import-left-deleted"),
    ("direct", "import-left-direct"),
    ("elsewhere", "import-left-elsewhere"),
    ("foreign", "import-left-foreign"),
    ("future", "import-left-future"),
    ("gone", "import-left-gone"),
    ("have", "import-left-have"),
    ("large", "import-left-large"),
    ("like", "import-left-like"),
    ("many", "import-left-many"),
    ("missing", "import-left-missing"),
    ("nobody", "import-left-nobody"),
    ("over", "import-left-over"),
    ("post", "import-left-post"),
    ("refused", "import-left-refused"),
    ("silent", "import-left-silent"),
    ("undated", "import-left-undated"),
    ("unknown", "import-left-unknown"),
    ("unseen", "import-left-unseen"),
];

/// What is counted, and how the report calls it.
pub const SORTS: &[(&str, &str)] = &[
    ("posts", "import-sort-posts"),
    ("files", "import-sort-files"),
    ("pins", "import-sort-pins"),
    ("bookmarks", "import-sort-bookmarks"),
    ("likes", "import-sort-likes"),
    ("profile", "import-sort-profile"),
    ("follows", "import-kind-follows"),
    ("lists", "import-kind-lists"),
    ("blocks", "import-kind-blocks"),
    ("mutes", "import-kind-mutes"),
    ("domains", "import-kind-domains"),
    ("filters", "import-kind-filters"),
    ("filtered", "import-sort-filtered"),
];

/// What an archive may put aside for later.
pub const WAITING: u64 = 2_000;
/// When a server is asked again that did not answer.
const AGAIN: [i64; 3] = [10 * MINUTE, 3 * HOUR, DAY];
/// Between two questions to other servers.
const PAUSE: i64 = 2 * SECOND;
/// A preview that nobody goes on from is kept for so long, and a file that nothing needs.
const FORGOTTEN: i64 = 7 * DAY;
const LEFT: Duration = Duration::from_secs(24 * 3600);
/// How long the worker works at one before others have their turn.
const SLICE: Duration = Duration::from_secs(2);
/// The longest that the file is left to others between two steps.
const REST: Duration = Duration::from_millis(50);

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::Archive,
        Kind::Follows,
        Kind::Lists,
        Kind::Blocks,
        Kind::Mutes,
        Kind::Domains,
        Kind::Bookmarks,
        Kind::Filters,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Archive => "archive",
            Kind::Follows => "follows",
            Kind::Lists => "lists",
            Kind::Blocks => "blocks",
            Kind::Mutes => "mutes",
            Kind::Domains => "domains",
            Kind::Bookmarks => "bookmarks",
            Kind::Filters => "filters",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Archive => say("import-kind-archive"),
            Kind::Follows => say("import-kind-follows"),
            Kind::Lists => say("import-kind-lists"),
            Kind::Blocks => say("import-kind-blocks"),
            Kind::Mutes => say("import-kind-mutes"),
            Kind::Domains => say("import-kind-domains"),
            Kind::Bookmarks => say("import-sort-bookmarks"),
            Kind::Filters => say("import-kind-filters"),
        }
    }
}

/// In people's words; the table's own word where there are none, which a test forbids.
pub fn words(of: &'static [(&'static str, &'static str)], word: &str) -> String {
    of.iter()
        .find(|(known, _)| *known == word)
        .map_or_else(|| word.to_owned(), |(_, key)| say(key).to_owned())
}

/// What was handed in.
pub struct Given {
    pub pack: Pack,
    pub kind: Kind,
    /// Tells the same thing given twice.
    source: String,
}

/// Opens a file or a folder, and recognises it unless `kind` says what it is.
///
/// Errors: `Invalid` for what is nothing that is known, or damaged, or a table that does not say what it is; `NoSpace`.
pub fn open(app: &App, path: &Path, kind: Option<Kind>) -> Result<Given> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    open_named(app, path, &name, kind)
}

/// As [`open`]; `name` is what the file is called where it comes from.
fn open_named(app: &App, path: &Path, name: &str, kind: Option<Kind>) -> Result<Given> {
    let mut left = room(app)?;
    let mut fits = |bytes: u64| {
        left = left.checked_sub(bytes).ok_or_else(used_up)?;
        Ok(())
    };
    let pack = Pack::open(path, &app.config.imports(), &mut fits)?;
    let known = (|| {
        let kind = match kind {
            Some(kind) => kind,
            None if archive::is_one(&pack)? => Kind::Archive,
            None => tables::recognise(&pack, name)?,
        };
        Ok((kind, pack.fingerprint()?))
    })();
    match known {
        Ok((kind, source)) => Ok(Given { pack, kind, source }),
        Err(e) => {
            pack.forget(&app.config.imports());
            Err(e)
        }
    }
}

/// What is there, and what would become of it.
///
/// Errors: `Invalid` for what is damaged.
pub fn plan(app: &App, given: &Given, options: ImportOptions) -> Result<Plan> {
    match given.kind {
        Kind::Archive => archive::plan(app, &given.pack, options),
        kind => tables::plan(app, kind, &given.pack),
    }
}

/// The import of the same thing that is not over, or a new one. `file`: in the folder of imports, if it is ours to remove.
pub fn begin(
    app: &App,
    given: &Given,
    options: ImportOptions,
    plan: Plan,
    file: Option<String>,
) -> Result<Import> {
    app.store.write(|tx| {
        let known = imports::unfinished(tx, given.kind.as_str(), &given.source)?;
        if let Some(known) = known {
            // What was begun goes on as it was begun.
            if known.state == ImportState::Seen {
                imports::set_options(tx, known.id, options)?;
            }
            return imports::get(tx, known.id);
        }
        let new = Import {
            id: RowId::at(tx.now),
            kind: given.kind.as_str().to_owned(),
            source: given.source.clone(),
            file,
            options,
            plan,
            ..Import::default()
        };
        imports::insert(tx, &new)?;
        imports::get(tx, new.id)
    })
}

/// Works at an import until it is done, or `go_on` says no: it is asked after each step. Returns it as it then stands.
///
/// Errors: those of the kind, after which it can go on; `NoSpace` when the budget of the disk is used up; `Conflict` when
/// somebody else works at it.
pub fn run(
    app: &App,
    given: &Given,
    import: &Import,
    go_on: &mut dyn FnMut(&Import) -> bool,
) -> Result<Import> {
    let id = import.id;
    app.store.write(|tx| imports::set_state(tx, id, ImportState::Running, None))?;
    let import = app.store.read(|c| imports::get(c, id))?;
    let mut errand = Errand { app, given, import, go_on, left: 0 };
    let done = match given.kind {
        Kind::Archive => archive::run(&mut errand),
        _ => tables::run(&mut errand),
    };
    match done {
        Ok(true) => finish(app, id, &given.source),
        Ok(false) => app.store.read(|c| imports::get(c, id)),
        Err(e) => {
            if e.kind != error::Kind::Conflict {
                // A full disk may not even take this.
                let _ =
                    app.store.write(|tx| imports::set_state(tx, id, ImportState::Stopped, Some(&e.public)));
            }
            Err(e)
        }
    }
}

fn finish(app: &App, id: RowId, source: &str) -> Result<Import> {
    let import = app.store.write(|tx| {
        imports::set_state(tx, id, ImportState::Done, None)?;
        if imports::next_waiting(tx, id)?.is_some() {
            jobs::set_alarm(tx, &Job::ImportNext { import: id }, tx.now)?;
        }
        imports::get(tx, id)
    })?;
    remove_files(app, &import, source);
    Ok(import)
}

fn remove_files(app: &App, import: &Import, source: &str) {
    pack::forget(&app.config.imports(), source);
    if let Some(file) = &import.file {
        let _ = fs::remove_file(app.config.imports().join(file)); // swept up with its row
    }
}

/// One import at work.
pub struct Errand<'a> {
    pub app: &'a App,
    pub given: &'a Given,
    pub import: Import,
    go_on: &'a mut dyn FnMut(&Import) -> bool,
    /// Bytes that may still be written before the budget is looked at again.
    left: u64,
}

impl Errand<'_> {
    /// One step: what `take` writes, and the place where the next begins. `false`: it is to stop here.
    pub fn step(
        &mut self,
        to: (i64, i64),
        take: &mut dyn FnMut(&Tx, &mut Totals) -> Result<()>,
    ) -> Result<bool> {
        let begun = Instant::now();
        let totals = self.app.store.write(|tx| {
            let mut totals = self.import.totals.clone();
            take(tx, &mut totals)?;
            imports::advance(tx, &self.import, to, &totals)?;
            Ok(totals)
        })?;
        (self.import.phase, self.import.position) = to;
        self.import.totals = totals;
        let go_on = (self.go_on)(&self.import);
        // Others wait for the file, perhaps in another process, where nobody queues: they have half of the time.
        std::thread::sleep(begun.elapsed().min(REST));
        Ok(go_on)
    }

    /// Asks for so many bytes of the disk.
    ///
    /// Errors: `NoSpace`.
    pub fn spend(&mut self, bytes: u64) -> Result<()> {
        if bytes > self.left {
            self.left = room(self.app)?;
        }
        self.left = self.left.checked_sub(bytes).ok_or_else(used_up)?;
        match budget::fits_beside(self.app, bytes)? {
            true => Ok(()),
            false => Err(used_up()),
        }
    }
}

/// What the budget of the disk has left for the owner: others' files give way.
///
/// Errors: the disk cannot be asked.
pub fn room(app: &App) -> Result<u64> {
    let space = budget::measure(app)?;
    Ok(space.granted.saturating_sub(space.used() - space.cache))
}

fn used_up() -> Error {
    Error::new(
        error::Kind::NoSpace,
        "The room that Taure may take of the disk is used up. Make room or grant more (disk_mb), and go on",
    )
}

/// What came by the browser: it is kept, looked at, and waits for the owner's word.
///
/// Errors: as [`open`] and [`plan`]; then nothing is kept.
pub fn receive(app: &App, file: &Upload, kind: Option<Kind>) -> Result<Import> {
    let folder = app.config.imports();
    fs::create_dir_all(&folder)?;
    let name = file.path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| Error::internal("no name"))?.to_owned();
    let path = folder.join(&name);
    fs::rename(&file.path, &path)?;
    let made = (|| {
        let given = open_named(app, &path, &file.name, kind)?;
        let plan = plan(app, &given, ImportOptions::default());
        let plan = plan.inspect_err(|_| given.pack.forget(&folder))?;
        begin(app, &given, ImportOptions::default(), plan, Some(name.clone()))
    })();
    match &made {
        Ok(import) if import.file.as_ref() == Some(&name) => {}
        // The same thing a second time goes on; where the command began it, with what is here now.
        Ok(import) if import.file.is_none() => {
            app.store.write(|tx| imports::set_file(tx, import.id, Some(&name)))?
        }
        _ => fs::remove_file(&path)?,
    }
    app.store.read(|c| imports::get(c, made?.id))
}

/// The worker shall work at it.
///
/// Errors: `NotFound`; `Invalid` when its file is not here.
pub fn start(app: &App, id: RowId, options: ImportOptions) -> Result<()> {
    app.store.write(|tx| {
        let import = imports::get(tx, id)?;
        if import.file.is_none() {
            return Err(Error::invalid("The command works at this import; run it again to go on"));
        }
        match import.state {
            ImportState::Done => return Ok(()),
            ImportState::Seen => imports::set_options(tx, id, options)?,
            ImportState::Running | ImportState::Stopped => {}
        }
        imports::set_state(tx, id, ImportState::Running, None)?;
        jobs::set_alarm(tx, &Job::Import { import: id }, tx.now)
    })
}

/// Forgets an import, what waits of it, and its file. What it brought stays.
pub fn forget(app: &App, id: RowId) -> Result<()> {
    let import = app.store.write(|tx| {
        let import = imports::get(tx, id)?;
        jobs::drop_alarm(tx, &Job::Import { import: id })?;
        jobs::drop_alarm(tx, &Job::ImportNext { import: id })?;
        imports::delete(tx, id)?;
        Ok(import)
    })?;
    remove_files(app, &import, &import.source);
    Ok(())
}

/// What was looked at a week ago and not begun is forgotten; so are files that no import needs. What a command worked at that
/// was killed has stopped.
///
/// Errors: the store's and the disk's.
pub fn sweep(app: &App) -> Result<()> {
    let open: Vec<Import> = app.store.read(imports::list)?;
    for old in
        open.iter().filter(|i| i.state == ImportState::Seen && i.updated_at < app.now().plus(-FORGOTTEN))
    {
        forget(app, old.id)?;
    }
    let silent = |i: &Import| {
        i.state == ImportState::Running && i.file.is_none() && i.updated_at < app.now().plus(-HOUR)
    };
    for one in open.iter().filter(|i| silent(i)) {
        app.store.write(|tx| match silent(&imports::get(tx, one.id)?) {
            true => {
                let why = "The command was interrupted; run it again to go on";
                imports::set_state(tx, one.id, ImportState::Stopped, Some(why))
            }
            false => Ok(()),
        })?;
    }
    let needed = |name: &str| {
        let of = |i: &Import| {
            i.file.as_deref() == Some(name) || name.strip_suffix(".tar") == Some(i.source.as_str())
        };
        open.iter().any(|i| i.state != ImportState::Done && of(i))
    };
    let entries = match fs::read_dir(app.config.imports()) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries.flatten() {
        let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok());
        if age.is_some_and(|age| age > LEFT) && !needed(&entry.file_name().to_string_lossy()) {
            let _ = fs::remove_file(entry.path()); // the next hour tries again
        }
    }
    Ok(())
}

/// Works at an import for a moment. `true`: there is more.
///
/// Errors: the store's. What is wrong with the import stands in its row.
pub fn slice(app: &App, id: RowId) -> Result<bool> {
    let import = match app.store.read(|c| imports::get(c, id)) {
        Err(e) if e.kind == error::Kind::NotFound => return Ok(false), // forgotten
        import => import?,
    };
    let (Some(file), ImportState::Running) = (&import.file, import.state) else { return Ok(false) };
    let until = Instant::now() + SLICE;
    let worked = (|| {
        let given = open(app, &app.config.imports().join(file), Kind::parse(&import.kind))?;
        run(app, &given, &import, &mut |_| Instant::now() < until)
    })();
    match worked {
        Ok(import) => Ok(import.state == ImportState::Running),
        Err(e) if e.kind == error::Kind::Conflict => Ok(false), // the command works at it
        Err(e) => {
            tracing::warn!(import = %id, error = %e, "an import stopped");
            app.store.write(|tx| imports::set_state(tx, id, ImportState::Stopped, Some(&e.public)))?;
            Ok(false)
        }
    }
}

/// Asks other servers for the next thing that an import put aside. `Some`: when for the one after.
///
/// Errors: the store's, and our own.
pub fn ask_next(app: &App, id: RowId) -> Result<Option<Timestamp>> {
    let Some(next) = app.store.read(|c| imports::next_waiting(c, id))? else { return Ok(None) };
    if next.due > app.now() {
        return Ok(Some(next.due));
    }
    settled(app, id, &next)?;
    let more = app.store.read(|c| imports::next_waiting(c, id))?;
    Ok(more.map(|more| more.due.max(app.now().plus(PAUSE))))
}

fn settled(app: &App, id: RowId, next: &imports::Waiting) -> Result<()> {
    let sort = next.sort.as_str();
    let done = match Kind::parse(sort) {
        Some(Kind::Bookmarks) => resolve::status(app, &next.what).and_then(|status| {
            let made = app.store.write(|tx| statuses::set_bookmarked(tx, status.id, true))?.made();
            Ok(if made { Outcome::Taken } else { Outcome::There })
        }),
        Some(kind) => tables::bring(app, kind, &next.what),
        None => Ok(Outcome::Left("unknown")),
    };
    let outcome = match done {
        Ok(outcome) => outcome,
        Err(e) if matches!(e.kind, error::Kind::Internal | error::Kind::NoSpace) => return Err(e),
        Err(e) => {
            let silent = matches!(e.kind, error::Kind::Unavailable | error::Kind::TooManyRequests);
            let again = usize::try_from(next.tries).ok().and_then(|tries| AGAIN.get(tries));
            if let (true, Some(later)) = (silent, again) {
                return app.store.write(|tx| imports::postpone(tx, next.row, tx.now.plus(*later)));
            }
            Outcome::Left(match e.kind {
                _ if silent => "silent",
                error::Kind::Forbidden => "barred",
                _ if sort == "bookmarks" => "gone",
                error::Kind::NotFound | error::Kind::Gone | error::Kind::Invalid => "nobody",
                _ => "silent",
            })
        }
    };
    app.store.write(|tx| imports::settle(tx, id, next.row, sort, outcome))
}

/// How many things are behind, of how many.
pub fn progress(import: &Import) -> (u64, u64) {
    let found = |totals: &Totals| totals.values().map(|tally| tally.found).sum();
    let (done, all): (u64, u64) = (found(&import.totals), found(&import.plan.totals));
    (done.min(all), all)
}
