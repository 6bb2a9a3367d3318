//! Taure.

pub mod ap;
pub mod app;
pub mod config;
pub mod error;
pub mod http;
pub mod media;
pub mod model;
pub mod ops;
pub mod remote;
pub mod sig;
pub mod store;
pub mod text;
pub mod web;
