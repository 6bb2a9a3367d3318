//! What goes in and what comes out, with every file made here.

use super::*;
use crate::error::Kind;
use image::codecs::gif::GifEncoder;
use image::codecs::webp::WebPEncoder;
use image::{Delay, Frame, ImageBuffer, ImageEncoder, Luma, Rgb, Rgba};

fn jpeg(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = jpeg::JpegEncoder::new_with_quality(&mut bytes, 95);
    picture.write_with_encoder(encoder).unwrap();
    bytes
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(png::PngEncoder::new(&mut bytes)).unwrap();
    bytes
}

fn plain(width: u32, height: u32, colour: [u8; 3]) -> DynamicImage {
    DynamicImage::ImageRgb8(ImageBuffer::from_pixel(width, height, Rgb(colour)))
}

/// Pixels that no PNG can pack, the same each time.
fn noise(width: u32, height: u32) -> DynamicImage {
    let mut state = 1u32;
    DynamicImage::ImageRgb8(ImageBuffer::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    }))
}

fn decoded(file: &Encoded) -> image::RgbaImage {
    let picture = image::load_from_memory(&file.bytes).unwrap().into_rgba8();
    assert_eq!((picture.width(), picture.height()), (file.width, file.height));
    picture
}

fn near(found: &Rgba<u8>, wanted: [u8; 3]) -> bool {
    (0..3).all(|i| found[i].abs_diff(wanted[i]) < 24)
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|w| w == needle)
}

fn refusal(bytes: &[u8]) -> String {
    let error = process(bytes, &Limits::default()).unwrap_err();
    assert_eq!(error.kind, Kind::Invalid);
    assert!(error.public.starts_with("Validation failed: "), "{error}");
    assert!(avatar(bytes, &Limits::default()).is_err());
    error.public
}

/// Adds an EXIF segment with an orientation, a place and a comment: Exif 2.32, 4.5 and 4.6.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    exif.extend_from_slice(&[2, 0]); // two entries at offset 8
    exif.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend_from_slice(&[0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]); // GPS at offset 38
    exif.extend_from_slice(&[0, 0, 0, 0]);
    exif.extend_from_slice(&[2, 0]);
    exif.extend_from_slice(&[1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0]);
    exif.extend_from_slice(&[2, 0, 5, 0, 3, 0, 0, 0, 68, 0, 0, 0]); // latitude at offset 68
    exif.extend_from_slice(&[0, 0, 0, 0]);
    for number in [56u32, 1, 56, 1, 5860, 100] {
        exif.extend_from_slice(&number.to_le_bytes());
    }
    let mut out = jpeg[..2].to_vec();
    for (marker, data) in [(0xE1, exif.as_slice()), (0xFE, b"Rumpelstilzchen")] {
        out.extend_from_slice(&[0xFF, marker]);
        out.extend_from_slice(&(data.len() as u16 + 2).to_be_bytes());
        out.extend_from_slice(data);
    }
    out.extend_from_slice(&jpeg[2..]);
    out
}

#[test]
fn pitfall_78_pictures_are_turned_upright_and_lose_exif_and_place() {
    const RED: [u8; 3] = [220, 20, 20];
    const GREEN: [u8; 3] = [20, 180, 20];
    // As stored: red at the start of the first row, green at its end.
    let stored = DynamicImage::ImageRgb8(ImageBuffer::from_fn(64, 32, |x, y| match (x, y) {
        (0..16, 0..16) => Rgb(RED),
        (48.., 0..16) => Rgb(GREEN),
        _ => Rgb([230, 230, 240]),
    }));
    // Where the standard's words ("0th row: right side, 0th column: top") put the two: (left?, top?).
    let (tl, tr, bl, br) = ((true, true), (false, true), (true, false), (false, false));
    let table = [(tl, tr), (tr, tl), (br, bl), (bl, br), (tl, bl), (tr, br), (br, tr), (bl, tl)];

    for (orientation, (red, green)) in (1..=8).zip(table) {
        let upload = with_exif(&jpeg(&stored), orientation);
        assert!(has(&upload, b"Exif") && has(&upload, b"Rumpel"));

        let picture = process(&upload, &Limits::default()).unwrap();

        let size = if orientation < 5 { (64, 32) } else { (32, 64) };
        for file in [&picture.original, &picture.small] {
            assert_eq!((file.mime, file.ext), ("image/jpeg", "jpg"));
            assert_eq!((file.width, file.height), size);
            let pixels = decoded(file);
            for (place, colour) in [(red, RED), (green, GREEN)] {
                let x = if place.0 { 5 } else { size.0 - 6 };
                let y = if place.1 { 5 } else { size.1 - 6 };
                assert!(near(pixels.get_pixel(x, y), colour), "orientation {orientation}");
            }
            assert!(!has(&file.bytes, b"Exif") && !has(&file.bytes, b"Rumpel"));
        }
    }
}

