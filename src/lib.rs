//! Taure is a Mastodon for one person: one binary, one SQLite file, one owner.
//!
//! # The map
//!
//! Imports go down only, rooms of one floor do not know each other; `tests/it/layers.rs` checks it.
//!
//! | floor | room | what is in it |
//! |---|---|---|
//! | 8 | [`cli`] | one file a command: serve, init, token, login-link, media, health |
//! | 7 | [`server`] | hyper: accept, caps, time-outs, who asks, graceful stop |
//! | 6 | [`worker`] | the jobs table drained: what happens when nobody waits |
//! | 5 | [`api`] | door: Mastodon's client API and OAuth; `entities/` is its vocabulary |
//! | 5 | [`federation`] | door: other servers call us: inbox, handlers, documents |
//! | 5 | [`web`] | door: pages for people |
//! | 4 | [`ops`] | what happens, whoever asked: publish, favourite, follow, resolve, notify |
//! | 3 | [`app`] | what lives as long as the server |
//! | 2 | [`remote`] | we call other servers: address guard, caps, documents, WebFinger |
//! | 2 | [`media`] | pictures: sniff, decode, scale, strip; files by their content |
//! | 2 | [`tls`] | our names by https: certificates, and where they come from |
//! | 1 | [`store`] | SQLite, and all SQL of the house; one file an aggregate |
//! | 1 | [`ap`] | ActivityStreams words: `parse` is tolerant, `build` is strict |
//! | 1 | [`sig`] | keys, digests, draft-cavage and RFC 9421 signatures, Web Push |
//! | 1 | [`words`] | what people read, in their language |
//! | 1 | [`text`] | sanitise, render, find mentions and tags, measure |
//! | 1 | [`http`] | requests, answers, routes, forms, paging |
//! | 0 | [`model`] | the nouns, in Mastodon's words; no wire format, no SQL |
//! | 0 | [`config`], [`error`] | what the operator decides; what may go wrong |
//!
//! # What always holds
//!
//! - There is one owner: what the owner did with a status, and what is between the owner and an account,
//!   is a column of that row ([`model::ViewerState`], [`model::Relation`]).
//! - A handler parses, calls one thing, renders. What happens stands in `ops`, SQL only in `store`.
//! - No write outside a transaction, no network inside one. Row, notification and delivery jobs commit
//!   together; events go out after the commit.
//! - Idempotence comes from UNIQUE constraints: a second arrival is nothing.
//! - Whether somebody may see a status is asked in one place, `ops::visibility`.

pub mod ap;
pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod error;
pub mod federation;
pub mod http;
pub mod media;
pub mod model;
pub mod ops;
pub mod remote;
pub mod server;
pub mod sig;
pub mod store;
pub mod text;
pub mod tls;
pub mod web;
pub mod words;
pub mod worker;
