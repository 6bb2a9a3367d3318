//! The archive that Mastodon gives its users: `actor.json`, `outbox.json`, `likes.json`, `bookmarks.json` and files, as
//! `app/services/backup_service.rb` there writes them; a zip, and a packed tar before version 4.2.
//!
//! Posts become own posts with new addresses and their old dates; where they stood is kept beside ([`imports::remember`]).
//! They stand on the profile and in the outbox, and whoever asks gets them; nobody is told.

pub mod addresses;

use super::items::{Item, Items};
use super::pack::{Member, Pack};
use super::{Errand, WAITING};
use crate::ap::parse::{self, Incoming, value};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::Upload;
use crate::model::*;
use crate::ops::media::{self as uploads, Told};
use crate::ops::resolve::same_host;
use crate::ops::statuses::PIN_LIMIT;
use crate::ops::{deliver, emojis, polls, profile, quotes, receive};
use crate::store::{self, Tx, accounts, imports, media, statuses, tags};
use crate::text;
use rusqlite::Connection;
use serde_json::Value;
use std::fs::{self, File};
use std::io;

/// A small document of it, in bytes.
const DOCUMENT: u64 = 4 << 20;
/// Stands before the names of files, so that they are read as addresses are.
const HERE: &str = "https://archive.invalid/";
/// Posts of one step, and bytes of their texts.
const POSTS: usize = 20;
const TEXTS: usize = 128 * 1024;
/// What a post takes beside its text, about.
const ROW: u64 = 1_500;
const WARNING_LETTERS: usize = 500;

/// The parts, as they are counted in [`Import::phase`].
const OUTBOX: i64 = 0;
const PINS: i64 = 1;
const BOOKMARKS: i64 = 2;
const LIKES: i64 = 3;
const PROFILE: i64 = 4;

/// Whose archive it is.
struct Actor {
    uri: String,
    followers: Option<String>,
    /// `@me@old.example`
    handle: String,
    avatar: Option<String>,
    header: Option<String>,
}

pub fn is_one(pack: &Pack) -> Result<bool> {
    Ok(pack.is_archive() && pack.find("actor.json")?.is_some() && pack.find("outbox.json")?.is_some())
}

fn actor(pack: &Pack) -> Result<Actor> {
    let wrong = || Error::invalid("The archive does not say whose it is");
    let member = pack.find("actor.json")?.ok_or_else(wrong)?;
    let json: Value =
        serde_json::from_slice(&pack.read(&member, DOCUMENT)?).map_err(|e| wrong().because(e))?;
    let uri = value::id(&json).and_then(value::web).ok_or_else(wrong)?.to_owned();
    let host = deliver::host(&uri).ok_or_else(wrong)?;
    let name = text::line(&value::text(&json, "preferredUsername").unwrap_or_default(), 64);
    let picture = |of: &str| value::text(json.get(of)?, "url");
    Ok(Actor {
        followers: value::first_id(&json, "followers"),
        handle: format!("@{name}@{host}"),
        avatar: picture("icon"),
        header: picture("image"),
        uri,
    })
}

/// What is there, by a look at each post.
pub fn plan(app: &App, pack: &Pack, options: ImportOptions) -> Result<Plan> {
    let actor = actor(pack)?;
    let mut plan = Plan { of: actor.handle.clone(), ..Plan::default() };
    let (mut posts, mut files) = (Tally::default(), Tally::default());
    let mut items = list(pack, "outbox.json", 0)?;
    while let Some(item) = next(&mut items)? {
        let (attached, read) = read(app, &actor, item, options);
        let post = match read {
            Ok(post) => post,
            Err(reason) => {
                posts.count(Outcome::Left(reason));
                (0..attached).for_each(|_| files.count(Outcome::Left("post")));
                continue;
            }
        };
        let outcome = app.store.read(|c| before(c, &post.uri))?.unwrap_or(Outcome::Taken);
        posts.count(outcome);
        if let Some(at) = post.published {
            plan.oldest = Some(plan.oldest.map_or(at.0, |oldest| oldest.min(at.0)));
            plan.newest = Some(plan.newest.map_or(at.0, |newest| newest.max(at.0)));
        }
        let taken = outcome == Outcome::Taken;
        plan.bytes += if taken { ROW + 2 * post.content.len() as u64 } else { 0 };
        for medium in &post.media {
            let outcome = match (outcome, find(app, pack, medium)?) {
                (Outcome::Taken, Ok(member)) => {
                    plan.bytes += member.bytes;
                    Outcome::Taken
                }
                (Outcome::Taken, Err(reason)) => Outcome::Left(reason),
                (Outcome::Left(_), _) => Outcome::Left("post"),
                (outcome, _) => outcome,
            };
            files.count(outcome);
        }
    }
    plan.totals.insert("posts".to_owned(), posts);
    plan.totals.insert("files".to_owned(), files);
    for (sort, name, outcome) in [
        ("pins", "featured.json", Outcome::Taken),
        ("bookmarks", "bookmarks.json", Outcome::Waiting),
        ("likes", "likes.json", Outcome::Left("like")),
    ] {
        let mut tally = Tally::default();
        let mut items = list(pack, name, 0)?;
        while next(&mut items)?.is_some() {
            let most = if sort == "pins" { PIN_LIMIT as u64 } else { WAITING };
            let over = sort != "likes" && tally.found >= most;
            tally.count(if over { Outcome::Left("many") } else { outcome });
        }
        if tally.found > 0 {
            plan.totals.insert(sort.to_owned(), tally);
        }
    }
    Ok(plan)
}

