//! The owner's filters: <https://docs.joinmastodon.org/methods/filters/>. What they find is in
//! [`super::filtering`].

use super::visibility;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::SECOND;
use crate::model::*;
use crate::store::{Tx, filters};

const TITLE_LETTERS: usize = 256;
const KEYWORD_LETTERS: usize = 512;
/// Of all filters together. They are read and compiled as a whole.
const FILTERS: i64 = 200;
const KEYWORDS: i64 = 1_000;
const LETTERS: i64 = 65_536;
const STATUSES: i64 = 1_000;
/// Seconds that a filter lasts at most: a hundred years, which a date can still say.
const LONGEST: i64 = 100 * 365 * 24 * 60 * 60;

/// What a filter shall be; `None` leaves a thing as it is, or as a new filter has it.
#[derive(Debug, Clone, Default)]
pub struct FilterChange {
    pub title: Option<String>,
    /// Names, not yet checked.
    pub contexts: Option<Vec<String>>,
    pub action: Option<String>,
    /// Seconds from now; `Some(None)` is for ever.
    pub expires_in: Option<Option<i64>>,
    pub keywords: Vec<KeywordChange>,
}

/// A new keyword, or with `id` one that is there already.
#[derive(Debug, Clone, Default)]
pub struct KeywordChange {
    pub id: Option<FilterKeywordId>,
    pub keyword: Option<String>,
    pub whole_word: Option<bool>,
    pub destroy: bool,
}

/// Makes a filter with its keywords.
///
/// Errors: `Invalid`, in Mastodon's words.
pub fn create(app: &App, change: &FilterChange) -> Result<Filter> {
    app.store.write(|tx| make(tx, change))
}

/// As [`create`], as part of something larger.
pub fn make(tx: &Tx, change: &FilterChange) -> Result<Filter> {
    let new = Filter {
        id: FilterId::at(tx.now),
        title: String::new(),
        contexts: Vec::new(),
        action: FilterAction::default(),
        expires_at: None,
    };
    apply(tx, new, change)
}

/// Changes a filter, and those of its keywords that are named.
///
/// Errors: `NotFound` for it and for a keyword that is not its own; `Invalid`.
pub fn update(app: &App, id: FilterId, change: &FilterChange) -> Result<Filter> {
    app.store.write(|tx| apply(tx, filters::get(tx, id)?, change))
}

fn apply(tx: &Tx, mut filter: Filter, change: &FilterChange) -> Result<Filter> {
    filter.title = change.title.clone().unwrap_or(filter.title);
    if let Some(names) = &change.contexts {
        filter.contexts = contexts(names)?;
    }
    if let Some(name) = &change.action {
        filter.action = FilterAction::parse(name)
            .ok_or_else(|| Error::invalid("Validation failed: Action is not included in the list"))?;
    }
    if let Some(seconds) = change.expires_in {
        filter.expires_at = seconds.map(|s| tx.now.plus(s.clamp(0, LONGEST) * SECOND));
    }
    check_text("Title", &filter.title, TITLE_LETTERS)?;
    if filter.contexts.is_empty() {
        return Err(Error::invalid(
            "Validation failed: Context can't be blank, Context None or invalid context supplied",
        ));
    }
    filters::put(tx, &filter)?;
    for keyword in &change.keywords {
        apply_keyword(tx, filter.id, keyword)?;
    }
    check_size(tx)?;
    Ok(filter)
}

fn contexts(names: &[String]) -> Result<Vec<FilterContext>> {
    let mut found = Vec::new();
    for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
        let context = FilterContext::parse(name)
            .ok_or_else(|| Error::invalid("Validation failed: Context None or invalid context supplied"))?;
        if !found.contains(&context) {
            found.push(context);
        }
    }
    Ok(found)
}

fn apply_keyword(tx: &Tx, filter: FilterId, change: &KeywordChange) -> Result<()> {
    let old = match change.id {
        Some(id) => {
            Some(filters::keyword(tx, id).ok().filter(|k| k.filter == filter).ok_or_else(Error::not_found)?)
        }
        None => None,
    };
    match (old, change.destroy) {
        (Some(old), true) => filters::delete_keyword(tx, old.id),
        (None, true) => Ok(()),
        // All blank: a row that the form left empty.
        (None, false)
            if change.keyword.as_deref().unwrap_or("").is_empty() && change.whole_word != Some(true) =>
        {
            Ok(())
        }
        (old, false) => put_keyword(tx, filter, old, change).map(drop),
    }
}

fn put_keyword(
    tx: &Tx,
    filter: FilterId,
    old: Option<FilterKeyword>,
    change: &KeywordChange,
) -> Result<FilterKeyword> {
    let mut keyword = old.unwrap_or_else(|| FilterKeyword {
        id: FilterKeywordId::at(tx.now),
        filter,
        keyword: String::new(),
        whole_word: true,
    });
    keyword.keyword = change.keyword.clone().unwrap_or(keyword.keyword);
    keyword.whole_word = change.whole_word.unwrap_or(keyword.whole_word);
    check_text("Keyword", &keyword.keyword, KEYWORD_LETTERS)?;
    filters::put_keyword(tx, &keyword)?;
    Ok(keyword)
}

