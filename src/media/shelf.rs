//! Where a file of ours is: in the folder, or in the operator's bucket.
//!
//! New files go to the bucket if there is one. Readers look in the folder first, so that a file is found at any time
//! while files are moved from one to the other.

use super::blobs::{self, Blobs};
use super::bucket::{Bucket, Content};
use crate::error::{Error, Kind, Result};
use std::fs::File;
use std::sync::Arc;

/// Where a reader is to look.
#[derive(Debug)]
pub enum Place {
    /// The file and its length in bytes.
    Here(File, u64),
    /// Its address.
    There(String),
}

impl Blobs {
    /// The same folder, with a bucket behind it.
    pub fn with_bucket(self, bucket: Option<Bucket>) -> Blobs {
        Blobs { bucket: bucket.map(Arc::new), ..self }
    }

    pub fn bucket(&self) -> Option<&Bucket> {
        self.bucket.as_deref()
    }

    /// The file, or else where in the bucket a request of this method finds it, if it is there: nobody asks before.
    ///
    /// Errors: `NotFound` when there is none, or the key has not the shape of one.
    pub fn find(&self, method: &str, key: &str) -> Result<Place> {
        match (self.open_file(key), self.bucket()) {
            (Ok((file, length)), _) => Ok(Place::Here(file, length)),
            (Err(e), Some(bucket)) if e.kind == Kind::NotFound && blobs::mime(key).is_some() => {
                Ok(Place::There(bucket.link(method, key)))
            }
            (Err(e), _) => Err(e),
        }
    }

    /// Whether the bucket has taken the content: `false` when there is none to take it.
    ///
    /// Errors: the bucket's, which are the operator's to know as well.
    pub(super) fn hand_on(&self, key: &str, content: Content<'_>) -> Result<bool> {
        let Some(bucket) = self.bucket() else { return Ok(false) };
        let mime = blobs::mime(key).ok_or_else(Error::not_found)?;
        match bucket.put(key, mime, content) {
            Ok(()) => Ok(true),
            Err(e) => {
                tracing::warn!(bucket = bucket.name(), error = %e, "a file could not be put into the bucket");
                Err(e)
            }
        }
    }
}