/// `true`: all of it is done.
pub fn run(errand: &mut Errand) -> Result<bool> {
    let actor = actor(&errand.given.pack)?;
    Ok((errand.import.phase > OUTBOX || outbox(errand, &actor)?)
        && (errand.import.phase > PINS || addresses::run(errand, PINS, "featured.json", addresses::pin)?)
        && (errand.import.phase > BOOKMARKS
            || addresses::run(errand, BOOKMARKS, "bookmarks.json", addresses::bookmark)?)
        && (errand.import.phase > LIKES || addresses::run(errand, LIKES, "likes.json", addresses::like)?)
        && (errand.import.phase > PROFILE || pictures(errand, &actor)?))
}

/// A list of the archive, from a place in it on; `None`: it has none.
fn list(pack: &Pack, name: &str, at: i64) -> Result<Option<Items>> {
    let Some(member) = pack.find(name)? else { return Ok(None) };
    Items::open(pack.open_member(&member)?, u64::try_from(at).unwrap_or(0)).map(Some)
}

fn next(items: &mut Option<Items>) -> Result<Option<Item>> {
    items.as_mut().map_or(Ok(None), Items::next)
}

fn place(items: &Option<Items>) -> i64 {
    items.as_ref().map_or(0, |items| i64::try_from(items.at()).unwrap_or(i64::MAX))
}

/// What one item of the outbox is to us: how many files hang on it, and the post or why it is none.
fn read(
    app: &App,
    actor: &Actor,
    item: Item,
    options: ImportOptions,
) -> (usize, std::result::Result<Incoming, &'static str>) {
    let mut json = match item {
        Item::Json(json) => json,
        Item::Unreadable(why) => return (0, Err(why)),
    };
    match value::kind(&json) {
        "Announce" => return (0, Err("boost")),
        "Create" => json = json["object"].take(),
        _ => {}
    }
    name_files(&mut json);
    let Some(post) = parse::note(&json).filter(|post| !post.is_vote) else { return (0, Err("unknown")) };
    let by_them = post.attributed_to.contains(&actor.uri) && same_host(&post.uri, &actor.uri);
    let letter = receive::visibility(&post, actor.followers.as_deref()) == Visibility::Direct;
    let reason = match post.published {
        _ if !by_them => "foreign",
        None => "undated",
        Some(at) if at > app.now() => "future",
        Some(at) if at.0 < 0 => "undated",
        Some(_) if letter && !options.direct => "direct",
        Some(_) => return (post.media.len(), Ok(post)),
    };
    (post.media.len(), Err(reason))
}