fn check_text(what: &str, text: &str, most: usize) -> Result<()> {
    if text.trim().is_empty() {
        return Err(Error::invalid(format!("Validation failed: {what} can't be blank")));
    }
    if text.chars().count() > most {
        return Err(Error::invalid(format!(
            "Validation failed: {what} is too long (maximum is {most} characters)"
        )));
    }
    Ok(())
}

fn check_size(tx: &Tx) -> Result<()> {
    let size = filters::size(tx)?;
    let over = |what: &str| {
        Err(Error::invalid(format!("Validation failed: You have reached the maximum number of {what}")))
    };
    match size {
        _ if size.filters > FILTERS => over("filters"),
        _ if size.keywords > KEYWORDS || size.letters > LETTERS => over("keywords"),
        _ if size.statuses > STATUSES => over("filtered posts"),
        _ => Ok(()),
    }
}

/// Errors: `NotFound`.
pub fn delete(app: &App, id: FilterId) -> Result<()> {
    app.store.write(|tx| filters::delete(tx, id))
}

/// Errors: `NotFound`, `Invalid`.
pub fn add_keyword(app: &App, filter: FilterId, change: &KeywordChange) -> Result<FilterKeyword> {
    app.store.write(|tx| {
        filters::get(tx, filter)?;
        let made = put_keyword(tx, filter, None, change)?;
        check_size(tx)?;
        Ok(made)
    })
}

/// Errors: `NotFound`, `Invalid`.
pub fn change_keyword(app: &App, id: FilterKeywordId, change: &KeywordChange) -> Result<FilterKeyword> {
    app.store.write(|tx| {
        let old = filters::keyword(tx, id)?;
        let changed = put_keyword(tx, old.filter, Some(old), change)?;
        check_size(tx)?;
        Ok(changed)
    })
}

/// Errors: `NotFound`.
pub fn delete_keyword(app: &App, id: FilterKeywordId) -> Result<()> {
    app.store.write(|tx| filters::delete_keyword(tx, id))
}

/// Filters a single status.
///
/// Errors: `NotFound` for the filter; `Invalid` for a status that is not there, or is named already.
pub fn add_status(app: &App, filter: FilterId, status: Option<StatusId>) -> Result<FilterStatus> {
    let me = app.instance.owner;
    app.store.write(|tx| {
        filters::get(tx, filter)?;
        let id = status.ok_or_else(|| Error::invalid("Validation failed: Status must exist"))?;
        let status = visibility::visible(tx, Viewer::Owner, me, id)
            .map_err(|_| Error::invalid("Validation failed: Status must exist"))?;
        let made = filters::add_status(tx, filter, status.id)?
            .ok_or_else(|| Error::invalid("Validation failed: Status has already been taken"))?;
        check_size(tx)?;
        Ok(made)
    })
}

/// Errors: `NotFound`.
pub fn delete_status(app: &App, id: FilterStatusId) -> Result<()> {
    app.store.write(|tx| filters::delete_status(tx, id))
}

// --- as apps from before 4.0 see them: each keyword is a filter

/// Makes a filter of one keyword, which is its title, too.
pub fn create_v1(
    app: &App,
    change: &FilterChange,
    whole_word: Option<bool>,
) -> Result<(Filter, FilterKeyword)> {
    app.store.write(|tx| {
        let filter = make(tx, change)?;
        let keyword = KeywordChange { keyword: change.title.clone(), whole_word, ..KeywordChange::default() };
        let keyword = put_keyword(tx, filter.id, None, &keyword)?;
        check_size(tx)?;
        Ok((filter, keyword))
    })
}

/// Changes a keyword and its filter.
///
/// Errors: `NotFound`; `Invalid` when that filter has other keywords, too, and would change for them.
pub fn update_v1(
    app: &App,
    id: FilterKeywordId,
    change: &FilterChange,
    whole_word: Option<bool>,
) -> Result<(Filter, FilterKeyword)> {
    app.store.write(|tx| {
        let old = filters::keyword(tx, id)?;
        let before = filters::get(tx, old.filter)?;
        let keyword = KeywordChange { keyword: change.title.clone(), whole_word, ..KeywordChange::default() };
        let keyword = put_keyword(tx, old.filter, Some(old), &keyword)?;
        let after = apply(tx, before.clone(), change)?;
        if after != before && filters::keywords(tx, Some(before.id))?.len() > 1 {
            return Err(Error::invalid(
                "These parameters cannot be changed from this application because they apply to more than one \
                 filter keyword. Use a more recent application or the web interface.",
            ));
        }
        Ok((after, keyword))
    })
}

/// Takes a keyword away, and its filter if that has nothing else: such an app made both at once, and shows no
/// empty ones.
///
/// Errors: `NotFound`.
pub fn delete_v1(app: &App, id: FilterKeywordId) -> Result<()> {
    app.store.write(|tx| {
        let filter = filters::keyword(tx, id)?.filter;
        filters::delete_keyword(tx, id)?;
        let empty = filters::keywords(tx, Some(filter))?.is_empty()
            && filters::statuses(tx, Some(filter))?.is_empty();
        if empty { filters::delete(tx, filter) } else { Ok(()) }
    })
}
