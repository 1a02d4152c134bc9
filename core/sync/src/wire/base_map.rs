//! The base map of a person's beats: what the hub says of it under its signature. The bytes are fetched by their digest.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use xunge_domain::datum::Datum;
use xunge_domain::ids::Digest;

/// Largest extract of a base map for the beats of one person.
pub const BASE_MAP_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What a device asks; who it is says for which beats.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct BaseMapRequest {}

/// The hub's answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct BaseMapFrame {
    /// The city's map, as [`TablesFrame`](super::TablesFrame) names it; nothing where there is none.
    #[cbor(n(0), default, skip_if = "Option::is_none")]
    pub mark: Option<ByteArray<8>>,
    /// Nothing where there is no map, or it shows nothing of these beats.
    #[cbor(n(1), default, skip_if = "Option::is_none")]
    pub offer: Option<BaseMapOffer>,
}

/// A file of map tiles for some beats: `MBTiles` 1.3, pictures alone.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct BaseMapOffer {
    /// SHA-256 of the file, its name.
    #[n(0)]
    pub sha256: Digest,
    /// Its length in bytes, at most [`BASE_MAP_BYTES_MAX`].
    #[n(1)]
    pub length: u64,
    /// What the map is called.
    #[n(2)]
    pub title: String,
    /// Whose it is, with the number of its review where it has one: shown wherever the map is.
    #[n(3)]
    pub attribution: String,
    /// The shallowest zoom level.
    #[n(4)]
    pub zoom_min: u8,
    /// The deepest.
    #[n(5)]
    pub zoom_max: u8,
    /// How wide a tile's picture is, in pixels.
    #[n(6)]
    pub tile_pixels: u16,
    /// What the degrees of the map mean.
    #[n(7)]
    pub datum: Datum,
}
