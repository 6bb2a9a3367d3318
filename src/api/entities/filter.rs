//! Filter: <https://docs.joinmastodon.org/entities/Filter/>, its parts, what it finds in a status
//! (<https://docs.joinmastodon.org/entities/FilterResult/>), and the filter of before 4.0
//! (<https://docs.joinmastodon.org/entities/V1_Filter/>).

use super::{Id, Time};
use crate::model::{self, FilterAction, FilterContext, FilterId, FilterKeywordId, FilterStatusId, StatusId};
use crate::ops::filtering::Found;
use serde::Serialize;

/// Without its rules, as it stands in what it found.
#[derive(Debug, Clone, Serialize)]
pub struct Filter<'a> {
    pub id: Id<FilterId>,
    pub title: &'a str,
    /// `home`, `notifications`, `public`, `thread`, `account`.
    pub context: Vec<&'static str>,
    pub expires_at: Option<Time>,
    /// `warn`, `hide` or `blur`, as the owner set it (pitfall 53).
    pub filter_action: &'static str,
}

pub fn filter(of: &model::Filter) -> Filter<'_> {
    Filter {
        id: Id(of.id),
        title: &of.title,
        context: contexts(of),
        expires_at: of.expires_at.map(Time),
        filter_action: of.action.as_str(),
    }
}

fn contexts(of: &model::Filter) -> Vec<&'static str> {
    of.contexts.iter().copied().map(FilterContext::as_str).collect()
}

/// With all that it looks for.
#[derive(Debug, Serialize)]
pub struct WholeFilter<'a> {
    #[serde(flatten)]
    pub filter: Filter<'a>,
    pub keywords: Vec<Keyword<'a>>,
    pub statuses: Vec<FilteredStatus>,
}

#[derive(Debug, Serialize)]
pub struct Keyword<'a> {
    pub id: Id<FilterKeywordId>,
    pub keyword: &'a str,
    pub whole_word: bool,
}

pub fn keyword(of: &model::FilterKeyword) -> Keyword<'_> {
    Keyword { id: Id(of.id), keyword: &of.keyword, whole_word: of.whole_word }
}

#[derive(Debug, Serialize)]
pub struct FilteredStatus {
    pub id: Id<FilterStatusId>,
    pub status_id: Id<StatusId>,
}

pub fn filtered_status(of: &model::FilterStatus) -> FilteredStatus {
    FilteredStatus { id: Id(of.id), status_id: Id(of.status) }
}

/// What one filter found in a status.
#[derive(Debug, Clone, Serialize)]
pub struct FilterResult<'a> {
    pub filter: Filter<'a>,
    pub keyword_matches: Option<Vec<String>>,
    pub status_matches: Option<Vec<Id<StatusId>>>,
}

pub fn results(found: Vec<Found<'_>>) -> Vec<FilterResult<'_>> {
    found.into_iter().map(result).collect()
}

fn result(found: Found<'_>) -> FilterResult<'_> {
    FilterResult {
        filter: filter(found.filter),
        keyword_matches: found.keyword.map(|word| vec![word]),
        status_matches: found.statuses.map(|ids| ids.into_iter().map(Id).collect()),
    }
}

/// One keyword, as apps from before 4.0 see it.
#[derive(Debug, Serialize)]
pub struct V1Filter<'a> {
    /// The keyword's.
    pub id: Id<FilterKeywordId>,
    pub phrase: &'a str,
    pub context: Vec<&'static str>,
    pub whole_word: bool,
    pub expires_at: Option<Time>,
    pub irreversible: bool,
}

pub fn v1<'a>(filter: &model::Filter, keyword: &'a model::FilterKeyword) -> V1Filter<'a> {
    V1Filter {
        id: Id(keyword.id),
        phrase: &keyword.keyword,
        context: contexts(filter),
        whole_word: keyword.whole_word,
        expires_at: filter.expires_at.map(Time),
        irreversible: filter.action == FilterAction::Hide,
    }
}
