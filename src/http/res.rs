//! An answer: status, headers, body.

use super::coming::{Asked, Growing, Passing};
use crate::error::{Error, Result};
use crate::model::Opening;
use serde::Serialize;
use std::fs::File;

/// Bytes of a usual JSON answer: most need no second allocation.
const USUAL: usize = 4 * 1024;

#[derive(Debug)]
pub enum Body {
    Bytes(Vec<u8>),
    Static(&'static [u8]),
    /// Streamed from the disk; the length in bytes stands beside.
    File(File, u64),
    /// Somebody else's file that is not here yet: the server waits for it.
    Asked(Box<Asked>),
    /// Such a file, while it comes.
    Growing(Box<Growing>),
    /// Such a file, as it comes.
    Passing(Box<Passing>),
    /// No end: the server keeps the connection and hands it to the streams.
    Stream(Box<Opening>),
    /// For the doctor: a stream of two events, or a WebSocket that ends as it begins.
    Probe,
}

#[derive(Debug)]
pub struct Res {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
}

impl Res {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Res {
        Res {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body: Body::Bytes(body.into()),
        }
    }

    /// Errors: a value that cannot be written as JSON, which is a bug.
    pub fn json(value: &impl Serialize) -> Result<Res> {
        Res::json_as("application/json; charset=utf-8", value)
    }

    pub fn json_as(content_type: &str, value: &impl Serialize) -> Result<Res> {
        let mut body = Vec::with_capacity(USUAL);
        serde_json::to_writer(&mut body, value).map_err(Error::internal)?;
        Ok(Res::new(200, content_type, body))
    }

    /// ActivityPub JSON: the exact type that Lemmy compares with. Cached briefly, since every follower's
    /// server fetches a new post in its first minute.
    pub fn activity(value: &impl Serialize) -> Result<Res> {
        let res = Res::json_as("application/activity+json; charset=utf-8", value)?;
        Ok(res.with("vary", "Accept").with("cache-control", "public, max-age=180"))
    }

    /// A successful empty answer: strict clients want a body (pitfall 26).
    pub fn empty() -> Res {
        Res::new(200, "application/json; charset=utf-8", "{}")
    }

    pub fn html(markup: impl Into<String>) -> Res {
        Res::new(200, "text/html; charset=utf-8", markup.into())
    }

    pub fn text(status: u16, text: impl Into<String>) -> Res {
        Res::new(status, "text/plain; charset=utf-8", text.into())
    }

    /// 303: look there with GET.
    pub fn see_other(location: impl Into<String>) -> Res {
        Res::text(303, "").with("location", location)
    }

    pub fn redirect(status: u16, location: impl Into<String>) -> Res {
        Res::text(status, "").with("location", location)
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Res {
        self.headers.push((name, value.into()));
        self
    }

    /// Adds the header if there is a value: `Link` of a page that may be empty.
    pub fn with_some(self, name: &'static str, value: Option<String>) -> Res {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub fn status(mut self, status: u16) -> Res {
        self.status = status;
        self
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str())
    }
}
