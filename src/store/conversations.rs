//! Direct conversations: which there are, and how far the owner is with each. What was said is in the
//! statuses; a trigger of `schema.sql` lets a conversation end with its last one.

use super::Tx;
use super::row::{all, first};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

/// Known by its first status; paged by its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    pub first: StatusId,
    pub last: StatusId,
    /// Somebody else spoke since the owner last read or spoke.
    pub unread: bool,
}

fn from_row(r: &Row<'_>) -> rusqlite::Result<Conversation> {
    Ok(Conversation { first: r.get(0)?, last: r.get(1)?, unread: r.get(2)? })
}

/// Somebody spoke: a direct status of the owner's, or one that the owner hears of. It opens a conversation,
/// or brings one back that was put away. Doing it twice is nothing but unread again.
pub fn add(tx: &Tx, letter: &Status) -> Result<()> {
    tx.run(
        "INSERT INTO conversations (id, key, last_id, unread) VALUES (?1, ?2, ?1, ?3)
         ON CONFLICT (key) DO UPDATE SET
             last_id = max(last_id, excluded.last_id), unread = excluded.unread, hidden = 0
         ON CONFLICT (id) DO NOTHING",
        (letter.id, letter.conversation.as_ref().unwrap_or(&letter.uri), !letter.local),
    )?;
    Ok(())
}

/// Without those that the owner put away; the newest first, by their last status.
pub fn list(c: &Connection, page: &Page) -> Result<Vec<Conversation>> {
    let sql = format!(
        "SELECT id, last_id, unread FROM conversations
          WHERE hidden = 0 AND last_id > ?1 AND last_id < ?2 ORDER BY last_id {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    Ok(page.arrange(all(c, &sql, (above, below, page.limit), from_row)?))
}

/// Errors: `NotFound` when no conversation begins with `first`, or it was put away.
pub fn get(c: &Connection, id: StatusId) -> Result<Conversation> {
    let sql = "SELECT id, last_id, unread FROM conversations WHERE id = ?1 AND hidden = 0";
    first(c, sql, [id], from_row)?.ok_or_else(Error::not_found)
}

/// The conversation that a status stands in, if it is one that is shown.
pub fn of_status(c: &Connection, status: &Status) -> Result<Option<Conversation>> {
    if status.visibility != Visibility::Direct {
        return Ok(None);
    }
    let sql = "SELECT id, last_id, unread FROM conversations WHERE key = ?1 AND hidden = 0";
    first(c, sql, [status.conversation.as_ref().unwrap_or(&status.uri)], from_row)
}

/// How many are unread; counting ends at `limit`.
pub fn unread(c: &Connection, limit: i64) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM conversations INDEXED BY conversations_unread
                WHERE unread = 1 AND hidden = 0 LIMIT ?1)";
    Ok(c.prepare_cached(sql)?.query_row([limit], |r| r.get(0))?)
}

/// Everything up to now is read (or unread again).
pub fn set_read(tx: &Tx, conversation: &Conversation, read: bool) -> Result<()> {
    tx.run("UPDATE conversations SET unread = ?2 WHERE id = ?1", (conversation.first, !read))?;
    Ok(())
}

/// Puts it away until somebody speaks again. The statuses stay.
pub fn hide(tx: &Tx, conversation: &Conversation) -> Result<()> {
    tx.run("UPDATE conversations SET hidden = 1 WHERE id = ?1", [conversation.first])?;
    Ok(())
}

/// Puts away those whose last status somebody wrote or got: the owner blocked them.
pub fn hide_with(tx: &Tx, account: AccountId) -> Result<()> {
    tx.run(
        "UPDATE conversations SET hidden = 1
          WHERE hidden = 0 AND (
                EXISTS (SELECT 1 FROM statuses s WHERE s.id = last_id AND s.account_id = ?1)
             OR EXISTS (SELECT 1 FROM mentions m WHERE m.status_id = last_id AND m.account_id = ?1))",
        [account],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::super::{Store, accounts, statuses};
    use super::*;

    const ME: AccountId = AccountId(1);

    struct Friends {
        store: Store,
        friend: AccountId,
    }

    fn friends() -> Friends {
        let store = empty();
        let friend = store
            .write(|tx| {
                let me = Account { id: ME, uri: "me".into(), ..Account::default() };
                accounts::insert_owner(tx, &me)?;
                let friend =
                    Account { uri: "friend".into(), domain: Some("b.test".into()), ..Account::default() };
                accounts::upsert_remote(tx, &friend)
            })
            .unwrap();
        Friends { store, friend }
    }

    impl Friends {
        /// As it comes: the owner's own by being stored, theirs by being told.
        fn say(&self, by: AccountId, at: i64) -> Status {
            let id = StatusId::at(Timestamp(1_700_000_000_000 + at));
            let status = Status {
                id,
                uri: format!("https://any.test/{id}"),
                account_id: by,
                local: by == ME,
                visibility: Visibility::Direct,
                conversation: Some("thread".to_owned()),
                ..Status::default()
            };
            let write = |tx: &Tx| {
                statuses::insert(tx, &status, false)?;
                if by == ME { Ok(()) } else { add(tx, &status) }
            };
            self.store.write(write).unwrap();
            status
        }

        fn seen(&self) -> Vec<Conversation> {
            self.store.read(|c| list(c, &Page::newest(20))).unwrap()
        }
    }

    #[test]
    fn a_conversation_is_unread_until_read_or_answered_and_comes_back_when_somebody_speaks() {
        let here = friends();
        let first = here.say(here.friend, 1).id;
        assert_eq!(here.seen(), vec![Conversation { first, last: first, unread: true }]);
        here.store.write(|tx| set_read(tx, &get(tx, first)?, true)).unwrap();
        assert!(!here.seen()[0].unread);
        let second = here.say(here.friend, 2).id;
        assert_eq!(here.seen(), vec![Conversation { first, last: second, unread: true }]);
        here.say(ME, 3);
        assert!(!here.seen()[0].unread);
        here.store.write(|tx| hide(tx, &get(tx, first)?)).unwrap();
        assert!(here.seen().is_empty());
        here.say(here.friend, 4);
        assert!(here.seen()[0].unread);
    }

    #[test]
    fn when_the_last_status_goes_the_one_before_takes_its_place_and_the_conversation_ends_with_the_last() {
        let here = friends();
        let said = [here.say(here.friend, 1), here.say(ME, 2), here.say(here.friend, 3)];
        let delete = |status: &Status| here.store.write(|tx| statuses::delete(tx, status)).unwrap();
        delete(&said[2]);
        assert_eq!(here.seen()[0].last, said[1].id);
        delete(&said[0]);
        let left = here.seen();
        assert_eq!((left[0].first, left[0].last), (said[0].id, said[1].id), "its id stays");
        delete(&said[1]);
        assert!(here.seen().is_empty());
    }

    #[test]
    fn a_conversation_moves_on_when_an_account_and_all_its_letters_go() {
        let here = friends();
        let (_, own, _) = (here.say(here.friend, 1), here.say(ME, 2), here.say(here.friend, 3));
        here.store.write(|tx| accounts::delete(tx, here.friend)).unwrap();
        assert_eq!(here.seen()[0].last, own.id);
    }
}
