//! A server as a value: bound, serving on threads of its own, stopped when told to.

use super::listen::{Handed, Listener, Role, bind};
use super::origin::Trust;
use super::secure::Secure;
use super::{House, run, systemd};
use crate::config::Config;
use crate::error::{Error, Result};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::watch;

/// Threads that move bytes; handlers have a pool of their own.
const WORKERS: usize = 2;
/// The pool of threads that handlers and files run on.
const BLOCKING: usize = 64;

pub struct Running {
    house: Arc<House>,
    addresses: Vec<SocketAddr>,
    doors: Vec<String>,
    stop: watch::Sender<bool>,
    thread: JoinHandle<()>,
}

impl Running {
    /// Opens the folder of `config`, binds its addresses (port 0 takes a free one) and serves.
    ///
    /// Errors: the folder or an address cannot be used.
    pub fn start(config: Config) -> Result<Running> {
        Running::start_on(config, Vec::new())
    }

    /// The same on sockets that are open already; if there are any, no others are opened.
    pub fn start_on(config: Config, handed: Vec<(Role, Handed)>) -> Result<Running> {
        allow_files();
        let trust = Trust::new(&config.edge.trusted_proxies)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .max_blocking_threads(BLOCKING)
            .thread_keep_alive(Duration::from_secs(5))
            .enable_all()
            .build()?;
        let listeners = runtime.block_on(bind(&config, handed))?;
        let plain = listeners.iter().filter(|l| l.role == Role::Plain);
        let addresses = plain.filter_map(Listener::address).collect();
        let doors = listeners.iter().map(Listener::name).collect();
        let house = House::open(config)?;
        let secure = Secure::new(house.certificates().config()?);
        let (stop, stopping) = watch::channel(false);
        let served = Arc::clone(&house);
        let thread = std::thread::Builder::new().name("server".into()).spawn(move || {
            runtime.spawn(systemd::watchdog(Arc::clone(&served)));
            runtime.block_on(run(served, listeners, trust, secure, stopping));
            end(runtime);
        })?;
        Ok(Running { house, addresses, doors, stop, thread })
    }

    pub fn house(&self) -> &Arc<House> {
        &self.house
    }

    /// All of where it listens, for a person.
    pub fn doors(&self) -> &[String] {
        &self.doors
    }

    /// Where it speaks plain http, free ports filled in.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Finishes open requests and jobs for under five seconds in all, and puts the file in order.
    ///
    /// Errors: the serving thread had panicked.
    pub fn stop(self) -> Result<()> {
        self.house.stopping();
        let _ = self.stop.send(true); // nobody listens only if the server ended already
        let ended = self.thread.join();
        self.house.close();
        ended.map_err(|_| Error::internal("the server's thread panicked"))
    }
}

/// Open files that the process may need: every connection and stream, the file, and what the worker fetches.
const FILES: u64 = 4_096;

/// Many systems allow 1,024 at first and more to those who ask.
fn allow_files() {
    match rlimit::increase_nofile_limit(FILES) {
        Ok(limit) if limit >= FILES => (),
        Ok(limit) => tracing::warn!(limit, "few files may be open: allow {FILES}, with `ulimit -n`, say"),
        Err(e) => tracing::warn!(error = %e, "the limit of open files could not be raised"),
    }
}

/// A handler that still runs is cut off: what it had not committed was not acknowledged.
fn end(runtime: Runtime) {
    runtime.shutdown_timeout(Duration::from_millis(200));
}
