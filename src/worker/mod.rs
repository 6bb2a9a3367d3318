//! The whole background life of the server: a durable table of jobs, in lanes, drained by a few threads.
//!
//! | lane | what | at a time |
//! |---|---|---|
//! | `in:HOST` | activities that arrived from a host, in order | 4 lanes |
//! | `out:HOST` | deliveries to a host, in order, one in flight | 16 lanes, see below |
//! | `fetch:HOST` | look-ups at a host, threads, profiles and hashtag pages there; `fetch:links` the pages that profiles name; `fetch:hashtags` accounts that stand for hashtags; `fetch:blocklists`; `fetch:check-up` our own address, each night | 4 lanes |
//! | `card:HOST` | previews of links to a host, and what it is told of them | 2 lanes |
//! | `push:HOST` | notifications to a push service, one in flight; what a webhook is told | 4 lanes |
//! | `poll:` | totals of an own poll, and the end of any that the owner has to do with; the hour of hashtag pages and feeds | 2, an alarm each |
//! | `schedule:` | posts whose time has come | 1, an alarm each |
//! | `media` | films and sounds that were uploaded | 1 |
//! | `import:` | what the owner brings along, in short pieces; and what of it other servers are asked for | 1, an alarm each |
//! | `tidy` | forgotten uploads, old codes, old receipts, old posts; a year summed up | 1, every hour |
//! | `tidy:bucket` | files that nothing uses any more, out of the bucket | with `tidy` |
//! | `tidy:export` | the archive that the owner takes along | with `tidy` |
//! | `tidy:...` | what is left of a large decision about held-back notifications | with `tidy` |
//!
//! Nobody waits for a host that is down: lanes whose last job could not be done share a quarter of these places, on top
//! of them, and a lane that takes longer than half a second gives its place to the next one, as often as there are places.
//!
//! A job is finished in the file before the next of its lane begins; a crash makes the last one run
//! again, and everything that a job does is made to bear that.

pub mod alarms;
pub mod annual_report;
pub mod card;
pub mod deliver;
pub mod fetch;
pub mod fill;
pub mod held_back;
pub mod import;
pub mod inbox;
pub mod push;
pub mod tidy;
pub mod verify;
pub mod webhook;

use crate::app::App;
use crate::error::{Kind, Result};
use crate::model::time::{HOUR, MINUTE, SECOND};
use crate::model::{Event, Job, Timestamp};
use crate::ops::discovery::{self, pages};
use crate::ops::media::films;
use crate::ops::{backfill, blocklists, budget, doctor, exports, feeds, keys, reactions};
use crate::store::jobs::{self, Waiting};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Lanes of each kind that run at the same time. Bounded: each is a thread and, perhaps, a connection.
const CLASSES: [(&str, usize); 10] = [
    ("in:", 4),
    ("out:", 16),
    ("fetch:", 4),
    ("card:", 2),
    ("push:", 4),
    ("poll:", 2),
    ("schedule:", 1),
    ("media", 1),
    ("import:", 1),
    ("tidy", 1),
];
/// A lane that has run for longer does not count as one of its class any more, up to as many as the class has.
const SLOW: Duration = Duration::from_millis(500);
/// Jobs that a lane runs before others get the thread.
const TURN: usize = 50;
/// After this long, too: jobs of a hostile lane may take a minute each.
const TURN_TIME: Duration = Duration::from_secs(10);
/// The longest sleep: a clock may be set, another process may have queued something.
const NAP: Duration = Duration::from_secs(10);

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Done,
    /// This job again at that time; others of the lane go on.
    Retry(Timestamp),
    /// The whole lane waits until then, and begins with this job.
    Rest(Timestamp),
}

pub struct Worker {
    shared: Arc<Shared>,
    dispatcher: JoinHandle<()>,
}

struct Shared {
    app: Arc<App>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    woken: bool,
    stopping: bool,
    /// Lanes that a thread is in.
    busy: HashMap<String, Taken>,
}

