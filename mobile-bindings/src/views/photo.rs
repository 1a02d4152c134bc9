//! What an app says about a photo it hands in.

use xunge_field::PhotoInput;
use xunge_field::domain::case::PhotoPurpose;
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
}

impl PhotoDetails {
    pub(crate) fn of<'a>(&'a self, bytes: &'a [u8]) -> PhotoInput<'a> {
        PhotoInput {
            bytes,
            purpose: self.purpose,
            caption: &self.caption,
            point: self.point,
        }
    }
}
