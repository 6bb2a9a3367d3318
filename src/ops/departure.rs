//! Before and after a move to another server: whether it can work, who came along, and who could not.
//! <https://docs.joinmastodon.org/user/moving/>

use super::deliver::{self, host};
use super::migration::other;
use super::resolve::{self, Errand, same_host};
use crate::ap::build;
use crate::ap::parse::value;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::DAY;
use crate::model::*;
use crate::store::moves::{self, Follower, Sums};
use crate::store::{accounts, deliveries, instance, relations};
use std::collections::{BTreeMap, BTreeSet};

/// Software that federates and takes no Move, as far as known.
const DEAF: &[&str] =
    &["castopod", "funkwhale", "gancio", "lemmy", "mobilizon", "owncast", "peertube", "plume", "writefreely"];
/// Mastodon, and Taure, hear of one move of an account in a week.
const REST: i64 = 7 * DAY;
/// Servers that a point of the check names.
const NAMED: usize = 10;
/// Pages of the new account's list of followers that are read at once.
const PAGES: usize = 25;
/// Followers that the report names.
const LISTED: i64 = 500;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// The new account names this one as its alias.
    Named,
    NotNamed,
    /// The new account moved on itself.
    MovedOn(String),
    Suspended,
    /// Blocked from here, alone or with its server.
    Blocked,
    /// It asks before somebody follows.
    Locked,
    Open,
    Followers {
        count: i64,
        servers: usize,
    },
    /// Servers of followers that cannot be reached now: how many, and some names.
    Down(usize, String),
    /// Servers of followers whose software takes no Move.
    Deaf(usize, String),
    /// A move less than a week ago.
    Lately(Timestamp),
}

/// How much that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Fine,
    Mind,
    /// It cannot be done so.
    Stops,
}

impl Point {
    pub fn weight(&self) -> Weight {
        match self {
            Point::Named | Point::Open | Point::Followers { .. } => Weight::Fine,
            Point::NotNamed | Point::MovedOn(_) | Point::Suspended => Weight::Stops,
            _ => Weight::Mind,
        }
    }
}

#[derive(Debug)]
pub struct Check {
    pub target: Account,
    pub points: Vec<Point>,
}

/// What a move to that account would meet, with its document as it is now.
///
/// Errors: `Invalid` for an account that cannot be found, or is the owner.
pub fn check(app: &App, text: &str) -> Result<Check> {
    let (target, now) = (other(app, text)?, app.now());
    let me = &app.instance;
    let mut points =
        vec![if target.also_known_as.contains(&me.actor()) { Point::Named } else { Point::NotNamed }];
    points.extend(target.moved_to.clone().map(Point::MovedOn));
    if target.suspended {
        points.push(Point::Suspended);
    }
    if target.relation.blocking() || target.relation.domain_blocked {
        points.push(Point::Blocked);
    }
    points.push(if target.locked { Point::Locked } else { Point::Open });
    app.store.read(|c| {
        let hosts: BTreeSet<String> =
            relations::follower_inboxes(c)?.iter().filter_map(|inbox| host(inbox)).collect();
        let (mut down, mut deaf) = (Vec::new(), BTreeMap::new());
        for host in &hosts {
            if deliveries::host(c, host)?.failing_since.is_some() {
                down.push(host.clone());
            }
            if let Some((software, _)) = deliveries::software(c, host)?
                && DEAF.contains(&software.as_str())
            {
                deaf.insert(host.clone(), software);
            }
        }
        points.push(Point::Followers { count: accounts::owner(c)?.counts.followers, servers: hosts.len() });
        if !down.is_empty() {
            points.push(Point::Down(down.len(), names(down)));
        }
        if !deaf.is_empty() {
            let named = deaf.iter().map(|(host, software)| format!("{host} ({software})")).collect();
            points.push(Point::Deaf(deaf.len(), names(named)));
        }
        if let Some(at) = accounts::moved_at(c, me.owner)?.filter(|at| at.plus(REST) > now) {
            points.push(Point::Lately(at));
        }
        Ok(())
    })?;
    Ok(Check { target, points })
}

fn names(mut of: Vec<String>) -> String {
    let more = of.len() > NAMED;
    of.truncate(NAMED);
    of.join(", ") + if more { " …" } else { "" }
}

