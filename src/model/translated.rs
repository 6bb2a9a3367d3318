//! A status in another language, as a service wrote it.

use super::ids::MediaId;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translated {
    /// What it was translated into.
    pub language: String,
    /// What the service took it for.
    pub detected: Option<String>,
    pub provider: &'static str,
    /// Sanitised HTML.
    pub content: String,
    pub spoiler_text: String,
    pub media: Vec<(MediaId, String)>,
    /// Of its poll, in their order.
    pub options: Vec<String>,
}