/// A place that a lane takes.
#[derive(Clone, Copy)]
struct Taken {
    since: Instant,
    /// Among those whose last job could not be done.
    ailing: bool,
}

impl State {
    /// How many of `most` places of a class are free.
    fn free(&self, prefix: &str, ailing: bool, most: usize) -> usize {
        let of_class =
            self.busy.iter().filter(|(lane, taken)| lane.starts_with(prefix) && taken.ailing == ailing);
        let (slow, quick): (Vec<_>, Vec<_>) = of_class.partition(|(_, taken)| taken.since.elapsed() > SLOW);
        let slow = if ailing { slow.len() } else { slow.len().saturating_sub(most) };
        most.saturating_sub(quick.len() + slow)
    }
}

/// Starts draining the jobs of `app`.
///
/// Errors: no thread can be had.
pub fn start(app: &Arc<App>) -> Result<Worker> {
    let shared = Arc::new(Shared { app: Arc::clone(app), state: Mutex::default(), changed: Condvar::new() });
    let weak = Arc::downgrade(&shared);
    app.events.listen(Box::new(move |events| {
        if let (true, Some(shared)) = (events.contains(&Event::JobsQueued), weak.upgrade()) {
            shared.wake();
        }
    }));
    shared.queue_tidying();
    let dispatching = Arc::clone(&shared);
    let dispatcher =
        std::thread::Builder::new().name("worker".into()).spawn(move || dispatching.dispatch())?;
    Ok(Worker { shared, dispatcher })
}

impl Worker {
    /// Looks for work now: a test has moved the clock.
    pub fn wake(&self) {
        self.shared.wake();
    }

    /// Whether any lane is being drained at this moment.
    pub fn is_busy(&self) -> bool {
        !self.shared.lock().busy.is_empty()
    }

    /// Whether somebody still looks for work.
    pub fn is_alive(&self) -> bool {
        !self.dispatcher.is_finished()
    }

