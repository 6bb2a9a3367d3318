//! Lists of blocks: brought as a file, or subscribed to by their address and read again each day.
//!
//! What would end follows is never done by a list: such an entry is a draft until the owner decides. What the owner
//! decided about a domain stays, exceptions among it, whatever a list says; what came from lists alone goes when the last
//! of them takes it back.

pub mod read;

use super::domain_blocks::{self as servers, settle_all};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::{DAY, HOUR};
use crate::model::*;
use crate::remote::Request;
use crate::store::{Store, Tx, blocklists, domain_blocks, jobs};
use read::Read;
use rusqlite::Connection;
use std::collections::HashSet;
use url::Url;

/// Lists that the owner can subscribe to.
pub const LISTS: usize = 5;
/// Entries that one transaction writes.
const BATCH: usize = 1_000;
/// A list that could not be read is asked for again so soon.
const SOON: i64 = 6 * HOUR;

/// What a file or list would do.
#[derive(Debug, Default)]
pub struct Outlook {
    pub entries: usize,
    pub obfuscated: usize,
    pub skipped: usize,
    /// Domains where the owner would lose somebody; those entries become drafts.
    pub losses: Vec<Ties>,
}

/// What a list would do, which is not done.
///
/// Errors: `Invalid` for what has no entry at all.
pub fn outlook(store: &Store, me: &Instance, list: &Read) -> Result<Outlook> {
    if list.entries.is_empty() {
        return Err(Error::invalid("There is no server in this list that could be blocked"));
    }
    let losses = store.read(|c| Ok(Cutting::of(c, me, &list.entries)?.losses))?;
    Ok(Outlook { entries: list.entries.len(), obfuscated: list.obfuscated, skipped: list.skipped, losses })
}

/// Which entries would end follows.
struct Cutting {
    domains: HashSet<String>,
    losses: Vec<Ties>,
    own: [String; 2],
}

impl Cutting {
    fn of(c: &Connection, me: &Instance, entries: &[ServerBlock]) -> Result<Cutting> {
        let suspended: HashSet<&str> =
            entries.iter().filter(|e| e.rules.has(Rules::HIDE)).map(|e| e.domain.as_str()).collect();
        let (mut domains, mut losses) = (HashSet::new(), Vec::new());
        for ties in domain_blocks::ties(c)? {
            let hit: Vec<&str> =
                domain_blocks::above(&ties.domain).filter(|domain| suspended.contains(domain)).collect();
            if !hit.is_empty()
                && !domain_blocks::rules(c, &ties.domain)?.has(Rules::HIDE)
                && !is_excepted(c, &ties.domain)?
            {
                domains.extend(hit.into_iter().map(str::to_owned));
                losses.push(ties);
            }
        }
        Ok(Cutting { domains, losses, own: [me.domain.clone(), me.host.clone()] })
    }

    /// Whether the entry is about this very server.
    fn is_own(&self, domain: &str) -> bool {
        self.own.iter().any(|own| domain_blocks::above(own).any(|name| name == domain))
    }
}

/// Keeps a file's entries until the owner takes them ([`take_file`]) or not. An earlier file goes.
///
/// Errors: `Invalid` for what has no entry; `TooLarge`.
pub fn keep_file(app: &App, bytes: &[u8]) -> Result<Outlook> {
    let list = read_file(bytes)?;
    let outlook = outlook(&app.store, &app.instance, &list)?;
    keep(&app.store, &list)?;
    Ok(outlook)
}

