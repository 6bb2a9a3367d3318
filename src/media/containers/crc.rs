//! The check sums of FLAC, Ogg and LAME's tag: plain table look-ups.

/// Ogg pages: polynomial 04C11DB7, most significant bit first, begins with 0.
pub fn ogg(sum: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(sum, |sum, b| sum << 8 ^ at(&OGG, (sum >> 24) as u8 ^ b))
}

/// FLAC frames: polynomial 8005, most significant bit first. A frame with its own sum gives 0.
pub fn flac16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum: u16, b| sum << 8 ^ (at(&FLAC16, (sum >> 8) as u8 ^ b) >> 16) as u16)
}

/// FLAC frame headers: polynomial 07, most significant bit first.
pub fn flac8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, b| (at(&FLAC8, sum ^ b) >> 24) as u8)
}

/// LAME's tag: polynomial 8005, least significant bit first.
pub fn lame16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum: u16, b| {
        (0..8).fold(sum ^ u16::from(*b), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xA001 } else { sum >> 1 })
    })
}

static OGG: [u32; 256] = table(0x04C1_1DB7);
static FLAC16: [u32; 256] = table(0x8005_0000);
static FLAC8: [u32; 256] = table(0x0700_0000);

fn at(table: &[u32; 256], index: u8) -> u32 {
    table[usize::from(index)]
}

const fn table(polynomial: u32) -> [u32; 256] {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut sum = (i as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 0x8000_0000 != 0 { sum << 1 ^ polynomial } else { sum << 1 };
            bit += 1;
        }
        table[i] = sum;
        i += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_of_the_catalogue() {
        let check = b"123456789";
        assert_eq!(flac8(check), 0xF4);
        assert_eq!(flac16(check), 0xFEE8);
        assert_eq!(lame16(check), 0xBB3D);
        assert_eq!(ogg(0, check), 0x89A1_897F);
    }
}