    /// Takes no new job and waits, for as long as `patience`, until those that run have ended. What does
    /// not end stays in the table and runs again at the next start.
    pub fn stop(self, patience: Duration) {
        let until = Instant::now() + patience;
        let mut state = self.shared.lock();
        state.stopping = true;
        self.shared.changed.notify_all();
        while !state.busy.is_empty() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                tracing::info!(
                    lanes = state.busy.len(),
                    "some jobs did not end in time; they run again at the next start"
                );
                return;
            }
            state = self.shared.wait(state, left);
        }
        drop(state);
        let _ = self.dispatcher.join(); // it has seen `stopping`, or sees it now
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, time: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0
    }

    fn wake(&self) {
        self.lock().woken = true;
        self.changed.notify_all();
    }

    fn dispatch(self: &Arc<Self>) {
        let mut tidied = self.app.now();
        loop {
            let now = self.app.now();
            if now >= tidied.plus(HOUR) {
                tidied = now;
                self.queue_tidying();
            }
            // Nobody may ask for anything, and there is room again.
            budget::look(&self.app);
            let nap = self.start_due_lanes(now).unwrap_or_else(|e| {
                tracing::error!(error = %e, "the jobs cannot be read");
                NAP
            });
            let mut state = self.lock();
            if !state.woken && !state.stopping {
                state = self.wait(state, nap.min(NAP));
            }
            if state.stopping {
                return;
            }
            state.woken = false;
        }
    }

    fn queue_tidying(&self) {
        if let Err(e) = self.app.store.write(|tx| jobs::push(tx, "", &Job::TidyUp)) {
            tracing::error!(error = %e, "the hourly tidying cannot be queued");
        }
    }

    /// Starts a thread for each due lane that may run; says how long there is nothing to do.
    fn start_due_lanes(self: &Arc<Self>, now: Timestamp) -> Result<Duration> {
        let mut crowded = false;
        for (prefix, most) in CLASSES {
            for (ailing, places) in [(false, most), (true, most.div_ceil(4))] {
                let (free, busy) = {
                    let state = self.lock();
                    let busy: HashSet<String> =
                        state.busy.keys().filter(|l| l.starts_with(prefix)).cloned().collect();
                    (state.free(prefix, ailing, places), busy)
                };
                if free == 0 {
                    crowded = true;
                    continue;
                }
                let due =
                    self.app.store.read(|c| jobs::due_lanes(c, prefix, ailing, now, busy.len() + free))?;
                for lane in due.into_iter().filter(|l| !busy.contains(l)).take(free) {
                    self.start_lane(lane, ailing)?;
                }
            }
        }
        if crowded {
            return Ok(SLOW / 2); // then one of them may be slow
        }
        let next = self.app.store.read(|c| jobs::next_due(c, now))?;
        let milliseconds = next.map_or(i64::MAX, |at| (at.0 - now.0).max(1));
        Ok(Duration::from_millis(u64::try_from(milliseconds).unwrap_or(u64::MAX)))
    }

    fn start_lane(self: &Arc<Self>, lane: String, ailing: bool) -> Result<()> {
        self.lock().busy.insert(lane.clone(), Taken { since: Instant::now(), ailing });
        let shared = Arc::clone(self);
        let name = lane.clone();
        let spawned = std::thread::Builder::new().name("lane".into()).spawn(move || {
            let _free = Free { shared: &shared, lane: &lane };
            if let Err(e) = shared.drain(&lane) {
                if e.kind == Kind::NoSpace {
                    budget::give_cache(&shared.app);
                }
                tracing::error!(lane, error = %e, "a lane stopped");
                shared.pause();
            }
        });
        if let Err(e) = spawned {
            self.lock().busy.remove(&name);
            return Err(e.into());
        }
        Ok(())
    }

    /// After a failure of our own, a full disk say, the lane stays taken for a minute: what it did could not
    /// be written down, and would be done again at once, to other servers too.
    fn pause(&self) {
        let until = self.app.now().plus(MINUTE);
        let mut state = self.lock();
        while !state.stopping && self.app.now() < until {
            state = self.wait(state, NAP);
        }
    }

    fn drain(&self, lane: &str) -> Result<()> {
        let store = &self.app.store;
        let begun = Instant::now();
        for _ in 0..TURN {
            if self.lock().stopping {
                return Ok(());
            }
            if begun.elapsed() > TURN_TIME {
                break;
            }
            let now = self.app.now();
            let Some(waiting) = store.read(|c| jobs::next(c, lane, now))? else { break };
            let next = run_one(&self.app, &waiting);
            store.write(|tx| match next {
                Next::Done => jobs::finish(tx, waiting.id),
                Next::Retry(at) => jobs::retry(tx, waiting.id, at),
                Next::Rest(until) => {
                    jobs::retry(tx, waiting.id, until)?;
                    jobs::rest(tx, lane, until)
                }
            })?;
            if let Next::Rest(_) = next {
                return Ok(());
            }
        }
        store.write(|tx| jobs::settle(tx, lane))
    }
}

/// Gives the lane back however its thread ends.
struct Free<'a> {
    shared: &'a Arc<Shared>,
    lane: &'a str,
}

impl Drop for Free<'_> {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.busy.remove(self.lane);
        state.woken = true; // the lane may have more, or another waits for the place
        drop(state);
        self.shared.changed.notify_all();
    }
}

/// A job that failed so often is tried once more.
const TRIES: i64 = 8;

/// Runs one job. A panic or an unexpected error is a failed try, and after some of them the job goes: it
/// must not hold its lane for ever.
fn run_one(app: &App, waiting: &Waiting) -> Next {
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(app, waiting)));
    let error = match outcome {
        Ok(Ok(next)) => return next,
        Ok(Err(e)) => e.to_string(),
        Err(_) => "panic".to_owned(),
    };
    if waiting.attempts >= TRIES {
        tracing::error!(lane = waiting.lane, error, "a job was given up");
        return Next::Done;
    }
    tracing::warn!(
        lane = waiting.lane,
        attempts = waiting.attempts,
        error,
        "a job failed and is tried again"
    );
    Next::Retry(app.now().plus(backoff(waiting.attempts)))
}

