//! Actors by what they are derived from: one name serves in every document of a batch.

use std::collections::HashMap;

use xunge_documents::actor::{device_actor, server_actor};
use xunge_documents::change_parts::ActorId;
use xunge_documents::schema::GENESIS_ACTOR;
use xunge_domain::ids::{DocumentId, InstallationId};

use super::ColumnsError;
use super::streams::{Stream, StreamsReader, StreamsWriter};

/// Most names of a batch that can be pointed at; an actor behind them is spelled out each time.
const NAMES_MAX: usize = 4_096;
/// How many generations of an installation are tried before an actor is spelled out, which costs 16 bytes.
const GENERATIONS_TRIED: u32 = 4;
const IDENTITY_BYTES: u64 = 16;

/// Whom the sender can name: whoever is not listed is spelled out, so a list that lacks somebody costs bytes only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActorNames {
    /// Devices that may have written, the likeliest first. Each costs a hash or more a document.
    pub devices: Vec<InstallationId>,
    /// Hubs that may have written, with their epochs.
    pub servers: Vec<(InstallationId, u64)>,
}

impl ActorNames {
    /// A batch of one device and nobody else.
    #[must_use]
    pub fn device(installation: InstallationId) -> Self {
        Self {
            devices: vec![installation],
            servers: Vec::new(),
        }
    }

    fn name(&self, document: &DocumentId, actor: ActorId) -> Name {
        if actor == GENESIS_ACTOR {
            return Name::Genesis;
        }
        let devices = (0..GENERATIONS_TRIED).flat_map(|generation| {
            let named = move |installation| Name::Device(installation, generation);
            self.devices.iter().copied().map(named)
        });
        let servers = self.servers.iter();
        servers
            .map(|(server, epoch)| Name::Server(*server, *epoch))
            .chain(devices)
            .find(|name| name.actor(document) == actor)
            .unwrap_or(Name::Spelled(actor))
    }
}

/// What an actor is derived from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Name {
    Genesis,
    Device(InstallationId, u32),
    Server(InstallationId, u64),
    Spelled(ActorId),
}

const TAG_GENESIS: u64 = 0;
const TAG_DEVICE: u64 = 1;
const TAG_SERVER: u64 = 2;
const TAG_SPELLED: u64 = 3;

impl Name {
    pub(super) fn actor(&self, document: &DocumentId) -> ActorId {
        match self {
            Self::Genesis => GENESIS_ACTOR,
            Self::Device(installation, generation) => {
                device_actor(installation, document, *generation)
            }
            Self::Server(server, epoch) => server_actor(server, *epoch),
            Self::Spelled(actor) => *actor,
        }
    }
}

/// Things in the order in which they appeared, pointed at by their place plus one; 0 is news.
struct Seen<T> {
    things: Vec<T>,
    places: HashMap<T, u64>,
}

impl<T: Copy + Eq + std::hash::Hash> Seen<T> {
    fn new() -> Self {
        Self {
            things: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// The code of a thing, which is taken up when it is new.
    fn code(&mut self, thing: T) -> u64 {
        if let Some(place) = self.places.get(&thing) {
            return place + 1;
        }
        self.note(thing);
        0
    }

    fn note(&mut self, thing: T) {
        if self.things.len() < NAMES_MAX {
            self.places.insert(thing, self.things.len() as u64);
            self.things.push(thing);
        }
    }

    fn get(&self, place: u64) -> Result<T, ColumnsError> {
        usize::try_from(place)
            .ok()
            .and_then(|place| self.things.get(place))
            .copied()
            .ok_or(ColumnsError::Meaning)
    }
}

/// The names of a batch, on either side.
pub(super) struct Names {
    names: Seen<Name>,
    installations: Seen<InstallationId>,
}

impl Names {
    pub(super) fn new() -> Self {
        Self {
            names: Seen::new(),
            installations: Seen::new(),
        }
    }

    pub(super) fn write(
        &mut self,
        known: &ActorNames,
        document: &DocumentId,
        actor: ActorId,
        out: &mut StreamsWriter,
    ) {
        let name = known.name(document, actor);
        let code = self.names.code(name);
        out.number(Stream::Actors, code);
        if code > 0 {
            return;
        }
        match name {
            Name::Genesis => out.number(Stream::Rare, TAG_GENESIS),
            Name::Device(installation, generation) => {
                out.number(Stream::Rare, TAG_DEVICE);
                self.write_installation(installation, out);
                out.number(Stream::Rare, u64::from(generation));
            }
            Name::Server(server, epoch) => {
                out.number(Stream::Rare, TAG_SERVER);
                self.write_installation(server, out);
                out.number(Stream::Rare, epoch);
            }
            Name::Spelled(actor) => {
                out.number(Stream::Rare, TAG_SPELLED);
                out.of(Stream::Identities).extend_from_slice(&actor.0);
            }
        }
    }

    fn write_installation(&mut self, installation: InstallationId, out: &mut StreamsWriter) {
        let code = self.installations.code(installation);
        out.number(Stream::Rare, code);
        if code == 0 {
            let identities = out.of(Stream::Identities);
            identities.extend_from_slice(installation.as_bytes());
        }
    }

    pub(super) fn read(&mut self, streams: &mut StreamsReader<'_>) -> Result<Name, ColumnsError> {
        if let Some(place) = streams.number(Stream::Actors)?.checked_sub(1) {
            return self.names.get(place);
        }
        let name = match streams.number(Stream::Rare)? {
            TAG_GENESIS => Name::Genesis,
            TAG_DEVICE => {
                let installation = self.read_installation(streams)?;
                let generation = streams.number(Stream::Rare)?;
                let generation = u32::try_from(generation).map_err(|_| ColumnsError::Meaning)?;
                Name::Device(installation, generation)
            }
            TAG_SERVER => {
                let server = self.read_installation(streams)?;
                Name::Server(server, streams.number(Stream::Rare)?)
            }
            TAG_SPELLED => Name::Spelled(ActorId(streams.of(Stream::Identities).array()?)),
            _ => return Err(ColumnsError::Meaning),
        };
        self.names.note(name);
        Ok(name)
    }

    fn read_installation(
        &mut self,
        streams: &mut StreamsReader<'_>,
    ) -> Result<InstallationId, ColumnsError> {
        if let Some(place) = streams.number(Stream::Rare)?.checked_sub(1) {
            return self.installations.get(place);
        }
        let bytes = streams.of(Stream::Identities).take(IDENTITY_BYTES)?;
        let installation =
            InstallationId::from_slice(bytes).map_err(|_| ColumnsError::Truncated)?;
        self.installations.note(installation);
        Ok(installation)
    }
}
