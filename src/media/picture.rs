//! Decodes a picture under hard limits and writes it anew, so that nothing but pixels comes through.
//!
//! EXIF, GPS, XMP, comments, thumbnails, maker notes and colour profiles (macOS screenshots name the
//! monitor and its serial number in theirs) stay behind; what they say about turning and colour is
//! done to the pixels first. One picture is decoded at a time: the largest needs 130 MB for a moment,
//! and a Raspberry Pi shall bear two uploads at once.
//!
//! What comes out:
//! - JPEG stays JPEG, quality 88.
//! - PNG, still GIF and lossless WebP become PNG, so that screenshots and drawings stay exact, unless
//!   they are opaque and the PNG is large (a photograph); then JPEG.
//! - Lossy WebP becomes JPEG, or PNG when it has transparent parts. Not WebP: the encoder at hand is
//!   lossless only, which makes photographs several times larger.
//! - An animated GIF keeps its frames ([`super::gif`]). Animated WebP and PNG show their first frame.
//!
//! Sizes and the grid of the hash are Mastodon's, `app/models/media_attachment.rb`;
//! <https://docs.joinmastodon.org/entities/MediaAttachment/>, <https://blurha.sh>

use super::chunks;
use super::gif;
use super::scale::{self, Rect};
use super::sniff::{self, Format};
use crate::error::{Error, Result};
use fast_blurhash::compute_dct_iter;
use image::codecs::{jpeg, png, webp};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, RgbaImage};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

/// What a picture may cost us.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Size of the file.
    pub bytes: usize,
    /// Width times height.
    pub pixels: u64,
    /// The longer side.
    pub side: u32,
    /// Bytes of the decoded picture: four per pixel, eight for sixteen-bit PNG.
    pub memory: u64,
    /// Bytes of it and of what the decoder holds beside it: up to twice as much again.
    pub decoding: u64,
}

impl Default for Limits {
    /// 16 MiB and 33 megapixels as Mastodon (`IMAGE_LIMIT`, `image_matrix_limit`).
    fn default() -> Limits {
        Limits { bytes: 16 << 20, pixels: 33_177_600, side: 10_000, memory: 160 << 20, decoding: 400 << 20 }
    }
}

/// A file to store, and what to say about it.
#[derive(Debug, Clone)]
pub struct Encoded {
    pub bytes: Vec<u8>,
    pub mime: &'static str,
    pub ext: &'static str,
    pub width: u32,
    pub height: u32,
}

/// A picture ready to be attached.
#[derive(Debug, Clone)]
pub struct Picture {
    /// At most 3840x2160 = 8,294,400 pixels (animated GIF: its own size, within the same area).
    pub original: Encoded,
    /// At most 640x360 = 230,400 pixels, always still.
    pub small: Encoded,
    /// 4x4 components.
    pub blurhash: String,
    /// A GIF with more than one frame; clients call it `gifv` when it is a silent video.
    pub animated: bool,
}

const ORIGINAL_AREA: u64 = 3840 * 2160;
const SMALL_AREA: u64 = 640 * 360;
/// Opaque pictures whose PNG is larger than this become JPEG.
const ORIGINAL_PNG: usize = 4 << 20;
const SMALL_PNG: usize = 128 << 10;
const QUALITY: u8 = 88;

/// Reads an upload and makes the files of an attachment of it. Takes up to seconds: not for a request
/// that holds a transaction.
///
/// Errors: `Invalid` with Mastodon's "Validation failed: ..." for whatever is wrong with the file.
pub fn process(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    let format = check(bytes, limits)?;
    alone(|| {
        if format == Format::Gif {
            let clean = gif::clean(bytes)?;
            if clean.frames > 1 {
                return animation(clean, limits);
            }
        }
        let source = Source::decode(format, bytes, limits)?;
        let lossy = source.lossy;
        let size = scale::fit(source.size(), ORIGINAL_AREA);
        let picture = source.draw_whole(size)?;

        let original = encode(&picture, lossy, ORIGINAL_PNG)?;
        let preview = shrink_to(&picture, SMALL_AREA);
        let small = match preview.width() == original.width && preview.height() == original.height {
            true => original.clone(),
            false => encode(&preview, lossy, SMALL_PNG)?,
        };
        Ok(Picture { original, small, blurhash: blurhash(&preview), animated: false })
    })
}

