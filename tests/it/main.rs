//! The integration tests: one binary, one file a door or family. Each test starts the real server on a
//! free port with a folder of its own; other servers are a second Taure or the fake peer.

#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, too

mod api;
mod api_search;
mod api_statuses;
mod api_timelines;
mod backfill;
mod bad_input;
mod cards;
mod conversation;
mod crash;
mod delivery;
mod federation_documents;
mod federation_inbox;
mod federation_receive;
mod harness;
mod layers;
mod oembed;
mod pages;
mod peer;
mod pictures;
mod routes;
mod safety;
mod sign_in;
mod switches;
mod translation;
mod trends;