#[test]
fn pitfall_78_a_large_picture_is_made_to_fit_and_gets_a_preview_and_a_hash() {
    let upload = jpeg(&plain(4000, 3000, [30, 90, 200]));
    let picture = process(&upload, &Limits::default()).unwrap();
    let (original, small) = (&picture.original, &picture.small);
    assert_eq!((original.width, original.height), (3325, 2494));
    assert_eq!((small.width, small.height), (554, 415));
    assert!(near(decoded(small).get_pixel(9, 9), [30, 90, 200]));
    assert!(!picture.animated);
    assert_eq!(picture.blurhash.len(), 36);
    assert_eq!(&picture.blurhash[..1], "U", "four by four");
    let blurred = fast_blurhash::decode(&picture.blurhash, 1.0).unwrap().to_rgba8(4, 4);
    assert!(near(&Rgba(blurred[5]), [30, 90, 200]));
}

#[test]
fn drawings_stay_exact_and_photographs_do_not_grow() {
    let drawing = process(&png(&plain(300, 200, [1, 2, 3])), &Limits::default()).unwrap();
    assert_eq!(drawing.original.mime, "image/png");
    assert_eq!(decoded(&drawing.original).get_pixel(7, 7).0, [1, 2, 3, 255]);
    let photograph = encode(&noise(90, 90), false, 9_000).unwrap();
    assert_eq!(photograph.mime, "image/jpeg");
}

#[test]
fn transparent_parts_stay_transparent() {
    let mut pixels = image::RgbaImage::from_pixel(60, 60, Rgba([200, 0, 0, 255]));
    pixels.put_pixel(0, 0, Rgba([0, 0, 0, 0]));
    let picture = DynamicImage::ImageRgba8(pixels);
    let mut webp = Vec::new();
    picture.write_with_encoder(WebPEncoder::new_lossless(&mut webp)).unwrap();
    for upload in [png(&picture), webp] {
        let out = process(&upload, &Limits::default()).unwrap();
        assert_eq!(out.original.mime, "image/png");
        assert_eq!(decoded(&out.original).get_pixel(0, 0)[3], 0);
        assert_eq!(decoded(&out.original).get_pixel(9, 9).0, [200, 0, 0, 255]);
    }
}

#[test]
fn every_depth_and_channel_is_read() {
    let deep = DynamicImage::ImageRgb16(ImageBuffer::from_pixel(9, 9, Rgb([51_400, 25_700, 0])));
    let grey = DynamicImage::ImageLuma8(ImageBuffer::from_pixel(9, 9, Luma([77])));
    let upright = |upload: &[u8]| process(upload, &Limits::default()).unwrap().original;
    assert_eq!(decoded(&upright(&png(&deep))).get_pixel(4, 4).0, [200, 100, 0, 255]);
    assert_eq!(decoded(&upright(&png(&grey))).get_pixel(4, 4).0, [77, 77, 77, 255]);
    assert!(near(decoded(&upright(&jpeg(&grey))).get_pixel(4, 4), [77; 3]));
    assert!(near(decoded(&upright(&cmyk())).get_pixel(4, 4), [255, 0, 0]));
}

