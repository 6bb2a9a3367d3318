//! Makes pictures smaller, by averaging the area that each new pixel covers.
//!
//! The `image` crate's own resize keeps a strip of four floats per pixel, 260 MB for the largest
//! picture we accept, and ignores alpha, which draws dark rims around transparent shapes. This one
//! needs a few lines of pixels, reads any colour type where it lies, and weighs colour by alpha.

use image::{DynamicImage, RgbaImage};

/// A part of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// The largest size of the same shape whose area is at most `area`; never larger than before.
pub fn fit((width, height): (u32, u32), area: u64) -> (u32, u32) {
    let pixels = u64::from(width) * u64::from(height);
    if pixels <= area {
        return (width, height);
    }
    let factor = (area as f64 / pixels as f64).sqrt();
    let side = |n: u32| ((f64::from(n) * factor) as u32).max(1);
    // A strip whose short side is already one pixel must give up more of the long one.
    let (width, height) = (side(width), side(height));
    let cap = |n: u32, other: u32| u64::from(n).min((area / u64::from(other)).max(1)) as u32;
    let width = cap(width, height);
    (width, cap(height, width))
}

/// The largest part of the shape `ratio` in the middle of a picture.
pub fn middle((width, height): (u32, u32), ratio: (u32, u32)) -> Rect {
    let (w, h) = (u64::from(width), u64::from(height));
    let (rw, rh) = (u64::from(ratio.0), u64::from(ratio.1));
    let (w, h) = if w * rh > h * rw { ((h * rw / rh).max(1), h) } else { (w, (w * rh / rw).max(1)) };
    let (w, h) = (w as u32, h as u32); // both only became smaller
    Rect { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h }
}

/// Draws `part` of a picture at `size`, eight bits a channel with alpha.
///
/// `part` lies within the picture; a side of `size` longer than that of `part` is cut to it.
pub fn shrink(picture: &DynamicImage, part: Rect, size: (u32, u32)) -> RgbaImage {
    let (width, height) = (size.0.clamp(1, part.width), size.1.clamp(1, part.height));
    let layout = Layout::of(picture);
    let source = picture.as_bytes();
    let mut out = RgbaImage::new(width, height);
    let stride = width as usize * 4;
    resample(
        &mut *out,
        part,
        (width, height),
        |_, row, line| layout.read_row(source, part, row, line),
        |out, row, sums| write_row(&mut out[row * stride..][..stride], sums),
    );
    out
}

/// As [`shrink`] for the whole picture, in the memory that the picture lies in, if that can be: of the largest ones no
/// second one fits beside.
pub fn shrink_in_place(picture: DynamicImage, size: (u32, u32)) -> RgbaImage {
    let part = Rect { x: 0, y: 0, width: picture.width(), height: picture.height() };
    let (width, height) = (size.0.clamp(1, part.width), size.1.clamp(1, part.height));
    let layout = Layout::of(&picture);
    let stride = width as usize * 4;
    // What is written must lie before what is still to be read.
    let rows = spans(part.height, height);
    let behind = (1..rows.len()).all(|row| row * stride <= rows[row].start as usize * layout.stride)
        && rows.len() * stride <= part.height as usize * layout.stride;
    if !behind {
        return shrink(&picture, part, size);
    }
    let mut bytes = picture.into_bytes();
    resample(
        &mut bytes[..],
        part,
        (width, height),
        |bytes, row, line| layout.read_row(bytes, part, row, line),
        |bytes, row, sums| write_row(&mut bytes[row * stride..][..stride], sums),
    );
    bytes.truncate(stride * height as usize);
    bytes.shrink_to_fit();
    // The length is right, so there is always a picture.
    RgbaImage::from_raw(width, height, bytes).unwrap_or_default()
}

/// Averages row by row. `read` gives a row of the source, in order; `write` takes one of the result. Both work on `on`, which
/// may be one buffer for both.
fn resample<B: ?Sized>(
    on: &mut B,
    part: Rect,
    (width, height): (u32, u32),
    read: impl Fn(&B, usize, &mut [[f32; 4]]),
    write: impl Fn(&mut B, usize, &[[f32; 4]]),
) {
    let columns = spans(part.width, width);
    let rows = spans(part.height, height);
    let mut line = vec![[0f32; 4]; part.width as usize];
    let mut narrow = vec![[0f32; 4]; width as usize];
    let mut narrow_row = None; // the source row that `narrow` holds
    let mut sums = vec![[0f32; 4]; width as usize];
    for (target, span) in rows.iter().enumerate() {
        sums.fill([0.0; 4]);
        for (row, weight) in span.parts() {
            // Neighbouring spans share the row on their border; it is read once.
            if narrow_row != Some(row) {
                read(on, row, &mut line);
                for (column, sum) in columns.iter().zip(&mut narrow) {
                    *sum = [0.0; 4];
                    for (x, weight) in column.parts() {
                        add(sum, &line[x], weight);
                    }
                }
                narrow_row = Some(row);
            }
            for (sum, value) in sums.iter_mut().zip(&narrow) {
                add(sum, value, weight);
            }
        }
        write(on, target, &sums);
    }
}

