//! Polls: the owner makes one or votes in one, others vote, and it ends.
//!
//! <https://docs.joinmastodon.org/methods/polls/>. How the polls of other servers stand is told by them
//! ([`told`]); how the owner's stand is told to them: soon after a vote, and at the end.

use super::receive::{self, Arrival};
use super::resolve::Errand;
use super::{audience, deliver, interactions, notify, posts, visibility};
use crate::ap::build;
use crate::ap::parse::Question;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::{HOUR, MINUTE, SECOND};
use crate::model::*;
use crate::store::{Tx, accounts, jobs, polls, statuses};
use rusqlite::Connection;
use unicode_segmentation::UnicodeSegmentation;

/// Options of a poll; Mastodon's number, as are the next three.
pub const OPTION_LIMIT: usize = 4;
/// Characters of an option.
pub const TITLE_LIMIT: usize = 50;
/// The shortest poll, in milliseconds.
pub const SHORTEST: i64 = 5 * MINUTE;
/// The longest poll, in milliseconds: a twelfth of a year.
pub const LONGEST: i64 = 2_629_746 * SECOND;

/// Letters of an option of somebody else's that are kept.
const LETTERS: usize = 500;
/// Votes are told to other servers together, after so long; Mastodon's number. A poll that has run for long
/// tells less often, or a month of votes would be ten thousand activities to each follower.
const TOGETHER: i64 = 3 * MINUTE;
/// So long after the end of somebody else's poll its server has counted; Mastodon's number.
const COUNTING: i64 = 5 * MINUTE;
/// Somebody else's poll is asked about this often; Mastodon's number.
const FRESH: i64 = MINUTE;

/// What an edit does with the poll of a post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PollEdit {
    #[default]
    Keep,
    Remove,
    Set(NewPoll),
}

/// The poll as it will be: blank options left out, everything within its limits.
///
/// Errors: `Invalid` in Mastodon's words (pitfall 23).
pub fn checked(new: &NewPoll) -> Result<NewPoll> {
    let trimmed = new.options.iter().map(|option| option.trim().to_owned());
    let options: Vec<String> = trimmed.filter(|option| !option.is_empty()).collect();
    let wrong = |what: String| Err(Error::invalid(format!("Validation failed: {what}")));
    if options.len() < 2 {
        return wrong("Choices must have more than one item".to_owned());
    }
    if options.len() > OPTION_LIMIT {
        return wrong(format!("Choices can't contain more than {OPTION_LIMIT} items"));
    }
    if options.iter().any(|option| option.graphemes(true).count() > TITLE_LIMIT) {
        return wrong(format!("Choices cannot be longer than {TITLE_LIMIT} characters each"));
    }
    if (1..options.len()).any(|n| options[..n].contains(&options[n])) {
        return wrong("Choices contain duplicate items".to_owned());
    }
    match new.expires_in.saturating_mul(SECOND) {
        time if time < SHORTEST => wrong("Deadline is too soon".to_owned()),
        time if time > LONGEST => wrong("Deadline is too far into the future".to_owned()),
        _ => Ok(NewPoll { options, ..new.clone() }),
    }
}

/// A post has pictures or a poll.
///
/// Errors: `Invalid` for both.
pub fn checked_with(new: Option<&NewPoll>, media: &[MediaId]) -> Result<Option<NewPoll>> {
    if new.is_some() && !media.is_empty() {
        return Err(Error::invalid(
            "Validation failed: A poll and files cannot be attached to the same post",
        ));
    }
    new.map(checked).transpose()
}

/// Hangs a checked poll on an own status, or a new one in place of the one it has. The same options stay with
/// their votes; others begin at nothing (pitfall 50).
pub fn put(tx: &Tx, status: StatusId, new: &NewPoll) -> Result<()> {
    let before = polls::get(tx, status)?;
    let options = new.options.iter().map(|title| PollOption { title: title.clone(), votes: 0 });
    let expires_at = tx.now.plus(new.expires_in.saturating_mul(SECOND));
    let mut poll = Poll {
        status_id: status,
        options: options.collect(),
        multiple: new.multiple,
        hide_totals: new.hide_totals,
        expires_at: Some(expires_at),
        voters_count: Some(0),
        fetched_at: tx.now,
        ..Poll::default()
    };
    match before {
        Some(before) if before.asks_the_same(&poll) => {
            poll.options = before.options;
            poll.voters_count = before.voters_count;
        }
        _ => polls::forget_votes(tx, status)?,
    }
    polls::put(tx, &poll)?;
    jobs::set_alarm(tx, &Job::PollEnds { status }, expires_at)
}

