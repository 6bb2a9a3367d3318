//! Collections: lists of people that the owner recommends to everybody.
//!
//! Whoever is put in has to agree (FEP-7aa9), and nobody is asked yet: a remote account stays pending, which
//! only the owner sees. The owner's own account needs nobody's word.

use super::featured_tags;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{Tx, accounts, collections, tags};

/// Mastodon's numbers.
pub const ITEMS: usize = 25;
const COLLECTIONS: i64 = 10;
const NAME_LIMIT: usize = 40;
const DESCRIPTION_LIMIT: usize = 100;

/// What the owner wants of a collection; `None` leaves a thing as it is.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub name: Option<String>,
    pub description: Option<String>,
    /// `Some(None)`: in none.
    pub language: Option<Option<String>>,
    pub sensitive: Option<bool>,
    pub discoverable: Option<bool>,
    /// A blank one takes the tag away.
    pub tag: Option<String>,
}

/// Makes a collection of these people.
///
/// Errors: `Invalid` for what breaks a limit, and for the eleventh; `Forbidden` for somebody who must not be
/// recommended; `NotFound` for somebody unknown.
pub fn create(app: &App, changes: &Changes, people: &[AccountId]) -> Result<Collection> {
    app.store.write(|tx| {
        if collections::count(tx)? >= COLLECTIONS {
            return Err(Error::invalid(format!(
                "Validation failed: You cannot have more than {COLLECTIONS} collections"
            )));
        }
        let id = CollectionId::at(tx.now);
        let bare = Collection { id, created_at: tx.now, ..Collection::default() };
        write(tx, bare, changes)?;
        for account in people {
            put_in(tx, id, *account)?;
        }
        collections::get(tx, id)
    })
}

/// Errors: `NotFound`; `Invalid` for what breaks a limit.
pub fn update(app: &App, id: CollectionId, changes: &Changes) -> Result<Collection> {
    app.store.write(|tx| {
        let before = collections::get(tx, id)?;
        write(tx, before, changes)?;
        collections::get(tx, id)
    })
}

/// Errors: `NotFound`.
pub fn delete(app: &App, id: CollectionId) -> Result<()> {
    app.store.write(|tx| match collections::delete(tx, id)?.made() {
        true => Ok(()),
        false => Err(Error::not_found()),
    })
}

/// Puts somebody in.
///
/// Errors: as [`create`]; `Invalid` for somebody who is in it already, and for the twenty-sixth.
pub fn add(app: &App, id: CollectionId, account: AccountId) -> Result<CollectionItem> {
    app.store.write(|tx| put_in(tx, id, account))
}

/// Errors: `NotFound`.
pub fn take_out(app: &App, id: CollectionId, item: CollectionItemId) -> Result<()> {
    app.store.write(|tx| match collections::take_out(tx, id, item)?.made() {
        true => Ok(()),
        false => Err(Error::not_found()),
    })
}

/// The owner does not want to be in it any more.
///
/// Errors: `NotFound`; `Forbidden` for an item that is somebody else.
pub fn revoke(app: &App, id: CollectionId, item: CollectionItemId) -> Result<()> {
    app.store.write(|tx| {
        let collection = collections::get(tx, id)?;
        let item = collection.items.iter().find(|i| i.id == item).ok_or_else(Error::not_found)?;
        if item.account != app.instance.owner {
            return Err(Error::forbidden("This action is not allowed"));
        }
        collections::set_state(tx, item.id, ItemState::Revoked)
    })
}

fn put_in(tx: &Tx, id: CollectionId, account: AccountId) -> Result<CollectionItem> {
    let collection = collections::get(tx, id)?;
    let account = accounts::get(tx, account)?;
    if !may_be_recommended(&account) {
        return Err(Error::forbidden("This action is not allowed"));
    }
    if collection.items.len() >= ITEMS {
        return Err(Error::invalid(format!(
            "Validation failed: Collection items are too many, no more than {ITEMS} are allowed"
        )));
    }
    let state = if account.is_owner() { ItemState::Accepted } else { ItemState::Pending };
    collections::add(tx, id, account.id, state)?
        .ok_or_else(|| Error::invalid("Validation failed: Account has already been taken"))
}

/// Who wants to be found, or is somebody whom the owner follows; nobody whom one side blocks.
fn may_be_recommended(account: &Account) -> bool {
    let relation = &account.relation;
    let near = account.discoverable || relation.following == Follow::Yes;
    near && !relation.blocking() && !relation.blocked_by && !relation.domain_blocked && !account.suspended
}

fn write(tx: &Tx, before: Collection, changes: &Changes) -> Result<()> {
    let name = changes.name.as_deref().map_or(before.name, |name| name.trim().to_owned());
    let description = changes.description.clone().unwrap_or(before.description);
    if name.is_empty() {
        return Err(Error::invalid("Validation failed: Name can't be blank"));
    }
    check("Name", &name, NAME_LIMIT)?;
    check("Description", &description, DESCRIPTION_LIMIT)?;
    let tag = match changes.tag.as_deref().map(str::trim) {
        None => before.tag,
        Some("") => None,
        Some(spelling) => {
            let invalid = || Error::invalid("Validation failed: Tag name is invalid");
            let key = featured_tags::key(spelling).ok_or_else(invalid)?;
            tags::ensure(tx, &key, spelling.trim_start_matches('#'))?;
            tags::by_name(tx, &key)?
        }
    };
    let after = Collection {
        name,
        description,
        language: changes.language.clone().unwrap_or(before.language),
        sensitive: changes.sensitive.unwrap_or(before.sensitive),
        discoverable: changes.discoverable.unwrap_or(before.discoverable),
        tag,
        updated_at: tx.now,
        ..before
    };
    collections::put(tx, &after)
}

fn check(what: &str, text: &str, limit: usize) -> Result<()> {
    if text.chars().count() > limit {
        return Err(Error::invalid(format!(
            "Validation failed: {what} is too long (maximum is {limit} characters)"
        )));
    }
    Ok(())
}
