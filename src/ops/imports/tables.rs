//! Tables of follows, lists, blocks, mutes, blocked servers, bookmarks and filters: CSV as Mastodon writes it
//! (<https://docs.joinmastodon.org/user/moving/#export>, `app/models/export.rb` and `app/models/form/import.rb` there), as
//! GoToSocial and Misskey do with fewer columns or no head, plain lists of addresses, the JSON lists of Pixelfed, Mastodon's
//! JSON of filters, and OPML.
//!
//! What is there stays as it is: a table adds, and takes nothing away. Whom it names is looked up on their servers one after
//! the other; a row is put aside as a line of its cells, tidied.

use super::pack::Pack;
use super::{Errand, Kind, archive};
use crate::app::App;
use crate::error::{self, Error, Result};
use crate::model::*;
use crate::ops::filters::{self, FilterChange, KeywordChange};
use crate::ops::follows::{self, FollowOptions};
use crate::ops::resolve::{self, Found};
use crate::ops::{domain_blocks, feeds, lists, relations};
use crate::store::{self, Tx, accounts, imports, statuses};
use crate::text;
use rusqlite::Connection;
use serde_json::Value;
use std::collections::HashSet;
use std::io::Read;

/// Bytes and rows of one table.
const BYTES: u64 = 10 << 20;
const ROWS: usize = 100_000;
/// Rows of one step.
const STEP: usize = 50;
/// Letters of an address, and of the name of a list.
const ADDRESS: usize = 2_000;
const TITLE: usize = 256;
/// What a row takes, about: an account that was not known before.
const ROW: u64 = 2_000;
/// Rows of the beginning that are looked at to find out what they are.
const LOOK: usize = 20;

/// What the columns are called, in small letters and without Mastodon's `#`.
const WHO: &str = "account address";
const BOOSTS: &str = "show boosts";
const NOTIFY: &str = "notify on new posts";
const LANGUAGES: &str = "languages";
const HIDE: &str = "hide notifications";
const LIST: &str = "list name";
const DOMAIN: &str = "domain";
const URI: &str = "uri";

/// What a file's name begins with, as the software calls it: Mastodon, GoToSocial, Misskey (`user-lists-2026-01-01.csv`).
const NAMES: &[(&str, Kind)] = &[
    ("following", Kind::Follows),
    ("follows", Kind::Follows),
    ("pixelfed_following", Kind::Follows),
    ("blocked_domains", Kind::Domains),
    ("domain_blocks", Kind::Domains),
    ("blocked_accounts", Kind::Blocks),
    ("blocks", Kind::Blocks),
    ("blocking", Kind::Blocks),
    ("muted_accounts", Kind::Mutes),
    ("mutes", Kind::Mutes),
    ("mute_", Kind::Mutes),
    ("muting", Kind::Mutes),
    ("lists", Kind::Lists),
    ("user_lists", Kind::Lists),
    ("bookmarks", Kind::Bookmarks),
    ("custom_filters", Kind::Filters),
    ("filters", Kind::Filters),
];

