//! A part of a file, as players ask for it: <https://www.rfc-editor.org/rfc/rfc9110#name-range-requests>
//!
//! One range of bytes. Several at once may be answered with the whole (section 14.2), and nobody who plays a film asks so.

use super::{Body, Req, Res};
use crate::error::{Error, Result};
use std::io::{Seek, SeekFrom};

/// What a `Range` header asks for, of so many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// All of it: no range, several, or a unit that is not ours.
    Whole,
    /// From there so many bytes.
    Part(u64, u64),
    /// Nothing that is there.
    Beyond,
}

pub fn asked(header: &str, length: u64) -> Asked {
    let Some(range) = header.trim().strip_prefix("bytes=").filter(|range| !range.contains(',')) else {
        return Asked::Whole;
    };
    let Some((first, last)) = range.trim().split_once('-') else { return Asked::Whole };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match (first.trim(), last.trim()) {
        ("", last) => match number(last) {
            Some(0) => Asked::Beyond,
            Some(_) if length == 0 => Asked::Beyond,
            Some(tail) => Asked::Part(length - tail.min(length), tail.min(length)),
            None => Asked::Whole,
        },
        (first, last) => {
            let end = if last.is_empty() { Some(u64::MAX) } else { number(last) };
            match (number(first), end) {
                (Some(first), Some(end)) if first > end => Asked::Whole, // no range at all
                (Some(first), Some(_)) if first >= length => Asked::Beyond,
                (Some(first), Some(end)) => Asked::Part(first, end.min(length - 1) - first + 1),
                _ => Asked::Whole,
            }
        }
    }
}

/// The part that `req` asks for instead of the whole file in `res`, whose `etag` stands there already.
///
/// Errors: the file cannot be read.
pub fn answer(req: &Req, mut res: Res) -> Result<Res> {
    let Body::File(_, length) = &res.body else { return Ok(res) };
    let length = *length;
    if res.status != 200 {
        return Ok(res);
    }
    // A part of another version would not fit to what the player has.
    let same = |tag: &str| Some(tag.trim()) == res.header("etag");
    let fits = req.header("if-range").is_none_or(same);
    let asked = req.header("range").filter(|_| fits).map_or(Asked::Whole, |header| asked(header, length));
    match asked {
        Asked::Whole => Ok(res.with("accept-ranges", "bytes")),
        Asked::Part(start, count) => {
            let Body::File(file, left) = &mut res.body else { return Ok(res) };
            file.seek(SeekFrom::Start(start)).map_err(Error::internal)?;
            *left = count;
            res.status = 206;
            let range = format!("bytes {start}-{}/{length}", start + count - 1);
            Ok(res.with("accept-ranges", "bytes").with("content-range", range))
        }
        Asked::Beyond => {
            res.status = 416;
            res.body = Body::Static(b"");
            Ok(res.with("accept-ranges", "bytes").with("content-range", format!("bytes */{length}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_ask_for_a_part() {
        for (header, expected) in [
            ("bytes=0-99", Asked::Part(0, 100)),
            ("bytes=100-", Asked::Part(100, 900)),
            ("bytes=-100", Asked::Part(900, 100)),
            ("bytes=-5000", Asked::Part(0, 1000)),
            ("bytes=999-999", Asked::Part(999, 1)),
            ("bytes=0-99999999999", Asked::Part(0, 1000)),
            (" bytes= 5 - 9 ", Asked::Part(5, 5)),
            ("bytes=1000-", Asked::Beyond),
            ("bytes=5000-6000", Asked::Beyond),
            ("bytes=-0", Asked::Beyond),
            ("bytes=9-5", Asked::Whole),
            ("bytes=0-1,5-6", Asked::Whole),
            ("bytes=", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("lines=1-2", Asked::Whole),
            ("bytes=99999999999999999999999-", Asked::Whole),
        ] {
            assert_eq!(asked(header, 1000), expected, "{header}");
        }
        assert_eq!(asked("bytes=0-", 0), Asked::Beyond);
        assert_eq!(asked("bytes=-1", 0), Asked::Beyond);
    }
}
