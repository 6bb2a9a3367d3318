//! Cleans an animated GIF block by block, so that it stays what it was, frame for frame.
//!
//! Only what draws is copied: screen, colour tables, frames, their timing and the loop count.
//! Comments, plain text and application data (XMP lives there) are left out, and so is whatever
//! follows the end. Re-encoding would cost a new palette for every frame and make the file larger.
//! Format: <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>

use crate::error::{Error, Result};

/// Far beyond what people post, and well below what stops a browser.
const MAX_FRAMES: u64 = 3_000;
/// Frames times screen, since viewers repaint the screen for each.
const MAX_PAINTED: u64 = 1_000_000_000;

/// A GIF with nothing in it but pictures.
pub struct Clean {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    pub frames: u64,
}

/// Copies what draws and drops the rest.
///
/// The picture data itself stays as it is and unread. A file that ends between two blocks is
/// accepted, as browsers do. Errors: `Invalid` when it ends within a block, has no frame, too many
/// frames, or is no GIF.
pub fn clean(bytes: &[u8]) -> Result<Clean> {
    let mut from = Reader { rest: bytes };
    from.take(6)?; // the signature, already sniffed
    let screen = from.take(7)?;
    let width = u32::from(u16::from_le_bytes([screen[0], screen[1]]));
    let height = u32::from(u16::from_le_bytes([screen[2], screen[3]]));
    let area = u64::from(width) * u64::from(height);

    let mut to = Vec::with_capacity(bytes.len());
    to.extend_from_slice(b"GIF89a");
    to.extend_from_slice(screen);
    to.extend_from_slice(from.take(table_length(screen[4]))?);

    let mut frames = 0;
    let mut timing = None; // belongs to the next frame only
    let mut looped = false;
    loop {
        match from.take(1).map(|b| b[0]) {
            Ok(FRAME) => {
                frames += 1;
                if frames > MAX_FRAMES || (frames > 1 && frames * area > MAX_PAINTED) {
                    return Err(Error::invalid(
                        "Validation failed: File is an animation with too many or too large frames",
                    ));
                }
                if let Some(timing) = timing.take() {
                    to.extend_from_slice(&[EXTENSION, TIMING, 4]);
                    to.extend_from_slice(timing);
                    to.push(0);
                }
                let place = from.take(9)?;
                to.push(FRAME);
                to.extend_from_slice(place);
                to.extend_from_slice(from.take(table_length(place[8]))?);
                to.extend_from_slice(from.take(1)?); // the code size
                to.extend_from_slice(from.blocks()?);
            }
            Ok(EXTENSION) => {
                let label = from.take(1)?[0];
                let data = from.blocks()?;
                match (label, data) {
                    (TIMING, [4, data @ .., 0]) if data.len() == 4 => timing = Some(data),
                    (APPLICATION, data) if !looped && is_loop(data) => {
                        looped = true;
                        to.extend_from_slice(&[EXTENSION, APPLICATION]);
                        to.extend_from_slice(&data[..LOOP_LENGTH]);
                        to.push(0);
                    }
                    _ => {}
                }
            }
            // Some encoders pad with zero bytes between blocks; decoders skip them.
            Ok(0) => {}
            Ok(END) | Err(_) => break,
            Ok(_) => return Err(damaged()),
        }
    }
    if frames == 0 {
        return Err(damaged());
    }
    to.push(END);
    Ok(Clean { bytes: to, width, height, frames })
}

const FRAME: u8 = 0x2C;
const EXTENSION: u8 = 0x21;
const END: u8 = 0x3B;
const TIMING: u8 = 0xF9;
const APPLICATION: u8 = 0xFF;
/// Length byte, eleven bytes of name, length byte, one, and the count in two bytes.
const LOOP_LENGTH: usize = 16;

/// The one application block that draws, under its two names.
fn is_loop(data: &[u8]) -> bool {
    (data.starts_with(b"\x0BNETSCAPE2.0\x03\x01") || data.starts_with(b"\x0BANIMEXTS1.0\x03\x01"))
        && data.len() > LOOP_LENGTH
}

