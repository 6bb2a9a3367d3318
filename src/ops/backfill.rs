//! What a server for one never gets sent: the answers of others in a thread, and what somebody posted before
//! the owner followed. Fetched when the owner looks at it, in the background, and bounded on all sides.
//!
//! Threads by the `replies` collections (<https://www.w3.org/TR/activitystreams-vocabulary/#dfn-replies>) and the
//! `context` collection (FEP-7888, FEP-f228). A collection is nobody's word about a post: each is fetched from its
//! own address, unless it stands whole in a collection of its own server, and only kept if it answers something that is
//! known. Several servers are asked at once, each by two at most. Nobody is notified.

use super::deliver::host;
use super::resolve::{Errand, same_host};
use crate::ap::parse::{self, value};
use crate::app::App;
use crate::app::refreshes::{Begun, Refresh};
use crate::error::{Kind, Result};
use crate::model::sort::sort_by_key;
use crate::model::time::{HOUR, MINUTE};
use crate::model::*;
use crate::store::{Tx, accounts, domain_blocks, featured_tags, jobs, relations, statuses, timelines};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A thread, and a profile, is left alone for so long after it was looked at.
const THREAD_REST: i64 = 15 * MINUTE;
const PROFILE_REST: i64 = HOUR;
/// Posts that are fetched for one opening: Mastodon's number.
const POSTS: usize = 500;
/// Posts that are fetched together, and how many threads do it.
const WAVE: usize = 40;
const THREADS: usize = 8;
/// Posts of a profile, and how many of them pinned.
const OUTBOX: usize = 40;
const PINNED: usize = 10;
/// Pages of an outbox that are read for older posts: those on the first ones are known mostly.
const OLDER_PAGES: usize = 25;
/// Pages of collections that are read for one opening, and of one collection.
const PAGES: usize = 100;
const PAGES_OF_ONE: usize = 10;
/// Followed accounts that are asked after down time.
const CATCH_UP: i64 = 5_000;
/// How far up a thread is followed to its root.
const UP: i64 = 200;

/// The owner opens a thread. `None` when there is nothing to fetch, or it was done a moment ago.
pub fn thread_later(app: &App, status: &Status) -> Result<Option<Refresh>> {
    let id = status.reblog_of.unwrap_or(status.id);
    let (status, root) = app.store.read(|c| {
        let status = statuses::get(c, id)?;
        let root = timelines::ancestors(c, id, UP)?.into_iter().next();
        Ok((status, root))
    })?;
    let source = [Some(&status), root.as_ref()].into_iter().flatten().find(|s| !s.local);
    let Some(host) = source.and_then(|s| host(&s.uri)) else { return Ok(None) };
    later(app, &format!("thread {id}"), THREAD_REST, &host, |refresh| Job::FillThread { status: id, refresh })
}

/// The owner opens somebody's profile.
pub fn profile_later(app: &App, account: &Account) -> Result<Option<Refresh>> {
    if account.is_owner() || account.suspended || account.relation.blocking() {
        return Ok(None);
    }
    let Some(host) = host(&account.uri) else { return Ok(None) };
    let id = account.id;
    later(app, &format!("profile {id}"), PROFILE_REST, &host, |refresh| Job::FillProfile {
        account: id,
        refresh,
        older: false,
    })
}

/// The owner asks for what somebody posted before that: each time some more.
pub fn older_later(app: &App, account: &Account) -> Result<Option<Refresh>> {
    if account.is_owner() || account.suspended || account.relation.hidden(app.now()) {
        return Ok(None);
    }
    let Some(host) = host(&account.uri) else { return Ok(None) };
    let id = account.id;
    later(app, &format!("older {id}"), 0, &host, |refresh| Job::FillProfile {
        account: id,
        refresh,
        older: true,
    })
}

fn later(
    app: &App,
    key: &str,
    rest: i64,
    host: &str,
    job: impl FnOnce(String) -> Job,
) -> Result<Option<Refresh>> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(crate::error::Error::internal)?;
    let id = bs58::encode(bytes).into_string();
    match app.refreshes.begin(key, id, app.now(), rest) {
        Begun::Rests => Ok(None),
        Begun::Running(refresh) => Ok(Some(refresh)),
        Begun::New(refresh) => {
            let job = job(refresh.id.clone());
            let queued = app.store.write(|tx| match jobs::is_full(tx, &job.lane(host))? {
                true => Ok(false),
                false => jobs::push(tx, host, &job).map(|()| true),
            })?;
            if !queued {
                app.refreshes.finish(&refresh.id, app.now());
            }
            Ok(queued.then_some(refresh))
        }
    }
}

