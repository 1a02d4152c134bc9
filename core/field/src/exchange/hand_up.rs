//! Hand up: what this device carries for others goes to the hub with its own sync, piece by piece, and the hub's word on
//! each is final.

use std::collections::BTreeSet;

use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_store::{Reader, Tx};
use xunge_sync::carry::{Certificate, Piece, read_piece};
use xunge_sync::device::Errand;
use xunge_sync::hub::name_of;
use xunge_sync::wire::{
    BaseMapRequest, CarriedFrame, CarriedOutcome, DutyRequest, PrivateRequest, RefusedFrame, pack,
};

use crate::app::{FieldApp, Identity};
use crate::base_map;
use crate::documents::{Pen, pen};
use crate::duty;
use crate::error::FieldError;
use crate::exchange::certificate::{is_due, set_certificate};
use crate::ports::Ports;
use crate::private::send;
use crate::proof::receipts;
use crate::sync::next_request::session;
use crate::sync::recover::let_go_of;
use crate::sync::revoked::REVOKED;
use crate::tables::ask;

/// How far the errands of this round came.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Errands {
    /// A certificate was given: once a round is enough, whatever the clock says.
    certified: bool,
    /// The last piece that was handed up.
    behind: u64,
    /// The one that is under way.
    under_way: u64,
    /// Whether the hub has something new that its feeds will tell.
    brought_on: bool,
    /// The last record that receipts were asked for.
    pub(crate) receipts_behind: Option<IntentId>,
    /// The last record of personal data that was handed up, and the last one of those under way.
    pub(crate) private_behind: u64,
    pub(crate) private_under_way: u64,
    /// The last answer about notes on duty settled none of those under way: they wait for the next round.
    pub(crate) duty_unanswered: bool,
    /// Answers about the city's tables in this round.
    pub(crate) tables_answers: u8,
    /// Answers about the base map in this round.
    pub(crate) base_map_answers: u8,
    /// The hub said that this device is revoked, and nobody here was told yet: what it carries is handed up first.
    leaving: bool,
}

impl Errands {
    /// Those of another round.
    pub(crate) fn again(self) -> Self {
        let leaving = self.leaving;
        Self {
            leaving,
            ..Self::default()
        }
    }

    /// The next one.
    pub(crate) fn next(
        &self,
        reader: &Reader<'_>,
        identity: &Identity,
        ports: &Ports,
    ) -> Result<Option<Errand>, FieldError> {
        // A device that is leaving gets none.
        if !(self.certified || self.leaving) && is_due(reader, identity, ports)? {
            return Ok(Some(Errand::Certificate));
        }
        if let Some(piece) = reader.waiting_piece(self.behind)? {
            return Ok(Some(Errand::Piece(piece.name)));
        }
        if !self.leaving && ask::is_due(reader, identity, self.tables_answers)? {
            return Ok(Some(Errand::Tables));
        }
        let due =
            !self.leaving && receipts::is_due(reader, ports.clock.now(), self.receipts_behind)?;
        if due {
            return Ok(Some(Errand::Receipts));
        }
        // Last, the newest behind the older: a hub of an older version refuses what it does not know alone.
        if send::waits(reader, self.private_behind)? {
            return Ok(Some(Errand::Private));
        }
        let says = !self.leaving && !self.duty_unanswered && duty::send::waits(reader)?;
        if says {
            return Ok(Some(Errand::Duty));
        }
        let due = !self.leaving && base_map::ask::is_due(reader, identity, self.base_map_answers)?;
        Ok(due.then_some(Errand::BaseMap))
    }

    /// The bytes of an errand.
    pub(crate) fn begin(
        &mut self,
        reader: &Reader<'_>,
        errand: Errand,
        (epoch, now): (u64, Timestamp),
    ) -> Result<Vec<u8>, FieldError> {
        match errand {
            Errand::Certificate => Ok(Vec::new()),
            Errand::BaseMap => Ok(pack(&BaseMapRequest::default())),
            Errand::Private => {
                let (records, upto) = send::under_way(reader, self.private_behind)?;
                self.private_under_way = upto;
                Ok(pack(&PrivateRequest { records }))
            }
            Errand::Tables => Ok(pack(&ask::request(reader)?)),
            Errand::Duty => {
                let notes = duty::send::under_way(reader)?;
                Ok(pack(&DutyRequest { notes }))
            }
            Errand::Receipts => {
                let asked = receipts::request(reader, epoch, now, self.receipts_behind)?;
                Ok(pack(&asked))
            }
            Errand::Piece(_) => {
                let piece = reader.waiting_piece(self.behind)?;
                let piece = piece.ok_or(FieldError::NotFound { what: "piece" })?;
                self.under_way = piece.arrival;
                Ok(piece.bytes)
            }
        }
    }
}

