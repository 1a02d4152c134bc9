//! What an app says about a photo it hands in.

use xunge_field::PhotoInput;
use xunge_field::domain::case::{Fix, PhotoPurpose};
use xunge_field::domain::geo::Point;

/// What is said about a photo.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PhotoDetails {
    /// What it shows.
    pub purpose: PhotoPurpose,
    /// In words.
    #[uniffi(default = "")]
    pub caption: String,
    /// Where the camera was; from the picture's own data when missing.
    #[uniffi(default = None)]
    pub point: Option<Point>,
    /// Every answer of positioning that was used to say so; the record keeps the sixteen best.
    #[uniffi(default = [])]
    pub fixes: Vec<Fix>,
    /// What the platform finds odd (`developer_mode`, `mock_provider`), for the record. Never a reason to refuse.
    #[uniffi(default = [])]
    pub signals: Vec<String>,
}

impl PhotoDetails {
    pub(crate) fn of<'a>(&'a self, bytes: &'a [u8]) -> PhotoInput<'a> {
        PhotoInput {
            bytes,
            purpose: self.purpose,
            caption: &self.caption,
            point: self.point,
            fixes: &self.fixes,
            signals: &self.signals,
        }
    }
}