fn write_row(target: &mut [u8], sums: &[[f32; 4]]) {
    for ([r, g, b, a], pixel) in sums.iter().zip(target.chunks_exact_mut(4)) {
        // The sums are weighed by alpha; where nothing is visible there is no colour.
        let colour = |c: f32| if *a > 0.0 { round(c / a) } else { 0 };
        pixel.copy_from_slice(&[colour(*r), colour(*g), colour(*b), round(a * 255.0)]);
    }
}

/// The source pixels under one new pixel: the first and the last may be covered in part.
struct Span {
    start: f64,
    end: f64,
}

impl Span {
    /// Each source index with its share; the shares add up to one.
    fn parts(&self) -> impl Iterator<Item = (usize, f32)> + '_ {
        let length = self.end - self.start;
        (self.start as usize..self.end.ceil() as usize).map(move |i| {
            let covered = self.end.min((i + 1) as f64) - self.start.max(i as f64);
            (i, (covered / length) as f32)
        })
    }
}

fn spans(from: u32, to: u32) -> Vec<Span> {
    // Divided last, so that the last span ends exactly at `from` and not a hair beyond it.
    let border = |i: u32| f64::from(i) * f64::from(from) / f64::from(to);
    (0..to).map(|i| Span { start: border(i), end: border(i + 1) }).collect()
}

/// How the pixels of a picture lie in memory.
struct Layout {
    channels: usize,
    /// Bytes of one pixel and of one row.
    pixel: usize,
    stride: usize,
}

impl Layout {
    fn of(picture: &DynamicImage) -> Layout {
        let pixel = usize::from(picture.color().bytes_per_pixel());
        let channels = usize::from(picture.color().channel_count());
        Layout { channels, pixel, stride: picture.width() as usize * pixel }
    }

    /// One row of `part` as (red, green, blue: 0..=255 times alpha; alpha: 0..=1).
    fn read_row(&self, bytes: &[u8], part: Rect, row: usize, line: &mut [[f32; 4]]) {
        let wide = self.pixel == self.channels * 2; // sixteen bits a channel; the decoders in use give no floats
        let start = (part.y as usize + row) * self.stride + part.x as usize * self.pixel;
        for (value, source) in line.iter_mut().zip(bytes[start..].chunks_exact(self.pixel)) {
            let sample = |i: usize| {
                if wide {
                    f32::from(u16::from_ne_bytes([source[i * 2], source[i * 2 + 1]])) / 257.0
                } else {
                    f32::from(source[i])
                }
            };
            let (r, g, b, a) = match self.channels {
                1 => (sample(0), sample(0), sample(0), 1.0),
                2 => (sample(0), sample(0), sample(0), sample(1) / 255.0),
                3 => (sample(0), sample(1), sample(2), 1.0),
                _ => (sample(0), sample(1), sample(2), sample(3) / 255.0),
            };
            *value = [r * a, g * a, b * a, a];
        }
    }
}

fn add(sum: &mut [f32; 4], value: &[f32; 4], weight: f32) {
    // Spelt out: as a loop, this line doubles the time of the whole room in debug builds.
    sum[0] += value[0] * weight;
    sum[1] += value[1] * weight;
    sum[2] += value[2] * weight;
    sum[3] += value[3] * weight;
}

