//! The messages of an enrolment. Keys are integers and are never used twice for different things.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use xunge_domain::class::ClassTable;
use xunge_domain::grid::UnitGrid;
use xunge_domain::ids::InstallationId;
use xunge_domain::person::{Organisation, Person};
use xunge_domain::scope::Scope;

use crate::carry::Certificate;
use crate::wire::tables::TablesFrame;

/// A device asks to become one of a person's.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct EnrolRequest {
    /// For the signature of the answer.
    #[n(0)]
    pub nonce: ByteArray<16>,
    /// Secret of the one-time code.
    #[n(1)]
    pub secret: ByteArray<16>,
    /// The device's key, compressed.
    #[n(2)]
    pub public_key: ByteArray<33>,
    /// Names of what the client speaks.
    #[n(3)]
    pub capabilities: Vec<String>,
    /// Of a device that a hub does not know any more, what it was before, the newest first: so that its work stays its.
    #[cbor(n(4), default, skip_if = "Vec::is_empty")]
    pub former: Vec<InstallationId>,
}

/// Everything a device needs to work without signal.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct EnrolledFrame {
    /// The hub's key, to be pinned.
    #[n(0)]
    pub server_key: ByteArray<33>,
    /// The new installation.
    #[n(1)]
    pub installation: InstallationId,
    /// Its first secret.
    #[n(2)]
    pub token: ByteArray<16>,
    /// The hub's epoch.
    #[n(3)]
    pub epoch: u64,
    /// Whose device this is.
    #[n(4)]
    pub person: Person,
    /// What it subscribes to.
    #[n(5)]
    pub scopes: Vec<Scope>,
    /// The class table in force.
    #[n(6)]
    pub classes: ClassTable,
    /// The unit grids of the person's beats.
    #[n(7)]
    pub grids: Vec<UnitGrid>,
    /// Names to show for organisations.
    #[n(8)]
    pub organisations: Vec<Organisation>,
    /// What the hub speaks; nothing from one that speaks plain alone.
    #[cbor(n(9), default, skip_if = "Vec::is_empty")]
    pub capabilities: Vec<String>,
    /// The public half of the organisation's recovery key, for which the device wraps the key of its store; nothing where
    /// the organisation has none.
    #[cbor(n(10), default, skip_if = "Option::is_none")]
    pub recovery_key: Option<ByteArray<33>>,
    /// The device's certificate, for what it exchanges with others. Nothing from an older hub.
    #[cbor(n(11), default, skip_if = "Option::is_none")]
    pub certificate: Option<Box<Certificate>>,
    /// The city's tables for the person's beats, as an errand would bring them. Nothing from an older hub.
    #[cbor(n(12), default, skip_if = "Option::is_none")]
    pub tables: Option<Box<TablesFrame>>,
}