/// Does with the poll of an own status what an edit says. `Change::None`: it stays as it was.
pub fn edit(tx: &Tx, status: StatusId, edit: &PollEdit) -> Result<Change> {
    match edit {
        PollEdit::Keep => Ok(Change::None),
        PollEdit::Remove if polls::get(tx, status)?.is_none() => Ok(Change::None),
        PollEdit::Remove => {
            remove(tx, status)?;
            Ok(Change::Made)
        }
        PollEdit::Set(new) => {
            put(tx, status, new)?;
            Ok(Change::Made)
        }
    }
}

/// Takes the poll off a status, with its votes and alarms.
pub fn remove(tx: &Tx, status: StatusId) -> Result<()> {
    polls::delete(tx, status)?;
    jobs::drop_alarm(tx, &Job::PollTotals { status })?;
    jobs::drop_alarm(tx, &Job::PollEnds { status })
}

/// The owner votes in somebody else's poll: the choices are kept and counted here, and each goes to the author
/// as a vote, in one transaction. In a poll of several choices, more can be added later.
///
/// Errors: `NotFound` where there is no poll; `Invalid` in Mastodon's words when it is over, the owner's own,
/// or voted in already, or has no such option; `Forbidden` when one of the two blocks the other.
pub fn vote(app: &App, id: StatusId, choices: &[usize]) -> Result<Poll> {
    let me = &app.instance;
    app.store.write_durably(|tx| {
        let status = statuses::get(tx, id)?;
        let mut poll = polls::get(tx, id)?.ok_or_else(Error::not_found)?;
        let author = accounts::get(tx, status.account_id)?;
        if author.relation.blocking() || author.relation.blocked_by {
            return Err(Error::forbidden("This action is not allowed"));
        }
        may_vote(&status, &poll, choices)?;
        if poll.own_votes.is_empty() {
            poll.voters_count = poll.voters_count.map(|n| n.saturating_add(1));
        }
        for &choice in choices {
            let Some(option) = poll.options.get_mut(choice) else { continue };
            option.votes = option.votes.saturating_add(1);
            let uri = format!("{}#votes/{}", me.actor(), RowId::at(tx.now));
            let vote = build::vote(me, &uri, &status.uri, &author.uri, &option.title);
            deliver::to_account(tx, &vote, &author)?;
            poll.own_votes.push(choice);
        }
        polls::put(tx, &poll)?;
        wait_for_end(tx, &poll)?;
        tx.after_commit(Event::StatusChanged(id));
        Ok(poll)
    })
}

fn may_vote(status: &Status, poll: &Poll, choices: &[usize]) -> Result<()> {
    let wrong = |what: &str| Err(Error::invalid(format!("Validation failed: {what}")));
    if poll.ended {
        return wrong("The poll has already ended");
    }
    if choices.is_empty() || choices.iter().any(|choice| *choice >= poll.options.len()) {
        return wrong("The chosen vote option does not exist");
    }
    if status.local {
        return wrong("You cannot vote in your own polls");
    }
    let again = choices.iter().enumerate().any(|(n, choice)| choices[..n].contains(choice));
    let known = choices.iter().any(|choice| poll.own_votes.contains(choice));
    let too_many = !poll.multiple && (!poll.own_votes.is_empty() || choices.len() > 1);
    if again || known || too_many {
        return wrong("You have already voted on this poll");
    }
    Ok(())
}

/// Somebody else voted in a poll of the owner's: `option` is its exact text.
///
/// One vote an account and option, and of a poll with one choice the first only. What arrives a second time,
/// after the end, or from somebody who may not see the poll counts for nothing.
pub fn receive_vote(tx: &Tx, me: &Instance, by: &Account, status: &Status, option: &str) -> Result<Change> {
    let Some(mut poll) = polls::get(tx, status.id)? else { return Ok(Change::None) };
    let Some(choice) = poll.titles().position(|title| title == option) else { return Ok(Change::None) };
    if poll.ended || !visibility::may_see(tx, Viewer::Account(by.id), me.owner, status)? {
        return Ok(Change::None);
    }
    let before = polls::has_voted(tx, status.id, by.id)?;
    if (before && !poll.multiple) || !polls::add_vote(tx, status.id, by.id, choice)?.made() {
        return Ok(Change::None);
    }
    poll.options[choice].votes += 1;
    if !before {
        poll.voters_count = poll.voters_count.map(|n| n + 1);
    }
    polls::put(tx, &poll)?;
    if !poll.hide_totals {
        let age = tx.now.0 - status.created_at.0;
        let soon = tx.now.plus((age / 20).clamp(TOGETHER, HOUR));
        jobs::ensure_alarm(tx, &Job::PollTotals { status: status.id }, soon)?;
    }
    tx.after_commit(Event::StatusChanged(status.id));
    Ok(Change::Made)
}

