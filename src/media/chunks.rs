//! The chunks of PNG and WebP files, before a decoder sees them: <https://www.w3.org/TR/png-3/#5Chunk-layout>,
//! <https://developers.google.com/speed/webp/docs/riff_container>

use std::borrow::Cow;

/// Bytes of a packed colour profile that is read. Real ones have some hundred to some thousand; a hundred thousand may
/// unpack to a hundred million, and the decoder does that before it counts.
const PROFILE: usize = 16 * 1024;
/// Chunks that are looked at.
const CHUNKS: usize = 10_000;
/// Bytes around the content of a PNG chunk: its length, its name, its checksum.
const AROUND: usize = 12;

/// A PNG without a colour profile that is too large to be one.
pub fn without_bomb(png: &[u8]) -> Cow<'_, [u8]> {
    let mut at = 8; // after the signature
    for _ in 0..CHUNKS {
        let Some(head) = png.get(at..at + 8) else { break };
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some(end) = at.checked_add(length + AROUND).filter(|end| *end <= png.len()) else { break };
        match &head[4..] {
            b"iCCP" if length > PROFILE => {
                let mut clean = Vec::with_capacity(png.len() - (end - at));
                clean.extend_from_slice(&png[..at]);
                clean.extend_from_slice(&png[end..]);
                return Cow::Owned(clean); // a second one is an error for every decoder
            }
            b"IDAT" => break, // it stands before
            _ => at = end,
        }
    }
    Cow::Borrowed(png)
}

/// Bytes that a decoder holds of a progressive JPEG until its last scan: two for each number of each block. Others are decoded
/// line by line. <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>, B.2.2
pub fn coefficients(jpeg: &[u8]) -> u64 {
    let mut at = 2; // after SOI
    for _ in 0..CHUNKS {
        let Some(&[0xFF, name, high, low]) = jpeg.get(at..at + 4).and_then(|head| head.first_chunk()) else {
            break;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        match name {
            0xFF => at += 1, // filled up
            0xC2 | 0xC6 | 0xCA | 0xCE => return jpeg.get(at + 4..).map_or(0, frame),
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xDA => break,
            _ => at += 2 + length,
        }
    }
    0
}

/// The same of a frame's head: bits, height, width, and for each channel its name, its shares across and down, its table.
fn frame(head: &[u8]) -> u64 {
    let Some((&[_, h1, h2, w1, w2, count], channels)) = head.split_first_chunk() else { return 0 };
    let pixels = u64::from(u16::from_be_bytes([h1, h2])) * u64::from(u16::from_be_bytes([w1, w2]));
    let shares: Vec<(u64, u64)> = channels
        .chunks_exact(3)
        .take(count.into())
        .map(|c| (u64::from(c[1] >> 4), u64::from(c[1] & 15)))
        .collect();
    let all = shares.iter().map(|(across, down)| across * down).sum::<u64>();
    let across = shares.iter().map(|(across, _)| *across).max().unwrap_or(1).max(1);
    let down = shares.iter().map(|(_, down)| *down).max().unwrap_or(1).max(1);
    pixels * 2 * all / (across * down)
}

/// Whether a WebP is of the lossless kind, in either form of the file.
pub fn is_lossless(webp: &[u8]) -> bool {
    let mut at = 12; // after `RIFF`, the length and `WEBP`
    for _ in 0..CHUNKS {
        let Some(head) = webp.get(at..at + 8) else { return false };
        match &head[..4] {
            b"VP8L" => return true,
            b"VP8 " => return false,
            // A frame of an animation: its chunks stand within, after sixteen bytes.
            b"ANMF" => at += 8 + 16,
            _ => {
                let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
                let Some(next) = at.checked_add(8 + length + length % 2) else { return false };
                at = next;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        [&(content.len() as u32).to_be_bytes()[..], name, content, &[0; 4]].concat()
    }

    #[test]
    fn a_profile_that_is_too_large_is_left_out() {
        let start = [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &[1; 13])].concat();
        let end = [chunk(b"IDAT", b"x"), chunk(b"iCCP", &[7; 20_000]), chunk(b"IEND", b"")].concat();
        let with = |size: usize| [&start[..], &chunk(b"iCCP", &vec![7; size]), &end].concat();
        let without = [&start[..], &end].concat();
        assert_eq!(without_bomb(&with(16 * 1024 + 1)), without);
        assert_eq!(without_bomb(&with(16 * 1024)), with(16 * 1024));
        for cut in 0..without.len() {
            assert_eq!(*without_bomb(&without[..cut]), without[..cut]);
        }
    }

    #[test]
    fn a_progressive_jpeg_tells_what_it_takes() {
        let jpeg = |marker: u8, channels: &[u8]| {
            let head = [8, 0, 100, 0, 200, (channels.len() / 3) as u8];
            let length = (2 + head.len() + channels.len()) as u16;
            let comment = b"\xFF\xD8\xFF\xFE\0\x06\xFF\xC2\0\x11\xFF";
            [&comment[..], &[0xFF, marker], &length.to_be_bytes(), &head, channels].concat()
        };
        let halved = [1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
        assert_eq!(coefficients(&jpeg(0xC2, &halved)), 200 * 100 * 3);
        assert_eq!(coefficients(&jpeg(0xC2, &[1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1])), 200 * 100 * 6);
        assert_eq!(coefficients(&jpeg(0xC2, &[1, 0x11, 0])), 200 * 100 * 2);
        assert_eq!(coefficients(&jpeg(0xC0, &halved)), 0);
        let whole = jpeg(0xC2, &halved);
        for cut in 0..whole.len() {
            assert!(coefficients(&whole[..cut]) <= 200 * 100 * 3);
        }
    }

    #[test]
    fn a_webp_is_lossless_in_both_forms() {
        let riff = |chunks: &[(&[u8; 4], &[u8])]| {
            let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
            for (name, content) in chunks {
                file.extend_from_slice(*name);
                file.extend_from_slice(&(content.len() as u32).to_le_bytes());
                file.extend_from_slice(content);
                file.extend(std::iter::repeat_n(0, content.len() % 2));
            }
            file
        };
        assert!(is_lossless(&riff(&[(b"VP8L", b"x")])));
        assert!(is_lossless(&riff(&[(b"VP8X", &[0; 10]), (b"ICCP", b"odd"), (b"VP8L", b"x")])));
        assert!(!is_lossless(&riff(&[(b"VP8X", &[0; 10]), (b"ALPH", b"x"), (b"VP8 ", b"VP8L")])));
        let frame = [&[0; 16][..], b"VP8L\x01\0\0\0x\0"].concat();
        assert!(is_lossless(&riff(&[(b"VP8X", &[0; 10]), (b"ANIM", &[0; 6]), (b"ANMF", &frame)])));
        assert!(!is_lossless(b"RIFF") && !is_lossless(b""));
    }
}
