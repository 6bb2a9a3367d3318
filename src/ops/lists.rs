//! What a list may be called and how many there may be: <https://docs.joinmastodon.org/methods/lists/>

use crate::app::App;
use crate::error::{Error, Result};
use crate::model::ListId;
use crate::store::Tx;
use crate::store::lists::{self, List, RepliesPolicy};

const TITLE_LIMIT: usize = 256;
/// Mastodon's number.
const LISTS: usize = 50;

/// What is to be changed; `None` leaves a thing as it is, and is the default of a new list.
#[derive(Debug, Clone, Default)]
pub struct ListChange {
    pub title: Option<String>,
    pub replies_policy: Option<RepliesPolicy>,
    pub exclusive: Option<bool>,
}

impl ListChange {
    fn apply(self, list: &mut List) -> Result<()> {
        if let Some(title) = &self.title {
            list.title = checked(title)?.to_owned();
        }
        list.replies_policy = self.replies_policy.unwrap_or(list.replies_policy);
        list.exclusive = self.exclusive.unwrap_or(list.exclusive);
        Ok(())
    }
}

/// The policy of that name.
///
/// Errors: `Invalid` for another word.
pub fn policy(name: &str) -> Result<RepliesPolicy> {
    RepliesPolicy::parse(name)
        .ok_or_else(|| Error::invalid("Validation failed: Replies policy is not included in the list"))
}

fn checked(title: &str) -> Result<&str> {
    match title.trim() {
        "" => Err(Error::invalid("Validation failed: Title can't be blank")),
        title if title.chars().count() > TITLE_LIMIT => Err(Error::invalid(format!(
            "Validation failed: Title is too long (maximum is {TITLE_LIMIT} characters)"
        ))),
        title => Ok(title),
    }
}

/// Errors: `Invalid` for a title that is none or too long, and above fifty lists.
pub fn create(app: &App, new: &ListChange) -> Result<List> {
    app.store.write(|tx| create_in(tx, new))
}

fn create_in(tx: &Tx, new: &ListChange) -> Result<List> {
    let title = checked(new.title.as_deref().unwrap_or_default())?;
    if lists::everyone(tx)?.len() >= LISTS {
        return Err(Error::invalid("Validation failed: You have reached the maximum number of lists"));
    }
    lists::insert(tx, title, new.replies_policy.unwrap_or_default(), new.exclusive == Some(true))
}

/// The list of that title, made if there is none.
///
/// Errors: as in [`create`].
pub fn named(tx: &Tx, title: &str) -> Result<List> {
    match lists::everyone(tx)?.into_iter().find(|list| list.title == title.trim()) {
        Some(list) => Ok(list),
        None => create_in(tx, &ListChange { title: Some(title.to_owned()), ..ListChange::default() }),
    }
}

/// Errors: `NotFound`; `Invalid` as in [`create`].
pub fn update(app: &App, id: ListId, change: ListChange) -> Result<List> {
    app.store.write(|tx| {
        let mut list = lists::get(tx, id)?;
        change.apply(&mut list)?;
        lists::update(tx, &list)?;
        Ok(list)
    })
}

/// Errors: `NotFound`.
pub fn delete(app: &App, id: ListId) -> Result<()> {
    match app.store.write(|tx| lists::delete(tx, id))?.made() {
        true => Ok(()),
        false => Err(Error::not_found()),
    }
}