/// Tells other servers how an own poll stands.
pub fn tell_totals(app: &App, id: StatusId) -> Result<()> {
    app.store.write(|tx| {
        // In the same transaction, so that a vote a moment later sets it again.
        jobs::drop_alarm(tx, &Job::PollTotals { status: id })?;
        match statuses::many(tx, &[id])?.remove(&id).filter(|status| status.local) {
            Some(status) => send(tx, &app.instance, &status),
            None => Ok(()),
        }
    })
}

/// The poll as it stands, to everybody who has it.
fn send(tx: &Tx, me: &Instance, status: &Status) -> Result<()> {
    let parts = posts::Parts::load(tx, status)?;
    if parts.poll.is_none() {
        return Ok(());
    }
    let inboxes = audience::of_edit(tx, status, &parts.mentions)?;
    let inboxes = interactions::audience(tx, status, inboxes)?;
    deliver::to(tx, &build::update_note(me, &parts.post(status), tx.now), Some(status.id), &inboxes)?;
    tx.after_commit(Event::StatusEdited(status.id));
    Ok(())
}

/// When the end of a poll is still to come: its end was moved. `None`: it is here, or there is no poll.
pub fn still_runs_until(app: &App, id: StatusId) -> Result<Option<Timestamp>> {
    let poll = app.store.read(|c| polls::get(c, id))?;
    Ok(poll.filter(|poll| !poll.ended).and_then(|poll| poll.expires_at))
}

/// A poll has ended: the owner hears of it, and of an own one everybody else, too. Runs once.
pub fn end(app: &App, id: StatusId) -> Result<()> {
    app.store.write(|tx| {
        let status = statuses::many(tx, &[id])?.remove(&id);
        let Some((status, poll)) = status.zip(polls::get(tx, id)?) else { return Ok(()) };
        if !poll.ended {
            return Ok(()); // the alarm was set anew
        }
        jobs::drop_alarm(tx, &Job::PollEnds { status: id })?;
        jobs::drop_alarm(tx, &Job::PollTotals { status: id })?;
        if status.local {
            send(tx, &app.instance, &status)?;
        }
        if status.local || !poll.own_votes.is_empty() {
            let author = accounts::get(tx, status.account_id)?;
            notify::notify(tx, NotificationKind::Poll, &author, Some(&status))?;
        }
        Ok(())
    })
}

/// Asks the server of somebody else's poll how it stands, at most once a minute and not after it was asked
/// since the end.
///
/// Errors: those of the other server.
pub fn refresh(app: &App, status: &Status) -> Result<()> {
    let Some(poll) = app.store.read(|c| polls::get(c, status.id))? else { return Ok(()) };
    let settled = poll.expires_at.is_some_and(|end| poll.fetched_at >= end);
    let now = app.now();
    if status.local || settled || poll.fetched_at.plus(FRESH) > now {
        return Ok(());
    }
    // Failures are not asked again at once either.
    if !app.recent.take(&format!("poll {}", status.id), now, FRESH) {
        return Ok(());
    }
    let errand = Errand::new(app);
    let post = errand.post_at(&status.uri)?;
    let author = app.store.read(|c| accounts::get(c, status.account_id))?;
    if !post.attributed_to.contains(&author.uri) {
        return Ok(());
    }
    let prepared = receive::prepare(&errand, &post, &author, Arrival::LookedUp)?;
    app.store.write(|tx| match statuses::many(tx, &[status.id])?.remove(&status.id) {
        Some(before) => receive::edit(tx, &before, &prepared),
        None => Ok(()),
    })
}

/// A poll of another server, as it will be stored; whose status it is of is said when that is known.
pub fn read(question: &Question, now: Timestamp) -> Poll {
    let title = |title: &str| title.chars().take(LETTERS).collect();
    let end = question.ends.map(|at| Timestamp(at.0.max(0)));
    Poll {
        options: question
            .options
            .iter()
            .map(|(option, votes)| PollOption { title: title(option), votes: *votes })
            .collect(),
        multiple: question.multiple,
        hide_totals: question.hidden,
        expires_at: if question.closed { Some(end.unwrap_or(now).min(now)) } else { end },
        voters_count: question.voters,
        fetched_at: now,
        ..Poll::default()
    }
}

