//! Account: <https://docs.joinmastodon.org/entities/Account/>

use super::emoji::{self, CustomEmoji};
use super::{Day, Id, Time};
use crate::error::Result;
use crate::model::{self, AccountId, ActorKind, Instance, Picture, Timestamp};
use crate::store::accounts;
use rusqlite::Connection;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::HashMap;

#[derive(Debug, Serialize)]
pub struct Account<'a> {
    pub id: Id<AccountId>,
    pub username: &'a str,
    /// Without a domain for the owner: Tusky takes everything else for remote (pitfall 39).
    pub acct: Cow<'a, str>,
    pub display_name: &'a str,
    pub locked: bool,
    pub bot: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub group: bool,
    pub created_at: Time,
    pub note: &'a str,
    pub url: &'a str,
    pub uri: &'a str,
    pub avatar: Cow<'a, str>,
    pub avatar_static: Cow<'a, str>,
    pub header: Cow<'a, str>,
    pub header_static: Cow<'a, str>,
    pub followers_count: i64,
    pub following_count: i64,
    pub statuses_count: i64,
    pub last_status_at: Option<Day>,
    pub hide_collections: bool,
    pub emojis: Vec<CustomEmoji<'a>>,
    pub fields: Vec<Field<'a>>,
    pub roles: [(); 0],
    /// The owner's only (pitfall 30).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noindex: Option<bool>,
    #[serde(skip_serializing_if = "is_false")]
    pub suspended: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub memorial: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Box<Account<'a>>>,
}

#[derive(Debug, Serialize)]
pub struct Field<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub verified_at: Option<Time>,
}

/// `me` gives our own pictures their address.
pub fn account<'a>(me: &Instance, of: &'a model::Account) -> Account<'a> {
    // Of somebody who is gone no more is told than the name.
    let there = !of.suspended;
    let avatar = picture(me, of.avatar.as_ref().filter(|_| there), "/avatars/original/missing.png");
    let header = picture(me, of.header.as_ref().filter(|_| there), "/headers/original/missing.png");
    Account {
        id: Id(of.id),
        username: &of.username,
        acct: if of.is_owner() { Cow::Borrowed(&of.username) } else { Cow::Owned(of.acct()) },
        display_name: if there { &of.display_name } else { "" },
        locked: there && of.locked,
        bot: there && of.bot(),
        discoverable: there && of.discoverable,
        indexable: there && of.indexable,
        group: of.kind == ActorKind::Group,
        created_at: Time(of.created_at.midnight()), // pitfall 28
        note: if there { &of.note } else { "" },
        url: if of.url.is_empty() { &of.uri } else { &of.url },
        uri: &of.uri,
        avatar_static: avatar.clone(),
        avatar,
        header_static: header.clone(),
        header,
        followers_count: of.counts.followers,
        following_count: of.counts.following,
        statuses_count: of.counts.statuses,
        last_status_at: of.last_status_at.map(Day),
        hide_collections: of.hide_collections,
        emojis: if there { emoji::all(me, &of.emojis) } else { Vec::new() },
        fields: of.fields.iter().filter(|_| there).map(|f| field(&f.name, &f.value, f.verified_at)).collect(),
        roles: [],
        noindex: of.is_owner().then_some(!of.indexable),
        suspended: of.suspended,
        memorial: of.memorial,
        moved: None,
    }
}

pub fn field<'a>(name: &'a str, value: &'a str, verified_at: Option<i64>) -> Field<'a> {
    Field { name, value, verified_at: verified_at.map(|at| Time(Timestamp(at))) }
}

