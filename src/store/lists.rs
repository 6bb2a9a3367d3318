//! Lists of followed accounts.

use super::Tx;
use super::accounts::{COLUMNS, from_row};
use super::row::{all, first, id_list};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

/// Whose answers to others a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RepliesPolicy {
    /// Answers to anybody whom the owner follows.
    Followed,
    /// Answers to members.
    #[default]
    List,
    None,
}

impl RepliesPolicy {
    pub const ALL: [RepliesPolicy; 3] = [RepliesPolicy::Followed, RepliesPolicy::List, RepliesPolicy::None];

    pub fn as_str(self) -> &'static str {
        match self {
            RepliesPolicy::Followed => "followed",
            RepliesPolicy::List => "list",
            RepliesPolicy::None => "none",
        }
    }

    pub fn parse(text: &str) -> Option<RepliesPolicy> {
        RepliesPolicy::ALL.into_iter().find(|p| p.as_str() == text)
    }
}

#[derive(Debug, Clone)]
pub struct List {
    pub id: ListId,
    pub title: String,
    pub replies_policy: RepliesPolicy,
    /// Its members do not stand in home.
    pub exclusive: bool,
}

fn list_row(r: &Row<'_>) -> rusqlite::Result<List> {
    let policy: String = r.get(2)?;
    Ok(List {
        id: r.get(0)?,
        title: r.get(1)?,
        replies_policy: RepliesPolicy::parse(&policy).unwrap_or_default(),
        exclusive: r.get(3)?,
    })
}

pub fn everyone(c: &Connection) -> Result<Vec<List>> {
    all(c, "SELECT id, title, replies_policy, exclusive FROM lists ORDER BY id", [], list_row)
}

/// The lists that an account is in.
pub fn containing(c: &Connection, account: AccountId) -> Result<Vec<List>> {
    all(
        c,
        "SELECT id, title, replies_policy, exclusive FROM lists
          WHERE id IN (SELECT list_id FROM list_accounts WHERE account_id = ?1) ORDER BY id",
        [account],
        list_row,
    )
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: ListId) -> Result<List> {
    first(c, "SELECT id, title, replies_policy, exclusive FROM lists WHERE id = ?1", [id], list_row)?
        .ok_or_else(Error::not_found)
}

pub fn insert(tx: &Tx, title: &str, policy: RepliesPolicy, exclusive: bool) -> Result<List> {
    let id = ListId::at(tx.now);
    tx.run(
        "INSERT INTO lists (id, title, replies_policy, exclusive) VALUES (?1, ?2, ?3, ?4)",
        (id, title, policy.as_str(), exclusive),
    )?;
    get(tx, id)
}

pub fn update(tx: &Tx, list: &List) -> Result<()> {
    tx.run(
        "UPDATE lists SET title = ?2, replies_policy = ?3, exclusive = ?4 WHERE id = ?1",
        (list.id, &list.title, list.replies_policy.as_str(), list.exclusive),
    )?;
    Ok(())
}

pub fn delete(tx: &Tx, id: ListId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM lists WHERE id = ?1", [id])?))
}

/// Puts accounts into a list. The owner may be in it, too.
///
/// Errors: `NotFound` when the owner does not follow one of them, `Invalid` when one is in it already; then none
/// is put in.
pub fn add(tx: &Tx, list: ListId, accounts: &[AccountId]) -> Result<()> {
    let mut once: Vec<AccountId> = accounts.to_vec();
    once.sort_unstable();
    once.dedup();
    for account in once {
        let may = "SELECT 1 FROM accounts WHERE id = ?1 AND (following > 0 OR domain IS NULL)";
        if !tx.prepare_cached(may)?.exists([account])? {
            return Err(Error::not_found());
        }
        let made = tx.run(
            "INSERT OR IGNORE INTO list_accounts (list_id, account_id, row) VALUES (?1, ?2, ?3)",
            (list, account, RowId::at(tx.now)),
        )?;
        if made == 0 {
            return Err(Error::invalid("Validation failed: Account is already on the list"));
        }
    }
    Ok(())
}

pub fn remove(tx: &Tx, list: ListId, accounts: &[AccountId]) -> Result<()> {
    tx.run(
        "DELETE FROM list_accounts
          WHERE list_id = ?1 AND account_id IN rarray(?2)",
        (list, id_list(accounts.iter().copied())),
    )?;
    Ok(())
}

/// Members with the row ids that page them, newest first.
pub fn members(c: &Connection, list: ListId, page: &Page) -> Result<Vec<(i64, Account)>> {
    let sql = format!(
        "SELECT {COLUMNS}, la.row FROM list_accounts la JOIN accounts ON accounts.id = la.account_id
          WHERE la.list_id = ?1 AND la.row > ?2 AND la.row < ?3 ORDER BY la.row {} LIMIT ?4",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (list, above, below, page.limit), |r| Ok((r.get("row")?, from_row(r)?)))?;
    Ok(page.arrange(rows))
}

/// Which of these accounts are in a list.
pub fn those_in(c: &Connection, list: ListId, accounts: &[Account]) -> Result<Vec<AccountId>> {
    all(
        c,
        "SELECT account_id FROM list_accounts WHERE list_id = ?1 AND account_id IN rarray(?2)",
        (list, id_list(accounts.iter().map(|a| a.id))),
        |r| r.get(0),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::super::{accounts, relations};
    use super::*;
    use crate::error::Kind;

    fn follow(tx: &Tx, name: &str) -> Result<AccountId> {
        let id = accounts::upsert_remote(
            tx,
            &Account {
                uri: format!("https://b.test/{name}"),
                domain: Some("b.test".into()),
                ..Account::default()
            },
        )?;
        relations::request_follow(tx, id, "x")?;
        Ok(id)
    }

    #[test]
    fn only_the_followed_can_be_in_a_list_and_unfollowing_takes_them_out() {
        let store = empty();
        let list = store.write(|tx| insert(tx, "L", RepliesPolicy::List, false)).unwrap();
        let friend = store.write(|tx| follow(tx, "friend")).unwrap();
        store.write(|tx| add(tx, list.id, &[friend, friend])).unwrap();
        let unknown = store.write(|tx| add(tx, list.id, &[AccountId(5)])).unwrap_err();
        assert_eq!(unknown.kind, Kind::NotFound);
        let members = || store.read(|c| members(c, list.id, &Page::newest(40))).unwrap();
        assert_eq!(members().len(), 1);
        assert_eq!(store.read(|c| containing(c, friend)).unwrap().len(), 1);
        store.write(|tx| relations::unfollow(tx, friend)).unwrap();
        assert!(members().is_empty());
    }

    #[test]
    fn members_are_paged_by_their_rows() {
        let store = empty();
        let list = store.write(|tx| insert(tx, "L", RepliesPolicy::None, true)).unwrap();
        for name in ["a", "b", "c"] {
            store
                .write(|tx| {
                    let id = follow(tx, name)?;
                    add(tx, list.id, &[id])
                })
                .unwrap();
        }
        let all = store.read(|c| members(c, list.id, &Page::newest(40))).unwrap();
        let below = Page { max_id: Some(all[0].0), ..Page::newest(1) };
        let next = store.read(|c| members(c, list.id, &below)).unwrap();
        assert_eq!((all.len(), next.len(), next[0].0), (3, 1, all[1].0));
    }
}