fn run(app: &App, waiting: &Waiting) -> Result<Next> {
    match &waiting.job {
        Job::Inbox { signer, personal, body } => inbox::run(app, waiting, signer, *personal, body),
        Job::Deliver { delivery } => deliver::run(app, waiting, *delivery),
        Job::RefreshAccount { uri } => fetch::account(app, waiting, uri),
        Job::FetchStatus { uri } => fetch::status(app, waiting, uri),
        Job::HeldBack { account, accepted, up_to } => held_back::run(app, *account, *accepted, *up_to),
        Job::VerifyLinks { account } => verify::run(app, *account),
        Job::AnnualReport { year } => annual_report::run(app, *year),
        Job::Push { subscription, notification } => push::run(app, waiting, *subscription, *notification),
        Job::Webhook { hook, about } => webhook::run(app, waiting, *hook, *about),
        Job::PollTotals { status } => alarms::totals(app, *status),
        Job::PollEnds { status } => alarms::end(app, waiting, *status),
        Job::PublishScheduled { id } => alarms::publish(app, *id),
        Job::VerifyQuote { status } => fetch::quote(app, waiting, *status),
        Job::FillThread { status, refresh } => fill::thread(app, *status, refresh),
        Job::FillProfile { account, refresh, older } => fill::profile(app, *account, refresh, *older),
        Job::SendReaction { reaction } => reactions::send(app, *reaction).map(|()| Next::Done),
        Job::SyncFollowers { account, url } => fetch::followers(app, waiting, *account, url),
        Job::NewKeys { asked } => keys::renew(app, *asked).map(|()| Next::Done),
        Job::CheckUp => doctor::run(app).map(|()| Next::Done),
        Job::CatchUp => backfill::catch_up(app).map(|()| Next::Done),
        Job::FetchCard { status } => card::run(app, *status),
        Job::FetchFeed { account } => feeds::look(app, *account).map(|()| Next::Done),
        Job::ReceiveWebmention { source, target } => fetch::webmention_in(app, waiting, source, target),
        Job::SendWebmention { source, target } => fetch::webmention_out(app, waiting, source, target),
        Job::FollowTags => discovery::follow_tags(app).map(|()| Next::Done),
        Job::ReadTags { source } => pages::ask(app, *source).map(|()| Next::Done),
        Job::ReadTag { source, tag } => pages::read(app, *source, tag).map(|()| Next::Done),
        Job::ReadBlocklist { list } => blocklists::refresh(app, *list).map(|()| Next::Done),
        Job::ProcessMedia { media } => films::process(app, *media, waiting.attempts).map(|()| Next::Done),
        Job::RemoveFile { key } => tidy::remove_file(app, waiting, key),
        Job::Import { import } => import::work(app, *import),
        Job::Export => exports::make(app).map(|()| Next::Done),
        Job::ImportNext { import } => import::next(app, *import),
        Job::TidyUp => tidy::run(app),
    }
}

/// How long to wait after so many failed tries: 1 m, 5 m, 30 m, 2 h, 6 h, 12 h, then every 24 h, each a
/// little apart so that not everything comes back at once.
pub fn backoff(failures: i64) -> i64 {
    let steps = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR];
    let base = usize::try_from(failures).ok().and_then(|n| steps.get(n).copied()).unwrap_or(24 * HOUR);
    base + jitter(base / 10)
}

fn jitter(most: i64) -> i64 {
    let mut byte = [0_u8; 1];
    // Without randomness everything still works, only more in step.
    let _ = getrandom::fill(&mut byte);
    most.max(SECOND) * i64::from(byte[0]) / 255
}