/// What somebody posted before the owner followed comes home, at its own dates and with no noise.
pub fn on_follow(tx: &Tx, account: &Account) -> Result<()> {
    let Some(host) = host(&account.uri) else { return Ok(()) };
    jobs::push_if_room(
        tx,
        &host,
        &Job::FillProfile { account: account.id, refresh: String::new(), older: false },
    )
}

/// The server was down for hours: whatever the followed posted meanwhile is looked for in their outboxes. Who wrote to
/// the owner will have tried again by themselves.
pub fn catch_up(app: &App) -> Result<()> {
    let mut page = Page::newest(200);
    for _ in 0..CATCH_UP / page.limit {
        let followed = app.store.read(|c| relations::list(c, relations::Relationship::Following, &page))?;
        let Some((last, _)) = followed.last() else { break };
        page.max_id = Some(*last);
        app.store.write(|tx| followed.iter().try_for_each(|(_, account)| on_follow(tx, account)))?;
    }
    Ok(())
}

/// One run: what may still be asked, and what was found.
struct Fill<'a> {
    app: &'a App,
    errand: Errand<'a>,
    refresh: &'a str,
    /// Pages that may still be read.
    pages: AtomicUsize,
    /// Posts that stood whole in a collection of their own server, by address.
    whole: Mutex<HashMap<String, Value>>,
    /// Servers that did not answer: they are not waited for again.
    silent: Mutex<HashSet<String>>,
}

/// Fetches the answers around a status. Errors: our own; what others do wrong ends the search there.
pub fn thread(app: &App, id: StatusId, refresh: &str) -> Result<()> {
    let fill = Fill::new(app, refresh);
    let done = fill.thread(id);
    app.refreshes.finish(refresh, app.now());
    done
}

/// Fetches what somebody pinned, and the first page of what they posted; or the next `older` ones that are not known.
pub fn profile(app: &App, id: AccountId, refresh: &str, older: bool) -> Result<()> {
    let fill = Fill::new(app, refresh);
    let done = if older { fill.older(id) } else { fill.profile(id) };
    app.refreshes.finish(refresh, app.now());
    done
}

