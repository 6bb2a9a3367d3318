//! What the owner's filters find in a status. The one place of that rule, for the API, streams and pages.
//!
//! <https://docs.joinmastodon.org/entities/FilterResult/>. The server says what was found and takes nothing away:
//! the app hides. All keywords are looked for in one pass over a status, by an automaton that is made when the
//! filters have changed.

use crate::error::Result;
use crate::model::*;
use crate::store::filters;
use crate::text::{self, Needles, is_word};
use rusqlite::Connection;
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// All filters, ready to be applied at one point in time.
#[derive(Debug, Clone)]
pub struct Matcher {
    compiled: Option<Arc<Compiled>>,
    now: Timestamp,
}

#[derive(Debug)]
struct Compiled {
    filters: Vec<Rule>,
    keywords: Vec<Keyword>,
    /// Finds the keywords in folded text, by their place in `keywords`.
    automaton: Needles,
}

#[derive(Debug)]
struct Rule {
    filter: Filter,
    statuses: HashSet<StatusId>,
}

#[derive(Debug)]
struct Keyword {
    /// Place in `filters`.
    rule: usize,
    /// A word must begin, or end, with it.
    begins: bool,
    ends: bool,
}

/// That a filter applies to a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'m> {
    pub filter: &'m Filter,
    /// As it stands in the text.
    pub keyword: Option<String>,
    /// Those of the status and what it boosts that are named; `None` where the filter names no status.
    pub statuses: Option<Vec<StatusId>>,
}

/// The last compiled filters. One is in use; tests run several servers in one process, and versions are unique
/// in it.
static COMPILED: Mutex<Vec<(i64, Arc<Compiled>)>> = Mutex::new(Vec::new());
const KEPT: usize = 4;

/// The filters as they stand in the file that `c` reads.
pub fn active(c: &Connection) -> Result<Matcher> {
    let Some((version, now)) = filters::version(c)? else { return Ok(Matcher::nothing()) };
    let lock = || COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let known = lock().iter().find(|(v, _)| *v == version).map(|(_, compiled)| Arc::clone(compiled));
    let compiled = match known {
        Some(compiled) => compiled,
        None => {
            let compiled = Arc::new(Compiled::load(c)?);
            let mut kept = lock();
            kept.insert(0, (version, Arc::clone(&compiled)));
            kept.truncate(KEPT);
            compiled
        }
    };
    Ok(Matcher { compiled: Some(compiled).filter(|c| !c.filters.is_empty()), now })
}

impl Compiled {
    fn load(c: &Connection) -> Result<Compiled> {
        let all = filters::everything(c)?;
        let rules = all.into_iter().map(|filter| Rule { filter, statuses: HashSet::new() });
        Ok(Compiled::new(rules.collect(), &filters::keywords(c, None)?, &filters::statuses(c, None)?))
    }

    fn new(mut rules: Vec<Rule>, words: &[FilterKeyword], named: &[FilterStatus]) -> Compiled {
        let place = |rules: &[Rule], id: FilterId| rules.iter().position(|r| r.filter.id == id);
        for status in named {
            if let Some(at) = place(&rules, status.filter) {
                rules[at].statuses.insert(status.status);
            }
        }
        let (mut keywords, mut patterns) = (Vec::new(), Vec::new());
        for word in words {
            let folded = fold(&word.keyword);
            let Some(rule) = place(&rules, word.filter).filter(|_| !folded.is_empty()) else { continue };
            keywords.push(Keyword {
                rule,
                begins: word.whole_word && word.keyword.starts_with(is_word),
                ends: word.whole_word && word.keyword.ends_with(is_word),
            });
            patterns.push(folded);
        }
        let automaton = Needles::new(&patterns);
        Compiled { filters: rules, keywords, automaton }
    }
}

impl Matcher {
    pub fn nothing() -> Matcher {
        Matcher { compiled: None, now: Timestamp::default() }
    }

    /// There is no filter: nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.compiled.is_none()
    }

    /// The filters that apply to `original`, whatever their contexts; `boost` is the boost that shows it. `more`
    /// is what stands beside the text: descriptions of its media, options of its poll.
    ///
    /// The text is read as Mastodon reads it: warning, text, and `more`, case aside; a whole word ends only
    /// where the keyword itself ends with a letter.
    pub fn find<'s>(
        &self,
        original: &Status,
        boost: Option<StatusId>,
        more: impl IntoIterator<Item = &'s str>,
    ) -> Vec<Found<'_>> {
        let Some(compiled) = &self.compiled else { return Vec::new() };
        let mut words = compiled.keywords_in(original, more);
        let mut found = Vec::new();
        for (rule, word) in compiled.filters.iter().zip(words.drain(..)) {
            let named = || boost.into_iter().chain([original.id]).filter(|id| rule.statuses.contains(id));
            let statuses = (!rule.statuses.is_empty()).then(|| named().collect::<Vec<_>>());
            let applies = word.is_some() || statuses.as_ref().is_some_and(|s| !s.is_empty());
            if applies && !rule.filter.is_over(self.now) {
                found.push(Found { filter: &rule.filter, keyword: word, statuses });
            }
        }
        found
    }

    /// What one place shall do with a status: the strictest of its filters there.
    pub fn verdict<'s>(
        &self,
        original: &Status,
        boost: Option<StatusId>,
        more: impl IntoIterator<Item = &'s str>,
        context: FilterContext,
    ) -> Option<(FilterAction, String)> {
        let strictness = |action| match action {
            FilterAction::Hide => 2,
            FilterAction::Warn => 1,
            FilterAction::Blur => 0,
        };
        let found = self.find(original, boost, more);
        let here = found.iter().map(|f| f.filter).filter(|f| f.contexts.contains(&context));
        here.max_by_key(|f| strictness(f.action)).map(|f| (f.action, f.title.clone()))
    }
}

