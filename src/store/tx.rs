//! An open write transaction, and what is done at its end.

use super::search;
use crate::error::Result;
use crate::model::{AccountId, Event, StatusId, Timestamp};
use rusqlite::{Connection, TransactionBehavior};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Deref;

/// Tables of which no visitor ever sees a word: the server's own work, and what only the owner reads.
const UNSEEN: &[&str] = &[
    "jobs",
    "lanes",
    "activities",
    "deliveries",
    "hosts",
    "seen_activities",
    "idempotency_keys",
    "notifications",
    "conversations",
    "markers",
    "remote_files",
    "codes",
    "tokens",
    "push_subscriptions",
    "sessions",
    "login_links",
    "imports",
    "imports_waiting",
];

/// An open write transaction. It reads as a `&Connection` too.
pub struct Tx<'a> {
    inner: rusqlite::Transaction<'a>,
    /// The one time of this action.
    pub now: Timestamp,
    events: RefCell<Vec<Event>>,
    /// Rows that changed where no visitor looks.
    unseen: Cell<u64>,
    /// Whose words changed: indexed right before the commit, when all that belongs to them is in place.
    statuses_to_index: RefCell<BTreeSet<StatusId>>,
    accounts_to_index: RefCell<BTreeSet<AccountId>>,
}

impl Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.inner
    }
}

impl Tx<'_> {
    /// Tells the listeners of `event`, once and only if this transaction commits.
    pub fn after_commit(&self, event: Event) {
        let mut events = self.events.borrow_mut();
        if !events.contains(&event) {
            events.push(event);
        }
    }

    /// The text, the media or the tags of a status changed: the search will find it by what it then is.
    pub fn index_status(&self, id: StatusId) {
        self.statuses_to_index.borrow_mut().insert(id);
    }

    /// An account is new or may be called otherwise.
    pub fn index_account(&self, id: AccountId) {
        self.accounts_to_index.borrow_mut().insert(id);
    }

    /// Runs one statement; a result of no rows changed is no error.
    pub fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize> {
        let rows = self.inner.prepare_cached(sql)?.execute(params)?;
        if UNSEEN.contains(&table(sql)) {
            self.unseen.set(self.unseen.get() + rows as u64);
        }
        Ok(rows)
    }
}

/// The table that a plain statement writes to; empty for any other.
pub(super) fn table(sql: &str) -> &str {
    let mut words = sql.split_ascii_whitespace();
    let found = match words.next() {
        Some("UPDATE") => words.next(),
        Some("INSERT" | "DELETE") => words.find(|word| matches!(*word, "INTO" | "FROM")).and(words.next()),
        _ => None,
    };
    found.unwrap_or_default()
}

thread_local! {
    static IN_TRANSACTION: Cell<bool> = const { Cell::new(false) };
}

/// Panics in debug builds when this thread holds the write transaction: the network may take
/// thirty seconds, and every other write would wait.
pub fn assert_no_transaction() {
    debug_assert!(!IN_TRANSACTION.with(Cell::get), "the network was touched inside a write transaction");
}

struct Inside;

impl Inside {
    fn enter() -> Inside {
        IN_TRANSACTION.with(|flag| {
            debug_assert!(!flag.get(), "a write inside a write would wait for itself");
            flag.set(true);
        });
        Inside
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        IN_TRANSACTION.with(|flag| flag.set(false));
    }
}

/// Runs `f` in a transaction: what it gave, what its listeners are told, and whether a visitor may see another page.
pub(super) fn commit<T>(
    writer: &mut Connection,
    now: Timestamp,
    f: impl FnOnce(&Tx) -> Result<T>,
) -> Result<(T, Vec<Event>, bool)> {
    let _inside = Inside::enter();
    let before = writer.total_changes();
    let inner = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let tx = Tx {
        inner,
        now,
        events: RefCell::default(),
        unseen: Cell::default(),
        statuses_to_index: RefCell::default(),
        accounts_to_index: RefCell::default(),
    };
    let value = f(&tx)?; // an error drops the transaction, which rolls it back
    search::index(&tx, &tx.statuses_to_index.take(), &tx.accounts_to_index.take())?;
    let seen = tx.inner.total_changes() - before > tx.unseen.get();
    tx.inner.commit()?;
    Ok((value, tx.events.into_inner(), seen))
}