/// What the server of a status says of its poll. `newer`: in a new version of the post, where the options may
/// change and the poll may go; else only its counts and its end are taken, and only for the same options.
///
/// Returns whether something changed.
pub fn told(tx: &Tx, status: StatusId, poll: Option<&Poll>, newer: bool) -> Result<Change> {
    let known = polls::get(tx, status)?;
    let (mut after, same) = match (&known, poll) {
        (_, None) if known.is_some() && newer => {
            remove(tx, status)?;
            return Ok(Change::Made);
        }
        (_, None) => return Ok(Change::None),
        (None, Some(new)) => (new.clone(), false),
        (Some(known), Some(new)) => (new.clone(), known.asks_the_same(new)),
    };
    if !same && !newer {
        return Ok(Change::None);
    }
    after.status_id = status;
    if let (true, Some(known)) = (same, &known) {
        after.own_votes.clone_from(&known.own_votes);
        // Over is over, and since when is said once.
        if known.ended && after.expires_at.is_some_and(|end| end <= tx.now) {
            after.expires_at = known.expires_at;
        }
    }
    polls::put(tx, &after)?;
    wait_for_end(tx, &after)?;
    let changed = known.is_none_or(|known| {
        known.options != after.options
            || known.hide_totals != after.hide_totals
            || known.voters_count != after.voters_count
            || known.expires_at != after.expires_at
    });
    Ok(if changed { Change::Made } else { Change::None })
}

/// The owner voted in it and hears of its end, when that is known.
fn wait_for_end(tx: &Tx, poll: &Poll) -> Result<()> {
    let job = Job::PollEnds { status: poll.status_id };
    match poll.expires_at {
        Some(end) if !poll.own_votes.is_empty() => {
            if end.plus(COUNTING) < tx.now {
                return Ok(()); // it was told, or is about to be
            }
            jobs::set_alarm(tx, &job, end.plus(COUNTING))
        }
        _ => jobs::drop_alarm(tx, &job),
    }
}

/// Whether the owner can vote in it and has not yet.
pub fn is_open_to_owner(status: &Status, poll: &Poll) -> bool {
    !status.local && !poll.ended && poll.own_votes.is_empty()
}

/// The poll of a status that the viewer may see.
///
/// Errors: `NotFound`.
pub fn visible(c: &Connection, viewer: Viewer, me: AccountId, id: StatusId) -> Result<(Status, Poll)> {
    let status = visibility::visible(c, viewer, me, id)?;
    let poll = polls::get(c, id)?.ok_or_else(Error::not_found)?;
    Ok((status, poll))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(options: &[&str], expires_in: i64) -> NewPoll {
        let options = options.iter().map(|o| (*o).to_owned()).collect();
        NewPoll { options, expires_in, ..NewPoll::default() }
    }

    #[test]
    fn pitfall_23_a_poll_beyond_its_limits_is_refused_in_words() {
        let long = "x".repeat(TITLE_LIMIT + 1);
        for (poll, says) in [
            (new(&["a", " "], 600), "Choices must have more than one item"),
            (new(&["a", "b", "c", "d", "e"], 600), "Choices can't contain more than 4 items"),
            (new(&["a", &long], 600), "Choices cannot be longer than 50 characters each"),
            (new(&["a", "a "], 600), "Choices contain duplicate items"),
            (new(&["a", "b"], 299), "Deadline is too soon"),
            (new(&["a", "b"], 2_629_747), "Deadline is too far into the future"),
            (new(&["a", "b"], i64::MAX), "Deadline is too far into the future"),
        ] {
            assert_eq!(checked(&poll).unwrap_err().public, format!("Validation failed: {says}"));
        }
        assert_eq!(checked(&new(&[" a", "", "b"], 300)).unwrap().options, ["a", "b"]);
        let families = "👨‍👩‍👧‍👦".repeat(TITLE_LIMIT);
        checked(&new(&["a", &families], 300)).unwrap();
    }

    #[test]
    fn a_poll_that_is_closed_without_a_date_has_ended_now() {
        let now = Timestamp(1_000);
        let question = |closed, ends| Question { closed, ends, ..Question::default() };
        assert_eq!(read(&question(true, None), now).expires_at, Some(now));
        assert_eq!(read(&question(true, Some(Timestamp(9_000))), now).expires_at, Some(now));
        assert_eq!(read(&question(true, Some(Timestamp(500))), now).expires_at, Some(Timestamp(500)));
        assert_eq!(read(&question(false, Some(Timestamp(9_000))), now).expires_at, Some(Timestamp(9_000)));
        assert_eq!(read(&question(false, None), now).expires_at, None);
    }
}
