//! Who writes: actors are derived, so there is nothing to register before the first contact and nothing to send.

use xunge_domain::ids::{DocumentId, InstallationId};

use crate::change_parts::ActorId;

/// Highest generation of an actor that is looked for. A generation ends when a change was quarantined.
pub const GENERATIONS_MAX: u32 = 64;

fn first_16_bytes(parts: &[&[u8]]) -> ActorId {
    use sha2::Digest as _;
    let mut hash = sha2::Sha256::new();
    for part in parts {
        hash.update(part);
    }
    let mut bytes = [0; ActorId::LENGTH];
    bytes.copy_from_slice(&hash.finalize()[..ActorId::LENGTH]);
    ActorId(bytes)
}

/// The actor of an installation in one document: SHA-256(installation ‖ document ‖ generation), 16 bytes of it.
pub fn device_actor(
    installation: &InstallationId,
    document: &DocumentId,
    generation: u32,
) -> ActorId {
    first_16_bytes(&[
        installation.as_bytes(),
        document.as_bytes(),
        &generation.to_be_bytes(),
    ])
}

/// The generation under which `actor` is this installation's in this document; `None` for somebody else's.
pub fn generation_of(
    actor: &ActorId,
    installation: &InstallationId,
    document: &DocumentId,
) -> Option<u32> {
    (0..GENERATIONS_MAX)
        .find(|generation| device_actor(installation, document, *generation) == *actor)
}

/// The server's actor in one epoch. A restored server has a new epoch, hence a new actor: it never writes a
/// sequence number twice.
pub fn server_actor(server: &InstallationId, epoch: u64) -> ActorId {
    first_16_bytes(&[b"xunge server", server.as_bytes(), &epoch.to_be_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_is_found_up_to_the_limit_and_not_beyond() {
        let (installation, document) = (
            InstallationId::from_bytes([1; 16]),
            DocumentId::from_bytes([2; 16]),
        );
        let last = device_actor(&installation, &document, GENERATIONS_MAX - 1);
        let beyond = device_actor(&installation, &document, GENERATIONS_MAX);
        assert_eq!(
            generation_of(&last, &installation, &document),
            Some(GENERATIONS_MAX - 1)
        );
        assert_eq!(generation_of(&beyond, &installation, &document), None);
        assert_eq!(
            generation_of(&last, &InstallationId::from_bytes([3; 16]), &document),
            None
        );
    }
}
