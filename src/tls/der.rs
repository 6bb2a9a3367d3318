//! The little of DER that certificates need: tag, length, content. <https://www.itu.int/rec/T-REC-X.690>

pub const INTEGER: u8 = 0x02;
pub const BITS: u8 = 0x03;
pub const OCTETS: u8 = 0x04;
pub const OID: u8 = 0x06;
pub const UTF8: u8 = 0x0c;
pub const UTC_TIME: u8 = 0x17;
pub const TIME: u8 = 0x18;
pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;

/// One element around what its parts say, one after the other.
pub fn put(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = vec![tag];
    match length {
        0..=0x7f => out.push(length as u8),
        0x80..=0xff => out.extend([0x81, length as u8]),
        _ => out.extend([0x82, (length >> 8) as u8, length as u8]), // nothing of ours is longer than 64 KiB
    }
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

/// Reads elements one after the other. Anything that is no DER is `None`, never a panic.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The next element, whatever it is: its tag and what is in it.
    pub fn any(&mut self) -> Option<(u8, &'a [u8])> {
        let (&[tag, first], mut rest) = self.0.split_first_chunk::<2>()?;
        let length = match first {
            0..=0x7f => usize::from(first),
            0x81..=0x83 => {
                let (bytes, after) = rest.split_at_checked(usize::from(first & 0x7f))?;
                rest = after;
                bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte))
            }
            _ => return None,
        };
        let (content, after) = rest.split_at_checked(length)?;
        self.0 = after;
        Some((tag, content))
    }

    /// What is in the next element, if it is one of these.
    pub fn get(&mut self, wanted: u8) -> Option<&'a [u8]> {
        let before = *self;
        let (tag, content) = self.any()?;
        if tag != wanted {
            *self = before;
            return None;
        }
        Some(content)
    }

    /// The elements in the next one.
    pub fn sequence(&mut self) -> Option<Reader<'a>> {
        self.get(SEQUENCE).map(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_all_sizes_come_back() {
        for length in [0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff] {
            let content = vec![7; length];
            let written = put(OCTETS, &[&content]);
            let mut reader = Reader(&written);
            assert_eq!(reader.get(SEQUENCE), None);
            assert_eq!(reader.get(OCTETS), Some(&content[..]));
            assert!(reader.0.is_empty() && reader.any().is_none());
        }
    }

    #[test]
    fn what_is_cut_off_or_too_long_is_nothing() {
        for bytes in
            [&b""[..], b"\x30", b"\x30\x02\x01", b"\x30\x80\x00\x00", b"\x30\x84\0\0\0\0", b"\x30\x82\x01"]
        {
            assert_eq!(Reader(bytes).any(), None, "{bytes:x?}");
        }
    }
}
