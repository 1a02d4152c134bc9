//! Fetching the base map: piece by piece, behind everything else, and what of an answer counts. Its bytes are nobody's secret and are
//! believed as a whole, by the digest that the hub signed.

use xunge_domain::ids::Digest;

use crate::device::answer::{Effect, LinkProblem};
use crate::device::machine::{DeviceMachine, InFlight};
use crate::device::request::{HttpRequest, Method, Outlook, Session, Step};
use crate::wire::BASE_MAPS_PATH;

/// Most bytes asked for at once: work that comes up meanwhile waits no longer than for these.
pub const BASE_MAP_PIECE_BYTES: u64 = 256 * 1024;
/// After so many answers of a round that were of no use the base map waits for the next round.
pub const BASE_MAP_TROUBLES_MAX: u8 = 3;
/// Nobody here is let in any more; a push and pull says so with a signature.
const SHUT_OUT: [u16; 2] = [401, 403];

/// A base map on its way, as far as it is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseMapProgress {
    /// Which file.
    pub sha256: Digest,
    /// Its length in bytes.
    pub length: u64,
    /// So many of its first bytes are here.
    pub here: u64,
}

impl BaseMapProgress {
    /// One past the last byte that is asked for next.
    const fn to(&self) -> u64 {
        let to = self.here.saturating_add(BASE_MAP_PIECE_BYTES);
        if to < self.length { to } else { self.length }
    }
}

impl DeviceMachine {
    /// The request of [`Step::BaseMap`].
    pub fn base_map(&mut self, session: &Session, progress: BaseMapProgress) -> HttpRequest {
        let last = progress.to().saturating_sub(1);
        self.in_flight = Some(InFlight::BaseMap(progress));
        HttpRequest {
            method: Method::Get,
            path: format!("{BASE_MAPS_PATH}/{}", progress.sha256),
            headers: vec![
                session.header(),
                ("range".into(), format!("bytes={}-{last}", progress.here)),
            ],
            body: Vec::new(),
        }
    }

    /// What to do next: text before photos, photos in the order of the outlook, the base map behind everything.
    pub fn next_step(&self, outlook: &Outlook) -> Step {
        let wanted = self.base_map_troubles < BASE_MAP_TROUBLES_MAX;
        match (self.next_step_of_work(outlook), outlook.base_map) {
            (Step::Done, Some(base_map)) if wanted => Step::BaseMap(base_map),
            (step, _) => step,
        }
    }

    /// Takes a piece in. The beginning of one that broke off counts: only the whole is believed.
    pub(super) fn on_base_map(
        &mut self,
        progress: BaseMapProgress,
        status: u16,
        body: Vec<u8>,
    ) -> Vec<Effect> {
        if SHUT_OUT.contains(&status) {
            self.base_map_troubles = BASE_MAP_TROUBLES_MAX;
            return Vec::new();
        }
        if (400..500).contains(&status) {
            // Another map has taken its place.
            self.base_map_troubles = self.base_map_troubles.saturating_add(1);
            return vec![Effect::BaseMapGone(progress.sha256)];
        }
        let wanted = progress.to().saturating_sub(progress.here);
        if status != 206 || body.len() as u64 > wanted {
            // A page of a portal, or a proxy that passes over the range.
            self.base_map_troubles = self.base_map_troubles.saturating_add(1);
            return vec![self.fail(LinkProblem::Foreign { status })];
        }
        let (cut, empty) = ((body.len() as u64) < wanted, body.is_empty());
        let mut effects = Vec::new();
        if !empty {
            effects.push(Effect::BaseMapPiece {
                sha256: progress.sha256,
                from: progress.here,
                bytes: body,
            });
        }
        match (cut, empty) {
            (true, true) => effects.push(self.fail(LinkProblem::Unreachable)),
            (true, false) => effects.push(self.fail(LinkProblem::Cut)),
            (false, _) => self.failures = 0,
        }
        effects
    }
}