/// Eight by eight red pixels as printers' programs write them: four components, inverted (Adobe).
fn cmyk() -> Vec<u8> {
    let mut out = b"\xFF\xD8\xFF\xEE\0\x0EAdobe\0\x64\0\0\0\0\0".to_vec();
    out.extend_from_slice(b"\xFF\xDB\0\x43\0");
    out.extend_from_slice(&[1; 64]);
    out.extend_from_slice(b"\xFF\xC0\0\x14\x08\0\x08\0\x08\x04");
    out.extend_from_slice(b"\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0");
    // One code each, the bit 0: "ten bits of difference follow", and "end of block".
    out.extend_from_slice(b"\xFF\xC4\0\x14\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0A");
    out.extend_from_slice(b"\xFF\xC4\0\x14\x10\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    out.extend_from_slice(b"\xFF\xDA\0\x0E\x04\x01\0\x02\0\x03\0\x04\0\0\x3F\0");
    // No cyan (+1016), full magenta and yellow (-1023), no black (+1016), twelve bits each.
    out.extend_from_slice(b"\x7F\x00\x00\x00\x07\xF0\xFF\xD9");
    out
}

#[test]
fn colours_of_another_profile_become_srgb_and_the_profile_goes() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let pixels = plain(8, 8, [200, 100, 100]).into_rgb8();
    let mut upload = Vec::new();
    let mut encoder = png::PngEncoder::new(&mut upload);
    encoder.set_icc_profile(profile).unwrap();
    encoder.write_image(&pixels, 8, 8, image::ExtendedColorType::Rgb8).unwrap();
    assert!(has(&upload, b"iCCP"));

    let out = process(&upload, &Limits::default()).unwrap().original;

    assert!(!has(&out.bytes, b"iCCP"));
    let red = decoded(&out).get_pixel(3, 3).0;
    assert!(red[0] > 206 && red[1] < 98, "more vivid in numbers: {red:?}");
}

#[test]
fn a_broken_profile_does_not_spoil_the_picture() {
    for profile in [b"nonsense".to_vec(), vec![0; 200], vec![0xFF; 4000]] {
        let mut pixels = plain(4, 4, [9, 8, 7]).into_rgba8();
        let before = pixels.clone();
        to_srgb(&mut pixels, &profile);
        assert_eq!(pixels, before);
    }
}

#[test]
fn an_animated_gif_keeps_its_frames_and_a_still_one_becomes_png() {
    let gif = |frames: u32| {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        for i in 0..frames {
            let colour = Rgba([250, 80 * i as u8, 0, 255]);
            let frame = image::RgbaImage::from_pixel(700, 400, colour);
            let delay = Delay::from_numer_denom_ms(100, 1);
            encoder.encode_frame(Frame::from_parts(frame, 0, 0, delay)).unwrap();
        }
        drop(encoder);
        bytes
    };
    let moving = process(&gif(3), &Limits::default()).unwrap();
    assert!(moving.animated);
    assert_eq!((moving.original.mime, moving.original.ext), ("image/gif", "gif"));
    assert_eq!((moving.original.width, moving.original.height), (700, 400));
    assert_eq!(moving.small.mime, "image/png");
    assert!(u64::from(moving.small.width) * u64::from(moving.small.height) <= SMALL_AREA);
    assert!(near(decoded(&moving.small).get_pixel(3, 3), [250, 0, 0]));

    let still = process(&gif(1), &Limits::default()).unwrap();
    assert!(!still.animated);
    assert_eq!(still.original.mime, "image/png");
    assert_eq!(avatar(&gif(3), &Limits::default()).unwrap().mime, "image/png");
}

#[test]
fn avatars_are_square_and_headers_three_to_one_and_neither_is_blown_up() {
    let sides = |file: Encoded| (file.width, file.height);
    let limits = Limits::default();
    let wide = DynamicImage::ImageRgb8(ImageBuffer::from_fn(1600, 800, |x, _| match x {
        400..1200 => Rgb([0, 200, 0]),
        _ => Rgb([200, 0, 0]),
    }));
    let face = avatar(&jpeg(&wide), &limits).unwrap();
    assert_eq!((face.width, face.height), (400, 400));
    assert!(near(decoded(&face).get_pixel(3, 3), [0, 200, 0]), "from the middle");
    assert_eq!(sides(header(&jpeg(&wide), &limits).unwrap()), (1500, 500));
    assert_eq!(sides(avatar(&png(&plain(90, 50, [1; 3])), &limits).unwrap()), (50, 50));
    assert_eq!(sides(header(&png(&plain(90, 50, [1; 3])), &limits).unwrap()), (90, 30));
    // Lying on its side, 800 wide and 1600 high when upright.
    let lying = with_exif(&jpeg(&wide), 6);
    assert_eq!(sides(header(&lying, &limits).unwrap()), (800, 266));
}