/// Files of the archive are named by their paths, which are no addresses.
fn name_files(post: &mut Value) {
    let Some(attached) = post.get_mut("attachment") else { return };
    let one = match attached {
        Value::Array(list) => list.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    for url in one.iter_mut().filter_map(|file| file.get_mut("url")) {
        let Some(path) = url.as_str() else { continue };
        if value::web(path).is_none() && !path.contains(':') {
            *url = format!("{HERE}{}", path.trim_start_matches('/')).into();
        }
    }
}

/// A post, ready to be written down.
struct Ready {
    uri: String,
    origin: Origin,
    status: Status,
    mentions: Vec<(AccountId, bool)>,
    tags: Vec<(String, String)>,
    poll: Option<Poll>,
    media: Vec<Media>,
    /// Files that are left out, each with its reason.
    without: Vec<&'static str>,
}

/// One item of the outbox, as far as the next step takes it.
enum Piece {
    Left {
        reason: &'static str,
        files: usize,
    },
    /// It is here; with so many files.
    There {
        files: usize,
    },
    Post(Box<Ready>),
}

fn outbox(errand: &mut Errand, actor: &Actor) -> Result<bool> {
    let (app, pack) = (errand.app, &errand.given.pack);
    let settings = app.store.read(store::instance::settings)?;
    let mut items = list(pack, "outbox.json", errand.import.position)?;
    loop {
        let putting = app.media.putting();
        let (mut pieces, mut bytes, mut over) = (Vec::new(), 0, false);
        while pieces.len() < POSTS && bytes < TEXTS {
            let Some(item) = next(&mut items)? else {
                over = true;
                break;
            };
            let (files, read) = read(app, actor, item, errand.import.options);
            let post = match read {
                Ok(post) => post,
                Err(reason) => {
                    pieces.push(Piece::Left { reason, files });
                    continue;
                }
            };
            match app.store.read(|c| before(c, &post.uri))? {
                Some(Outcome::Left(reason)) => pieces.push(Piece::Left { reason, files }),
                Some(_) => pieces.push(Piece::There { files }),
                None => {
                    errand.spend(ROW + 2 * post.content.len() as u64)?;
                    bytes += post.content.len();
                    let mut ready = prepare(app, actor, &settings, &post)?;
                    for medium in &post.media {
                        match bring(errand, medium)? {
                            Ok(medium) => ready.media.push(medium),
                            Err(reason) => ready.without.push(reason),
                        }
                    }
                    let files = !ready.media.is_empty();
                    pieces.push(Piece::Post(Box::new(ready)));
                    // Others want to remove files.
                    if files {
                        break;
                    }
                }
            }
        }
        let to = if over { (PINS, 0) } else { (OUTBOX, place(&items)) };
        let me = &app.instance;
        let go_on = errand
            .step(to, &mut |tx, totals| pieces.iter().try_for_each(|piece| take(tx, me, piece, totals)))?;
        drop(putting);
        if over || !go_on {
            return Ok(over && go_on);
        }
    }
}

/// What became of a post before, if anything did: in another import, or because it was written here.
fn before(c: &Connection, uri: &str) -> Result<Option<Outcome>> {
    Ok(match imports::known(c, uri)? {
        Some(Some(_)) => Some(Outcome::There),
        Some(None) => Some(Outcome::Left("deleted")),
        None if statuses::by_uri(c, uri)?.is_some_and(|status| status.local) => Some(Outcome::There),
        None => None,
    })
}

/// Makes a post safe, and looks up who of those that it names is known here.
fn prepare(app: &App, actor: &Actor, settings: &Settings, post: &Incoming) -> Result<Ready> {
    let me = &app.instance;
    let now = app.now();
    let published = post.published.unwrap_or(now);
    let visibility = receive::visibility(post, actor.followers.as_deref());
    let spoiler_text =
        post.summary.as_deref().map(|s| text::line(&text::plain(s), WARNING_LETTERS)).unwrap_or_default();
    let content = text::sanitise(&post.content);
    // As it was when it was closed, which is now at the latest.
    let poll = post.poll.as_ref().map(|question| {
        let poll = polls::read(question, now);
        Poll { expires_at: Some(poll.expires_at.map_or(now, |end| end.min(now))), hide_totals: false, ..poll }
    });
    let (mut mentions, mut texts) = (Vec::new(), vec![content.as_str(), spoiler_text.as_str()]);
    texts.extend(poll.iter().flat_map(Poll::titles));
    let emojis = app.store.read(|c| {
        for href in post.mentions.iter().filter_map(|m| m.href.as_deref()) {
            let known = accounts::by_uri(c, href)?.or(accounts::by_url(c, href)?);
            if let Some(known) = known.filter(|known| known.id != me.owner && known.uri != actor.uri) {
                mentions.push((known.id, false));
            }
        }
        emojis::used(c, me, &texts)
    })?;
    let page = post.url.clone().filter(|url| same_host(url, &post.uri)).unwrap_or_else(|| post.uri.clone());
    let media = Vec::with_capacity(post.media.len());
    Ok(Ready {
        uri: post.uri.clone(),
        origin: Origin { page, by: actor.handle.clone() },
        mentions,
        tags: receive::hashtags(&post.hashtags),
        media,
        without: Vec::new(),
        status: Status {
            account_id: me.owner,
            local: true,
            visibility,
            sensitive: post.sensitive || !spoiler_text.is_empty(),
            spoiler_text,
            content,
            language: post.language.as_deref().and_then(text::language),
            created_at: published,
            edited_at: post.updated.filter(|at| *at > published).map(|at| at.min(now)),
            in_reply_to_uri: post.in_reply_to.clone().filter(|uri| *uri != post.uri),
            // Of a letter, what holds its thread together; else a thread of ours.
            conversation: post.conversation.clone().filter(|_| visibility == Visibility::Direct),
            emojis,
            counts: StatusCounts {
                favourites: post.likes.unwrap_or(0),
                reblogs: post.shares.unwrap_or(0),
                ..StatusCounts::default()
            },
            quote_policy: quotes::policy(None, settings, visibility)?,
            ..Status::default()
        },
        poll,
    })
}

/// The file of an attachment, or why there is none.
fn find(app: &App, pack: &Pack, medium: &Media) -> Result<std::result::Result<Member, &'static str>> {
    let url = medium.remote_url.as_deref().unwrap_or_default();
    let Some(path) = url.strip_prefix(HERE) else { return Ok(Err("elsewhere")) };
    let mut found = pack.find(path)?;
    // Where files are in a bucket, the address has more in front than the archive.
    if let (None, Some(at)) = (&found, path.find("media_attachments/")) {
        found = pack.find(&path[at..])?;
    }
    let most = (u64::from(app.config.upload_mb) << 20).max(uploads::limits(app).bytes as u64);
    Ok(match found {
        None => Err("missing"),
        Some(member) if member.bytes > most => Err("large"),
        Some(member) => Ok(member),
    })
}

