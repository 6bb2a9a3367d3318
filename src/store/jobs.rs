//! The durable queue: jobs stand in lanes, a lane runs its jobs one after the other.
//!
//! A lane row exists while its lane has jobs, and says when it is due next; so finding work costs
//! the same whether ten jobs wait or a million, and one dead host delays nobody else.

use super::Tx;
use super::row::{all, first};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::Connection;

/// Jobs that may wait in one lane of strangers: a large server's worth of an hour.
const ROOM: i64 = 2_000;

/// A job as it waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub id: JobId,
    pub lane: String,
    pub job: Job,
    /// Tries that failed so far.
    pub attempts: i64,
    pub created_at: Timestamp,
}

/// Queues `job` in the lane of `host`. The worker hears of it after the commit.
pub fn push(tx: &Tx, host: &str, job: &Job) -> Result<()> {
    let lane = job.lane(host);
    let payload = job.to_text().map_err(Error::internal)?;
    tx.run(
        "INSERT INTO jobs (id, lane, payload, run_at, created_at) VALUES (?1, ?2, ?3, ?4, ?4)",
        (JobId::at(tx.now), &lane, payload, tx.now),
    )?;
    // A lane that backs off keeps backing off.
    tx.run(
        "INSERT INTO lanes (lane, run_at) VALUES (?1, ?2) ON CONFLICT (lane) DO NOTHING",
        (&lane, tx.now),
    )?;
    tx.after_commit(Event::JobsQueued);
    Ok(())
}

/// As [`push()`], where its lane has room: for what strangers can cause again and again, and nobody will miss.
pub fn push_if_room(tx: &Tx, host: &str, job: &Job) -> Result<()> {
    if is_full(tx, &job.lane(host))? { Ok(()) } else { push(tx, host, job) }
}

/// Sets the alarm that `job` is: it runs at `at`, alone in its lane, whenever it was to run before.
pub fn set_alarm(tx: &Tx, job: &Job, at: Timestamp) -> Result<()> {
    drop_alarm(tx, job)?;
    let (lane, payload) = (job.lane(""), job.to_text().map_err(Error::internal)?);
    tx.run(
        "INSERT INTO jobs (id, lane, payload, run_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        (JobId::at(tx.now), &lane, payload, at, tx.now),
    )?;
    tx.run(
        "INSERT INTO lanes (lane, run_at) VALUES (?1, ?2) ON CONFLICT (lane) DO UPDATE SET run_at = ?2",
        (&lane, at),
    )?;
    tx.after_commit(Event::JobsQueued);
    Ok(())
}

/// As [`set_alarm`], unless it is set already: what happens until then goes out with it.
pub fn ensure_alarm(tx: &Tx, job: &Job, at: Timestamp) -> Result<()> {
    let lane = job.lane("");
    if tx.prepare_cached("SELECT 1 FROM jobs WHERE lane = ?1")?.exists([&lane])? {
        return Ok(());
    }
    set_alarm(tx, job, at)
}

/// Takes an alarm back. A job that does so in the transaction of its effect runs once, come what may.
pub fn drop_alarm(tx: &Tx, job: &Job) -> Result<()> {
    let lane = job.lane("");
    tx.run("DELETE FROM jobs WHERE lane = ?1", [&lane])?;
    tx.run("DELETE FROM lanes WHERE lane = ?1", [&lane])?;
    Ok(())
}

/// Previews that may wait, of one site and of all: the newest posts go without one before the queue grows.
const CARDS_OF_SITE: i64 = 100;
const CARDS: i64 = 1_000;

/// Queues the look at a link of `status`, not before `at`. Nothing is queued when too much waits already.
pub fn push_card(tx: &Tx, host: &str, status: StatusId, at: Timestamp) -> Result<()> {
    let job = Job::FetchCard { status };
    let lane = job.lane(host);
    let waiting = |from: &str, to: &str, most: i64| -> Result<bool> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM jobs WHERE lane >= ?1 AND lane <= ?2 LIMIT ?3)";
        let count: i64 = tx.prepare_cached(sql)?.query_row((from, to, most), |r| r.get(0))?;
        Ok(count >= most)
    };
    if waiting(&lane, &lane, CARDS_OF_SITE)? || waiting("card:", "card:\u{10FFFF}", CARDS)? {
        return Ok(());
    }
    let payload = job.to_text().map_err(Error::internal)?;
    tx.run(
        "INSERT INTO jobs (id, lane, payload, run_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        (JobId::at(tx.now), &lane, payload, at, tx.now),
    )?;
    // Such a lane never backs off, so it is due with its earliest job.
    tx.run(
        "INSERT INTO lanes (lane, run_at) VALUES (?1, ?2)
         ON CONFLICT (lane) DO UPDATE SET run_at = min(run_at, excluded.run_at)",
        (&lane, at),
    )?;
    tx.after_commit(Event::JobsQueued);
    Ok(())
}

