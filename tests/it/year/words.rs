//! Chance that repeats itself, and text that has the statistics of text: a few words often, many seldom.

use std::sync::OnceLock;

/// xorshift64*: the same seed, the same year.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        chance.next();
        chance
    }

    /// The same for the same text.
    pub fn of(text: &str) -> Chance {
        let seed = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        Chance::new(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % n.max(1)
    }

    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    pub fn per_mille(&mut self, n: usize) -> bool {
        self.below(1_000) < n
    }

    /// The first of `n` the most often.
    pub fn seldom(&mut self, n: usize) -> usize {
        let (a, b) = (self.below(1_000), self.below(1_000));
        a * b * n / 1_000_000
    }

    pub fn of_list<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

const SYLLABLES: [&str; 40] = [
    "ka", "lo", "mi", "ter", "an", "se", "ro", "vi", "den", "ul", "pra", "ne", "sto", "ri", "ma", "li",
    "gor", "bet", "ha", "ju", "wen", "tis", "fa", "or", "che", "du", "ble", "sin", "qua", "es", "tra", "po",
    "ny", "al", "fir", "em", "zo", "kel", "ing", "ur",
];

fn vocabulary() -> &'static [String] {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut chance = Chance::new(7);
        (0..12_000)
            .map(|_| (0..chance.between(1, 4)).map(|_| *chance.of_list(&SYLLABLES)).collect())
            .collect()
    })
}

pub fn word(chance: &mut Chance) -> &'static str {
    let all = vocabulary();
    &all[chance.seldom(all.len())]
}

pub fn text(chance: &mut Chance, words: usize) -> String {
    let mut text = String::new();
    for n in 0..words {
        if n > 0 {
            text.push_str(if chance.per_mille(90) { ", " } else { " " });
        }
        text.push_str(word(chance));
    }
    text.push('.');
    text
}