/// The bytes of the colour table that a flags byte announces.
fn table_length(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(damaged)?;
        self.rest = rest;
        Ok(taken)
    }

    /// A chain of sub-blocks, with their length bytes and the closing zero.
    fn blocks(&mut self) -> Result<&'a [u8]> {
        let start = self.rest;
        let mut length = 0;
        loop {
            let size = usize::from(self.take(1)?[0]);
            length += 1 + size;
            if size == 0 {
                return Ok(&start[..length]);
            }
            self.take(size)?;
        }
    }
}

fn damaged() -> Error {
    Error::invalid("Validation failed: File is a damaged GIF")
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
    use image::{AnimationDecoder, Delay, Frame, Rgba, RgbaImage};
    use std::io::Cursor;

    fn animation(colours: &[[u8; 4]]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        encoder.set_repeat(Repeat::Infinite).unwrap();
        for colour in colours {
            let picture = RgbaImage::from_pixel(20, 10, Rgba(*colour));
            let delay = Delay::from_numer_denom_ms(70, 1);
            encoder.encode_frame(Frame::from_parts(picture, 0, 0, delay)).unwrap();
        }
        drop(encoder);
        bytes
    }

    /// Puts an extension before the first block after the screen and its table.
    fn with_extension(gif: &[u8], label: u8, data: &[u8]) -> Vec<u8> {
        let at = 13 + table_length(gif[10]);
        let mut out = gif[..at].to_vec();
        out.extend_from_slice(&[EXTENSION, label]);
        for chunk in data.chunks(255) {
            out.push(chunk.len() as u8);
            out.extend_from_slice(chunk);
        }
        out.push(0);
        out.extend_from_slice(&gif[at..]);
        out
    }

    fn frames(gif: &[u8]) -> Vec<(Rgba<u8>, (u32, u32))> {
        let decoder = GifDecoder::new(Cursor::new(gif)).unwrap();
        decoder
            .into_frames()
            .map(|f| {
                let f = f.unwrap();
                (*f.buffer().get_pixel(3, 3), f.delay().numer_denom_ms())
            })
            .collect()
    }

    #[test]
    fn comments_and_metadata_go_and_the_frames_stay() {
        let plain = animation(&[[255, 0, 0, 255], [0, 0, 255, 255]]);
        let mut told = with_extension(&plain, 0xFE, b"taken at 56.9496,24.1052 by me");
        told = with_extension(&told, APPLICATION, b"XMP DataXMP<x:xmpmeta>GPSLatitude</x:xmpmeta>");
        told = with_extension(&told, 0x01, &[7; 40]);
        told.extend_from_slice(b"more after the end");

        let clean = clean(&told).unwrap();

        assert_eq!(clean.bytes, plain);
        assert_eq!((clean.width, clean.height, clean.frames), (20, 10, 2));
        assert_eq!(frames(&clean.bytes), frames(&plain));
        assert!(clean.bytes.windows(11).any(|w| w == b"NETSCAPE2.0"), "still loops");
    }

    #[test]
    fn a_cut_file_is_damaged_unless_the_cut_is_between_blocks() {
        let whole = animation(&[[1, 2, 3, 255], [9, 9, 9, 255]]);
        assert_eq!(clean(&whole[..whole.len() - 1]).unwrap().bytes, whole);
        for length in [0, 5, 12, 20, whole.len() - 2, whole.len() - 9] {
            assert!(clean(&whole[..length]).is_err(), "{length} bytes");
        }
        assert!(clean(b"GIF89a\x01\0\x01\0\0\0\0\x3B").is_err(), "no frame");
    }

    #[test]
    fn endless_frames_are_refused() {
        let mut bomb = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0".to_vec();
        for _ in 0..4_000 {
            bomb.extend_from_slice(b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x01\x01\0");
        }
        let mut many = bomb.clone();
        many[6..10].copy_from_slice(&[1, 0, 1, 0]);
        for bytes in [bomb, many] {
            assert!(clean(&bytes).err().unwrap().public.contains("too many"));
        }
    }
}