#[test]
fn a_header_that_claims_too_much_is_refused_before_decoding() {
    let mut chunk = b"IHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x06\0\0\0".to_vec();
    let crc = !chunk.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| (c >> 1) ^ (0xEDB8_8320 & (c & 1).wrapping_neg()))
    });
    chunk.extend_from_slice(&crc.to_be_bytes());
    let bomb = [b"\x89PNG\r\n\x1A\n\0\0\0\x0D", chunk.as_slice(), b"\0\0\0\0IDAT\x35\xAF\x06\x1E"].concat();
    let words = refusal(&bomb);
    assert!(words.contains("memory") || words.contains("60000x60000"), "{words}");

    let mut bomb = jpeg(&plain(16, 16, [0; 3]));
    let size = bomb.windows(2).position(|w| w == b"\xFF\xC0").unwrap() + 5;
    bomb[size..size + 4].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    assert!(refusal(&bomb).contains("60000x60000"));

    let bomb = b"GIF89a\x60\xEA\x60\xEA\0\0\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x01\x01\0\x3B";
    assert!(refusal(bomb).contains("60000x60000"));

    let narrow = Limits { pixels: 99, ..Limits::default() };
    assert!(process(&png(&plain(10, 10, [0; 3])), &narrow).is_err());
    let poor = Limits { memory: 400, ..Limits::default() };
    assert!(process(&png(&plain(20, 20, [0; 3])), &poor).is_err());
}

#[test]
fn what_a_decoder_holds_counts_as_well() {
    let fixture = |name: &str| {
        std::fs::read(format!("{}/tests/fixtures/media/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    };
    // The picture alone has four bytes a pixel at most.
    let plain = Limits { decoding: 160 * 120 * 4, ..Limits::default() };
    for (name, fits) in [
        ("phone-1.jpg", true),
        ("progressive.jpg", false),
        ("sixteen-bit.png", true),
        ("lossless.webp", false),
        ("animated.webp", false),
    ] {
        let file = fixture(name);
        let deep = Limits { decoding: plain.decoding * if name.ends_with("png") { 2 } else { 1 }, ..plain };
        assert_eq!(process(&file, &deep).is_ok(), fits, "{name}");
        assert!(process(&file, &Limits::default()).is_ok(), "{name}");
    }
}

#[test]
fn too_many_bytes_and_wrong_types_are_refused_with_a_reason() {
    let small = Limits { bytes: 1 << 20, ..Limits::default() };
    let words = process(&vec![0xFF; (1 << 20) + 1], &small).unwrap_err().public;
    assert_eq!(words, "Validation failed: File file size must be less than 1 MB");
    assert!(refusal(b"\0\0\0\x20ftypisom").contains("video is not supported yet"));
    assert!(refusal(b"").contains("empty"));
    assert!(refusal(b"just words").contains("not a picture"));
}

#[test]
fn damaged_files_never_panic_and_never_pass_as_something_else() {
    let picture = noise(40, 30);
    let mut webp = Vec::new();
    picture.write_with_encoder(WebPEncoder::new_lossless(&mut webp)).unwrap();
    for whole in [jpeg(&picture), png(&picture), webp] {
        for length in (0..whole.len()).step_by(97) {
            // A JPEG that lost its end is shown with a grey rest, as everywhere; others are refused.
            match process(&whole[..length], &Limits::default()) {
                Ok(out) => assert_eq!(decoded(&out.original).dimensions(), (40, 30)),
                Err(e) => assert_eq!(e.kind, Kind::Invalid),
            }
        }
        for place in (8..whole.len()).step_by(131) {
            let mut bent = whole.clone();
            bent[place] ^= 0x55;
            if let Err(e) = process(&bent, &Limits::default()) {
                assert_eq!(e.kind, Kind::Invalid);
            }
        }
    }
}

#[test]
fn a_panic_inside_a_decoder_is_an_error_and_the_next_picture_is_read() {
    let error = alone::<()>(|| panic!("as a decoder might")).unwrap_err();
    assert_eq!(error.kind, Kind::Invalid);
    assert!(process(&png(&plain(3, 3, [0; 3])), &Limits::default()).is_ok());
}