impl Compiled {
    /// The first match of each filter, in the order of the filters.
    fn keywords_in<'s>(
        &self,
        status: &Status,
        more: impl IntoIterator<Item = &'s str>,
    ) -> Vec<Option<String>> {
        let mut first: Vec<Option<(usize, usize, usize)>> = vec![None; self.filters.len()];
        if self.keywords.is_empty() {
            return vec![None; self.filters.len()];
        }
        let text = searchable(status, more);
        let folded = fold(&text);
        self.automaton.each(&folded, |at, start, end| {
            let Some(keyword) = self.keywords.get(at) else { return };
            let begins = !keyword.begins || !folded[..start].ends_with(is_word);
            let ends = !keyword.ends || !folded[end..].starts_with(is_word);
            let better = |(from, before, _): (usize, usize, usize)| (start, at) < (from, before);
            if begins && ends && first[keyword.rule].is_none_or(better) {
                first[keyword.rule] = Some((start, at, end));
            }
        });
        first.into_iter().map(|f| f.map(|(start, _, end)| unfolded(&text, start, end))).collect()
    }
}

/// Warning, text and the rest, as Mastodon's `searchable_text`.
fn searchable<'s>(status: &Status, more: impl IntoIterator<Item = &'s str>) -> String {
    let content = match &status.text {
        Some(typed) => Cow::Borrowed(typed.as_str()),
        None => Cow::Owned(text::plain(&status.content)),
    };
    let mut all = format!("{}\n\n{content}", status.spoiler_text);
    for part in more {
        all.push_str("\n\n");
        all.push_str(part);
    }
    all
}

fn fold_char(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().map(|c| if c == 'ς' { 'σ' } else { c })
}

/// What two spellings that differ in case have in common.
fn fold(text: &str) -> String {
    text.chars().flat_map(fold_char).collect()
}

/// The part of `text` that stands between two places of its folded form.
fn unfolded(text: &str, start: usize, end: usize) -> String {
    let mut at = 0;
    text.chars()
        .filter(|c| {
            let from = at;
            at += fold_char(*c).map(char::len_utf8).sum::<usize>();
            at > start && from < end
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matcher(words: &[(i64, &str, bool)]) -> Matcher {
        let filter = |id| Filter {
            id: FilterId(id),
            title: format!("F{id}"),
            contexts: vec![FilterContext::Home],
            action: FilterAction::Warn,
            expires_at: None,
        };
        let rules = (1..=2).map(|id| Rule { filter: filter(id), statuses: HashSet::new() }).collect();
        let words: Vec<FilterKeyword> = words
            .iter()
            .map(|(filter, keyword, whole_word)| FilterKeyword {
                id: FilterKeywordId(1),
                filter: FilterId(*filter),
                keyword: (*keyword).to_owned(),
                whole_word: *whole_word,
            })
            .collect();
        let compiled = Compiled::new(rules, &words, &[]);
        Matcher { compiled: Some(Arc::new(compiled)), now: Timestamp(5) }
    }

    fn hits(matcher: &Matcher, html: &str) -> Vec<String> {
        let status = Status { content: html.to_owned(), ..Status::default() };
        matcher.find(&status, None, []).into_iter().filter_map(|f| f.keyword).collect()
    }

    #[test]
    fn a_whole_word_ends_only_where_the_keyword_ends_with_a_letter() {
        let word = |keyword| matcher(&[(1, keyword, true)]);
        for (keyword, text, found) in [
            ("cat", "A Cat!", Some("Cat")),
            ("cat", "category", None),
            ("cat", "bobcat", None),
            ("cat", "cat_s", None),
            ("cat", "cat-s", Some("cat")),
            ("kaķis", "KAĶIS", Some("KAĶIS")),
            ("kaķi", "kaķis", None),
            ("#cat", "x#cat", Some("#cat")),
            ("cat!", "cat!x", Some("cat!")),
            ("ΟΔΟΣ", "οδος", Some("οδος")),
            ("a b", "a <b>b</b>", Some("a b")),
        ] {
            assert_eq!(
                hits(&word(keyword), text),
                Vec::from_iter(found.map(str::to_owned)),
                "{keyword}: {text}"
            );
        }
        assert_eq!(hits(&matcher(&[(1, "cat", false)]), "Category"), ["Cat"]);
    }

    #[test]
    fn each_filter_says_its_first_match_and_no_keyword_hides_another() {
        let both = matcher(&[(1, "dog", true), (1, "cat", true), (2, "ca", false), (2, "category", true)]);
        assert_eq!(hits(&both, "category, cat, dog"), ["cat", "ca"]);
        assert!(hits(&both, "nothing").is_empty());
    }

    #[test]
    fn the_warning_and_descriptions_are_read_and_addresses_of_links_are_not() {
        let cat = matcher(&[(1, "cat", true)]);
        let status = Status { spoiler_text: "cat".to_owned(), ..Status::default() };
        assert_eq!(cat.find(&status, None, []).len(), 1);
        assert_eq!(cat.find(&Status::default(), None, ["a cat"]).len(), 1);
        assert!(hits(&cat, "<a href=\"https://cat.example/\">a link</a>").is_empty());
    }

    #[test]
    fn the_match_is_cut_out_of_the_text_whatever_its_case_takes() {
        // 'İ' is longer in lower case.
        assert_eq!(hits(&matcher(&[(1, "cat", true)]), "İİ CAT İ"), ["CAT"]);
    }
}
