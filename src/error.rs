//! One error for the whole house: what happened, what a client may read of it, and what the log gets.
//!
//! Each door renders a kind in its own way (JSON, HTML, a bare status); a failure is logged once,
//! where it is answered.

use std::fmt;

/// What happened, in the few words that decide the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 400: the request could not be read at all.
    BadRequest,
    /// 401: no valid token, session or signature.
    Unauthorized,
    /// 403: known, and not allowed.
    Forbidden,
    /// 404: there is no such thing, or the asker may not know of it.
    NotFound,
    /// 405: the path exists, the method does not.
    MethodNotAllowed,
    /// 406: no representation that the asker accepts.
    NotAcceptable,
    /// 409: somebody else changed it first.
    Conflict,
    /// 410: there was such a thing.
    Gone,
    /// 413: more bytes than allowed.
    TooLarge,
    /// 422: read and understood, and it cannot be done.
    Invalid,
    /// 429: too often.
    TooManyRequests,
    /// 500: our fault.
    Internal,
    /// 502: another server answered, and its answer is of no use.
    BadGateway,
    /// 503: another server cannot be reached now, or we are too busy; trying again may help.
    Unavailable,
    /// 507: the disk is full or read-only.
    NoSpace,
}

impl Kind {
    /// The HTTP status of this kind.
    pub fn status(self) -> u16 {
        match self {
            Kind::BadRequest => 400,
            Kind::Unauthorized => 401,
            Kind::Forbidden => 403,
            Kind::NotFound => 404,
            Kind::MethodNotAllowed => 405,
            Kind::NotAcceptable => 406,
            Kind::Conflict => 409,
            Kind::Gone => 410,
            Kind::TooLarge => 413,
            Kind::Invalid => 422,
            Kind::TooManyRequests => 429,
            Kind::Internal => 500,
            Kind::BadGateway => 502,
            Kind::Unavailable => 503,
            Kind::NoSpace => 507,
        }
    }
}

/// `public` is all that a client ever sees; `source` is for the log.
#[derive(Debug)]
pub struct Error {
    pub kind: Kind,
    pub public: String,
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn new(kind: Kind, public: impl Into<String>) -> Error {
        Error { kind, public: public.into(), source: None }
    }

    /// Keeps the cause for the log; the client does not see it.
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.source = Some(source.into());
        self
    }

    pub fn bad_request(public: impl Into<String>) -> Error {
        Error::new(Kind::BadRequest, public)
    }

    /// Mastodon's words, which clients compare (pitfall 22).
    pub fn unauthorized() -> Error {
        Error::new(Kind::Unauthorized, "The access token is invalid")
    }

    pub fn forbidden(public: impl Into<String>) -> Error {
        Error::new(Kind::Forbidden, public)
    }

    /// Mastodon's words; also the answer for what exists but is not the asker's to see.
    pub fn not_found() -> Error {
        Error::new(Kind::NotFound, "Record not found")
    }

    pub fn invalid(public: impl Into<String>) -> Error {
        Error::new(Kind::Invalid, public)
    }

    pub fn unavailable(public: impl Into<String>) -> Error {
        Error::new(Kind::Unavailable, public)
    }

    /// Our fault: the client reads a fixed sentence, the log reads `source`.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::new(Kind::Internal, "Something went wrong on this server").because(source)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.public)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Error {
        use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match e.kind() {
            StorageFull | QuotaExceeded => Error::new(Kind::NoSpace, "The disk is full").because(e),
            ReadOnlyFilesystem => Error::new(Kind::NoSpace, "The disk is read-only").because(e),
            _ => Error::internal(e),
        }
    }
}
