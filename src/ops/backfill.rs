//! What a server for one never gets sent: the answers of others in a thread, and what somebody posted before
//! the owner followed. Fetched when the owner looks at it, in the background, and bounded on all sides.
//!
//! Threads by the `replies` collections (<https://www.w3.org/TR/activitystreams-vocabulary/#dfn-replies>) and the
//! `context` collection (FEP-7888, FEP-f228). A collection is nobody's word about a post: each is fetched from its
//! own address, and only kept if it answers something that is known. Nobody is notified.

use super::deliver::host;
use super::resolve::{Errand, same_host};
use crate::ap::parse::{self, value};
use crate::app::App;
use crate::app::refreshes::{Begun, Refresh};
use crate::error::Result;
use crate::model::time::{HOUR, MINUTE};
use crate::model::*;
use crate::store::{accounts, jobs, statuses, timelines};
use serde_json::Value;
use std::collections::{HashSet, VecDeque};

/// A thread, and a profile, is left alone for so long after it was looked at.
const THREAD_REST: i64 = 15 * MINUTE;
const PROFILE_REST: i64 = HOUR;
/// Posts that are fetched for one opening.
const POSTS: usize = 50;
/// Posts of a profile, and how many of them pinned.
const OUTBOX: usize = 40;
const PINNED: usize = 10;
/// Pages of collections that are read for one opening, and of one collection.
const PAGES: usize = 16;
const PAGES_OF_ONE: usize = 3;
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

/// One run: what may still be asked, and what was found.
struct Fill<'a> {
    app: &'a App,
    errand: Errand<'a>,
    refresh: &'a str,
    pages: usize,
}

/// Fetches the answers around a status. Errors: our own; what others do wrong ends the search there.
pub fn thread(app: &App, id: StatusId, refresh: &str) -> Result<()> {
    let mut fill = Fill { app, errand: Errand::wide(app), refresh, pages: PAGES };
    let done = fill.thread(id);
    app.refreshes.finish(refresh, app.now());
    done
}

/// Fetches what somebody pinned, and the first page of what they posted.
pub fn profile(app: &App, id: AccountId, refresh: &str) -> Result<()> {
    let mut fill = Fill { app, errand: Errand::wide(app), refresh, pages: PAGES };
    let done = fill.profile(id);
    app.refreshes.finish(refresh, app.now());
    done
}

impl Fill<'_> {
    fn thread(&mut self, id: StatusId) -> Result<()> {
        let Some(opened) = self.app.store.read(|c| statuses::many(c, &[id]))?.remove(&id) else {
            return Ok(()); // deleted meanwhile
        };
        let root = self.root(&opened)?;
        let mut documents: VecDeque<Value> = VecDeque::new();
        let mut named = Names::default();
        for source in [&root, &opened] {
            if !source.local
                && named.seen.insert(source.uri.clone())
                && let Some(document) = self.document(&source.uri)
            {
                documents.push_back(document);
            }
        }
        if let Some(context) = documents.front().and_then(|d| d.get("context")).and_then(Value::as_str) {
            let found = self.items_at(context);
            named.add(self.app, found);
        }
        // Posts whose parent is not known yet: it may be further down in the list.
        let mut waiting: Vec<(String, Value)> = Vec::new();
        let mut fetched = 0;
        loop {
            while let Some(document) = documents.pop_front() {
                let found = self.replies(&document);
                named.add(self.app, found);
            }
            let Some(uri) = named.queue.pop_front().filter(|_| fetched < POSTS && !self.errand.is_spent())
            else {
                break;
            };
            if self.app.store.read(|c| statuses::by_uri(c, &uri))?.is_some() {
                continue;
            }
            fetched += 1;
            let Some(document) = self.document(&uri) else { continue };
            waiting.push((uri, document));
            // Each that finds its place may be the parent of another.
            while let Some(at) = self.first_rooted(&waiting)? {
                let (_, document) = waiting.swap_remove(at);
                if self.keep(document.clone()) {
                    documents.push_back(document);
                }
            }
        }
        Ok(())
    }

    /// The top of the thread, and what is missing above it, fetched.
    fn root(&mut self, opened: &Status) -> Result<Status> {
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

    fn profile(&mut self, id: AccountId) -> Result<()> {
        let Some(account) = self.app.store.read(|c| accounts::many(c, &[id]))?.remove(&id) else {
            return Ok(());
        };
        let pinned = self.pinned(&account)?;
        let outbox = account.endpoints.outbox.clone().filter(|uri| same_host(uri, &account.uri));
        if let Some(outbox) = outbox
            && let Some(mut page) = self.at_home(&outbox)
        {
            if let Some(first) = self.page_of(&page, "first", &outbox) {
                page = first;
            }
            for activity in entries(&page).take(OUTBOX) {
                if self.errand.is_spent() {
                    break;
                }
                if value::kind(activity) == "Create"
                    && value::first_id(activity, "actor").as_deref() == Some(&account.uri)
                {
                    activity
                        .get("object")
                        .into_iter()
                        .for_each(|object| drop(self.own_post(&account, object)));
                }
            }
        }
        self.app.store.write(|tx| {
            // What was told by the account's own server counts these already.
            if account.counts.statuses > 0 {
                accounts::set_statuses_count(tx, id, account.counts.statuses)?;
            }
            match pinned {
                Some(pinned) => statuses::set_pins(tx, id, &pinned),
                None => Ok(()),
            }
        })
    }

    /// The pinned posts, the first one first; `None` when nobody could tell.
    fn pinned(&mut self, account: &Account) -> Result<Option<Vec<StatusId>>> {
        let featured = account.endpoints.featured.clone().filter(|uri| same_host(uri, &account.uri));
        let Some(collection) = featured.and_then(|uri| self.at_home(&uri)) else { return Ok(None) };
        let found = entries(&collection).take(PINNED).filter_map(|item| self.own_post(account, item));
        Ok(Some(found.map(|status| status.id).collect()))
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
        self.errand.fetch(uri).ok().map(|document| document.json)
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
    fn replies(&mut self, document: &Value) -> Vec<String> {
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

    fn items_at(&mut self, uri: &str) -> Vec<String> {
        if self.pages == 0 || value::web(uri).is_none() {
            return Vec::new();
        }
        self.pages -= 1;
        match self.document(uri) {
            Some(collection) => self.items_of(collection, uri),
            None => Vec::new(),
        }
    }

    /// What stands in a collection and its first pages.
    fn items_of(&mut self, collection: Value, home: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut page = Some(collection);
        let mut seen = HashSet::new();
        for turn in 0..=PAGES_OF_ONE {
            let Some(current) = page.take() else { break };
            found.extend(entries(&current).filter_map(value::id).map(str::to_owned));
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
    fn page_of(&mut self, of: &Value, name: &str, home: &str) -> Option<Value> {
        let page = of.get(name)?;
        if page.is_object() && (entries(page).next().is_some() || page.get("next").is_some()) {
            return Some(page.clone());
        }
        let uri = value::id(page).filter(|uri| same_host(uri, home))?;
        self.pages = self.pages.checked_sub(1)?;
        self.at_home(uri)
    }
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
            let room = self.queue.len() < 4 * POSTS;
            if room && !ours && value::web(&uri).is_some() && self.seen.insert(uri.clone()) {
                self.queue.push_back(uri);
            }
        }
    }
}