/// Where the followers of the time of the move are.
#[derive(Debug)]
pub struct Progress {
    pub sums: Sums,
    /// Who is not known to have moved, five hundred at most.
    pub left: Vec<Follower>,
}

/// `None`: nobody moved, or nobody followed.
pub fn progress(app: &App) -> Result<Option<Progress>> {
    let me = app.instance.actor();
    let (sums, left) = app.store.read(|c| Ok((moves::sums(c, &me)?, moves::left_behind(c, &me, LISTED)?)))?;
    Ok(if sums == Sums::default() { None } else { Some(Progress { sums, left }) })
}

/// Tells the servers of all who have not moved once more, those at once that could not be reached before.
///
/// Errors: `Invalid` for an owner who has not moved.
pub fn send_again(app: &App) -> Result<()> {
    let me = &app.instance;
    app.store.write_durably(|tx| {
        let target = accounts::owner(tx)?.moved_to.ok_or_else(not_moved)?;
        let inboxes = moves::inboxes_left(tx, &me.actor())?;
        deliver::to(tx, &build::move_to(me, id(me, tx.now), &target), None, &inboxes)?;
        for host in inboxes.iter().filter_map(|inbox| host(inbox)).collect::<BTreeSet<_>>() {
            deliver::wake(tx, &host)?;
        }
        Ok(())
    })
}

/// A new id of a Move.
pub fn id(me: &Instance, now: Timestamp) -> String {
    format!("{}#moves/{}", me.actor(), RowId::at(now))
}

fn not_moved() -> Error {
    Error::invalid("You have not moved")
}

/// Reads who follows the new account, as far as its server tells, and notes who of the followers is among them.
///
/// Errors: `Invalid` where its server does not tell; `Unavailable` where it cannot be reached.
pub fn look(app: &App) -> Result<()> {
    let target = app.store.read(accounts::owner)?.moved_to.ok_or_else(not_moved)?;
    let target = resolve::refresh(app, &target)?;
    let hidden = || Error::invalid(format!("{} does not show who follows it", target.acct()));
    let home = target.endpoints.followers.clone().ok_or_else(hidden)?;
    let errand = Errand::new(app);
    let told =
        |e: Error| if matches!(e.kind, Kind::Internal | Kind::Unavailable) { e } else { hidden().because(e) };
    let mut page = errand.fetch(&home).map_err(told)?.json;
    let (mut found, mut next) = (0, page.get("first").cloned());
    for _ in 0..PAGES {
        let uris = [value::ids(&page, "orderedItems"), value::ids(&page, "items")].concat();
        found += uris.len();
        app.store.write(|tx| moves::arrived(tx, &uris))?;
        page = match next.take() {
            Some(whole) if whole.get("type").is_some() => whole,
            Some(link) => {
                let Some(uri) = value::id(&link).filter(|uri| same_host(uri, &home)) else { break };
                match errand.fetch(uri) {
                    Ok(document) => document.json,
                    Err(e) if found == 0 => return Err(told(e)),
                    Err(_) => break, // what was read counts
                }
            }
            None => break,
        };
        next = page.get("next").cloned();
    }
    if found == 0 && target.counts.followers > 0 { Err(hidden()) } else { Ok(()) }
}

/// Whether visitors of the old profile are led to the new one.
pub fn lead_on(app: &App, lead_on: bool) -> Result<()> {
    app.store.write(|tx| {
        let settings = instance::settings(tx)?;
        instance::set_settings(tx, &Settings { lead_on, ..settings })
    })
}

/// Under this name stands when an alias was added last.
const ALIAS_SINCE: &str = "alias_since";

/// An alias was added: who follows from now on may have come by it.
pub(super) fn alias_added(tx: &crate::store::Tx) -> Result<()> {
    instance::set_number(tx, ALIAS_SINCE, tx.now.0)
}

/// When an alias was added last, and how many followed since.
pub fn arrivals(app: &App) -> Result<Option<(Timestamp, i64)>> {
    app.store.read(|c| {
        let Some(since) = instance::number(c, ALIAS_SINCE)?.map(Timestamp) else { return Ok(None) };
        Ok(Some((since, moves::followers_since(c, since)?)))
    })
}
