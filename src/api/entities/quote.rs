//! Quote, ShallowQuote and QuoteApproval: <https://docs.joinmastodon.org/entities/Quote/>
//!
//! A quoted status stands in whole, and what that one quotes by its id alone (pitfall 55).

use super::Id;
use super::status::Status;
use crate::error::Result;
use crate::model::{self, Account, Clock, Instance, QuotePolicy, QuoteState, StatusId, Timestamp, Viewer};
use crate::ops::{quotes as rule, visibility};
use crate::store::{quotes, statuses};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Quote<'a> {
    Full { state: &'static str, quoted_status: Option<Box<Status<'a>>> },
    Shallow { state: &'static str, quoted_status_id: Option<Id<StatusId>> },
}

/// Who may quote a status, and whether whoever reads may (pitfall 56).
#[derive(Debug, Clone, Serialize)]
pub struct QuoteApproval {
    pub automatic: Vec<&'static str>,
    pub manual: Vec<&'static str>,
    pub current_user: &'static str,
}

pub fn approval(viewer: Viewer, status: &model::Status, author: &Account) -> QuoteApproval {
    QuoteApproval {
        automatic: words(status.quote_policy.automatic),
        manual: words(status.quote_policy.manual),
        current_user: rule::approval(viewer, status, author).as_str(),
    }
}

fn words(policy: i64) -> Vec<&'static str> {
    let all = [
        (QuotePolicy::OTHERS, "unsupported_policy"),
        (QuotePolicy::PUBLIC, "public"),
        (QuotePolicy::FOLLOWERS, "followers"),
        (QuotePolicy::FOLLOWING, "following"),
    ];
    all.into_iter().filter(|(bit, _)| policy & bit != 0).map(|(_, word)| word).collect()
}

/// What a list of statuses quotes, two levels deep: four queries, and two where nothing is quoted twice.
#[derive(Debug, Default)]
pub struct Quotes {
    by_status: HashMap<StatusId, model::Quote>,
    quoted: HashMap<StatusId, model::Status>,
    /// Those that whoever reads may not see.
    hidden: HashSet<StatusId>,
    now: Timestamp,
}

impl Quotes {
    pub fn load(c: &Connection, me: &Instance, viewer: Viewer, quoting: &[StatusId]) -> Result<Quotes> {
        // A mute that has run out hides nothing; the real time will do for that, and lists have no other.
        let mut found = Quotes { now: Clock::default().now(), ..Quotes::default() };
        let first = found.look(c, quoting)?;
        if !first.is_empty() {
            found.look(c, &first)?;
        }
        for (id, status) in &found.quoted {
            if !visibility::may_see(c, viewer, me.owner, status)? {
                found.hidden.insert(*id);
            }
        }
        Ok(found)
    }

    /// One level. Returns what is quoted on it.
    fn look(&mut self, c: &Connection, quoting: &[StatusId]) -> Result<Vec<StatusId>> {
        let quotes = quotes::of_statuses(c, quoting)?;
        let ids: Vec<StatusId> = quotes.values().filter_map(|q| q.quoted).collect();
        self.by_status.extend(quotes);
        let unknown: Vec<StatusId> = ids.iter().filter(|id| !self.quoted.contains_key(id)).copied().collect();
        if !unknown.is_empty() {
            self.quoted.extend(statuses::many(c, &unknown)?);
        }
        Ok(ids)
    }

    /// Everything that is quoted: its authors, media and so on are loaded with those of the list.
    pub fn statuses(&self) -> impl Iterator<Item = &model::Status> {
        self.quoted.values()
    }

    /// What `status` quotes, if apps are to know of it.
    pub fn of(&self, status: StatusId) -> Option<&model::Quote> {
        self.by_status.get(&status).filter(|quote| quote.is_shown())
    }

    /// The quoted status whatever its author says of it, for the owner to quote it again.
    pub fn quoted(&self, quote: &model::Quote) -> Option<&model::Status> {
        quote.quoted.filter(|id| !self.hidden.contains(id)).and_then(|id| self.quoted.get(&id))
    }

    /// Its state for whoever reads, and the quoted status where they are to have it.
    pub fn seen<'a>(
        &'a self,
        quote: &model::Quote,
        viewer: Viewer,
        author: impl Fn(&model::Status) -> Option<&'a Account>,
    ) -> (&'static str, Option<&'a model::Status>) {
        if quote.state != QuoteState::Accepted {
            return (quote.state.as_str(), None);
        }
        let Some(status) = quote.quoted.and_then(|id| self.quoted.get(&id)) else {
            return (QuoteState::Deleted.as_str(), None);
        };
        let Some(author) = author(status).filter(|_| !self.hidden.contains(&status.id)) else {
            return ("unauthorized", None);
        };
        let relation = &author.relation;
        let state = match viewer {
            _ if author.is_owner() => "accepted",
            Viewer::Owner if relation.blocked_by => return ("unauthorized", None),
            Viewer::Owner if relation.domain_blocked => "blocked_domain",
            Viewer::Owner if relation.blocking() => "blocked_account",
            Viewer::Owner if relation.muting(self.now) => "muted_account",
            _ => "accepted",
        };
        (state, Some(status))
    }
}