/// Whether so many jobs wait in a lane that its host should wait, too: a million activities of one server
/// must not fill the disk.
pub fn is_full(c: &Connection, lane: &str) -> Result<bool> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM jobs WHERE lane = ?1 LIMIT ?2)";
    let waiting: i64 = c.prepare_cached(sql)?.query_row((lane, ROOM), |r| r.get(0))?;
    Ok(waiting >= ROOM)
}

/// Webmentions of all sites that wait to be looked at; counted up to `most`.
pub fn webmentions_waiting(c: &Connection, most: i64) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM jobs WHERE lane > 'fetch:' AND lane < 'fetch;'
                  AND payload LIKE '{\"kind\":\"receive_webmention\"%' LIMIT ?1)";
    Ok(c.prepare_cached(sql)?.query_row([most], |r| r.get(0))?)
}

/// Lanes of one class (`out:`, say) that are due, the longest waiting first.
///
/// `ailing`: only those whose last job could not be done, or only the others, so that these never wait for those.
pub fn due_lanes(
    c: &Connection,
    prefix: &str,
    ailing: bool,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<String>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let end = format!("{prefix}\u{10FFFF}");
    all(
        c,
        "SELECT lane FROM lanes INDEXED BY lanes_due WHERE run_at <= ?1 AND lane >= ?2 AND lane < ?3 AND ailing = ?5
          ORDER BY run_at LIMIT ?4",
        (now, prefix, end, limit, ailing),
        |r| r.get(0),
    )
}

/// When the next lane that rests at `now` is due, if any does.
pub fn next_due(c: &Connection, now: Timestamp) -> Result<Option<Timestamp>> {
    Ok(c.prepare_cached("SELECT min(run_at) FROM lanes WHERE run_at > ?1")?.query_row([now], |r| r.get(0))?)
}

/// The oldest job of a lane that is due: order holds within a lane.
pub fn next(c: &Connection, lane: &str, now: Timestamp) -> Result<Option<Waiting>> {
    let found = first(
        c,
        "SELECT id, payload, attempts, created_at FROM jobs INDEXED BY jobs_by_lane
          WHERE lane = ?1 AND run_at <= ?2 ORDER BY id LIMIT 1",
        (lane, now),
        |r| Ok((r.get(0)?, r.get::<_, String>(1)?, r.get(2)?, r.get(3)?)),
    )?;
    let Some((id, payload, attempts, created_at)) = found else {
        return Ok(None);
    };
    let job = Job::from_text(&payload).map_err(Error::internal)?;
    Ok(Some(Waiting { id, lane: lane.to_owned(), job, attempts, created_at }))
}

pub fn finish(tx: &Tx, id: JobId) -> Result<()> {
    tx.run("DELETE FROM jobs WHERE id = ?1", [id])?;
    Ok(())
}

/// One failed try more; the job waits until `at`, and others of its lane go on.
pub fn retry(tx: &Tx, id: JobId, at: Timestamp) -> Result<()> {
    tx.run("UPDATE jobs SET attempts = attempts + 1, run_at = ?2 WHERE id = ?1", (id, at))?;
    Ok(())
}

/// The whole lane rests until `at`: its host cannot be reached.
pub fn rest(tx: &Tx, lane: &str, at: Timestamp) -> Result<()> {
    tx.run("UPDATE lanes SET run_at = ?2, ailing = 1 WHERE lane = ?1", (lane, at))?;
    Ok(())
}

