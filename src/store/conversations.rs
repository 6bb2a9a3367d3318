//! Direct conversations: found in the direct statuses themselves; only what the owner did with one is kept.

use super::Tx;
use super::row::{all, first};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row, named_params};

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

/// One row a conversation, without those that the owner put away and nobody spoke in since.
const GROUPED: &str = "
    SELECT min(s.id) AS first, max(s.id) AS last,
           max(CASE WHEN s.local = 0 THEN s.id ELSE 0 END)
             > max(ifnull(max(r.read_to), 0), max(CASE WHEN s.local = 1 THEN s.id ELSE 0 END)) AS unread,
           max(ifnull(r.hidden_to, 0)) AS hidden_to
      FROM statuses s LEFT JOIN conversation_marks r ON r.conversation = ifnull(s.conversation, s.uri)
     WHERE s.visibility = 3 AND s.reblog_of_id IS NULL
     GROUP BY ifnull(s.conversation, s.uri)";

/// The newest first, by their last status.
pub fn list(c: &Connection, page: &Page) -> Result<Vec<Conversation>> {
    let sql = format!(
        "SELECT first, last, unread FROM ({GROUPED})
          WHERE last > hidden_to AND last > :above AND last < :below ORDER BY last {} LIMIT :limit",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows =
        all(c, &sql, named_params! {":above": above, ":below": below, ":limit": page.limit}, from_row)?;
    Ok(page.arrange(rows))
}

/// Errors: `NotFound` when no conversation begins with `first`.
pub fn get(c: &Connection, id: StatusId) -> Result<Conversation> {
    let sql = format!("SELECT first, last, unread FROM ({GROUPED}) WHERE first = ?1");
    first(c, &sql, [id], from_row)?.ok_or_else(Error::not_found)
}

/// Everything up to now is read (or unread again).
pub fn set_read(tx: &Tx, conversation: &Conversation, read: bool) -> Result<()> {
    let read_to = if read { conversation.last } else { StatusId(0) };
    mark(tx, conversation, "read_to", read_to)
}

/// Puts it away until somebody speaks again. The statuses stay.
pub fn hide(tx: &Tx, conversation: &Conversation) -> Result<()> {
    mark(tx, conversation, "hidden_to", conversation.last)
}

fn mark(tx: &Tx, conversation: &Conversation, column: &str, value: StatusId) -> Result<()> {
    tx.run(
        &format!(
            "INSERT INTO conversation_marks (conversation, {column})
             SELECT ifnull(conversation, uri), ?2 FROM statuses WHERE id = ?1
             ON CONFLICT (conversation) DO UPDATE SET {column} = ?2"
        ),
        (conversation.first, value),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::super::{accounts, statuses};
    use super::*;

    const ME: AccountId = AccountId(1);

    fn direct(tx: &Tx, by: AccountId, thread: &str, at: i64) -> Result<StatusId> {
        let id = StatusId::at(Timestamp(1_700_000_000_000 + at));
        let status = Status {
            id,
            uri: format!("https://any.test/{id}"),
            account_id: by,
            local: by == ME,
            visibility: Visibility::Direct,
            conversation: Some(thread.to_owned()),
            ..Status::default()
        };
        statuses::insert(tx, &status, false)?;
        Ok(id)
    }

    #[test]
    fn a_conversation_is_unread_until_read_or_answered_and_comes_back_when_somebody_speaks() {
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
        let say = |by, at| store.write(|tx| direct(tx, by, "thread", at)).unwrap();
        let seen = || store.read(|c| list(c, &Page::newest(20))).unwrap();

        let first = say(friend, 1);
        assert_eq!(seen(), vec![Conversation { first, last: first, unread: true }]);
        store.write(|tx| set_read(tx, &get(tx, first)?, true)).unwrap();
        assert!(!seen()[0].unread);
        let second = say(friend, 2);
        assert_eq!(seen(), vec![Conversation { first, last: second, unread: true }]);
        say(ME, 3);
        assert!(!seen()[0].unread);
        store.write(|tx| hide(tx, &get(tx, first)?)).unwrap();
        assert!(seen().is_empty());
        say(friend, 4);
        assert!(seen()[0].unread);
    }
}