/// Puts a file of the archive among ours, as clean as any upload.
fn bring(errand: &mut Errand, medium: &Media) -> Result<std::result::Result<Media, &'static str>> {
    let (app, pack) = (errand.app, &errand.given.pack);
    let member = match find(app, pack, medium)? {
        Ok(member) => member,
        Err(reason) => return Ok(Err(reason)),
    };
    errand.spend(member.bytes)?;
    let Some(file) = extract(app, pack, &member)? else { return Ok(Err("broken")) };
    let told = Told { description: medium.description.as_deref(), focus: medium.focus, thumbnail: None };
    match uploads::make(app, &file, &told) {
        Ok(made) => Ok(Ok(receive::tidy_media(&made, made.created_at))),
        Err(e) if matches!(e.kind, Kind::Invalid | Kind::TooLarge) => Ok(Err("refused")),
        Err(e) => Err(e),
    }
}

/// As a file of its own, which goes when it is dropped. `None`: it is damaged.
fn extract(app: &App, pack: &Pack, member: &Member) -> Result<Option<Upload>> {
    let folder = app.config.imports();
    fs::create_dir_all(&folder)?;
    // Films are made ready there.
    fs::create_dir_all(app.config.tmp())?;
    let file = Upload {
        field: String::new(),
        name: String::new(),
        path: folder.join(format!("{}-{}", std::process::id(), RowId::at(app.now()))),
        bytes: member.bytes,
    };
    let mut out = File::create(&file.path)?;
    let mut from = match pack.open_member(member) {
        Err(e) if e.kind == Kind::Invalid => return Ok(None),
        from => from?,
    };
    match io::copy(&mut from, &mut out) {
        Ok(_) => Ok(Some(file)),
        Err(e) if e.kind() == io::ErrorKind::StorageFull => Err(e.into()),
        Err(_) => Ok(None),
    }
}