/// The lane is done for now: it goes when it is empty, else it is due with its first job, and behind those
/// that wait already: a lane full of old jobs must not be the first one again and again.
pub fn settle(tx: &Tx, lane: &str) -> Result<()> {
    tx.run(
        "UPDATE lanes SET ailing = 0, run_at = max(?2, ifnull((SELECT min(run_at) FROM jobs WHERE lane = ?1), run_at))
          WHERE lane = ?1",
        (lane, tx.now),
    )?;
    tx.run("DELETE FROM lanes WHERE lane = ?1 AND NOT EXISTS (SELECT 1 FROM jobs WHERE lane = ?1)", [lane])?;
    Ok(())
}

/// Wakes a resting lane: its host gave a sign of life.
pub fn wake(tx: &Tx, lane: &str) -> Result<Change> {
    let woken = tx.run("UPDATE lanes SET run_at = ?2 WHERE lane = ?1 AND run_at > ?2", (lane, tx.now))?;
    if woken > 0 {
        tx.run("UPDATE jobs SET run_at = ?2 WHERE lane = ?1 AND run_at > ?2", (lane, tx.now))?;
        tx.after_commit(Event::JobsQueued);
    }
    Ok(Change::of(woken))
}

/// How many jobs are due at `now`, their lanes too.
pub fn due(c: &Connection, now: Timestamp) -> Result<i64> {
    let sql =
        "SELECT count(*) FROM jobs j JOIN lanes l ON l.lane = j.lane WHERE j.run_at <= ?1 AND l.run_at <= ?1";
    Ok(c.query_row(sql, [now], |r| r.get(0))?)
}

/// When the oldest of those that [`count`] counts was queued.
pub fn oldest(c: &Connection) -> Result<Option<Timestamp>> {
    let sql = "SELECT min(created_at) FROM jobs WHERE lane NOT GLOB 'poll:*' AND lane NOT GLOB 'schedule:*'";
    Ok(c.query_row(sql, [], |r| r.get(0))?)
}

/// Whether any job waits or runs in a lane.
pub fn has_any(c: &Connection, lane: &str) -> Result<bool> {
    Ok(first(c, "SELECT 1 FROM jobs WHERE lane = ?1 LIMIT 1", [lane], |_| Ok(()))?.is_some())
}

/// How many jobs wait, for tests and figures. Alarms are meant to wait and do not count.
pub fn count(c: &Connection) -> Result<i64> {
    let sql = "SELECT count(*) FROM jobs WHERE lane NOT GLOB 'poll:*' AND lane NOT GLOB 'schedule:*'";
    Ok(c.query_row(sql, [], |r| r.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::tests::empty;

    fn push_to(store: &Store, host: &str, count: usize) {
        let job = Job::FetchStatus { uri: "https://x.test/1".to_owned() };
        store.write(|tx| (0..count).try_for_each(|_| push(tx, host, &job))).unwrap();
    }

    #[test]
    fn a_lane_that_had_its_turn_waits_behind_the_others() {
        let store = empty();
        push_to(&store, "flood.test", 3);
        std::thread::sleep(std::time::Duration::from_millis(2));
        push_to(&store, "quiet.test", 1);
        let due = || store.read(|c| due_lanes(c, "fetch:", false, store.now(), 9)).unwrap();
        assert_eq!(due(), ["fetch:flood.test", "fetch:quiet.test"]);
        std::thread::sleep(std::time::Duration::from_millis(2));
        store.write(|tx| settle(tx, "fetch:flood.test")).unwrap();
        assert_eq!(due(), ["fetch:quiet.test", "fetch:flood.test"]);
    }

    #[test]
    fn a_lane_has_room_for_two_thousand_jobs() {
        let store = empty();
        let is_full = || store.read(|c| is_full(c, "fetch:a.test")).unwrap();
        push_to(&store, "a.test", 1_999);
        assert!(!is_full());
        push_to(&store, "a.test", 1);
        let job = Job::FetchStatus { uri: "https://x.test/1".to_owned() };
        store.write(|tx| push_if_room(tx, "a.test", &job)).unwrap();
        assert_eq!(store.read(count).unwrap(), 2_000, "a full lane grows");
        store.write(|tx| push_if_room(tx, "b.test", &job)).unwrap();
        assert_eq!(store.read(count).unwrap(), 2_001);
        assert!(is_full());
    }
}
