//! Whether something is for home, as far as that is decided when it comes; [`crate::store::home`] has the whole
//! rule.

use super::domain_blocks::is_limited;
use crate::error::Result;
use crate::model::*;
use crate::store::home::{Place, stands_near_the_top};
use crate::store::{Tx, instance, statuses, tags};

/// By a followed account, in a language that the owner wants of it; or public, with a followed hashtag. A direct
/// post to the owner stands in home, too, as in Mastodon (`deliver_to_mentioned_followers!`).
///
/// `tags` are pairs of key and spelling.
pub fn of_post(tx: &Tx, status: &Status, author: &Account, tags: &[(String, String)]) -> Result<Place> {
    let mut place = Place::NOWHERE;
    if author.relation.following == Follow::Yes && speaks(status, author) {
        place = place.and(Place::FOLLOWED);
    }
    let names: Vec<&str> = tags.iter().map(|(name, _)| name.as_str()).collect();
    // Of a silenced server a hashtag brings nothing, as in Mastodon (`broadcastable?`).
    let open = status.visibility == Visibility::Public && !is_limited(author);
    if open && tags::any_followed(tx, &names)? && reads(tx, status)? {
        place = place.and(Place::TAGGED);
    }
    Ok(place)
}

/// Whether it is in a language that the owner reads, or by the owner.
fn reads(tx: &Tx, status: &Status) -> Result<bool> {
    Ok(status.local || instance::settings(tx)?.strangers.reads(status.language.as_deref()))
}

/// A boost by the owner or by a followed account, of what the owner can read; one of what stands near the top already is marked so.
pub fn of_boost(tx: &Tx, by: &Account, original: StatusId) -> Result<Place> {
    if !by.is_owner() && by.relation.following != Follow::Yes {
        return Ok(Place::NOWHERE);
    }
    if !by.is_owner() && !reads(tx, &statuses::get(tx, original)?)? {
        return Ok(Place::NOWHERE);
    }
    let again = if stands_near_the_top(tx, original)? { Place::AGAIN } else { Place::NOWHERE };
    Ok(Place::FOLLOWED.and(again))
}

fn speaks(status: &Status, author: &Account) -> bool {
    let base = |code: &str| code.split('-').next().unwrap_or(code).to_ascii_lowercase();
    let wanted = &author.relation.languages;
    match &status.language {
        Some(language) if !wanted.is_empty() => wanted.iter().any(|w| base(w) == base(language)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_speaks_in_the_languages_that_are_wanted_of_it_whatever_their_region() {
        let mut author = Account::default();
        let status = |language: &str| Status { language: Some(language.to_owned()), ..Status::default() };
        assert!(speaks(&status("en"), &author));
        author.relation.languages = vec!["lv".to_owned(), "pt-BR".to_owned()];
        assert!(!speaks(&status("en"), &author) && speaks(&status("pt-PT"), &author));
        assert!(speaks(&Status::default(), &author));
    }
}
