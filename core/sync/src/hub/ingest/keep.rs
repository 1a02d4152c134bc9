//! What is to be kept of a pushed change: with the document, or aside.

use xunge_documents::NewChange;
use xunge_documents::change_parts::ChangeHash;
use xunge_documents::guard::Inspected;

use super::Ingest;
use crate::hub::ingested::{Appended, Quarantined};
use crate::hub::quarantine::Quarantine;
use crate::wire::{PushedChange, Verdict};

impl Ingest<'_> {
    pub(super) fn append(&mut self, inspected: &Inspected<'_>, pushed: &PushedChange) {
        let parts = inspected.parts();
        let signature = pushed.signature.as_ref().map(|signature| **signature);
        self.appended.push(Appended {
            change: NewChange {
                hash: inspected.hash(),
                actor: parts.actor,
                sequence: parts.sequence,
                operations: inspected.operation_count() as u64,
                bytes: pushed.bytes.to_vec(),
            },
            installation: signature.is_none().then_some(self.origin.installation),
            signature,
        });
    }

    pub(super) fn set_aside(
        &mut self,
        hash: ChangeHash,
        pushed: &PushedChange,
        reason: Quarantine,
        refused: &mut Vec<ChangeHash>,
    ) -> Verdict {
        refused.push(hash);
        let verdict = Verdict::Quarantined {
            code: reason.code().into(),
            zh: reason.zh().into(),
            en: reason.en().into(),
        };
        self.quarantined.push(Quarantined {
            hash,
            bytes: pushed.bytes.to_vec(),
            reason,
        });
        verdict
    }
}
