//! What keeps a load from running.

use std::io;

use xunge_field::FieldError;
use xunge_server::data_folder::DataFolderError;
use xunge_server::services::enrol_codes::EnrolCodeError;

use crate::device::HostError;

/// The load could not be made: the harness's own trouble, not an error of the hub under load.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A temporary folder.
    #[error("a temporary folder: {0}")]
    Folder(#[from] io::Error),
    /// A device.
    #[error("a device: {0}")]
    Device(#[from] HostError),
    /// A device's store, looked at afterwards.
    #[error("a device's store: {0}")]
    DeviceStore(#[from] xunge_store::StoreError),
    /// The same, not to be opened.
    #[error("a device's store: {0}")]
    OpenDeviceStore(#[from] xunge_store::OpenStoreError),
    /// The hub's folder.
    #[error("the hub's folder: {0}")]
    Hub(#[from] DataFolderError),
    /// The hub's store.
    #[error("the hub's store: {0}")]
    HubStore(#[from] xunge_server::store::StoreError),
    /// An enrolment code.
    #[error("an enrolment code: {0}")]
    Code(#[from] EnrolCodeError),
    /// More devices than the city has room for.
    #[error("the city has no room for so many devices")]
    Room,
    /// A thread of a device ended early.
    #[error("a device's thread ended early")]
    Thread,
}

impl From<FieldError> for LoadError {
    fn from(cause: FieldError) -> Self {
        Self::Device(HostError::Field(cause))
    }
}
