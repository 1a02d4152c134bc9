//! Commit: one frame of an answer, all or nothing.

use xunge_documents::change_parts::ChangeHash;
use xunge_documents::guard::{Inspected, inspect};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_store::{Appended, ChangeState, Cursor, IntentState, NewChange, Reason, Tx};
use xunge_sync::device::Commit;
use xunge_sync::hub::Content;
use xunge_sync::testing::{self, Mutant};
use xunge_sync::wire::{DocumentChanges, Token, Verdict};

use crate::app::FieldApp;
use crate::documents::{Pen, compact, open_for, pen};
use crate::error::FieldError;
use crate::exchange::certificate::note_hub_clock;
use crate::projection;
use crate::proof::receipts::forget_backups;
use crate::sealing::note_beacon;
use crate::sync::columns::{put_together, set_hub_reads_columns, set_hub_takes_parts};
use crate::sync::comparison::{names_of, take_finding};
use crate::sync::edition::{Edition, edition_of, take_edition};
use crate::sync::leave::{let_go, reassign};
use crate::sync::packs::take_told;
use crate::sync::recover::{Refusal, leave_lane, let_go_of, recover};
use crate::sync::status::{state_of, state_of_checkin};
use crate::tables::ask::note_told;
use crate::tasks::kept::keep;

impl FieldApp {
    /// False when a pulled document builds on something that is not here: then the cursors stay where they were, and a
    /// pack is where it was.
    pub(crate) fn commit(&mut self, commit: &Commit) -> Result<bool, FieldError> {
        let pen = pen(&self.identity, &self.ports)?;
        let identity = pen.identity;
        let asked = self.asked_uptime;
        let epoch = commit
            .session
            .map_or(identity.session.epoch, |(_, epoch, _)| epoch);
        if testing::active(Mutant::CursorBeforeFrame) {
            self.store
                .transaction(|tx| set_cursors(tx, commit, epoch, true))?;
        }
        let mut named = Vec::new();
        let resolved = self.store.transaction(|tx| -> Result<bool, FieldError> {
            if let Some((token, epoch, _)) = &commit.session {
                tx.renew_session(token, *epoch)?;
                if *epoch != identity.session.epoch {
                    // Restored from a backup: the hub may have lost what it had acknowledged.
                    tx.offer_everything_again()?;
                    forget_backups(tx)?;
                    tx.forget_packs()?;
                }
            }
            if let Some(beacon) = &commit.beacon {
                note_beacon(tx, beacon, asked)?;
                note_hub_clock(tx, beacon.at, pen.now)?;
            }
            if let Some(mark) = commit.tables {
                note_told(tx, mark)?;
            }
            if let Some(reads) = commit.columns.filter(|reads| *reads != identity.columns) {
                set_hub_reads_columns(tx, reads)?;
            }
            if let Some(takes) = commit.parts.filter(|takes| *takes != identity.parts) {
                set_hub_takes_parts(tx, takes)?;
            }
            for (document, verdicts) in &commit.verdicts {
                take_verdicts(tx, pen, *document, verdicts)?;
            }
            let mut whole = true;
            for pulled in &commit.documents {
                whole &= take_pulled(tx, pen, pulled)?;
                named.extend(names_of(pulled, commit.whole));
            }
            let resolved = match &commit.batch {
                None => true,
                Some(batch) => {
                    let (documents, resolved) = put_together(tx, batch)?;
                    for pulled in &documents {
                        whole &= take_pulled(tx, pen, pulled)?;
                        named.extend(names_of(pulled, commit.whole));
                    }
                    resolved && (whole || commit.pack.is_none())
                }
            };
            if resolved {
                set_cursors(tx, commit, epoch, whole)?;
                let_go(tx, commit)?;
                if let Some(pack) = &commit.pack {
                    let scope = pack.scope.to_string();
                    tx.take_of_pack(&scope, pack.sha256, pack.taken, pack.chain.digest())?;
                }
            }
            if let Some(assignment) = &commit.assignment {
                reassign(tx, identity, assignment)?;
            }
            if !whole {
                // What the packs brought is not all that their feeds have told.
                tx.forget_packs()?;
            }
            if let Some(told) = &commit.packs {
                take_told(tx, told)?;
            }
            for refused in &commit.refused {
                let changes = refused.changes.iter().copied().collect();
                let_go_of(tx, pen, refused.document, &changes)?;
            }
            if let Some(tasks) = &commit.tasks {
                keep(tx, tasks)?;
            }
            if let Some(finding) = &commit.finding {
                take_finding(tx, pen, finding, &self.whole)?;
            }
            for blob in &commit.blobs {
                tx.acknowledge_blob(blob.sha256)?;
            }
            Ok(resolved)
        })?;
        for (document, hash) in named {
            self.whole.entry(document).or_default().insert(hash);
        }
        if let (Some(reads), Some(identity)) = (commit.columns, self.identity.as_mut()) {
            identity.columns = reads;
        }
        if let (Some(takes), Some(identity)) = (commit.parts, self.identity.as_mut()) {
            identity.parts = takes;
        }
        if let (Some((token, epoch, _)), Some(identity)) = (commit.session, self.identity.as_mut())
        {
            let restored = identity.session.epoch != epoch;
            identity.session.token = token;
            identity.session.epoch = epoch;
            if restored {
                // The answer that told so brought nothing on by itself; what is offered again must not wait for more.
                self.machine.start_round();
            }
        }
        if commit.session.is_some() {
            self.note_forgotten(false)?;
        }
        if commit.assignment.is_some() {
            self.load_identity()?;
        }
        Ok(resolved)
    }

