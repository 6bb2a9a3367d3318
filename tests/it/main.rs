//! The integration tests: one binary, one file a door or family. Each test starts the real server on a
//! free port with a folder of its own; other servers are a second Taure or the fake peer.

#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, too

mod api;
mod api_accounts;
mod api_annual_reports;
mod api_collections;
mod api_conversations;
mod api_domain_blocks;
mod api_emojis;
mod api_featured_tags;
mod api_filters;
mod api_home;
mod api_instance;
mod api_lists;
mod api_markers;
mod api_mutes;
mod api_notification_requests;
mod api_notifications;
mod api_notifications_v2;
mod api_polls;
mod api_profile;
mod api_push;
mod api_quotes;
mod api_reports;
mod api_scheduled;
mod api_status_reads;
mod api_statuses;
mod api_tags;
mod api_timelines;
mod api_writing;
mod bad_input;
mod conversation;
mod crash;
mod delivery;
mod federation_documents;
mod federation_inbox;
mod federation_polls;
mod federation_quotes;
mod federation_receive;
mod harness;
mod layers;
mod pages;
mod pages_requests;
mod peer;
mod pictures;
mod push_service;
mod rates;
mod routes;
mod safety;
mod sign_in;
mod stream_client;
mod streaming;
mod streaming_ends;
mod switches;
mod verification;
