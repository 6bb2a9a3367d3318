//! The one rule of who may see a status. API, pages, feeds and federation all ask here.
//!
//! <https://docs.joinmastodon.org/entities/Status/#visibility>

use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{accounts, statuses};
use rusqlite::Connection;

/// Whether `viewer` may see `status`. `me` is the owner's account.
///
/// The owner sees whatever is stored. A stranger sees what is public or unlisted. An account that
/// proved itself sees that too, and of the owner's own posts those for followers if it follows, and
/// those that mention it; nothing at all if the owner blocks it or its server. A boost is as visible as itself and
/// as what it boosts. What came by a feed is the owner's own reading: nobody else hears that it is here.
pub fn may_see(c: &Connection, viewer: Viewer, me: AccountId, status: &Status) -> Result<bool> {
    let allowed = match viewer {
        Viewer::Owner => return Ok(true),
        _ if status.is_feed() => return Ok(false),
        Viewer::Stranger => is_open_to(viewer, status),
        Viewer::Account(asker) => account_may_see(c, asker, me, status)?,
    };
    match status.reblog_of {
        Some(original) if allowed => {
            let original = statuses::get(c, original)?;
            // Only what is no boost can be boosted, so this goes one step deep.
            Ok(original.reblog_of.is_none() && may_see(c, viewer, me, &original)?)
        }
        _ => Ok(allowed),
    }
}

/// The same for a post that is no boost, where whoever reads is the owner or a stranger: for pages, which know
/// no others.
pub fn is_open_to(viewer: Viewer, status: &Status) -> bool {
    viewer == Viewer::Owner || (status.visibility.is_open() && !status.is_feed())
}

fn account_may_see(c: &Connection, asker: AccountId, me: AccountId, status: &Status) -> Result<bool> {
    let relation = accounts::get(c, asker)?.relation;
    if apart(&relation) {
        return Ok(false);
    }
    if status.visibility.is_open() || status.account_id == asker {
        return Ok(true);
    }
    // What others wrote for few is theirs to show.
    if status.account_id != me {
        return Ok(false);
    }
    let follows = status.visibility == Visibility::Private && relation.follower == Follow::Yes;
    Ok(follows || statuses::is_mentioned(c, status.id, asker)?)
}

/// An account that `viewer` may hear of: which feeds the owner reads is nobody else's to know.
///
/// Errors: `NotFound`, as if it were not here.
pub fn account(c: &Connection, viewer: Viewer, id: AccountId) -> Result<Account> {
    Some(accounts::get(c, id)?).filter(|account| is_known_to(viewer, account)).ok_or_else(Error::not_found)
}

pub fn is_known_to(viewer: Viewer, account: &Account) -> bool {
    viewer == Viewer::Owner || !account.is_feed()
}

/// Whom the owner wants to have nothing to do with.
fn apart(relation: &Relation) -> bool {
    relation.blocking() || relation.domain_blocked
}

/// The status of that id, for eyes that may see it.
///
/// Errors: `NotFound`, for what is not there and for what is not the viewer's to know (pitfall 22).
pub fn visible(c: &Connection, viewer: Viewer, me: AccountId, id: StatusId) -> Result<Status> {
    let status = statuses::get(c, id)?;
    if may_see(c, viewer, me, &status)? { Ok(status) } else { Err(Error::not_found()) }
}

/// Those of `list` that the viewer may see, in their order.
pub fn only_visible(c: &Connection, viewer: Viewer, me: AccountId, list: Vec<Status>) -> Result<Vec<Status>> {
    if viewer == Viewer::Owner {
        return Ok(list);
    }
    let mut seen = Vec::with_capacity(list.len());
    for status in list {
        if may_see(c, viewer, me, &status)? {
            seen.push(status);
        }
    }
    Ok(seen)
}