/// Writes one piece down, and counts it.
fn take(tx: &Tx, me: &Instance, piece: &Piece, totals: &mut Totals) -> Result<()> {
    let mut count = |sort: &str, times: usize, outcome: Outcome| {
        let tally = totals.entry(sort.to_owned()).or_default();
        (0..times).for_each(|_| tally.count(outcome));
    };
    let ready = match piece {
        Piece::Left { reason, files } => {
            count("posts", 1, Outcome::Left(reason));
            count("files", *files, Outcome::Left("post"));
            return Ok(());
        }
        Piece::There { files } => {
            count("posts", 1, Outcome::There);
            count("files", *files, Outcome::There);
            return Ok(());
        }
        Piece::Post(ready) => ready,
    };
    let files = ready.media.len() + ready.without.len();
    // Twice in one step, or brought along by another import meanwhile.
    if before(tx, &ready.uri)?.is_some() {
        count("posts", 1, Outcome::There);
        count("files", files, Outcome::There);
        return Ok(());
    }
    let status = status(tx, me, ready)?;
    statuses::insert(tx, &status, false)?;
    statuses::set_mentions(tx, status.id, &ready.mentions)?;
    tags::set(tx, status.id, &ready.tags)?;
    for (position, medium) in (0_i64..).zip(&ready.media) {
        let row = Media { id: MediaId::at(tx.now), status_id: Some(status.id), ..medium.clone() };
        media::insert(tx, &row, position)?;
    }
    if let Some(poll) = &ready.poll {
        store::polls::put(tx, &Poll { status_id: status.id, ..poll.clone() })?;
    }
    imports::remember(tx, &ready.uri, &ready.origin, status.id)?;
    imports::adopt(tx, &ready.uri, &status)?;
    count("posts", 1, Outcome::Taken);
    count("files", ready.media.len(), Outcome::Taken);
    for reason in &ready.without {
        count("files", 1, Outcome::Left(reason));
    }
    Ok(())
}

/// With its id, its addresses here, and its place in its thread.
fn status(tx: &Tx, me: &Instance, ready: &Ready) -> Result<Status> {
    let mut status = ready.status.clone();
    let parent = match &status.in_reply_to_uri {
        Some(uri) => match imports::known(tx, uri)?.flatten() {
            Some(id) => Some(statuses::get(tx, id)?),
            None => statuses::by_uri(tx, uri)?.filter(|p| p.reblog_of.is_none()),
        },
        None => None,
    };
    let mut at = status.created_at;
    if let Some(parent) = &parent
        && parent.created_at.seconds() == at.seconds()
    {
        at = at.max(parent.id.time().plus(1)); // times are to the second: an answer stands above what it answers
    }
    status.id = StatusId::at(at);
    // Many have the same second, and the last bits may be those of a run before.
    while imports::is_taken(tx, status.id)? {
        at = at.plus(1); // a millisecond has room for some ten thousand
        status.id = StatusId::at(at);
    }
    status.uri = format!("{}/statuses/{}", me.actor(), status.id);
    status.url = Some(me.at(&format!("/@{}/{}", me.username, status.id)));
    if let Some(parent) = &parent {
        status.in_reply_to = Some(parent.id);
        status.in_reply_to_uri = Some(parent.uri.clone());
        status.in_reply_to_account = Some(parent.account_id);
        status.conversation = status.conversation.or_else(|| parent.conversation.clone());
    }
    let own_thread = format!("{}/context", status.uri);
    status.conversation = status.conversation.or(Some(own_thread));
    Ok(status)
}

/// The pictures of the profile, where there are none yet.
fn pictures(errand: &mut Errand, actor: &Actor) -> Result<bool> {
    let (app, pack) = (errand.app, &errand.given.pack);
    let me = app.store.read(accounts::owner)?;
    let mut outcomes = Vec::new();
    for (name, has, is_avatar) in
        [(&actor.avatar, me.avatar.is_some(), true), (&actor.header, me.header.is_some(), false)]
    {
        let Some(name) = name else { continue };
        outcomes.push(match pack.find(name)? {
            _ if has => Outcome::Left("have"),
            None => Outcome::Left("missing"),
            Some(member) if member.bytes > uploads::limits(app).bytes as u64 => Outcome::Left("large"),
            Some(member) => match pack.read(&member, member.bytes) {
                Ok(bytes) => {
                    let mut update = profile::ProfileUpdate::default();
                    let field = if is_avatar { &mut update.avatar } else { &mut update.header };
                    *field = Some(Some(bytes));
                    match profile::update(app, &update) {
                        Ok(_) => Outcome::Taken,
                        Err(e) if matches!(e.kind, Kind::Invalid | Kind::TooLarge) => {
                            Outcome::Left("refused")
                        }
                        Err(e) => return Err(e),
                    }
                }
                Err(e) if e.kind == Kind::Invalid => Outcome::Left("broken"),
                Err(e) => return Err(e),
            },
        });
    }
    errand.step((PROFILE + 1, 0), &mut |_, totals| {
        for outcome in &outcomes {
            totals.entry("profile".to_owned()).or_default().count(*outcome);
        }
        Ok(())
    })?;
    Ok(true)
}
