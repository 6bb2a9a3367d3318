//! What changed between two versions of a text, in words: the longest common subsequence
//! (<https://en.wikipedia.org/wiki/Longest_common_subsequence>), of bounded size.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Kept,
    Added,
    Removed,
}

/// Words of which each is compared with each, after what is the same at both ends is set aside. Where more changed, all of
/// it is new.
const MOST: usize = 800;

/// `before` and `after` in pieces: all but what was removed make up `after`.
pub fn diff(before: &str, after: &str) -> Vec<(Mark, String)> {
    let (old, new) = (words(before), words(after));
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, tail) = old_rest.split_at(old_rest.len() - end);
    let new_middle = &new_rest[..new_rest.len() - end];
    let mut out = Pieces::default();
    new[..start].iter().for_each(|word| out.push(Mark::Kept, word));
    middle(old, new_middle, &mut out);
    tail.iter().for_each(|word| out.push(Mark::Kept, word));
    out.0
}

#[derive(Default)]
struct Pieces(Vec<(Mark, String)>);

impl Pieces {
    fn push(&mut self, mark: Mark, word: &str) {
        match self.0.last_mut() {
            Some((last, text)) if *last == mark => text.push_str(word),
            _ => self.0.push((mark, word.to_owned())),
        }
    }
}

/// Words with the space after them; a line end is one by itself.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        out.extend(bare.split_inclusive(' '));
        if bare.len() < line.len() {
            out.push("\n");
        }
    }
    out
}

fn middle(old: &[&str], new: &[&str], out: &mut Pieces) {
    if old.len() > MOST || new.len() > MOST {
        old.iter().for_each(|word| out.push(Mark::Removed, word));
        new.iter().for_each(|word| out.push(Mark::Added, word));
        return;
    }
    // The length of what the ends from (i, j) on have in common.
    let width = new.len() + 1;
    let mut common = vec![0_u16; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = match old[i].trim_end() == new[j].trim_end() {
                true => common[(i + 1) * width + j + 1] + 1,
                false => common[(i + 1) * width + j].max(common[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i].trim_end() == new[j].trim_end() {
            out.push(Mark::Kept, new[j]);
            (i, j) = (i + 1, j + 1);
        } else if i < old.len()
            && (j == new.len() || common[(i + 1) * width + j] >= common[i * width + j + 1])
        {
            out.push(Mark::Removed, old[i]);
            i += 1;
        } else {
            out.push(Mark::Added, new[j]);
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let piece = |(mark, text): &(Mark, String)| match mark {
            Mark::Kept => text.clone(),
            Mark::Added => format!("[+{text}]"),
            Mark::Removed => format!("[-{text}]"),
        };
        diff(before, after).iter().map(piece).collect()
    }

    #[test]
    fn words_that_changed_are_marked() {
        for (before, after, expected) in [
            ("a b c", "a x c", "a [-b ][+x ]c"),
            ("a b", "a b", "a b"),
            ("", "a b", "[+a b]"),
            ("a b", "", "[-a b]"),
            ("a b", "a b c", "a b [+c]"),
            ("one\ntwo three", "one\n\ntwo four", "one\n[+\n]two [-three][+four]"),
        ] {
            assert_eq!(shown(before, after), expected, "{before} > {after}");
        }
    }

    #[test]
    fn what_is_left_is_the_new_text_and_a_long_one_takes_no_time() {
        let old: String = (0..100_000).map(|n| format!("{n} ")).collect();
        let new: String = (0..100_000).map(|n| format!("{} ", n * 7 % 1000)).collect();
        let begun = std::time::Instant::now();
        let pieces = diff(&old, &new);
        assert!(begun.elapsed().as_secs() < 10);
        let kept: String =
            pieces.iter().filter(|(m, _)| *m != Mark::Removed).map(|(_, t)| t.as_str()).collect();
        assert_eq!(kept, new);
    }
}