impl<'a> Fill<'a> {
    fn new(app: &'a App, refresh: &'a str) -> Fill<'a> {
        Fill {
            app,
            errand: Errand::wide(app),
            refresh,
            pages: AtomicUsize::new(PAGES),
            whole: Mutex::default(),
            silent: Mutex::default(),
        }
    }

    fn thread(&self, id: StatusId) -> Result<()> {
        let Some(opened) = self.app.store.read(|c| statuses::many(c, &[id]))?.remove(&id) else {
            return Ok(()); // deleted meanwhile
        };
        let root = self.root(&opened)?;
        let mut named = Names::default();
        let mut documents: Vec<Value> = Vec::new();
        for source in [&root, &opened] {
            if !source.local
                && named.seen.insert(source.uri.clone())
                && let Some(document) = self.document(&source.uri)
            {
                self.tally(source, &document)?;
                documents.push(document);
            }
        }
        if let Some(context) = documents.first().and_then(|d| d.get("context")).and_then(Value::as_str) {
            named.add(self.app, self.items_at(context));
        }
        // Posts whose parent is not known yet: it may be further down in the list.
        let mut waiting: Vec<(String, Value)> = Vec::new();
        let mut fetched = 0;
        loop {
            for found in parallel(&std::mem::take(&mut documents), |document| self.replies(document)) {
                named.add(self.app, found);
            }
            let wave = self.next_wave(&mut named, POSTS - fetched)?;
            if wave.is_empty() {
                break;
            }
            fetched += wave.len();
            let found = parallel(&wave, |uri| self.whole_or_fetched(uri));
            waiting.extend(wave.into_iter().zip(found).filter_map(|(uri, found)| Some((uri, found?))));
            self.meet_authors(&waiting);
            // Each that finds its place may be the parent of another.
            while let Some(at) = self.first_rooted(&waiting)? {
                let (_, document) = waiting.swap_remove(at);
                if self.keep(document.clone()) {
                    documents.push(document);
                }
            }
        }
        self.note_how_complete(&root, &named)
    }

    /// Addresses of posts that are not known, as many as are fetched together.
    fn next_wave(&self, named: &mut Names, most: usize) -> Result<Vec<String>> {
        let mut wave = Vec::new();
        while wave.len() < WAVE.min(most) && !self.errand.is_spent() {
            let Some(uri) = named.queue.pop_front() else { break };
            let blocked = host(&uri).unwrap_or_default();
            let wanted = self
                .app
                .store
                .read(|c| Ok(statuses::by_uri(c, &uri)?.is_none() && !domain_blocks::has(c, &blocked)?))?;
            if wanted {
                wave.push(uri);
            }
        }
        Ok(wave)
    }

    /// Looks up, all at once, the authors of what will be kept.
    fn meet_authors(&self, posts: &[(String, Value)]) {
        let authors: BTreeSet<String> = posts
            .iter()
            .filter_map(|(uri, post)| value::first_id(post, "attributedTo").filter(|a| same_host(a, uri)))
            .collect();
        let authors: Vec<String> = authors.into_iter().collect();
        parallel(&authors, |author| drop(self.errand.account(author)));
    }

    /// How often it was liked and boosted, as its own server says.
    fn tally(&self, status: &Status, document: &Value) -> Result<()> {
        let Some(post) = parse::note(document).filter(|post| post.uri == status.uri) else { return Ok(()) };
        let count = |told: Option<i64>, name: &str| {
            let elsewhere =
                document.get(name).and_then(Value::as_str).filter(|uri| same_host(uri, &post.uri));
            told.or_else(|| self.at_home(elsewhere?)?.get("totalItems")?.as_i64())
        };
        let (likes, shares) = (count(post.likes, "likes"), count(post.shares, "shares"));
        self.app.store.write(|tx| {
            statuses::set_tallies(tx, status.id, likes, shares)?;
            tx.after_commit(Event::StatusChanged(status.id));
            Ok(())
        })
    }

    /// How many answers there are, as far as anybody named them: those that are here, and those that could not be had.
    fn note_how_complete(&self, root: &Status, named: &Names) -> Result<()> {
        let missing = self.app.store.read(|c| {
            let mut missing = 0;
            for uri in named.seen.iter().filter(|uri| **uri != root.uri) {
                let lacks = statuses::by_uri(c, uri)?.is_none() && statuses::buried(c, uri)?.is_none();
                missing += i64::from(lacks);
            }
            Ok(missing)
        })?;
        self.app.store.write(|tx| statuses::set_missing_replies(tx, root.id, missing))
    }

    /// The top of the thread, and what is missing above it, fetched.
    fn root(&self, opened: &Status) -> Result<Status> {
        let top =
            |app: &App| app.store.read(|c| Ok(timelines::ancestors(c, opened.id, UP)?.into_iter().next()));
        let root = top(self.app)?.unwrap_or_else(|| opened.clone());
        let missing = root.in_reply_to_uri.as_ref().filter(|_| root.in_reply_to.is_none());
        let Some(missing) = missing.filter(|uri| !self.app.instance.owns(uri)) else { return Ok(root) };
        if self.errand.status(missing).is_err() {
            return Ok(root);
        }
        self.app.refreshes.add(self.refresh, 1, self.app.now());
        Ok(top(self.app)?.unwrap_or(root))
    }

    /// The first post that answers something known; one that answers nothing has no place here.
    fn first_rooted(&self, waiting: &[(String, Value)]) -> Result<Option<usize>> {
        for (at, (_, document)) in waiting.iter().enumerate() {
            let Some(parent) = value::first_id(document, "inReplyTo") else { continue };
            let known = self.app.store.read(|c| statuses::by_uri(c, &parent))?;
            if known.is_some_and(|s| s.reblog_of.is_none()) {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// Stores a post that was fetched from its own id.
    fn keep(&self, document: Value) -> bool {
        match self.errand.keep(document) {
            Ok(_) => {
                self.app.refreshes.add(self.refresh, 1, self.app.now());
                true
            }
            Err(e) => {
                tracing::debug!(error = %e, "an answer was left out");
                false
            }
        }
    }

    fn profile(&self, id: AccountId) -> Result<()> {
        let Some(account) = self.app.store.read(|c| accounts::many(c, &[id]))?.remove(&id) else {
            return Ok(());
        };
        let pinned = self.pinned(&account)?;
        let tags = self.featured_tags(&account);
        let mut count = account.counts.statuses;
        let outbox = account.endpoints.outbox.clone().filter(|uri| same_host(uri, &account.uri));
        if let Some(outbox) = outbox
            && let Some(mut page) = self.at_home(&outbox)
        {
            count = page.get("totalItems").and_then(Value::as_i64).filter(|n| *n > 0).unwrap_or(count);
            if let Some(first) = self.page_of(&page, "first", &outbox) {
                page = first;
            }
            let posts: Vec<&Value> = written(&page, &account).take(OUTBOX).collect();
            parallel(&posts, |post| drop(self.own_post(&account, post)));
        }
        self.app.store.write(|tx| {
            // What was told by the account's own server counts these already.
            if count > 0 {
                accounts::set_statuses_count(tx, id, count)?;
            }
            if let Some(tags) = &tags {
                featured_tags::set_of_account(tx, id, tags)?;
            }
            match pinned {
                Some(pinned) => statuses::set_pins(tx, id, &pinned),
                None => Ok(()),
            }
        })
    }

    /// Reads down the outbox to the first posts that are not known.
    fn older(&self, id: AccountId) -> Result<()> {
        let Some(account) = self.app.store.read(|c| accounts::many(c, &[id]))?.remove(&id) else {
            return Ok(());
        };
        let outbox = account.endpoints.outbox.clone().filter(|uri| same_host(uri, &account.uri));
        let Some(outbox) = outbox else { return Ok(()) };
        let Some(collection) = self.at_home(&outbox) else { return Ok(()) };
        let mut page = self.page_of(&collection, "first", &outbox).unwrap_or(collection);
        let mut kept = 0;
        for _ in 0..OLDER_PAGES {
            let mut unknown = Vec::new();
            for post in written(&page, &account).take(OUTBOX) {
                let known = match value::id(post) {
                    Some(uri) => self.app.store.read(|c| Ok(statuses::by_uri(c, uri)?.is_some()))?,
                    None => true,
                };
                if !known {
                    unknown.push(post);
                }
            }
            kept += unknown.len();
            parallel(&unknown, |post| drop(self.own_post(&account, post)));
            if kept >= OUTBOX {
                break;
            }
            let Some(next) = self.page_of(&page, "next", &outbox) else { break };
            page = next;
        }
        Ok(())
    }

    /// The pinned posts, the first one first; `None` when nobody could tell.
    fn pinned(&self, account: &Account) -> Result<Option<Vec<StatusId>>> {
        let featured = account.endpoints.featured.clone().filter(|uri| same_host(uri, &account.uri));
        let Some(collection) = featured.and_then(|uri| self.at_home(&uri)) else { return Ok(None) };
        let found = entries(&collection).take(PINNED).filter_map(|item| self.own_post(account, item));
        Ok(Some(found.map(|status| status.id).collect()))
    }

    /// The hashtags on the profile; `None` when nobody could tell. Their collection's address is not kept, and asked for
    /// with the profile.
    fn featured_tags(&self, account: &Account) -> Option<Vec<(String, String)>> {
        let actor = self.document(&account.uri)?;
        let uri = value::first_id(&actor, "featuredTags").filter(|uri| same_host(uri, &account.uri))?;
        let collection = self.at_home(&uri)?;
        Some(entries(&collection).take(PINNED).filter_map(parse::featured_tag).collect())
    }

    /// A post of the account's, which its server shows in one of the account's own lists: it need not be asked for again
    /// where it stands there whole.
    fn own_post(&self, account: &Account, item: &Value) -> Option<Status> {
        let uri = value::id(item).filter(|uri| same_host(uri, &account.uri))?;
        if let Some(known) = self.app.store.read(|c| statuses::by_uri(c, uri)).ok()? {
            return Some(known).filter(|s| s.account_id == account.id);
        }
        let document = match parse::note(item) {
            Some(_) => item.clone(),
            None => self.document(uri)?,
        };
        let is_theirs = value::ids(&document, "attributedTo").first() == Some(&account.uri);
        let status = if is_theirs { self.errand.keep(document).ok()? } else { return None };
        self.app.refreshes.add(self.refresh, 1, self.app.now());
        Some(status)
    }

    fn document(&self, uri: &str) -> Option<Value> {
        if self.errand.is_spent() {
            return None;
        }
        let host = host(uri)?;
        if self.silent().contains(&host) {
            return None;
        }
        match self.errand.fetch(uri) {
            Ok(document) => Some(document.json),
            Err(e) => {
                if e.kind == Kind::Unavailable {
                    self.silent().insert(host);
                }
                None
            }
        }
    }

    fn silent(&self) -> MutexGuard<'_, HashSet<String>> {
        self.silent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn whole_or_fetched(&self, uri: &str) -> Option<Value> {
        let whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner).remove(uri);
        whole.or_else(|| self.document(uri))
    }

    /// A document that stands on the server that it is asked of: what it tells of that server's posts counts.
    fn at_home(&self, uri: &str) -> Option<Value> {
        if self.errand.is_spent() {
            return None;
        }
        let document = self.errand.fetch(uri).ok()?;
        same_host(document.url.as_str(), uri).then_some(document.json)
    }

    /// Addresses in the `replies` of a document: the collection may stand there, whole or in part.
    fn replies(&self, document: &Value) -> Vec<String> {
        let (Some(replies), Some(id)) = (document.get("replies"), document.get("id").and_then(Value::as_str))
        else {
            return Vec::new();
        };
        match replies {
            Value::String(uri) if same_host(uri, id) => self.items_at(uri),
            Value::Object(_) => self.items_of(replies.clone(), id),
            _ => Vec::new(),
        }
    }

    fn items_at(&self, uri: &str) -> Vec<String> {
        if value::web(uri).is_none() || !self.takes_page() {
            return Vec::new();
        }
        // A redirect to another host would let that one vouch for posts of this one.
        match self.at_home(uri) {
            Some(collection) => self.items_of(collection, uri),
            None => Vec::new(),
        }
    }

    /// What stands in a collection and its first pages.
    fn items_of(&self, collection: Value, home: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut page = Some(collection);
        let mut seen = HashSet::new();
        for turn in 0..=PAGES_OF_ONE {
            let Some(current) = page.take() else { break };
            for entry in entries(&current) {
                let Some(uri) = value::id(entry) else { continue };
                found.push(uri.to_owned());
                // A server may vouch for its own posts.
                if same_host(uri, home) && found.len() <= POSTS && parse::note(entry).is_some() {
                    let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
                    whole.insert(uri.to_owned(), entry.clone());
                }
            }
            let name = if turn == 0 && current.get("first").is_some() { "first" } else { "next" };
            // A page that follows itself is read once.
            let unseen = value::first_id(&current, name).is_none_or(|uri| seen.insert(uri));
            if found.len() >= 2 * POSTS || !unseen {
                break;
            }
            page = self.page_of(&current, name, home);
        }
        found
    }

    /// A page, as it stands in its collection or at its own address on the same server.
    fn page_of(&self, of: &Value, name: &str, home: &str) -> Option<Value> {
        let page = of.get(name)?;
        if page.is_object() && (entries(page).next().is_some() || page.get("next").is_some()) {
            return Some(page.clone());
        }
        let uri = value::id(page).filter(|uri| same_host(uri, home))?;
        if self.takes_page() { self.at_home(uri) } else { None }
    }

    fn takes_page(&self) -> bool {
        self.pages.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

/// What `f` makes of each of `items`, in their order; several at once.
pub(super) fn parallel<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match items.get(at) {
                Some(item) => done.push((at, f(item))),
                None => return done,
            }
        }
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..THREADS.min(items.len())).map(|_| scope.spawn(work)).collect();
        let own = work();
        // A thread that panicked has nothing: its items are left out.
        own.into_iter().chain(threads.into_iter().flat_map(|t| t.join().unwrap_or_default())).collect()
    });
    sort_by_key(&mut done, |(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

/// The posts that stand in a page of somebody's outbox, as they were first said.
fn written<'v>(page: &'v Value, by: &'v Account) -> impl Iterator<Item = &'v Value> {
    let theirs = |activity: &&Value| {
        value::kind(activity) == "Create" && value::first_id(activity, "actor").as_deref() == Some(&by.uri)
    };
    entries(page).filter(theirs).filter_map(|activity| activity.get("object"))
}

/// What a collection or page holds.
fn entries(collection: &Value) -> impl Iterator<Item = &Value> {
    value::all(collection, "items").chain(value::all(collection, "orderedItems"))
}

/// Addresses that are to be fetched, each once, and none of ours.
#[derive(Default)]
struct Names {
    seen: HashSet<String>,
    queue: VecDeque<String>,
}

impl Names {
    fn add(&mut self, app: &App, uris: Vec<String>) {
        for uri in uris {
            let ours = app.instance.owns(&uri) || host(&uri).as_deref() == Some(app.instance.host.as_str());
            let room = self.seen.len() < 2 * POSTS;
            if room && !ours && value::web(&uri).is_some() && self.seen.insert(uri.clone()) {
                self.queue.push_back(uri);
            }
        }
    }
}