/// Always a whole address: strict apps read no other. Ice Cubes knows an unset picture by its ending
/// `missing.png` (pitfall 32).
pub fn picture<'a>(me: &Instance, picture: Option<&'a Picture>, missing: &str) -> Cow<'a, str> {
    match picture {
        Some(Picture::Blob(key)) => Cow::Owned(me.at(&format!("/media/{key}"))),
        Some(Picture::Remote(url)) => me.shown(url),
        None => Cow::Owned(me.at(missing)),
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// Accounts by id, with those that they moved to, as far as they are known here.
#[derive(Debug, Default)]
pub struct People {
    by_id: HashMap<AccountId, model::Account>,
    moved: HashMap<AccountId, model::Account>,
}

impl People {
    pub fn load(c: &Connection, ids: impl IntoIterator<Item = AccountId>) -> Result<People> {
        let mut ids: Vec<AccountId> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        People::of(c, accounts::many(c, &ids)?.into_values())
    }

    pub fn of(c: &Connection, all: impl IntoIterator<Item = model::Account>) -> Result<People> {
        let by_id: HashMap<_, _> = all.into_iter().map(|a| (a.id, a)).collect();
        let mut moved = HashMap::new();
        for (id, account) in &by_id {
            if let Some(uri) = &account.moved_to
                && let Some(target) = accounts::by_uri(c, uri)?
            {
                moved.insert(*id, target);
            }
        }
        Ok(People { by_id, moved })
    }

    #[cfg(test)]
    pub fn known(by_id: HashMap<AccountId, model::Account>) -> People {
        People { by_id, moved: HashMap::new() }
    }

    pub fn get(&self, id: AccountId) -> Option<&model::Account> {
        self.by_id.get(&id)
    }

    pub fn entity(&self, me: &Instance, id: AccountId) -> Option<Account<'_>> {
        let mut entity = account(me, self.get(id)?);
        entity.moved = self.moved.get(&id).map(|target| Box::new(account(me, target)));
        Some(entity)
    }
}

/// A list of accounts in an order of its own.
#[derive(Debug)]
pub struct Accounts<'a> {
    me: &'a Instance,
    order: Vec<AccountId>,
    people: People,
}

impl<'a> Accounts<'a> {
    pub fn new(c: &Connection, me: &'a Instance, list: Vec<model::Account>) -> Result<Accounts<'a>> {
        let order = list.iter().map(|a| a.id).collect();
        Ok(Accounts { me, order, people: People::of(c, list)? })
    }

    pub fn iter(&self) -> impl Iterator<Item = Account<'_>> {
        self.order.iter().filter_map(|id| self.people.entity(self.me, *id))
    }

    pub fn first(&self) -> Option<Account<'_>> {
        self.iter().next()
    }

    pub fn of(&self, id: AccountId) -> Option<&model::Account> {
        self.people.get(id)
    }
}

impl Serialize for Accounts<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}

/// What a face beside a group needs: <https://docs.joinmastodon.org/methods/grouped_notifications/>.
#[derive(Debug, Serialize)]
pub struct PartialAccount<'a> {
    pub id: Id<AccountId>,
    pub acct: Cow<'a, str>,
    pub locked: bool,
    pub bot: bool,
    pub url: &'a str,
    pub avatar: Cow<'a, str>,
    pub avatar_static: Cow<'a, str>,
}

pub fn partial<'a>(me: &Instance, of: &'a model::Account) -> PartialAccount<'a> {
    let Account { id, acct, locked, bot, url, avatar, avatar_static, .. } = account(me, of);
    PartialAccount { id, acct, locked, bot, url, avatar, avatar_static }
}

/// An account of the mutes list: when the mute ends (pitfall 101).
#[derive(Debug, Serialize)]
pub struct MutedAccount<'a> {
    #[serde(flatten)]
    pub account: Account<'a>,
    pub mute_expires_at: Option<Time>,
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use serde_json::json;

    pub fn me() -> Instance {
        Instance::of_tests()
    }

    #[test]
    fn pitfall_28_and_32_a_bare_account_has_whole_addresses_and_its_nulls() {
        let account = model::Account {
            id: AccountId(7),
            uri: "https://b.test/users/bob".into(),
            username: "bob".into(),
            domain: Some("b.test".into()),
            created_at: Timestamp(1_700_000_000_123),
            ..model::Account::default()
        };
        let written = serde_json::to_value(super::account(&me(), &account)).unwrap();
        assert_eq!(written["id"], json!("7"));
        assert_eq!(written["acct"], json!("bob@b.test"));
        assert_eq!(written["avatar"], json!("https://a.test/avatars/original/missing.png"));
        assert_eq!(written["header_static"], json!("https://a.test/headers/original/missing.png"));
        assert_eq!(written["created_at"], json!("2023-11-14T00:00:00.000Z"));
        assert_eq!(written["url"], json!("https://b.test/users/bob"));
        assert!(written["last_status_at"].is_null() && written.get("last_status_at").is_some());
        for list in ["emojis", "fields", "roles"] {
            assert_eq!(written[list], json!([]));
        }
        for absent in ["moved", "suspended", "memorial", "noindex"] {
            assert!(written.get(absent).is_none(), "{absent}");
        }
    }
}
