//! A file into a bucket while it is made: part after part, none of it there before the last one is.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>

use super::bucket::{Bucket, Call, Content, inside, refusal};
use super::sigv4;
use crate::error::{Error, Kind, Result};
use std::fmt::Write as _;
use std::io::{self, Read, Write};

/// Bytes that are held at a time. 10,000 parts are the most that there may be: 160 GB.
const PART: usize = 16 << 20;
/// Bytes of an answer that are looked at.
const MAX_ANSWER: u64 = 64 * 1024;

/// Takes what is written to it; [`Upload::finish`] is the end, and without it nothing is left.
pub struct Upload<'a> {
    bucket: &'a Bucket,
    key: &'a str,
    /// The bucket's name for it; empty when there is nothing more to give up.
    id: String,
    part: Vec<u8>,
    /// What the bucket called each part.
    tags: Vec<String>,
    bytes: u64,
    failed: Option<Error>,
}

impl<'a> Upload<'a> {
    /// Errors: the bucket's.
    pub fn begin(bucket: &'a Bucket, key: &'a str) -> Result<Upload<'a>> {
        let text = ask(bucket, "POST", key, &[("uploads", "")], b"")?.1;
        let id = inside(&text, "UploadId").filter(|id| !id.is_empty()).ok_or_else(unreadable)?.to_owned();
        Ok(Upload {
            bucket,
            key,
            id,
            part: Vec::with_capacity(PART),
            tags: Vec::new(),
            bytes: 0,
            failed: None,
        })
    }

    fn send_part(&mut self) -> Result<()> {
        let number = (self.tags.len() + 1).to_string();
        let query = [("partNumber", number.as_str()), ("uploadId", self.id.as_str())];
        let (tag, _) = ask(self.bucket, "PUT", self.key, &query, &self.part)?;
        self.tags.push(tag.ok_or_else(unreadable)?);
        self.bytes += self.part.len() as u64;
        self.part.clear();
        Ok(())
    }

    /// The file is there when it returns; gives its bytes.
    pub fn finish(mut self) -> Result<u64> {
        if !self.part.is_empty() || self.tags.is_empty() {
            self.send_part()?;
        }
        let mut list = String::from("<CompleteMultipartUpload>");
        for (n, tag) in self.tags.iter().enumerate() {
            let tag = tag.replace('&', "&amp;").replace('<', "&lt;");
            // a String takes everything
            let _ = write!(list, "<Part><PartNumber>{}</PartNumber><ETag>{tag}</ETag></Part>", n + 1);
        }
        list += "</CompleteMultipartUpload>";
        let query = [("uploadId", self.id.as_str())];
        let (_, text) = ask(self.bucket, "POST", self.key, &query, list.as_bytes())?;
        // Amazon says 200 before it knows.
        if !text.contains("CompleteMultipartUploadResult") {
            return Err(unreadable());
        }
        self.id.clear();
        Ok(self.bytes)
    }

    /// What went wrong while it was written to: `io::Error` has no room for it.
    pub fn failure(&mut self) -> Option<Error> {
        self.failed.take()
    }
}

impl Write for Upload<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.part.len() == PART
            && let Err(e) = self.send_part()
        {
            self.failed = Some(e);
            return Err(io::Error::other("the bucket did not take it"));
        }
        let n = bytes.len().min(PART - self.part.len());
        self.part.extend_from_slice(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(()) // a part goes out when it is full
    }
}

impl Drop for Upload<'_> {
    fn drop(&mut self) {
        if !self.id.is_empty() {
            // Parts that belong to nothing cost money; a bucket out of reach needs a rule of its own for those.
            let _ = ask(self.bucket, "DELETE", self.key, &[("uploadId", &self.id)], b"");
        }
    }
}

fn unreadable() -> Error {
    Error::new(Kind::BadGateway, "The bucket's answer cannot be read")
}

/// The `ETag` and the text of the answer.
fn ask(
    bucket: &Bucket,
    method: &'static str,
    key: &str,
    query: &[(&str, &str)],
    content: &[u8],
) -> Result<(Option<String>, String)> {
    let (hash, bytes) = (sigv4::hash(content), content.len() as u64);
    let content = (method != "DELETE").then_some(Content::Bytes(content));
    let answer = bucket.send(&Call { query, content, payload: &hash, bytes, ..bucket.at(method, key) })?;
    if !answer.status().is_success() {
        return Err(refusal(answer));
    }
    let tag = answer.headers().get("etag").and_then(|v| v.to_str().ok()).map(str::to_owned);
    let mut text = Vec::new();
    answer.into_body().into_reader().take(MAX_ANSWER).read_to_end(&mut text)?;
    Ok((tag, String::from_utf8_lossy(&text).into_owned()))
}
