//! Taure.

pub mod error;
pub mod model;
