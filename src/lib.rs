//! Taure.

pub mod error;
pub mod media;
pub mod model;
