//! What the owner looks at: the pictures of others, and the server that they are on.

use super::wire::{Reply, listen};
use super::words::Chance;
use taure::app::App;

/// Pictures that are looked at on one day.
pub const A_DAY: usize = 150;

/// A server of files, each made when it is asked for: noise of 100 to 300 KB that calls itself a JPEG.
#[derive(Clone)]
pub struct Files {
    base: String,
}

impl Files {
    pub fn start() -> Files {
        Files { base: listen(|_, _, target| Reply::new("image/jpeg", noise(target))) }
    }

    /// The address of one that nobody else has, as Mastodon writes it.
    pub fn picture(&self, chance: &mut Chance) -> String {
        let digits = format!("{:018}", chance.next() % 1_000_000_000_000_000_000);
        let folders: Vec<&str> = (0..6).map(|n| &digits[n * 3..n * 3 + 3]).collect();
        format!(
            "{}/media_attachments/files/{}/original/{:016x}.jpg",
            self.base,
            folders.join("/"),
            chance.next()
        )
    }

    pub fn avatar(&self, chance: &mut Chance) -> String {
        format!("{}/accounts/avatars/{:016x}/original/{:016x}.jpg", self.base, chance.next(), chance.next())
    }
}

/// The same for the same address.
fn noise(target: &str) -> Vec<u8> {
    let mut chance = Chance::of(target);
    let length = chance.between(100_000, 300_000);
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0];
    while bytes.len() < length {
        bytes.extend(chance.next().to_le_bytes());
    }
    bytes
}

/// The owner's app shows the picture at `url`.
///
/// Nothing yet: this is the one place that is to ask the cache of others' files for it, by the proxy's address or by its
/// function. Whatever it keeps lies in the data folder, whose size the year looks at each evening.
pub fn see(_app: &App, _url: &str) {}