impl FieldApp {
    /// Keeps a certificate, if it is this device's.
    pub(crate) fn take_certificate(&mut self, given: &Certificate) -> Result<(), FieldError> {
        self.errands.certified = true;
        let identity = self.identity()?;
        let hub = session(identity)?.server_key;
        let now = self.ports.clock.now();
        // Of any time: a device whose clock is wrong keeps it all the same.
        let believed = given.verify(&hub, Timestamp::from_millis(i64::MIN));
        let own = *identity.installation();
        if believed.is_ok_and(|certified| certified.origin.installation == own) {
            self.store
                .transaction(|tx| set_certificate(tx, given, now))?;
        }
        Ok(())
    }

    /// The hub's word on a piece.
    pub(crate) fn take_carried(&mut self, told: &CarriedFrame) -> Result<(), FieldError> {
        self.errands.behind = self.errands.under_way;
        let pen = pen(&self.identity, &self.ports)?;
        self.store.transaction(|tx| settle(tx, pen, told))?;
        self.errands.brought_on |= told.outcome == CarriedOutcome::Taken;
        let next = self
            .store
            .read(|reader| reader.waiting_piece(self.errands.behind))?;
        if next.is_none() && self.errands.brought_on && !self.errands.leaving {
            self.errands.brought_on = false;
            // What was handed up comes back through the feeds, as the hub's.
            self.machine.ask_again();
        }
        self.leave_once_empty()
    }

    /// Who is leaving and has handed up all it held is told so.
    pub(crate) fn leave_once_empty(&mut self) -> Result<(), FieldError> {
        if self.errands.leaving && !self.holds_for_hub()? {
            self.machine.ask_again();
        }
        Ok(())
    }

    /// Whether an errand of this round brings the hub something that no push does.
    fn holds_for_hub(&self) -> Result<bool, FieldError> {
        let errands = &self.errands;
        self.store.read(|reader| {
            let piece = reader.waiting_piece(errands.behind)?;
            Ok(piece.is_some() || send::waits(reader, errands.private_behind)?)
        })
    }

    /// A refusal as the host is to know it. The hub tells a revoked device so that may still send what it holds once it
    /// pushes nothing; what it carries for others and what it keeps beside the documents is no push, and goes before the host stops.
    pub(crate) fn told(
        &mut self,
        refusal: RefusedFrame,
    ) -> Result<Option<RefusedFrame>, FieldError> {
        let first = !self.errands.leaving && refusal.code == REVOKED && self.holds_for_hub()?;
        self.errands.leaving = first;
        Ok((!first).then_some(refusal))
    }
}

fn settle(tx: &Tx<'_>, pen: Pen<'_>, told: &CarriedFrame) -> Result<(), FieldError> {
    match &told.outcome {
        CarriedOutcome::Waits => return Ok(()),
        CarriedOutcome::Taken => {
            for refused in &told.refused {
                let changes = refused.changes.iter().copied().collect();
                let_go(tx, pen, refused.document, &changes)?;
            }
        }
        CarriedOutcome::Refused(_) => {
            for (document, changes) in made_of(tx, told.piece)? {
                let_go(tx, pen, document, &changes)?;
            }
        }
    }
    Ok(tx.settle_piece(told.piece, told.outcome == CarriedOutcome::Taken)?)
}

/// The changes of an open piece that is carried here.
fn made_of(
    reader: &Reader<'_>,
    name: Digest,
) -> Result<Vec<(DocumentId, BTreeSet<Digest>)>, FieldError> {
    let mut behind = 0;
    while let Some(piece) = reader.waiting_piece(behind)? {
        behind = piece.arrival;
        if piece.name != name {
            continue;
        }
        let Ok(Piece::Work(work)) = read_piece(&piece.bytes) else {
            break;
        };
        let claims = work
            .carriages
            .iter()
            .filter_map(|carriage| carriage.claims().ok());
        let named = claims.map(|carried| {
            let changes = carried.document.changes.iter();
            // What the hub signed stands, whoever brought it.
            let own = changes.filter(|change| change.signature.is_none());
            let names = own.map(|change| Digest::from_bytes(*name_of(&change.bytes).as_bytes()));
            (carried.document.document, names.collect())
        });
        return Ok(named.collect());
    }
    Ok(Vec::new())
}

/// What the hub will never merge goes; a case of which nothing is left with it.
fn let_go(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    id: DocumentId,
    changes: &BTreeSet<Digest>,
) -> Result<(), FieldError> {
    if tx.document(id)?.is_none() {
        return Ok(());
    }
    let_go_of(tx, pen, id, changes)?;
    if tx.accepted_changes(id)?.is_empty() {
        tx.mark_leaving(id)?;
    }
    Ok(())
}
