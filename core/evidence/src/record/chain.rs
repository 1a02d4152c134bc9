//! The chain of a device's records: each names the one before.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use xunge_domain::ids::{Digest, InstallationId};

/// Where a device's chain stands. What a device keeps of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Chain {
    /// Whose.
    #[n(0)]
    pub installation: InstallationId,
    /// How many records it has.
    #[n(1)]
    pub seq: u64,
    /// The name of the last one.
    #[n(2)]
    pub last: Option<Digest>,
}

impl Chain {
    /// A chain without a record.
    pub const fn of(installation: InstallationId) -> Self {
        Self {
            installation,
            seq: 0,
            last: None,
        }
    }

    /// Goes on by a record.
    pub const fn follow(&mut self, name: Digest) {
        self.seq += 1;
        self.last = Some(name);
    }
}

/// A record as a link: its place, its name and whom it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainLink {
    /// The place, from 1.
    pub seq: u64,
    /// SHA-256 of the statement.
    pub name: Digest,
    /// The record before.
    pub previous: Option<Digest>,
}

/// What is odd about a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChainFinding {
    /// Records from here to there are not known: not arrived yet, thrown away, or taken out.
    Missing {
        /// The first.
        from: u64,
        /// The last.
        to: u64,
    },
    /// Two records claim one place: the store was copied, or restored, and both lives went on.
    Forked {
        /// The place.
        seq: u64,
    },
    /// The record at this place does not follow the one that is known before it.
    Torn {
        /// The place.
        seq: u64,
    },
}

/// Looks at the known links of one installation, in any order. Cost: one sort.
pub fn check_chain(links: &[ChainLink]) -> Vec<ChainFinding> {
    let mut places: BTreeMap<u64, Vec<&ChainLink>> = BTreeMap::new();
    for link in links {
        let place = places.entry(link.seq).or_default();
        if !place.iter().any(|known| known.name == link.name) {
            place.push(link);
        }
    }
    let mut findings = Vec::new();
    let mut before: (u64, Vec<Digest>) = (0, Vec::new());
    for (seq, place) in places {
        let expected = before.0 + 1;
        if seq > expected {
            let to = seq - 1;
            findings.push(ChainFinding::Missing { from: expected, to });
        }
        if place.len() > 1 {
            findings.push(ChainFinding::Forked { seq });
        }
        let follows = |link: &&ChainLink| match link.previous {
            None => seq == 1,
            Some(previous) => seq != expected || before.1.contains(&previous),
        };
        if !place.iter().all(follows) {
            findings.push(ChainFinding::Torn { seq });
        }
        before = (seq, place.iter().map(|link| link.name).collect());
    }
    findings
}
