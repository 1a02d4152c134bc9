//! What goes between devices.

use std::sync::Arc;

use xunge_field::domain::ids::DocumentId;

use crate::verbs::exchange::Sharing;

/// A file to be carried.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Parcel {
    /// Its bytes, at most 64 MiB.
    pub bytes: Vec<u8>,
    /// How many cases of this device are in it.
    pub cases: u64,
    /// How many photo files.
    pub photos: u64,
    /// Photo files that did not fit: they stay here as ever.
    pub photos_left_out: u64,
    /// Pieces of others that go along.
    pub carried: u64,
}

impl From<xunge_field::Parcel> for Parcel {
    fn from(parcel: xunge_field::Parcel) -> Self {
        Self {
            bytes: parcel.bytes,
            cases: parcel.cases,
            photos: parcel.photos,
            photos_left_out: parcel.photos_left_out,
            carried: parcel.carried,
        }
    }
}

/// What a file, or another device, brought.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Brought {
    /// The name of whoever made the file, or holds the other device.
    pub from: String,
    /// Changes that are new here.
    pub changes: u64,
    /// The cases they are of.
    pub cases: Vec<DocumentId>,
    /// Photo files that are new here.
    pub photos: u64,
    /// Pieces that are new here and will be handed up with the next sync.
    pub carried: u64,
}

impl From<xunge_field::Brought> for Brought {
    fn from(brought: xunge_field::Brought) -> Self {
        Self {
            from: brought.from,
            changes: brought.changes,
            cases: brought.cases,
            photos: brought.photos,
            carried: brought.carried,
        }
    }
}

/// A meeting with the message to send first.
#[derive(uniffi::Record)]
pub struct SharingStart {
    /// To be given back with each message.
    pub sharing: Arc<Sharing>,
    /// To be sent.
    pub first: Vec<u8>,
}

/// What to do with a message.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SharingStep {
    /// To be sent, in order.
    pub send: Vec<Vec<u8>>,
    /// The connection may be closed once all is sent.
    pub done: bool,
}

impl From<xunge_field::SharingStep> for SharingStep {
    fn from(step: xunge_field::SharingStep) -> Self {
        Self {
            send: step.send,
            done: step.done,
        }
    }
}