/// A square picture of at most 400x400, cut from the middle.
///
/// Smaller ones are not blown up, and an animation becomes its first frame, so that `avatar` and
/// `avatar_static` are one file. Errors: as [`process`].
pub fn avatar(bytes: &[u8], limits: &Limits) -> Result<Encoded> {
    cover(bytes, limits, (400, 400))
}

/// A banner of at most 1500x500, cut from the middle; otherwise as [`avatar`].
pub fn header(bytes: &[u8], limits: &Limits) -> Result<Encoded> {
    cover(bytes, limits, (1500, 500))
}

/// A custom emoji, as it moves and as it stands still: one picture twice, unless it is an animation.
#[derive(Debug, Clone)]
pub struct Emoji {
    pub moving: Encoded,
    pub still: Encoded,
}

/// The longer side of an emoji; they are shown at a fifth of it.
const EMOJI_SIDE: u32 = 128;

/// At most 128x128, whole; transparent parts stay. An animated GIF keeps its frames and its size.
///
/// Errors: as [`process`]; `Invalid` for a JPEG, which has no transparent parts, and for an animation of more
/// than 512x512.
pub fn emoji(bytes: &[u8], limits: &Limits) -> Result<Emoji> {
    let format = check(bytes, limits)?;
    if format == Format::Jpeg {
        return Err(Error::invalid("Validation failed: Image must be a PNG, GIF or WebP"));
    }
    alone(|| {
        let source = Source::decode(format, bytes, limits)?;
        let (width, height) = source.size();
        let longer = u64::from(width.max(height));
        let fit = |side: u32| match u64::from(EMOJI_SIDE) {
            most if longer > most => ((u64::from(side) * most / longer) as u32).max(1), // at most 128
            _ => side,
        };
        let still = as_png(&source.draw(source.whole(), (fit(width), fit(height)))?)?;
        if format == Format::Gif {
            let clean = gif::clean(bytes)?;
            if clean.frames > 1 {
                if clean.width.max(clean.height) > 4 * EMOJI_SIDE {
                    return Err(Error::invalid(
                        "Validation failed: Image is an animation larger than 512x512",
                    ));
                }
                let (width, height) = (clean.width, clean.height);
                let moving = Encoded { bytes: clean.bytes, mime: "image/gif", ext: "gif", width, height };
                return Ok(Emoji { moving, still });
            }
        }
        Ok(Emoji { moving: still.clone(), still })
    })
}

fn cover(bytes: &[u8], limits: &Limits, size: (u32, u32)) -> Result<Encoded> {
    let format = check(bytes, limits)?;
    alone(|| {
        let source = Source::decode(format, bytes, limits)?;
        // The cut is made before the picture is turned, so a picture that lies on its side is cut upright.
        let (width, height) = if source.lies() { (size.1, size.0) } else { size };
        let part = scale::middle(source.size(), (width, height));
        let picture = source.draw(part, (width, height))?;
        encode(&picture, source.lossy, SMALL_PNG)
    })
}

fn animation(clean: gif::Clean, limits: &Limits) -> Result<Picture> {
    if u64::from(clean.width) * u64::from(clean.height) > ORIGINAL_AREA {
        // Frames cannot be made smaller without a new palette for each.
        return Err(Error::invalid(format!(
            "Validation failed: File is an animation larger than {ORIGINAL_AREA} pixels"
        )));
    }
    let source = Source::decode(Format::Gif, &clean.bytes, limits)?;
    let preview = source.draw(source.whole(), scale::fit(source.size(), SMALL_AREA))?;
    Ok(Picture {
        small: encode(&preview, false, SMALL_PNG)?,
        blurhash: blurhash(&preview),
        animated: true,
        original: Encoded {
            bytes: clean.bytes,
            mime: "image/gif",
            ext: "gif",
            width: clean.width,
            height: clean.height,
        },
    })
}

/// A decoded picture, still as it was stored.
struct Source {
    picture: DynamicImage,
    orientation: Orientation,
    profile: Option<Vec<u8>>,
    lossy: bool,
}

impl Source {
    fn decode(format: Format, bytes: &[u8], limits: &Limits) -> Result<Source> {
        let from = Cursor::new(bytes);
        match format {
            Format::Jpeg => {
                Source::read(jpeg::JpegDecoder::new(from), limits, true, chunks::coefficients(bytes))
            }
            Format::Png => {
                let clean = chunks::without_bomb(bytes);
                let decoder = png::PngDecoder::with_limits(Cursor::new(&*clean), limits.for_decoder());
                Source::read(decoder, limits, false, 0)
            }
            Format::Gif => Source::read(image::codecs::gif::GifDecoder::new(from), limits, false, 0),
            Format::WebP => {
                let decoder = webp::WebPDecoder::new(from);
                let lossy = !chunks::is_lossless(bytes);
                let beside = decoder.as_ref().map_or(0, |decoder| beside_webp(decoder, lossy));
                Source::read(decoder, limits, lossy, beside)
            }
        }
    }