/// What a table is: by its head, by its name, or by what stands in it.
///
/// Errors: `Invalid` for what is no table, for one that does not say what it is, and for followers.
pub fn recognise(pack: &Pack, name: &str) -> Result<Kind> {
    let unknown = || Error::invalid("This is no file that Taure knows how to bring along");
    if pack.is_archive() {
        return Err(unknown());
    }
    let name = name.to_lowercase().replace(['-', ' '], "_");
    if name.starts_with("followers") || name.starts_with("pixelfed_followers") {
        return Err(Error::invalid(
            "Followers cannot be brought along in a file. They come by themselves when your old account moves here",
        ));
    }
    let beginning = text::decode(&pack.head()?, None);
    let beginning = beginning.trim_start();
    if beginning.contains('\0') {
        return Err(unknown());
    }
    if beginning.starts_with('{') && beginning.contains("\"custom_filters\"") {
        return Ok(Kind::Filters);
    }
    if beginning.starts_with('<') {
        return if beginning.contains("<opml") { Ok(Kind::Follows) } else { Err(unknown()) };
    }
    let mut rest = beginning;
    let rows: Vec<_> = std::iter::from_fn(|| text::csv_row(&mut rest)).take(LOOK).collect();
    let head = rows.first().and_then(|row| head(row));
    let named = NAMES.iter().find(|(begins, _)| name.starts_with(begins)).map(|(_, kind)| *kind);
    if let Some(head) = &head {
        let has = |column: &str| head.iter().any(|name| name == column);
        match () {
            () if has(HIDE) => return Ok(Kind::Mutes),
            () if has(BOOSTS) || has(NOTIFY) || has(LANGUAGES) => return Ok(Kind::Follows),
            () if has(LIST) => return Ok(Kind::Lists),
            () if has(DOMAIN) => return Ok(Kind::Domains),
            () if has(URI) => return Ok(Kind::Bookmarks),
            () => {} // an address alone is many things
        }
    }
    if let Some(kind) = named {
        return Ok(kind);
    }
    let is_address = |cell: &str| person(cell).is_some();
    let members = |row: &Vec<String>| row.len() > 1 && !is_address(&row[0]) && is_address(&row[1]);
    if head.is_none() && rows.iter().any(members) {
        return Ok(Kind::Lists);
    }
    let something = |cell: &String| is_address(cell) || cell.contains("://") || host(cell).is_some();
    match head.is_some() || beginning.starts_with("[\"") || rows.iter().flatten().any(something) {
        true => Err(Error::invalid(
            "This list does not say what it is for. Choose it and try again (--kind follows, blocks, mutes ...)",
        )),
        false => Err(unknown()),
    }
}

/// The names of the columns, if this is where they stand.
fn head(row: &[String]) -> Option<Vec<String>> {
    let name = |cell: &String| cell.trim().trim_start_matches('#').trim().to_lowercase();
    let names: Vec<String> = row.iter().map(name).collect();
    let known = [WHO, LIST, DOMAIN, URI];
    names.iter().any(|name| known.contains(&name.as_str())).then_some(names)
}

/// All rows of a table, each as it is put aside; `None` is one that cannot be read.
fn read(kind: Kind, pack: &Pack) -> Result<Vec<Option<String>>> {
    if pack.is_archive() {
        return Err(Error::invalid("This is no file that Taure knows how to bring along"));
    }
    let mut bytes = Vec::new();
    pack.file()?.take(BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > BYTES {
        return Err(Error::invalid("The table is larger than 10 MiB"));
    }
    let all = text::decode(&bytes, None);
    drop(bytes);
    let all = all.trim_start();
    let rows = match (kind, all.as_bytes().first()) {
        (Kind::Filters, _) => filters_of(all),
        (Kind::Follows, Some(b'<')) => {
            let named = text::opml(all, ROWS + 1).into_iter();
            named.map(|(address, _, _)| item(kind, None, &[address])).collect()
        }
        (_, Some(b'[')) => match serde_json::from_str::<Vec<String>>(all) {
            Ok(list) => list.into_iter().map(|cell| item(kind, None, &[cell])).collect(),
            Err(_) => vec![None],
        },
        _ => rows(kind, all)?,
    };
    match rows.len() > ROWS {
        true => Err(Error::invalid("The table has more than 100,000 rows")),
        false => Ok(rows),
    }
}

fn rows(kind: Kind, all: &str) -> Result<Vec<Option<String>>> {
    let (mut rest, mut rows, mut columns, mut first) = (all, Vec::new(), None, true);
    while let Some(row) = text::csv_row(&mut rest) {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if std::mem::take(&mut first) {
            columns = head(&row);
            // What admins hand on. To block a server and to silence it are two things.
            if columns.as_ref().is_some_and(|names| names.iter().any(|name| name == "severity")) {
                return Err(Error::invalid(
                    "This list is for whole servers, with severities. Bring it in under the settings for blocks (taure blocks import)",
                ));
            }
            if columns.is_some() {
                continue;
            }
        }
        rows.push(item(kind, columns.as_deref(), &row));
        if rows.len() > ROWS {
            break;
        }
    }
    Ok(rows)
}

/// A row as a line of what counts.
fn item(kind: Kind, columns: Option<&[String]>, row: &[String]) -> Option<String> {
    let cell = |name: &str, place: usize| {
        let at = columns.map_or(Some(place), |names| names.iter().position(|known| known == name));
        at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim())
    };
    let cells = match kind {
        Kind::Domains => vec![host(cell(DOMAIN, 0))?],
        // As it is: it is compared with addresses.
        Kind::Bookmarks => return web(cell(URI, 0)),
        Kind::Lists => {
            // Misskey writes a name with commas as it is, and more behind the address.
            let (title, who) = match columns {
                Some(_) => (cell(LIST, 0).to_owned(), cell(WHO, 1)),
                None => {
                    let at = 1 + row.iter().skip(1).position(|cell| person(cell).is_some())?;
                    (row[..at].join(","), row[at].as_str())
                }
            };
            let title = text::line(&title, TITLE);
            if title.is_empty() {
                return None;
            }
            vec![title, person(who)?]
        }
        Kind::Mutes => vec![person(cell(WHO, 0))?, yes(cell(HIDE, 1)).unwrap_or(true).to_string()],
        Kind::Follows => {
            let word = |cell: &str| yes(cell).map_or(String::new(), |yes| yes.to_string());
            let who = person(cell(WHO, 0)).or_else(|| web(cell(WHO, 0)))?;
            let languages: Vec<_> = cell(LANGUAGES, 3).split(',').filter_map(text::language).collect();
            vec![who, word(cell(BOOSTS, 1)), word(cell(NOTIFY, 2)), languages.join(",")]
        }
        _ => vec![person(cell(WHO, 0))?],
    };
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    Some(text::csv_line(&cells).trim_end().to_owned())
}

