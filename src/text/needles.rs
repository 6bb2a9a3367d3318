//! Many words looked for in one pass over a text (Aho and Corasick, <https://doi.org/10.1145/360825.360855>). The library for
//! it carries searches with vectors for a dozen machines, a hundred kilobytes, and texts of posts are short.

/// Finds all its words wherever they stand, inside of each other too. Takes some bytes for each of their letters.
#[derive(Debug)]
pub struct Needles {
    nodes: Vec<Node>,
    /// Where a text begins to be a word; most bytes begin none.
    begin: Vec<u32>,
    lengths: Vec<usize>,
}

/// What was read last is the beginning of some word.
#[derive(Debug, Default)]
struct Node {
    next: Vec<(u8, u32)>,
    /// The longest end of it that is a beginning, too. 0, which has no letters, is the end of all.
    fall: u32,
    /// Words that end here.
    words: Vec<u32>,
    /// The next one down the falls at which words end; 0: none.
    shorter: u32,
}

impl Node {
    fn after(&self, byte: u8) -> Option<u32> {
        self.next.iter().find(|(b, _)| *b == byte).map(|(_, node)| *node)
    }
}

impl Needles {
    /// An empty word is found nowhere.
    pub fn new(words: &[String]) -> Needles {
        let mut nodes = vec![Node::default()];
        for (word, text) in words.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let mut at = 0;
            for byte in text.bytes() {
                at = match nodes[at].after(byte) {
                    Some(next) => next as usize,
                    None => {
                        let next = nodes.len();
                        nodes[at].next.push((byte, next as u32));
                        nodes.push(Node::default());
                        next
                    }
                };
            }
            nodes[at].words.push(word as u32);
        }
        let mut begin = vec![0; 256];
        nodes[0].next.iter().for_each(|(byte, node)| begin[usize::from(*byte)] = *node);
        let mut needles = Needles { nodes, begin, lengths: words.iter().map(String::len).collect() };
        // By length: where a beginning falls to is shorter, and known.
        let mut queue: Vec<u32> = needles.nodes[0].next.iter().map(|(_, node)| *node).collect();
        let mut done = 0;
        while let Some(at) = queue.get(done).map(|at| *at as usize) {
            done += 1;
            for (byte, next) in needles.nodes[at].next.clone() {
                let fall = needles.step(needles.nodes[at].fall, byte);
                let below = &needles.nodes[fall as usize];
                let shorter = if below.words.is_empty() { below.shorter } else { fall };
                let node = &mut needles.nodes[next as usize];
                (node.fall, node.shorter) = (fall, shorter);
                queue.push(next);
            }
        }
        needles
    }

    fn step(&self, mut at: u32, byte: u8) -> u32 {
        while at != 0 {
            let node = &self.nodes[at as usize];
            match node.after(byte) {
                Some(next) => return next,
                None => at = node.fall,
            }
        }
        self.begin[usize::from(byte)]
    }

    /// Tells of each word where it begins and ends.
    pub fn each(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        let mut at = 0;
        for (place, byte) in text.bytes().enumerate() {
            at = self.step(at, byte);
            let mut ends = at;
            while ends != 0 {
                let node = &self.nodes[ends as usize];
                for word in node.words.iter().map(|word| *word as usize) {
                    found(word, place + 1 - self.lengths[word], place + 1);
                }
                ends = node.shorter;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<(usize, usize, usize)> {
        let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        let mut all = Vec::new();
        Needles::new(&words).each(text, |word, from, to| all.push((word, from, to)));
        all.sort_unstable();
        all
    }

    #[test]
    fn words_are_found_inside_of_each_other_and_more_than_once() {
        assert_eq!(found(&["he", "she", "his", "hers"], "ushers"), [(0, 2, 4), (1, 1, 4), (3, 2, 6)]);
        assert_eq!(found(&["a", "aa", "a"], "aa"), [(0, 0, 1), (0, 1, 2), (1, 0, 2), (2, 0, 1), (2, 1, 2)]);
        assert_eq!(found(&["kaķis", "ķi", ""], "kaķis"), [(0, 0, 6), (1, 2, 5)]);
        assert!(found(&[], "text").is_empty() && found(&["word"], "").is_empty());
        assert_eq!(found(&["abcd", "bc"], "abce"), [(1, 1, 3)]);
    }

    /// Against looking for one after the other, in all texts of two letters.
    #[test]
    fn all_is_found_and_nothing_else() {
        let text = |n: u32, length: u32| -> String {
            (0..length).map(|bit| if n >> bit & 1 == 1 { 'b' } else { 'a' }).collect()
        };
        let words: Vec<String> =
            (1..=4).flat_map(|l| (0..1 << l).step_by(3).map(move |n| text(n, l))).collect();
        let names: Vec<&str> = words.iter().map(String::as_str).collect();
        for text in (0..1 << 9).map(|n| text(n, 9)) {
            let mut plain = Vec::new();
            for (word, needle) in names.iter().enumerate() {
                let at = (0..=text.len() - needle.len()).filter(|at| text[*at..].starts_with(needle));
                plain.extend(at.map(|at| (word, at, at + needle.len())));
            }
            assert_eq!(found(&names, &text), plain, "{text}");
        }
    }
}