    /// The store lives twice: from now on this copy writes under an installation of its own.
    pub(crate) fn become_installation(
        &mut self,
        installation: InstallationId,
        token: Token,
    ) -> Result<(), FieldError> {
        let mut session = self.identity()?.session.clone();
        session.installation = installation;
        session.token = token;
        self.store.transaction(|tx| tx.set_session(&session))?;
        self.load_identity()
    }
}

fn set_cursors(tx: &Tx<'_>, commit: &Commit, epoch: u64, whole: bool) -> Result<(), FieldError> {
    for (scope, seq) in &commit.cursors {
        // A document that lacks what the hub thinks we have: fetch the feed from its start.
        let seq = if whole { *seq } else { 0 };
        tx.set_cursor(&Cursor {
            scope: scope.to_string(),
            epoch,
            seq,
        })?;
    }
    Ok(())
}

fn take_verdicts(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    id: DocumentId,
    verdicts: &[(ChangeHash, Verdict)],
) -> Result<(), FieldError> {
    let mut refusals = Vec::new();
    for (hash, verdict) in verdicts {
        let digest = Digest::from_bytes(*hash.as_bytes());
        match verdict {
            Verdict::Received => receive(tx, id, digest)?,
            Verdict::Quarantined { code, zh, en } => {
                let reason = Reason {
                    code: code.clone(),
                    zh: zh.clone(),
                    en: en.clone(),
                };
                refusals.push(Refusal {
                    hash: digest,
                    reason,
                });
            }
            // What builds on a quarantined change is made anew together with it.
            Verdict::Blocked => {}
            Verdict::NeedFrom(sequence) => offer_from(tx, id, digest, *sequence)?,
        }
    }
    if refusals.is_empty() {
        Ok(tx.renew_unsent(id)?)
    } else {
        recover(tx, pen, id, &refusals)
    }
}

fn receive(tx: &Tx<'_>, id: DocumentId, hash: Digest) -> Result<(), FieldError> {
    tx.receive_change(id, hash)?;
    tx.receive_intents(id, hash)?;
    Ok(())
}

/// The hub lacks changes it once had: this author's changes from `sequence` on are pending again.
fn offer_from(tx: &Tx<'_>, id: DocumentId, hash: Digest, sequence: u64) -> Result<(), FieldError> {
    let changes = tx.all_changes(id)?;
    let Some(asked) = changes.iter().find(|change| change.hash == hash) else {
        return Ok(());
    };
    for change in &changes {
        let again = change.actor == asked.actor
            && change.sequence >= sequence
            && change.state == ChangeState::Received;
        if again {
            tx.set_change_state(id, change.hash, ChangeState::Pending)?;
        }
    }
    Ok(())
}

