//! What `build.rs` packed into the binary.

use std::io::Read as _;

/// A text that the build deflated. Empty for what is none.
pub fn unpacked(packed: &[u8]) -> String {
    let mut text = String::new();
    match flate2::read::DeflateDecoder::new(packed).read_to_string(&mut text) {
        Ok(_) => text,
        Err(_) => String::new(),
    }
}
