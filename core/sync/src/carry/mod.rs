//! What goes from device to device without the hub: over a socket, or in a file that somebody carries.
//!
//! The unit is a [`Carriage`]: changes of one document under the signature of the device that made them, beside the hub's
//! [`Certificate`] of that device. Whoever has the hub's key can judge it, whoever brought it: origin, not session. A
//! [`Piece`] is a carriage or some, or bytes of a photo, open or sealed to the hub; a parcel is a file of pieces.

mod carriage;
mod certificate;
mod channel;
mod error;
mod judge;
mod parcel;
mod piece;
mod sealed;

pub use carriage::{CARRIAGE_BYTES_MAX, Carriage, Carried};
pub use certificate::{
    CERTIFICATE_MILLIS, Certificate, CertificateStatement, Certified, RENEWAL_MILLIS,
};
pub use channel::{Channel, HELLO_BYTES, Held, Hello, MESSAGE_BYTES_MAX, SharedMessage};
pub use error::CarryError;
pub use judge::{Here, Judgement, judge};
pub use parcel::{PARCEL_BYTES_MAX, PIECES_MAX, Parcel, read_parcel, write_parcel};
pub use piece::{
    PHOTO_PART_BYTES_MAX, PIECE_BYTES_MAX, PhotoPart, Piece, Work, is_sealed, open_piece,
    read_piece, seal_open_piece, seal_piece, unseal_piece,
};