fn yes(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "true" | "t" | "1" | "yes" => Some(true),
        "false" | "f" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// `name@host`, or the address of a page.
fn person(cell: &str) -> Option<String> {
    let cell = cell.trim();
    if cell.contains("://") {
        return web(cell);
    }
    let (name, at) = cell.strip_prefix("acct:").unwrap_or(cell).trim_start_matches('@').split_once('@')?;
    let is_name = !name.is_empty()
        && name.len() <= 200
        && name.chars().all(|c| c.is_alphanumeric() || "_.-".contains(c));
    Some(format!("{name}@{}", host(at).filter(|_| is_name)?))
}

fn host(cell: &str) -> Option<String> {
    let domain = domain_blocks::normalised(cell).ok()?;
    (domain.contains(['.', ':']) && !domain.contains(['"', '@', '/'])).then_some(domain)
}

fn web(cell: &str) -> Option<String> {
    let url = crate::ap::parse::value::web(cell.trim())?;
    (url.len() <= ADDRESS).then(|| url.to_owned())
}

fn filters_of(all: &str) -> Vec<Option<String>> {
    let json: Value = serde_json::from_str(all).unwrap_or_default();
    let list = json["custom_filters"].as_array().map_or(&[][..], Vec::as_slice);
    list.iter().map(|filter| filter.is_object().then(|| filter.to_string())).collect()
}

/// What is there, by a look at each row.
pub fn plan(app: &App, kind: Kind, pack: &Pack) -> Result<Plan> {
    let (mut plan, mut tally, mut seen) = (Plan::default(), Tally::default(), HashSet::new());
    for row in read(kind, pack)? {
        let outcome = match &row {
            None => Outcome::Left("unknown"),
            Some(what) if seen.contains(what) => Outcome::There,
            Some(what) if app.store.read(|c| is_there(c, &app.instance, kind, what))? => Outcome::There,
            Some(_) if matches!(kind, Kind::Domains | Kind::Filters) => Outcome::Taken,
            Some(_) => Outcome::Waiting,
        };
        plan.bytes += if matches!(outcome, Outcome::Taken | Outcome::Waiting) { ROW } else { 0 };
        tally.count(outcome);
        row.map(|what| seen.insert(what));
    }
    plan.totals.insert(kind.as_str().to_owned(), tally);
    Ok(plan)
}

/// `true`: all of it is done, but for what waits.
pub fn run(errand: &mut Errand) -> Result<bool> {
    let (app, kind) = (errand.app, errand.given.kind);
    let rows = read(kind, &errand.given.pack)?;
    // A filter is taken whole or not at all.
    let most = if kind == Kind::Filters { 1 } else { STEP };
    loop {
        let from = usize::try_from(errand.import.position).unwrap_or(usize::MAX);
        let Some(rest) = rows.get(from..).filter(|rest| !rest.is_empty()) else { return Ok(true) };
        let step = &rest[..most.min(rest.len())];
        errand.spend(ROW * step.len() as u64)?;
        let to = (0, i64::try_from(from + step.len()).unwrap_or(i64::MAX));
        let import = errand.import.clone();
        let done = errand.step(to, &mut |tx, totals| {
            for row in step {
                let outcome = match row {
                    Some(what) => take(tx, app, &import, kind, what, totals)?,
                    None => Outcome::Left("unknown"),
                };
                totals.entry(kind.as_str().to_owned()).or_default().count(outcome);
            }
            Ok(())
        });
        let go_on = match done {
            Err(e) if kind == Kind::Filters && e.kind == error::Kind::Invalid => {
                errand.step(to, &mut |_, totals| {
                    totals.entry(kind.as_str().to_owned()).or_default().count(Outcome::Left("unknown"));
                    Ok(())
                })?
            }
            done => done?,
        };
        if !go_on {
            return Ok(false);
        }
    }
}

/// What needs nobody is done at once, the rest is put aside.
fn take(tx: &Tx, app: &App, import: &Import, kind: Kind, what: &str, totals: &mut Totals) -> Result<Outcome> {
    let me = &app.instance;
    if kind == Kind::Bookmarks {
        return archive::addresses::bookmark(tx, import, what, &Tally::default());
    }
    if is_there(tx, me, kind, what)? {
        return Ok(Outcome::There);
    }
    match kind {
        Kind::Domains => {
            match domain_blocks::checked(app, what).map(|domain| domain_blocks::hide_in(tx, me, &domain)) {
                Err(_) => return Ok(Outcome::Left("unknown")), // our own
                Ok(Err(e)) if e.kind == error::Kind::Invalid => return Ok(Outcome::Left("many")),
                Ok(done) => return done.map(|()| Outcome::Taken),
            }
        }
        Kind::Filters => return filter(tx, what, totals),
        // With its members to come, one sees that it is there.
        Kind::Lists => match lists::named(tx, &cells(what)[0]) {
            Err(e) if e.kind == error::Kind::Invalid => return Ok(Outcome::Left("many")),
            list => drop(list?),
        },
        _ => {}
    }
    Ok(match imports::wait(tx, import.id, kind.as_str(), what)?.made() {
        true => Outcome::Waiting,
        false => Outcome::There,
    })
}

fn cells(what: &str) -> Vec<String> {
    let mut rest = what;
    let mut cells = text::csv_row(&mut rest).unwrap_or_default();
    cells.resize(4, String::new());
    cells
}

/// Whether all of it is so already.
fn is_there(c: &Connection, me: &Instance, kind: Kind, what: &str) -> Result<bool> {
    let cells = cells(what);
    let who = match kind {
        Kind::Domains => {
            let known = store::domain_blocks::get(c, what)?;
            return Ok(known.is_some_and(|block| block.rules.has(Rules::HIDE)));
        }
        Kind::Filters => {
            let title = title(&serde_json::from_str(what).unwrap_or_default());
            return Ok(store::filters::everything(c)?.iter().any(|filter| filter.title == title));
        }
        Kind::Bookmarks => {
            return Ok(
                statuses::by_uri(c, what)?.is_some_and(|status| status.viewer.bookmarked_row.is_some())
            );
        }
        Kind::Lists => &cells[1],
        _ => &cells[0],
    };
    let account = match who.split_once('@').filter(|_| !who.contains("://")) {
        Some((name, domain)) => {
            let ours = domain == me.domain || domain == me.host;
            accounts::by_acct(c, name, (!ours).then_some(domain))?
        }
        None => match accounts::by_uri(c, who)? {
            None => accounts::by_url(c, who)?,
            known => known,
        },
    };
    let Some(account) = account else { return Ok(false) };
    Ok(match kind {
        Kind::Lists => store::lists::containing(c, account.id)?.iter().any(|list| list.title == cells[0]),
        Kind::Blocks => account.relation.blocking(),
        Kind::Mutes => account.relation.muting_row.is_some(),
        _ => account.relation.following != Follow::No,
    })
}

/// Looks up whom a row names, and does what it says.
///
/// Errors: as [`resolve::account_by_handle`]; `Forbidden` where it may not be.
pub fn bring(app: &App, kind: Kind, what: &str) -> Result<Outcome> {
    let cells = cells(what);
    let who = if kind == Kind::Lists { &cells[1] } else { &cells[0] };
    let account = match who.split_once('@').filter(|_| !who.contains("://")) {
        Some((name, domain)) => resolve::account_by_handle(app, name, domain)?,
        None => match resolve::by_url(app, who) {
            Ok(Found::Account(account)) => account,
            Ok(Found::Status(_)) => return Err(Error::not_found()),
            // A feed is read like a person.
            Err(e)
                if kind == Kind::Follows
                    && matches!(e.kind, error::Kind::NotFound | error::Kind::BadGateway) =>
            {
                feeds::discover(app, who)?.into_iter().next().ok_or_else(Error::not_found)?
            }
            Err(e) => return Err(e),
        },
    };
    if app.store.read(|c| is_there(c, &app.instance, kind, what))? {
        return Ok(Outcome::There);
    }
    let relation = &account.relation;
    match kind {
        Kind::Follows if relation.following != Follow::No => return Ok(Outcome::There),
        Kind::Follows => {
            let languages: Vec<String> = cells[3].split(',').filter_map(text::language).collect();
            let options = FollowOptions {
                reblogs: yes(&cells[1]),
                notify: yes(&cells[2]),
                languages: (!languages.is_empty()).then_some(languages),
            };
            follows::follow(app, account.id, &options)?;
        }
        Kind::Blocks if relation.blocking() => return Ok(Outcome::There),
        Kind::Blocks => drop(relations::block(app, account.id)?),
        Kind::Mutes if relation.muting_row.is_some() => return Ok(Outcome::There),
        Kind::Mutes => drop(relations::mute(app, account.id, yes(&cells[1]) != Some(false), 0)?),
        _ => app.store.write(|tx| {
            let list = lists::named(tx, &cells[0])?;
            if relation.following == Follow::No && !account.is_owner() {
                follows::follow_in(tx, &app.instance, account.id, &FollowOptions::default())?;
            }
            store::lists::add(tx, list.id, &[account.id])
        })?,
    }
    Ok(Outcome::Taken)
}

fn title(filter: &Value) -> String {
    filter["title"].as_str().unwrap_or_default().to_owned()
}

/// A filter with its words, and those of its posts that are known here.
fn filter(tx: &Tx, what: &str, totals: &mut Totals) -> Result<Outcome> {
    let json: Value = serde_json::from_str(what).unwrap_or_default();
    let strings = |of: &Value| -> Vec<String> {
        of.as_array()
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let ends = json["expire_at"].as_str().and_then(Timestamp::parse_rfc3339);
    if ends.is_some_and(|at| at <= tx.now) {
        return Ok(Outcome::Left("over"));
    }
    let words = json["keywords_attributes"].as_array().map_or(&[][..], Vec::as_slice);
    let word = |word: &Value| KeywordChange {
        keyword: word["keyword"].as_str().map(str::to_owned),
        whole_word: word["whole_word"].as_bool(),
        ..KeywordChange::default()
    };
    let made = filters::make(
        tx,
        &FilterChange {
            title: Some(title(&json)),
            contexts: Some(strings(&json["context"])),
            action: json["action"].as_str().or(json["filter_action"].as_str()).map(str::to_owned),
            expires_in: ends.map(|at| Some(at.seconds() - tx.now.seconds())),
            keywords: words.iter().map(word).collect(),
        },
    )?;
    for uri in strings(&json["statuses"]).iter().take(1_000) {
        let outcome = match statuses::by_uri(tx, uri)? {
            Some(status) if store::filters::add_status(tx, made.id, status.id)?.is_some() => Outcome::Taken,
            Some(_) => Outcome::There,
            None => Outcome::Left("unseen"),
        };
        totals.entry("filtered".to_owned()).or_default().count(outcome);
    }
    Ok(Outcome::Taken)
}
