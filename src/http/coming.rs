//! A file that is on its way from another server: whoever wants it reads what is there already, and then waits for more.

use crate::error::Kind;
use std::fs::File;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// What is known of a file before its first byte.
#[derive(Debug, Clone)]
pub struct Head {
    pub mime: String,
    /// Bytes, if the other server said how many.
    pub length: Option<u64>,
}

/// How far one file is.
#[derive(Debug, Clone)]
pub enum State {
    /// Not answered yet.
    Asked,
    /// It is larger than what is kept: it has to be passed on.
    Large,
    Failed(Kind),
    Growing(Head, Arc<File>, u64),
    Whole(Head, Arc<File>, u64),
}

/// One file, written by one thread and read by any number of answers.
#[derive(Debug)]
pub struct Coming(watch::Sender<State>);

impl Default for Coming {
    fn default() -> Coming {
        Coming(watch::Sender::new(State::Asked))
    }
}

impl Coming {
    pub fn set(&self, state: State) {
        self.0.send_replace(state);
    }

    pub fn watch(&self) -> watch::Receiver<State> {
        self.0.subscribe()
    }
}

/// The body of an answer that grows while it is read.
#[derive(Debug)]
pub struct Growing {
    pub file: Arc<File>,
    /// Where the answer begins, and how many bytes it has.
    pub start: u64,
    pub length: Option<u64>,
    pub state: watch::Receiver<State>,
}

/// The body of an answer that is another server's, a chunk at a time.
#[derive(Debug)]
pub struct Passing {
    pub chunks: mpsc::Receiver<io::Result<Vec<u8>>>,
    pub length: Option<u64>,
}

/// What a request for somebody else's file waits for.
#[derive(Debug)]
pub struct Asked {
    pub url: String,
    /// As the browser asked for it: only what is passed on has parts, while it is not whole here.
    pub range: Option<String>,
    pub client: IpAddr,
    /// `None`: it is known that this one has to be passed on.
    pub coming: Option<Arc<Coming>>,
}