fn round(value: f32) -> u8 {
    (value + 0.5) as u8 // `as` keeps within 0..=255
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageBuffer, Luma, Rgb, Rgba};

    fn whole(picture: &DynamicImage) -> Rect {
        Rect { x: 0, y: 0, width: picture.width(), height: picture.height() }
    }

    #[test]
    fn a_picture_shrinks_in_its_own_memory_to_the_same() {
        let pictures = [
            DynamicImage::ImageRgb8(ImageBuffer::from_fn(301, 203, |x, y| {
                Rgb([x as u8, y as u8, (x * y) as u8])
            })),
            DynamicImage::ImageLuma8(ImageBuffer::from_fn(301, 203, |x, y| Luma([(x ^ y) as u8]))),
            DynamicImage::ImageRgba16(ImageBuffer::from_fn(301, 203, |x, y| {
                Rgba([x as u16 * 200, y as u16 * 300, 7, 65_535 - x as u16])
            })),
        ];
        for picture in pictures {
            let whole = Rect { x: 0, y: 0, width: 301, height: 203 };
            for size in [(301, 203), (300, 202), (250, 168), (150, 101), (31, 20), (1, 1)] {
                assert_eq!(shrink_in_place(picture.clone(), size), shrink(&picture, whole, size), "{size:?}");
            }
        }
    }

    #[test]
    fn a_picture_fits_the_area_and_keeps_its_shape() {
        assert_eq!(fit((1600, 1200), 8_294_400), (1600, 1200));
        assert_eq!(fit((7680, 4320), 8_294_400), (3840, 2160));
        for size in [(10_000, 3317), (10_000, 1), (1, 10_000), (641, 361), (2, 9999)] {
            let (w, h) = fit(size, 230_400);
            assert!(w >= 1 && h >= 1 && w <= size.0 && h <= size.1, "{size:?}");
            assert!(u64::from(w) * u64::from(h) <= 230_400, "{size:?} gave {w}x{h}");
        }
        assert_eq!(fit((10_000, 1), 230), (230, 1));
    }

    #[test]
    fn the_middle_is_cut_to_the_shape() {
        let square = middle((100, 40), (1, 1));
        assert_eq!((square.x, square.y, square.width, square.height), (30, 0, 40, 40));
        let banner = middle((90, 90), (3, 1));
        assert_eq!((banner.x, banner.y, banner.width, banner.height), (0, 30, 90, 30));
        let sliver = middle((1, 9), (3, 1));
        assert_eq!((sliver.width, sliver.height), (1, 1));
    }

    #[test]
    fn a_new_pixel_is_the_mean_of_what_it_covers() {
        let board = DynamicImage::ImageLuma8(ImageBuffer::from_fn(6, 6, |x, y| {
            Luma([if (x + y) % 2 == 0 { 0 } else { 200 }])
        }));
        let small = shrink(&board, whole(&board), (3, 3));
        assert!(small.pixels().all(|p| p.0 == [100, 100, 100, 255]));
        // Three into two: each new pixel has one whole old one and half of the middle one.
        let line = DynamicImage::ImageLuma8(ImageBuffer::from_raw(3, 1, vec![0, 90, 240]).unwrap());
        let two = shrink(&line, whole(&line), (2, 1));
        assert_eq!((two.get_pixel(0, 0)[0], two.get_pixel(1, 0)[0]), (30, 190));
    }

    #[test]
    fn the_same_size_changes_nothing() {
        let picture =
            ImageBuffer::from_fn(17, 9, |x, y| Rgba([x as u8 * 15, y as u8 * 28, 77, 1 + (x * y) as u8]));
        let same = DynamicImage::ImageRgba8(picture.clone());
        assert_eq!(shrink(&same, whole(&same), (17, 9)), picture);
        assert_eq!(shrink(&same, whole(&same), (99, 99)), picture, "never larger");
    }

    #[test]
    fn what_is_invisible_lends_no_colour() {
        let pixels = vec![200, 100, 50, 255, 0, 255, 0, 0];
        let edge = DynamicImage::ImageRgba8(ImageBuffer::from_raw(2, 1, pixels).unwrap());
        let small = shrink(&edge, whole(&edge), (1, 1));
        assert_eq!(small.get_pixel(0, 0).0, [200, 100, 50, 128]);
    }

    #[test]
    fn sixteen_bits_become_eight() {
        let deep = DynamicImage::ImageRgb16(ImageBuffer::from_pixel(4, 4, Rgb([65535, 32896, 0])));
        let small = shrink(&deep, whole(&deep), (2, 2));
        assert_eq!(small.get_pixel(1, 1).0, [255, 128, 0, 255]);
    }

    #[test]
    fn only_the_part_is_drawn() {
        let halves =
            DynamicImage::ImageLuma8(ImageBuffer::from_fn(8, 8, |x, _| Luma([if x < 4 { 10 } else { 250 }])));
        let right = Rect { x: 4, y: 2, width: 4, height: 4 };
        assert!(shrink(&halves, right, (2, 2)).pixels().all(|p| p[0] == 250));
    }
}
