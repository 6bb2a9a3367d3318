//! Conversation: <https://docs.joinmastodon.org/entities/Conversation/>

use super::Id;
use super::account::{Account, People};
use super::status::{Status, Statuses};
use crate::error::Result;
use crate::model::{AccountId, Instance, StatusId, Viewer};
use crate::store::{conversations, statuses};
use rusqlite::Connection;
use serde::{Serialize, Serializer};
use std::collections::HashMap;

#[derive(Debug, Serialize)]
pub struct Conversation<'a> {
    pub id: Id<StatusId>,
    pub unread: bool,
    pub accounts: Vec<Account<'a>>,
    pub last_status: Option<Status<'a>>,
}

/// A list of conversations with who takes part and what was said last.
#[derive(Debug)]
pub struct Conversations<'a> {
    me: &'a Instance,
    list: Vec<conversations::Conversation>,
    people: People,
    others: HashMap<StatusId, Vec<AccountId>>,
    statuses: Statuses<'a>,
}

impl<'a> Conversations<'a> {
    pub fn load(
        c: &Connection,
        me: &'a Instance,
        list: Vec<conversations::Conversation>,
    ) -> Result<Conversations<'a>> {
        let last: Vec<StatusId> = list.iter().map(|one| one.last).collect();
        let found = statuses::many(c, &last)?;
        // Who takes part: the author and the addressed of the last word, the owner left out.
        let mut others: HashMap<StatusId, Vec<AccountId>> = HashMap::new();
        for (id, mentions) in statuses::mentions(c, &last)? {
            others.entry(id).or_default().extend(mentions.iter().map(|m| m.account_id));
        }
        for status in found.values() {
            let named = others.entry(status.id).or_default();
            if !named.contains(&status.account_id) {
                named.insert(0, status.account_id);
            }
            named.retain(|id| *id != me.owner);
            if named.is_empty() {
                named.push(me.owner); // a note to oneself: apps read the first account, as Mastodon gives one
            }
        }
        Ok(Conversations {
            me,
            people: People::load(c, others.values().flatten().copied())?,
            statuses: Statuses::load(c, me, Viewer::Owner, found.into_values().collect())?,
            others,
            list,
        })
    }

    pub fn iter(&self) -> impl Iterator<Item = Conversation<'_>> {
        self.list.iter().map(|one| {
            let others = self.others.get(&one.last).into_iter().flatten();
            Conversation {
                id: Id(one.first),
                unread: one.unread,
                accounts: others.filter_map(|id| self.people.entity(self.me, *id)).collect(),
                last_status: self.statuses.find(one.last),
            }
        })
    }

    pub fn first(&self) -> Option<Conversation<'_>> {
        self.iter().next()
    }
}

impl Serialize for Conversations<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}
