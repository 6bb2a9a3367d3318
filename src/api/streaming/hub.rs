//! From what was committed to what is told: one thread, one bounded queue of events.
//!
//! The listener of [`crate::app::Events`] runs on the thread that wrote, so it only puts the event down. While
//! nobody listens it does not even that.

use super::listeners::{Listeners, Session};
use super::news;
use crate::app::App;
use crate::error::Result;
use crate::model::{Event, Holder, Opening, Scopes, Transport};
use crate::store::{oauth, sessions};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::Notify;

/// Events that wait for their turn. More than that is a flood, and everybody fetches afresh.
const WAITING: usize = 1_024;

pub struct Hub {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    app: Arc<App>,
    listeners: Arc<Listeners>,
    inbox: Inbox,
}

impl Hub {
    /// Starts listening to what `app` commits.
    ///
    /// Errors: no thread can be had.
    pub fn start(app: &Arc<App>) -> Result<Hub> {
        let shared =
            Arc::new(Shared { app: Arc::clone(app), listeners: Arc::default(), inbox: Inbox::default() });
        let weak = Arc::downgrade(&shared);
        app.events.listen(Box::new(move |events| {
            let Some(shared) = weak.upgrade() else { return };
            if !shared.listeners.is_empty() {
                shared.inbox.put(events.iter().filter(|event| is_news(event)));
            }
        }));
        let telling = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("streams".into()).spawn(move || telling.run())?;
        Ok(Hub { shared, thread: Mutex::new(Some(thread)) })
    }

    pub fn app(&self) -> &Arc<App> {
        &self.shared.app
    }

    /// How many connections listen.
    pub fn listening(&self) -> usize {
        self.shared.listeners.len()
    }

    /// A new listener: whatever is committed from now on is told. `cut` is notified when it is to go.
    pub fn join(&self, opening: &Opening, cut: Arc<Notify>) -> Session {
        let (scopes, transport) = match opening {
            Opening::Socket { scopes, .. } => (scopes.clone(), Transport::Socket),
            Opening::Events { scopes, .. } => (scopes.clone(), Transport::Events),
            Opening::Pages { .. } => (Scopes::reading(), Transport::Pages),
        };
        self.shared.listeners.join(opening.holder(), scopes, transport, cut)
    }

    /// Whether the token or session is still good. Asked after [`Hub::join`]: one that was revoked in between
    /// would never be heard of.
    pub fn admits(&self, holder: Holder) -> Result<bool> {
        self.shared.app.store.read(|c| match holder {
            Holder::Token(token) => oauth::exists(c, token),
            Holder::Session(session) => Ok(sessions::used_at(c, session)?.is_some()),
        })
    }

    /// Ends the thread; what it was told is forgotten. Sessions have ended before.
    pub fn stop(&self) {
        self.shared.inbox.close();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = thread.join(); // a panic was logged
        }
    }
}

/// Jobs are nobody's business.
fn is_news(event: &Event) -> bool {
    !matches!(event, Event::JobsQueued)
}

impl Shared {
    fn run(&self) {
        loop {
            match self.inbox.take() {
                Taken::Event(event) => self.tell(&event),
                Taken::Flood => {
                    tracing::warn!("too many events at once: the streams are closed, apps fetch afresh");
                    self.listeners.cut_all();
                }
                Taken::End => return,
            }
        }
    }

    /// What cannot be told was missed by everybody: they are to come back and fetch.
    fn tell(&self, event: &Event) {
        if self.listeners.is_empty() {
            return;
        }
        let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            news::tell(&self.app, &self.listeners, event)
        }));
        let error = match told {
            Ok(Ok(())) => return,
            Ok(Err(e)) => e.to_string(),
            Err(_) => "panic".to_owned(),
        };
        tracing::error!(?event, error, "an event could not be told: the streams are closed");
        self.listeners.cut_all();
    }
}

#[derive(Default)]
struct Inbox {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    events: VecDeque<Event>,
    flooded: bool,
    closed: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Taken {
    Event(Event),
    /// More came than fits; they are forgotten.
    Flood,
    End,
}

impl Inbox {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put<'a>(&self, events: impl Iterator<Item = &'a Event>) {
        let mut waiting = self.lock();
        for event in events {
            if waiting.events.len() >= WAITING {
                waiting.events.clear();
                waiting.flooded = true;
            }
            waiting.events.push_back(event.clone());
        }
        drop(waiting);
        self.changed.notify_one();
    }

    /// Waits for the next.
    fn take(&self) -> Taken {
        let mut waiting = self.lock();
        loop {
            if waiting.closed {
                return Taken::End;
            }
            if std::mem::take(&mut waiting.flooded) {
                return Taken::Flood;
            }
            if let Some(event) = waiting.events.pop_front() {
                return Taken::Event(event);
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StatusId;

    #[test]
    fn a_flood_is_said_before_what_came_after_it() {
        let inbox = Inbox::default();
        let events: Vec<Event> = (0..1_500).map(|n| Event::StatusDeleted(StatusId(n))).collect();
        inbox.put(events.iter());
        assert_eq!(inbox.take(), Taken::Flood);
        assert_eq!(inbox.take(), Taken::Event(Event::StatusDeleted(StatusId(1_024))));
        assert_eq!(inbox.lock().events.len(), 1_500 - 1_024 - 1);
        inbox.close();
        assert_eq!(inbox.take(), Taken::End);
    }
}