/// Takes pulled changes in. False when one builds on something that is not here.
fn take_pulled(tx: &Tx<'_>, pen: Pen<'_>, pulled: &DocumentChanges) -> Result<bool, FieldError> {
    let id = pulled.document;
    let raws = || pulled.changes.iter().map(|change| change.bytes.as_slice());
    let mut document = open_for(tx, id, raws())?;
    tx.mark_staying(id)?;
    let inspected: Vec<_> = pulled
        .changes
        .iter()
        .filter_map(|change| Some((inspect(&change.bytes).ok()?, change.signature.as_ref())))
        .collect();
    match edition_of(tx, id, &document, &inspected)? {
        Edition::This => {}
        Edition::Next(place) => {
            return take_edition(tx, pen, id, inspected.get(place..).unwrap_or_default());
        }
        Edition::Former => return Ok(true),
    }
    let changes: Vec<Inspected<'_>> = inspected.iter().map(|(change, _)| change.clone()).collect();
    let together = document.apply_together(&changes).is_ok();
    let mut whole = changes.len() == pulled.changes.len();
    for (change, signature) in &inspected {
        if !together && document.apply_inspected(change).is_err() {
            if give_way(tx, pen, id, change)? {
                document = open_for(tx, id, raws())?;
            }
            if document.apply_inspected(change).is_err() {
                whole = false;
                continue;
            }
        }
        let hash = Digest::from_bytes(*change.hash().as_bytes());
        let appended = tx.append_change(&NewChange {
            document: id,
            hash,
            bytes: change.raw(),
            actor: change.parts().actor.as_bytes(),
            sequence: change.parts().sequence,
            own: false,
            state: ChangeState::Pulled,
            signature: signature.map(|signature| signature.as_slice()),
        })?;
        if appended != Appended::New {
            tx.receive_intents(id, hash)?;
        }
    }
    let content = Content::read(&document, id);
    take_rulings(tx, &content)?;
    leave_lane(tx, id, &document)?;
    projection::save(tx, pen.identity, id, &content, pen.now)?;
    compact(tx, id, &document)?;
    Ok(whole)
}

/// A number of an author's is taken here by another change: of a copy of his store, which a hub took in that was then put
/// back. What the hub has now is what counts; ours and all that builds on it goes, and own work is made anew. Whether
/// there was one.
fn give_way(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    id: DocumentId,
    change: &Inspected<'_>,
) -> Result<bool, FieldError> {
    let (actor, hash) = (change.parts().actor, change.hash());
    let taken = tx.all_changes(id)?.into_iter().find(|kept| {
        kept.state.counts()
            && kept.actor == *actor.as_bytes()
            && kept.sequence == change.parts().sequence
            && kept.hash.as_bytes() != hash.as_bytes()
    });
    let Some(taken) = taken else {
        return Ok(false);
    };
    recover(tx, pen, id, &[Refusal::number_taken(taken.hash)])?;
    Ok(true)
}

/// Own requests that were ruled leave the outbox with their reason.
pub(crate) fn take_rulings(tx: &Tx<'_>, content: &Content) -> Result<(), FieldError> {
    use xunge_store::IntentState::{Pending, Received};
    for (id, (state, reason)) in ruled(content) {
        let waiting = tx
            .intent(id)?
            .is_some_and(|intent| matches!(intent.state, Pending | Received));
        if waiting {
            tx.set_intent_state(id, state, reason.as_ref())?;
        }
    }
    Ok(())
}

/// What became of each request that was ruled.
fn ruled(content: &Content) -> Vec<(IntentId, (IntentState, Option<Reason>))> {
    match content {
        Content::Case(content) => {
            let rulings = content.reading.case.rulings.iter();
            let ruled = rulings.map(|ruling| (ruling.id, state_of(&ruling.entry.outcome)));
            ruled.collect()
        }
        Content::MatterCheckin(content) => {
            let rulings = content.reading.checkin.rulings.iter();
            let ruled = rulings.map(|ruling| (ruling.id, state_of_checkin(&ruling.entry.outcome)));
            ruled.collect()
        }
    }
}
