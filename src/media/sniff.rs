//! What a file is, told from its first bytes alone.
//!
//! File names and `Content-Type` are not asked: Mona and others send `application/octet-stream`
//! with any name. Signatures: <https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>

use crate::error::{Error, Result};

/// The picture formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
    Gif,
    WebP,
}

impl Format {
    /// Every format that is read, for `supported_mime_types` and its like.
    pub const ALL: [Format; 4] = [Format::Jpeg, Format::Png, Format::Gif, Format::WebP];

    pub fn mime(self) -> &'static str {
        match self {
            Format::Jpeg => "image/jpeg",
            Format::Png => "image/png",
            Format::Gif => "image/gif",
            Format::WebP => "image/webp",
        }
    }
}

/// What the bytes say they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniffed {
    /// Can be read.
    Picture(Format),
    /// A picture, video, sound or document we can name and not read: (family, name).
    Known(&'static str, &'static str),
    Unknown,
}

/// The format of a picture that can be read.
///
/// Errors: `Invalid`, naming what the file is when it is something well known.
pub fn format(bytes: &[u8]) -> Result<Format> {
    match sniff(bytes) {
        Sniffed::Picture(format) => Ok(format),
        Sniffed::Known(family, name) => Err(Error::invalid(format!(
            "Validation failed: File is {name}, and {family} is not supported yet"
        ))),
        Sniffed::Unknown if bytes.is_empty() => Err(Error::invalid("Validation failed: File is empty")),
        Sniffed::Unknown => Err(Error::invalid(
            "Validation failed: File is not a picture (JPEG, PNG, GIF and WebP are supported)",
        )),
    }
}

/// Looks at the first few bytes; never fails and never reads further than 256.
pub fn sniff(bytes: &[u8]) -> Sniffed {
    let head = &bytes[..bytes.len().min(256)];
    let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|r| r.starts_with(magic));

    if at(0, b"\xFF\xD8\xFF") {
        return Sniffed::Picture(Format::Jpeg);
    }
    if at(0, b"\x89PNG\r\n\x1A\n") {
        return Sniffed::Picture(Format::Png);
    }
    if at(0, b"GIF87a") || at(0, b"GIF89a") {
        return Sniffed::Picture(Format::Gif);
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Sniffed::Picture(Format::WebP);
    }
    if at(4, b"ftyp") {
        return brand(head.get(8..12).unwrap_or_default());
    }
    for (offset, magic, family, name) in KNOWN {
        if at(*offset, magic) {
            return match *name {
                // One container for both; the name of the codec stands in the first page.
                "Ogg" if contains(head, b"theora") => Sniffed::Known("video", "Ogg video"),
                "Matroska" if contains(head, b"webm") => Sniffed::Known("video", "WebM"),
                _ => Sniffed::Known(family, name),
            };
        }
    }
    // MPEG audio without an ID3 tag starts with eleven set bits: MP3 (layer III), or AAC in ADTS.
    match head {
        [0xFF, b, ..] if b & 0xF6 == 0xF0 => Sniffed::Known("audio", "AAC"),
        [0xFF, b, ..] if b & 0xE6 == 0xE2 => Sniffed::Known("audio", "MP3"),
        _ => Sniffed::Unknown,
    }
}

/// (offset, signature, family, name)
const KNOWN: &[(usize, &[u8], &str, &str)] = &[
    (0, b"\x1A\x45\xDF\xA3", "video", "Matroska"),
    (8, b"AVI ", "video", "AVI"),
    (0, b"FLV\x01", "video", "Flash video"),
    (0, b"\x00\x00\x01\xBA", "video", "MPEG"),
    (0, b"\x00\x00\x01\xB3", "video", "MPEG"),
    (0, b"ID3", "audio", "MP3"),
    (0, b"OggS", "audio", "Ogg"),
    (0, b"fLaC", "audio", "FLAC"),
    (8, b"WAVE", "audio", "WAV"),
    (0, b"\xFF\x0A", "this kind of picture", "JPEG XL"),
    (0, b"\x00\x00\x00\x0CJXL ", "this kind of picture", "JPEG XL"),
    (0, b"II*\x00", "this kind of picture", "TIFF"),
    (0, b"MM\x00*", "this kind of picture", "TIFF"),
    (0, b"BM", "this kind of picture", "BMP"),
    (0, b"<svg", "this kind of picture", "SVG"),
    (0, b"<?xml", "this kind of file", "XML"),
    (0, b"%PDF", "this kind of file", "PDF"),
    (0, b"PK\x03\x04", "this kind of file", "a ZIP archive"),
];

/// The major brand of an ISO base media file: <https://mp4ra.org/registered-types/brands>
fn brand(brand: &[u8]) -> Sniffed {
    match brand {
        b"avif" | b"avis" => Sniffed::Known("this kind of picture", "AVIF"),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
            Sniffed::Known("this kind of picture", "HEIC")
        }
        b"M4A " | b"M4B " | b"M4P " => Sniffed::Known("audio", "M4A"),
        b"qt  " => Sniffed::Known("video", "QuickTime"),
        _ => Sniffed::Known("video", "MP4"),
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_picture_formats_are_known_by_their_bytes() {
        let files: [(&[u8], Format); 5] = [
            (b"\xFF\xD8\xFF\xE0rest", Format::Jpeg),
            (b"\x89PNG\r\n\x1A\nrest", Format::Png),
            (b"GIF87arest", Format::Gif),
            (b"GIF89arest", Format::Gif),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Format::WebP),
        ];
        for (bytes, format) in files {
            assert_eq!(sniff(bytes), Sniffed::Picture(format));
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_in_the_error() {
        let files: [(&[u8], &str); 10] = [
            (b"\0\0\0\x20ftypisom\0\0", "MP4, and video is not"),
            (b"\0\0\0\x20ftypqt  \0\0", "QuickTime, and video is not"),
            (b"\0\0\0\x20ftypheic\0\0", "HEIC"),
            (b"\0\0\0\x20ftypavif\0\0", "AVIF"),
            (b"\x1A\x45\xDF\xA3\x93\x42\x82\x88webm", "WebM"),
            (b"OggS\0\x02 OpusHead", "Ogg, and audio is not"),
            (b"ID3\x04\0", "MP3"),
            (b"\xFF\xFB\x90\x64", "MP3"),
            (b"\xFF\xF1\x50\x80", "AAC"),
            (b"RIFF\0\0\0\0WAVEfmt ", "WAV"),
        ];
        for (bytes, words) in files {
            let error = format(bytes).unwrap_err();
            assert!(error.public.starts_with("Validation failed: "), "{error}");
            assert!(error.public.contains(words), "{error} for {words}");
        }
    }

    #[test]
    fn short_and_odd_bytes_are_no_picture() {
        for bytes in [&b""[..], b"\xFF", b"GIF8", b"RIFF", b"hello", b"<html>"] {
            assert_eq!(sniff(bytes), Sniffed::Unknown);
            assert!(format(bytes).is_err());
        }
    }
}