/// The same for what was read already.
pub fn keep(store: &Store, list: &Read) -> Result<()> {
    forget(store)?;
    for some in list.entries.chunks(BATCH) {
        store.write(|tx| {
            for block in some {
                // What waits for the owner already goes on waiting.
                if blocklists::find(tx, &block.domain, blocklists::FILE)?.is_none() {
                    blocklists::put(tx, &entry(block, blocklists::FILE, EntryState::Preview), tx.now)?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Errors: `TooLarge`.
pub fn read_file(bytes: &[u8]) -> Result<Read> {
    if bytes.len() as u64 > read::BYTES {
        return refuse_large();
    }
    Ok(read::read(bytes))
}

/// Errors: `TooLarge`, always.
pub fn refuse_large<T>() -> Result<T> {
    Err(Error::new(Kind::TooLarge, "A list can have 8 megabytes"))
}

fn entry(block: &ServerBlock, list: RowId, state: EntryState) -> ListEntry {
    ListEntry {
        domain: block.domain.clone(),
        list,
        rules: block.rules,
        comment: block.public_comment.clone(),
        state,
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    pub blocked: usize,
    pub drafts: usize,
    /// Known already, or an exception, or this very server.
    pub left: usize,
}

/// Takes what [`keep_file`] kept.
pub fn take_file(app: &App) -> Result<Taken> {
    take(&app.store, &app.instance)
}

/// What the owner would lose by what [`keep_file`] kept.
pub fn losses_of_file(app: &App) -> Result<Vec<Ties>> {
    let blocks = kept(&app.store)?;
    app.store.read(|c| Ok(Cutting::of(c, &app.instance, &blocks)?.losses))
}

fn kept(store: &Store) -> Result<Vec<ServerBlock>> {
    let (mut after, mut blocks) = (String::new(), Vec::new());
    loop {
        let some = store.read(|c| blocklists::of_file(c, &after, BATCH as i64))?;
        let Some(last) = some.last() else { return Ok(blocks) };
        after.clone_from(&last.domain);
        blocks.extend(some.into_iter().map(|e| ServerBlock {
            domain: e.domain,
            rules: e.rules,
            public_comment: e.comment,
            ..ServerBlock::default()
        }));
    }
}

/// As [`take_file`], beside a server that may be running.
pub fn take(store: &Store, me: &Instance) -> Result<Taken> {
    let mut taken = Taken::default();
    let blocks = kept(store)?;
    let cutting = store.read(|c| Cutting::of(c, me, &blocks))?;
    for some in blocks.chunks(BATCH) {
        store.write(|tx| {
            servers::check_room(tx)?;
            for block in some {
                blocklists::remove(tx, &block.domain, blocklists::FILE)?;
                let known = domain_blocks::get(tx, &block.domain)?.filter(|known| !known.listed);
                if known.is_some() || is_spared(tx, &cutting, &block.domain)? {
                    taken.left += 1;
                } else if cutting.domains.contains(&block.domain) {
                    taken.drafts += 1;
                    blocklists::put(tx, &entry(block, blocklists::FILE, EntryState::Draft), tx.now)?;
                } else {
                    taken.blocked += 1;
                    servers::set_in(tx, me, block)?;
                }
            }
            Ok(())
        })?;
    }
    settle_all(store, me)?;
    Ok(taken)
}

/// An exception of the owner's covers it, or it is this very server.
fn is_spared(c: &Connection, cutting: &Cutting, domain: &str) -> Result<bool> {
    if cutting.is_own(domain) {
        return Ok(true);
    }
    is_excepted(c, domain)
}

/// Whether the owner made an exception of a domain, or of one above it.
fn is_excepted(c: &Connection, domain: &str) -> Result<bool> {
    for name in domain_blocks::above(domain) {
        if domain_blocks::get(c, name)?.is_some_and(|b| b.rules.is_exception()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The owner does not want the file.
pub fn forget_file(app: &App) -> Result<()> {
    forget(&app.store)
}

fn forget(store: &Store) -> Result<()> {
    loop {
        let some = store.read(|c| blocklists::of_file(c, "", BATCH as i64))?;
        if some.is_empty() {
            return Ok(());
        }
        store.write(|tx| some.iter().try_for_each(|e| blocklists::remove(tx, &e.domain, e.list)))?;
    }
}

/// The owner decides about a draft. Accepted, it ends the follows.
///
/// Errors: `NotFound` when none waits.
pub fn decide(app: &App, domain: &str, accepted: bool) -> Result<()> {
    app.store.write(|tx| {
        let waiting: Vec<ListEntry> = blocklists::about(tx, domain)?
            .into_iter()
            .filter(|entry| entry.state == EntryState::Draft)
            .collect();
        let Some(first) = waiting.first() else { return Err(Error::not_found()) };
        blocklists::remove(tx, domain, blocklists::FILE)?;
        let state = if accepted { EntryState::Taken } else { EntryState::Declined };
        blocklists::decide(tx, domain, state)?;
        // What the owner set no list changes, but the owner has just now said so.
        let own = domain_blocks::get(tx, domain)?.filter(|block| !block.listed);
        if accepted && (first.list == blocklists::FILE || own.is_some()) {
            let own = own.unwrap_or_else(|| ServerBlock {
                domain: domain.to_owned(),
                public_comment: first.comment.clone(),
                ..ServerBlock::default()
            });
            let rules = own.rules.with(first.rules);
            let rules = if rules.has(Rules::HIDE) { rules.without(Rules::SILENCE) } else { rules };
            return servers::set_in(tx, &app.instance, &ServerBlock { rules, ..own });
        }
        follow_lists(tx, &app.instance, domain)
    })?;
    settle_all(&app.store, &app.instance)
}

/// Subscribes to a list, which is read at once in the background.
///
/// Errors: `Invalid` for what is no address, and for too many.
pub fn subscribe(app: &App, address: &str) -> Result<()> {
    let url =
        Url::parse(address.trim()).ok().filter(|url| url.host_str().is_some() && address.len() <= 2_000);
    let url = url.filter(|url| app.remote.check_url(url).is_ok());
    let url = url.ok_or_else(|| Error::invalid("This is no address of a list"))?;
    app.store.write(|tx| {
        if blocklists::lists(tx)?.len() >= LISTS {
            return Err(Error::invalid("You can subscribe to 5 lists"));
        }
        match blocklists::insert(tx, url.as_str())? {
            Some(id) => jobs::push(tx, "", &Job::ReadBlocklist { list: id }),
            None => Ok(()),
        }
    })
}

/// The owner subscribes no longer: what came from that list alone is lifted soon.
pub fn unsubscribe(app: &App, id: RowId) -> Result<()> {
    app.store.write(|tx| {
        blocklists::delete(tx, id)?;
        jobs::push(tx, "", &Job::ReadBlocklist { list: id })
    })
}

/// Queues the lists that were not read for a day.
pub fn queue_due(app: &App) -> Result<()> {
    let now = app.now();
    let due = app.store.read(|c| blocklists::due(c, now.plus(-SOON)))?;
    let due = due
        .into_iter()
        .filter(|list| list.failure.is_some() || list.asked_at.is_none_or(|at| at.plus(DAY) <= now));
    app.store.write(|tx| {
        due.into_iter().try_for_each(|list| jobs::push(tx, "", &Job::ReadBlocklist { list: list.id }))
    })
}

/// Reads one list, now; of one that the owner subscribes to no longer all is taken back.
///
/// Errors: our own; what its server does wrong is noted with the list, and nothing of it changes.
pub fn refresh(app: &App, id: RowId) -> Result<()> {
    let Some(list) = app.store.read(|c| blocklists::get(c, id))? else {
        retract(app, id, Timestamp(i64::MAX))?;
        return settle_all(&app.store, &app.instance);
    };
    match fetch(app, &list) {
        Ok(None) => app.store.write(|tx| {
            blocklists::asked(tx, id, None)?;
            blocklists::was_read(tx, &list)
        }),
        Ok(Some((read, etag))) => {
            app.store.write(|tx| blocklists::asked(tx, id, None))?;
            obey(app, &list, &read)?;
            let entries = i64::try_from(read.entries.len()).unwrap_or(i64::MAX);
            let skipped = i64::try_from(read.obfuscated + read.skipped).unwrap_or(i64::MAX);
            app.store.write(|tx| blocklists::was_read(tx, &Blocklist { etag, entries, skipped, ..list }))
        }
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => Err(e),
        Err(e) => app.store.write(|tx| blocklists::asked(tx, id, Some(&e.public))),
    }
}

/// `None`: it is as it was.
fn fetch(app: &App, list: &Blocklist) -> Result<Option<(Read, Option<String>)>> {
    let url = Url::parse(&list.url).map_err(|_| Error::not_found())?;
    let etag: Vec<(&str, &str)> =
        list.etag.as_deref().map(|tag| ("if-none-match", tag)).into_iter().collect();
    let accept = Some("text/csv, text/plain, application/json;q=0.9, */*;q=0.1");
    let answer =
        app.remote.send(&Request { accept, headers: &etag, max_bytes: read::BYTES, ..Request::get(&url) })?;
    if answer.status == 304 && list.etag.is_some() {
        return Ok(None);
    }
    let answer = answer.expect_ok()?;
    let read = read::read(&answer.body);
    // A page that says that the list has moved must not lift everything.
    if read.entries.is_empty() {
        return Err(Error::new(Kind::BadGateway, "There is no server in this list that could be blocked"));
    }
    let etag = answer.headers.get("etag").filter(|tag| tag.len() <= 500).map(str::to_owned);
    Ok(Some((read, etag)))
}

/// Writes down what a list says now, and does it.
fn obey(app: &App, list: &Blocklist, read: &Read) -> Result<()> {
    let cutting = app.store.read(|c| Cutting::of(c, &app.instance, &read.entries))?;
    let seen = app.now();
    for some in read.entries.chunks(BATCH) {
        app.store.write(|tx| {
            if blocklists::get(tx, list.id)?.is_none() {
                return Ok(()); // unsubscribed meanwhile
            }
            servers::check_room(tx)?;
            for block in some.iter().filter(|block| !cutting.is_own(&block.domain)) {
                let known = blocklists::find(tx, &block.domain, list.id)?;
                let same = known
                    .as_ref()
                    .is_some_and(|k| k.rules == block.rules && k.comment == block.public_comment);
                let before = known.map(|known| known.state);
                let state = match before {
                    Some(EntryState::Taken) if same => EntryState::Taken,
                    Some(EntryState::Declined) => EntryState::Declined,
                    _ if cutting.domains.contains(&block.domain) => EntryState::Draft,
                    _ => EntryState::Taken,
                };
                blocklists::put(tx, &entry(block, list.id, state), seen)?;
                if !same || before != Some(state) {
                    follow_lists(tx, &app.instance, &block.domain)?;
                }
            }
            Ok(())
        })?;
    }
    retract(app, list.id, seen)?;
    settle_all(&app.store, &app.instance)
}

/// Takes back what a list names no longer: what was not seen since then.
fn retract(app: &App, list: RowId, since: Timestamp) -> Result<()> {
    loop {
        let gone = app.store.read(|c| blocklists::vanished(c, list, since, BATCH as i64))?;
        if gone.is_empty() {
            return Ok(());
        }
        app.store.write(|tx| {
            for domain in &gone {
                blocklists::remove(tx, domain, list)?;
                follow_lists(tx, &app.instance, domain)?;
            }
            Ok(())
        })?;
    }
}

/// Brings the rules for a domain in line with what the lists say, unless the owner has decided: the strictest of each.
fn follow_lists(tx: &Tx, me: &Instance, domain: &str) -> Result<()> {
    let known = domain_blocks::get(tx, domain)?;
    if known.as_ref().is_some_and(|block| !block.listed) {
        return Ok(());
    }
    let about = blocklists::about(tx, domain)?;
    let (mut rules, mut comment) = (Rules::default(), String::new());
    // A list that turns to worse, which the owner has to decide about, does not lift what it said before.
    if let Some(known) = known.as_ref().filter(|_| about.iter().any(|e| e.state == EntryState::Draft)) {
        let kept = [Rules::SILENCE, Rules::BELOW].into_iter().filter(|rule| known.rules.has(*rule));
        rules = kept.fold(rules, Rules::with);
    }
    for entry in about.into_iter().filter(|e| e.state == EntryState::Taken) {
        rules = rules.with(entry.rules);
        comment = if comment.is_empty() { entry.comment } else { comment };
    }
    if rules.has(Rules::HIDE) {
        rules = rules.without(Rules::SILENCE);
    }
    match (rules.is_exception() || is_excepted(tx, domain)?, known) {
        (true, Some(_)) => domain_blocks::delete(tx, domain).map(|_| ()),
        (true, None) => Ok(()),
        (false, known) => {
            let known = known.unwrap_or_default();
            let block = ServerBlock {
                domain: domain.to_owned(),
                rules,
                public_comment: comment,
                listed: true,
                ..known
            };
            servers::set_in(tx, me, &block)
        }
    }
}

/// All that holds, as a CSV in Mastodon's format.
pub fn export(c: &Connection) -> Result<String> {
    let mut all = domain_blocks::blocks(c, &Page::newest(servers::MOST))?;
    crate::model::sort::sort_by(&mut all, |a, b| a.domain.cmp(&b.domain));
    Ok(read::written(&all))
}
