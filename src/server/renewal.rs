//! The thread that looks after our certificates. It sleeps but for a look now and then.

use super::house::House;
use crate::error::Result;
use crate::ops::certificates::Keeper;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Between two looks, which read the times of two or three files, mostly.
const BEAT: Duration = Duration::from_secs(10);
/// How long a stop waits for it: what is on its way to the disk is whole or not there, so nothing is lost.
const PARTING: Duration = Duration::from_millis(500);

pub struct Renewal {
    wake: Sender<()>,
    thread: JoinHandle<()>,
}

impl Renewal {
    /// Errors: no thread can be had.
    pub fn start(house: &Arc<House>, mut keeper: Keeper) -> Result<Renewal> {
        let house = Arc::downgrade(house);
        let (wake, woken) = channel();
        let thread = std::thread::Builder::new().name("certificates".into()).spawn(move || {
            loop {
                look(&mut keeper, &house, &woken);
                if let Err(RecvTimeoutError::Disconnected) = woken.recv_timeout(BEAT) {
                    return;
                }
            }
        })?;
        Ok(Renewal { wake, thread })
    }

    /// Looks now.
    pub fn wake(&self) {
        let _ = self.wake.send(()); // it ended only by a panic, which the log has
    }

    pub fn stop(self) {
        drop(self.wake);
        let until = Instant::now() + PARTING;
        while !self.thread.is_finished() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn look(keeper: &mut Keeper, house: &Weak<House>, woken: &Receiver<()>) {
    let Some(app) = house.upgrade().map(|house| house.app()) else { return };
    // Not the app itself: an authority may take minutes, and a stop does not wait for it.
    let instance = app.map(|app| app.instance.clone());
    keeper.tend(instance.as_ref(), &|time| {
        let until = Instant::now() + time;
        loop {
            match woken.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(()) => (), // it is looking already
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    });
}