    /// `beside`: bytes that the decoder holds while it fills the picture.
    fn read<D: ImageDecoder>(
        decoder: Result<D, ImageError>,
        limits: &Limits,
        lossy: bool,
        beside: u64,
    ) -> Result<Source> {
        let mut decoder = decoder.map_err(unreadable)?;
        let (width, height) = decoder.dimensions();
        if width == 0 || height == 0 {
            return Err(Error::invalid("Validation failed: File has no pixels"));
        }
        if width.max(height) > limits.side || u64::from(width) * u64::from(height) > limits.pixels {
            return Err(Error::invalid(format!(
                "Validation failed: File is {width}x{height}, and at most {} pixels and sides of {} are supported",
                limits.pixels, limits.side
            )));
        }
        if decoder.total_bytes() > limits.memory {
            return Err(Error::invalid(format!(
                "Validation failed: File is {width}x{height} and needs {} MB of memory to be read; at most {} may be taken",
                decoder.total_bytes() >> 20,
                limits.memory >> 20
            )));
        }
        let needed = decoder.total_bytes().saturating_add(beside);
        if needed > limits.decoding {
            return Err(Error::invalid(format!(
                "Validation failed: File is {width}x{height} of a kind that needs {} MB of memory to be read; at most {} may be \
                 taken. Save it as a plain JPEG or PNG, or make it smaller",
                needed >> 20,
                limits.decoding >> 20
            )));
        }
        decoder.set_limits(limits.for_decoder()).map_err(unreadable)?;
        // A broken note about a good picture does not spoil it.
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let profile = decoder.icc_profile().unwrap_or_default();
        Ok(Source {
            picture: DynamicImage::from_decoder(decoder).map_err(unreadable)?,
            orientation,
            profile,
            lossy,
        })
    }

    fn size(&self) -> (u32, u32) {
        (self.picture.width(), self.picture.height())
    }

    fn whole(&self) -> Rect {
        let (width, height) = self.size();
        Rect { x: 0, y: 0, width, height }
    }

    /// Whether width and height change places when the picture is turned upright.
    fn lies(&self) -> bool {
        use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
        matches!(self.orientation, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH)
    }

    /// A part at a size, both as stored; then in sRGB, upright.
    fn draw(&self, part: Rect, size: (u32, u32)) -> Result<DynamicImage> {
        let pixels = scale::shrink(&self.picture, part, size);
        Ok(upright(pixels, self.profile.as_deref(), self.orientation))
    }

    /// The same of all of it, in its own memory where that can be.
    fn draw_whole(self, size: (u32, u32)) -> Result<DynamicImage> {
        let pixels = scale::shrink_in_place(self.picture, size);
        Ok(upright(pixels, self.profile.as_deref(), self.orientation))
    }
}

/// What the WebP decoder holds: of animations the canvas and the frame, of lossless pictures all four channels, of others the
/// planes and the transparent parts.
fn beside_webp<R: std::io::BufRead + std::io::Seek>(decoder: &webp::WebPDecoder<R>, lossy: bool) -> u64 {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    let alpha = decoder.color_type().has_alpha();
    match (decoder.has_animation(), lossy) {
        (true, _) => pixels * 8,
        (false, false) => pixels * if alpha { 0 } else { 4 },
        (false, true) => pixels * 3 / 2 + pixels * if alpha { 5 } else { 0 },
    }
}

fn upright(mut pixels: RgbaImage, profile: Option<&[u8]>, orientation: Orientation) -> DynamicImage {
    if let Some(profile) = profile {
        to_srgb(&mut pixels, profile);
    }
    let mut picture = DynamicImage::ImageRgba8(pixels);
    picture.apply_orientation(orientation);
    picture
}

impl Limits {
    fn for_decoder(&self) -> image::Limits {
        let mut limits = image::Limits::default();
        limits.max_image_width = Some(self.side);
        limits.max_image_height = Some(self.side);
        limits.max_alloc = Some(self.memory);
        limits
    }
}

