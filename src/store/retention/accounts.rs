//! Accounts of others that nothing here needs any more: whoever looks for one finds it again.

use crate::error::Result;
use crate::model::*;
use crate::store::Tx;
use crate::store::row::{all, id_list};
use rusqlite::Connection;

/// Columns that point at accounts: whoever stands in one is needed.
const NEEDED: &[(&str, &str)] = &[
    ("statuses", "account_id"),
    ("statuses", "in_reply_to_account_id"),
    ("mentions", "account_id"),
    ("notifications", "account_id"),
    ("favourites", "account_id"),
    ("reactions", "account_id"),
    ("poll_votes", "account_id"),
    ("quotes", "account_id"),
    ("quotes", "quoted_account_id"),
    ("cards", "author_id"),
    ("list_accounts", "account_id"),
    ("collection_items", "account_id"),
    ("reports", "account_id"),
    ("flags", "account_id"),
];

/// Nothing stands between this account and the owner: no follow, block, mute, note, decision or request.
const NO_RELATION: &str = "a.following = 0 AND a.follower = 0 AND a.blocking_row IS NULL AND a.blocked_by = 0
    AND a.muting_row IS NULL AND a.notifications_allowed = 0 AND a.request_row IS NULL AND a.comment = ''
    AND a.endorsed_row IS NULL AND a.unsuggested = 0";

/// Accounts above an id that were first seen before `recent`, in their order.
pub fn older(c: &Connection, above: AccountId, recent: Timestamp, limit: i64) -> Result<Vec<AccountId>> {
    let below = AccountId(recent.0 << AccountId::BITS);
    all(
        c,
        "SELECT id FROM accounts WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3",
        (above, below, limit),
        |r| r.get(0),
    )
}

/// Those of `ids` that were not looked up since `recent` and that nothing needs. Whom somebody known moved to, whom the
/// owner is or was elsewhere, and what posts of strangers come from stay.
pub fn unneeded(c: &Connection, ids: &[AccountId], recent: Timestamp) -> Result<Vec<AccountId>> {
    let unnamed = NEEDED
        .iter()
        .map(|(table, column)| format!("AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.{column} = a.id)"))
        .collect::<Vec<_>>()
        .join("\n    ");
    let sql = format!(
        "SELECT a.id FROM accounts a
          WHERE a.id IN rarray(?1) AND a.domain IS NOT NULL AND a.fetched_at < ?2 AND {NO_RELATION}
            {unnamed}
            AND NOT EXISTS (SELECT 1 FROM accounts m WHERE m.moved_to = a.uri)
            AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.actor = a.uri)
            AND NOT EXISTS (SELECT 1 FROM accounts o, json_each(o.also_known_as) e
                             WHERE o.id = (SELECT owner_id FROM instance) AND e.value = a.uri)
          ORDER BY a.id"
    );
    all(c, &sql, (id_list(ids.iter().copied()), recent), |r| r.get(0))
}

/// Forgets these; their keys go along.
pub fn forget(tx: &Tx, ids: &[AccountId]) -> Result<usize> {
    tx.run(
        "DELETE FROM accounts WHERE id IN rarray(?1) AND domain IS NOT NULL",
        [id_list(ids.iter().copied())],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::empty;

    /// What is said of an account alone goes with it; the rest of what may point at one was thought of.
    #[test]
    fn every_reference_to_an_account_was_looked_at() {
        let along =
            [("actor_keys", "account_id"), ("feeds", "account_id"), ("featured_by_others", "account_id")];
        let owner = [("instance", "owner_id")];
        let found: Vec<(String, String)> = empty()
            .read(|c| {
                let sql = "SELECT t.name, f.\"from\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
                            WHERE t.type = 'table' AND f.\"table\" = 'accounts'";
                all(c, sql, [], |r| Ok((r.get(0)?, r.get(1)?)))
            })
            .unwrap();
        assert!(found.len() > 10);
        for (table, column) in &found {
            let this = (table.as_str(), column.as_str());
            assert!(NEEDED.contains(&this) || along.contains(&this) || owner.contains(&this), "{this:?}");
        }
        for (table, column) in NEEDED {
            assert!(found.iter().any(|(t, c)| t == table && c == column), "{table}.{column} is no reference");
        }
    }
}
