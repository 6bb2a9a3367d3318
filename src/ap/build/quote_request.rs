//! Asking for leave to quote, and giving it: QuoteRequest, its Accept and Reject, QuoteAuthorization.
//!
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>

use super::{Addressing, Post, activity, document, note};
use crate::model::{Instance, Quote, RowId, Timestamp};
use serde_json::{Value, json};

/// A QuoteRequest that somebody sent.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub id: &'a str,
    /// Who asks.
    pub actor: &'a str,
    /// The post that is quoted.
    pub object: &'a str,
    /// The post that quotes it.
    pub instrument: &'a str,
}

/// The owner asks the author of `quoted` for leave. The post stands in it whole: of one that is for few
/// there is no other way to see it.
pub fn quote_request(me: &Instance, id: &str, quoted: &str, author: &str, post: &Post) -> Value {
    let mut request = activity(me, "QuoteRequest", id.to_owned(), quoted.into(), &Addressing::only(author));
    request["instrument"] = note(me, post);
    request
}

/// The owner lets it be; `row` is the quote's.
pub fn accept_quote(me: &Instance, request: &Request, row: RowId, now: Timestamp) -> Value {
    let mut accept = answer(me, "Accept", "accepts", request, now);
    accept["result"] = authorization_uri(me, row).into();
    accept
}

pub fn reject_quote(me: &Instance, request: &Request, now: Timestamp) -> Value {
    answer(me, "Reject", "rejects", request, now)
}

fn answer(me: &Instance, kind: &str, place: &str, request: &Request, now: Timestamp) -> Value {
    // The same request may be answered twice, hence the time.
    let id = format!("{}#{place}/quote_requests/{}", me.actor(), now.0);
    let object = json!({
        "id": request.id,
        "type": "QuoteRequest",
        "actor": request.actor,
        "object": request.object,
        "instrument": request.instrument,
    });
    activity(me, kind, id, object, &Addressing::only(request.actor))
}

/// Where the owner's leave for a quote can be read.
pub fn authorization_uri(me: &Instance, row: RowId) -> String {
    format!("{}/quote_authorizations/{row}", me.actor())
}

/// The owner's leave: `quoting` may show `quoted`. Without `@context`.
fn authorization(me: &Instance, row: RowId, quoting: &str, quoted: &str) -> Value {
    json!({
        "id": authorization_uri(me, row),
        "type": "QuoteAuthorization",
        "attributedTo": me.actor(),
        "interactingObject": quoting,
        "interactionTarget": quoted,
    })
}

/// The same as a document of its own.
pub fn quote_authorization(me: &Instance, quote: &Quote, quoting: &str, quoted: &str) -> Value {
    document(authorization(me, quote.row, quoting, quoted))
}

/// The owner takes the leave back. For everybody: other servers show the quote, too.
pub fn revoke_quote(me: &Instance, quote: &Quote, quoting: &str, quoted: &str) -> Value {
    let object = authorization(me, quote.row, quoting, quoted);
    let id = format!("{}#delete", authorization_uri(me, quote.row));
    activity(me, "Delete", id, object, &Addressing::everybody())
}

#[cfg(test)]
mod tests {
    use super::super::note::tests::{bare, status};
    use super::super::tests::{NOW, assert_says, me};
    use super::*;
    use crate::ap::PUBLIC;

    const BOB: &str = "https://b.test/users/bob";
    const REQUEST: Request<'_> = Request {
        id: "https://b.test/quote_requests/1",
        actor: BOB,
        object: "https://a.test/users/alice/statuses/7",
        instrument: "https://b.test/notes/1",
    };

    #[test]
    fn a_request_carries_the_whole_post_to_the_quoted_author_alone() {
        let status = status();
        let id = "https://a.test/users/alice#quote_requests/3";
        let request = quote_request(&me(), id, "https://b.test/notes/1", BOB, &bare(&status));
        let expected = json!({
            "id": id,
            "type": "QuoteRequest",
            "actor": "https://a.test/users/alice",
            "to": [BOB],
            "cc": [],
            "object": "https://b.test/notes/1",
            "instrument": note(&me(), &bare(&status)),
        });
        assert_says(&request, expected);
    }

    #[test]
    fn an_accept_names_the_stamp_and_a_reject_does_not() {
        let accept = accept_quote(&me(), &REQUEST, RowId(5), NOW);
        let expected = json!({
            "id": "https://a.test/users/alice#accepts/quote_requests/1787392800500",
            "type": "Accept",
            "actor": "https://a.test/users/alice",
            "to": [BOB],
            "cc": [],
            "object": {
                "id": REQUEST.id, "type": "QuoteRequest", "actor": BOB,
                "object": REQUEST.object, "instrument": REQUEST.instrument,
            },
            "result": "https://a.test/users/alice/quote_authorizations/5",
        });
        assert_says(&accept, expected);
        let reject = reject_quote(&me(), &REQUEST, NOW);
        assert_eq!(reject["type"], "Reject");
        assert!(reject.get("result").is_none());
    }

    #[test]
    fn a_revocation_deletes_the_stamp_before_everybody() {
        let quote = Quote { row: RowId(5), ..Quote::default() };
        let stamp = quote_authorization(&me(), &quote, REQUEST.instrument, REQUEST.object);
        let revocation = revoke_quote(&me(), &quote, REQUEST.instrument, REQUEST.object);
        assert_eq!(revocation["object"], super::super::embedded(stamp));
        assert_eq!(revocation["object"]["interactionTarget"], REQUEST.object);
        assert_eq!(revocation["to"], json!([PUBLIC]));
    }
}