/// What can be said before a pixel is decoded.
fn check(bytes: &[u8], limits: &Limits) -> Result<Format> {
    if bytes.len() > limits.bytes {
        return Err(Error::invalid(format!(
            "Validation failed: File file size must be less than {} MB",
            limits.bytes >> 20
        )));
    }
    sniff::format(bytes)
}

/// Runs the work alone in this process, and turns a panic of a decoder into an error.
fn alone<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    static GATE: Mutex<()> = Mutex::new(());
    let _gate = GATE.lock().unwrap_or_else(PoisonError::into_inner);
    // Nothing outlives the work but its result, so there is no half-changed state to see.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(damaged()))
}

fn damaged() -> Error {
    Error::invalid("Validation failed: File is damaged and cannot be read")
}

fn unreadable(e: ImageError) -> Error {
    let error = match &e {
        ImageError::Limits(_) => Error::invalid("Validation failed: File needs too much memory to be read"),
        ImageError::Unsupported(_) => {
            Error::invalid("Validation failed: File is of a rare kind that is not supported")
        }
        _ => damaged(),
    };
    error.because(e)
}

/// Photographs of iPhones are in Display P3; read as sRGB they would look pale.
///
/// A profile that cannot be read, or is for grey or CMYK (already turned into RGB by the decoder),
/// changes nothing.
fn to_srgb(pixels: &mut RgbaImage, profile: &[u8]) {
    use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
    /// Real ones have 0.5 to 1,000 KiB.
    const LARGEST: usize = 2 << 20;

    let Some(profile) = (profile.len() <= LARGEST)
        .then(|| ColorProfile::new_from_slice(profile).ok())
        .flatten()
        .filter(|p| p.color_space == DataColorSpace::Rgb)
    else {
        return;
    };
    let options = TransformOptions::default();
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, options) else {
        return;
    };
    let mut row = vec![0; pixels.width() as usize * 4];
    for target in pixels.chunks_exact_mut(row.len()) {
        if transform.transform(target, &mut row).is_ok() {
            target.copy_from_slice(&row);
        }
    }
}

/// Writes eight bits a channel and no metadata.
fn encode(picture: &DynamicImage, lossy: bool, png_limit: usize) -> Result<Encoded> {
    let opaque = match picture.as_rgba8() {
        Some(pixels) => pixels.pixels().all(|p| p[3] == 255),
        None => true,
    };
    if !opaque {
        return as_png(picture);
    }
    let picture = DynamicImage::ImageRgb8(picture.to_rgb8());
    if !lossy {
        let exact = as_png(&picture)?;
        if exact.bytes.len() <= png_limit {
            return Ok(exact);
        }
    }
    let mut bytes = Vec::new();
    picture
        .write_with_encoder(jpeg::JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        .map_err(Error::internal)?;
    Ok(encoded(&picture, bytes, "image/jpeg", "jpg"))
}

fn as_png(picture: &DynamicImage) -> Result<Encoded> {
    let mut bytes = Vec::new();
    let (compression, filter) = (png::CompressionType::Default, png::FilterType::Adaptive);
    picture
        .write_with_encoder(png::PngEncoder::new_with_quality(&mut bytes, compression, filter))
        .map_err(Error::internal)?;
    Ok(encoded(picture, bytes, "image/png", "png"))
}

fn encoded(picture: &DynamicImage, bytes: Vec<u8>, mime: &'static str, ext: &'static str) -> Encoded {
    Encoded { bytes, mime, ext, width: picture.width(), height: picture.height() }
}

fn shrink_to(picture: &DynamicImage, area: u64) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let whole = Rect { x: 0, y: 0, width, height };
    let size = scale::fit((width, height), area);
    DynamicImage::ImageRgba8(scale::shrink(picture, whole, size))
}

/// From a thumbnail of about 32x32, since sixteen cosines see no more; transparent parts count as white.
fn blurhash(picture: &DynamicImage) -> String {
    let thumbnail = shrink_to(picture, 32 * 32).into_rgba8();
    let (width, height) = (thumbnail.width() as usize, thumbnail.height() as usize);
    let on_white = |c: u8, a: u8| {
        let (c, a) = (u16::from(c), u16::from(a));
        ((c * a + 255 * (255 - a)) / 255) as u8 // at most 255
    };
    let pixels =
        thumbnail.pixels().map(|p| [on_white(p[0], p[3]), on_white(p[1], p[3]), on_white(p[2], p[3])]);
    compute_dct_iter(pixels, width, height, 4, 4).into_blurhash()
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