/// The highest visibility that the viewer may see of everything that `of` posted: for lists of one
/// account, where the index answers.
pub fn up_to(c: &Connection, viewer: Viewer, of: &Account) -> Result<Option<Visibility>> {
    Ok(match viewer {
        Viewer::Owner => Some(Visibility::Direct),
        _ if of.is_feed() => None,
        Viewer::Stranger => Some(Visibility::Unlisted),
        Viewer::Account(asker) => {
            let relation = accounts::get(c, asker)?.relation;
            let follows = of.is_owner() && relation.follower == Follow::Yes;
            match (apart(&relation), follows) {
                (true, _) => None,
                (false, true) => Some(Visibility::Private),
                (false, false) => Some(Visibility::Unlisted),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Clock, Timestamp};
    use crate::store::{Store, Tx, domain_blocks, relations};

    const ME: AccountId = AccountId(1);

    struct House {
        store: Store,
        friend: AccountId,
        other: AccountId,
    }

    fn house(name: &str) -> House {
        let dir = std::env::temp_dir().join(format!("taure-visibility-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("taure.db");
        let _ = std::fs::remove_file(&path);
        let store = Store::open(&path, Clock::default(), Box::new(|_| ())).unwrap();
        let (friend, other) = store
            .write(|tx| {
                accounts::insert_owner(
                    tx,
                    &Account { id: ME, uri: "https://me.test/users/me".into(), ..Account::default() },
                )?;
                Ok((remote(tx, "friend")?, remote(tx, "other")?))
            })
            .unwrap();
        House { store, friend, other }
    }

    fn remote(tx: &Tx, name: &str) -> Result<AccountId> {
        accounts::upsert_remote(
            tx,
            &Account {
                uri: format!("https://far.test/users/{name}"),
                username: name.into(),
                domain: Some("far.test".into()),
                ..Account::default()
            },
        )
    }

    impl House {
        fn post(&self, by: AccountId, visibility: Visibility, boosts: Option<StatusId>) -> Status {
            let id = StatusId::at(Timestamp(1_700_000_000_000));
            let status = Status {
                id,
                uri: format!("https://any.test/{id}"),
                account_id: by,
                local: by == ME,
                visibility,
                reblog_of: boosts,
                ..Status::default()
            };
            self.store.write(|tx| statuses::insert(tx, &status, true)).unwrap();
            status
        }

        fn sees(&self, viewer: Viewer, status: &Status) -> bool {
            self.store.read(|c| may_see(c, viewer, ME, status)).unwrap()
        }
    }

    #[test]
    fn a_stranger_sees_only_what_is_open() {
        let house = house("stranger");
        for visibility in Visibility::ALL {
            let status = house.post(ME, visibility, None);
            assert_eq!(house.sees(Viewer::Stranger, &status), visibility.is_open(), "{visibility:?}");
            assert!(house.sees(Viewer::Owner, &status));
        }
    }

    #[test]
    fn a_follower_sees_followers_posts_and_a_named_one_direct_posts() {
        let house = house("follower");
        let (friend, other) = (Viewer::Account(house.friend), Viewer::Account(house.other));
        let private = house.post(ME, Visibility::Private, None);
        let direct = house.post(ME, Visibility::Direct, None);
        assert!(!house.sees(friend, &private));
        house.store.write(|tx| relations::set_follower(tx, house.friend, Follow::Yes, None)).unwrap();
        house.store.write(|tx| statuses::set_mentions(tx, direct.id, &[(house.other, false)])).unwrap();
        assert!(house.sees(friend, &private) && !house.sees(other, &private));
        assert!(house.sees(other, &direct) && !house.sees(friend, &direct));
    }

    #[test]
    fn what_others_wrote_for_few_is_not_shown_on() {
        let house = house("others");
        let theirs = house.post(house.other, Visibility::Private, None);
        house.store.write(|tx| relations::set_follower(tx, house.friend, Follow::Yes, None)).unwrap();
        assert!(!house.sees(Viewer::Account(house.friend), &theirs));
        assert!(house.sees(Viewer::Account(house.other), &theirs));
    }

    #[test]
    fn whom_the_owner_blocks_sees_nothing() {
        let house = house("blocked");
        let open = house.post(ME, Visibility::Public, None);
        house.store.write(|tx| relations::set_blocking(tx, house.other, true)).unwrap();
        assert!(!house.sees(Viewer::Account(house.other), &open));
        assert!(house.sees(Viewer::Account(house.friend), &open));
    }

    #[test]
    fn nobody_of_a_server_that_the_owner_blocks_sees_anything() {
        let house = house("domain");
        let open = house.post(ME, Visibility::Public, None);
        let private = house.post(ME, Visibility::Private, None);
        house.store.write(|tx| statuses::set_mentions(tx, private.id, &[(house.other, false)])).unwrap();
        assert!(house.sees(Viewer::Account(house.other), &private));
        house
            .store
            .write(|tx| {
                let (domain, rules) = ("far.test".to_owned(), Rules::HIDE);
                domain_blocks::put(tx, &ServerBlock { domain, rules, ..ServerBlock::default() })
            })
            .unwrap();
        for status in [&open, &private] {
            assert!(!house.sees(Viewer::Account(house.other), status), "{:?}", status.visibility);
        }
        let most =
            house.store.read(|c| up_to(c, Viewer::Account(house.other), &accounts::get(c, ME)?)).unwrap();
        assert_eq!(most, None);
    }

    #[test]
    fn a_boost_is_as_visible_as_what_it_boosts() {
        let house = house("boost");
        let private = house.post(ME, Visibility::Private, None);
        let boost = house.post(ME, Visibility::Public, Some(private.id));
        assert!(!house.sees(Viewer::Stranger, &boost));
        let open = house.post(house.other, Visibility::Unlisted, None);
        let boost = house.post(ME, Visibility::Public, Some(open.id));
        assert!(house.sees(Viewer::Stranger, &boost));
    }
}
