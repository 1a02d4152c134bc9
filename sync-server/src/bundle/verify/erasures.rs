//! Erased texts: each mark in the case stands on a line of the log that names it with the same digests. Who changes a text and
//! calls it erased has no such line.

use std::collections::{BTreeMap, BTreeSet};

use xunge_domain::case::{ErasedText, Keyed, Note, TextPlace};
use xunge_domain::ids::{Digest, IntentId};
use xunge_evidence::erasure::NamedErasure;
use xunge_evidence::record::statement;

use super::log::Log;
use super::{Piece, Problem, Verifying};
use crate::bundle::files::{CASE, ERASED, entry_of, erased_line, proof_of};

/// Entries whose texts were erased, as the log has it.
pub(super) type Erasures = BTreeMap<IntentId, NamedErasure>;

impl Verifying<'_> {
    /// Every mark against its line.
    pub(super) fn erasures(&mut self, log: &Log) -> Erasures {
        let marks = self.case["case"]["erased"].clone();
        let marks: Vec<ErasedText> = if marks.is_null() {
            Vec::new()
        } else {
            serde_json::from_value(marks).unwrap_or_else(|_| {
                self.found(Problem::ErasureForged, CASE);
                Vec::new()
            })
        };
        let mut erasures = Erasures::new();
        let mut expected = BTreeSet::new();
        for mark in &marks {
            let name = erased_line(&mark.place);
            expected
                .extend([entry_of(&name), proof_of(&name)].map(|file| format!("{ERASED}{file}")));
            let Some(named) = self.erasure(mark, &name, log) else {
                self.found(Problem::ErasureForged, &format!("{CASE} {}", mark.place));
                continue;
            };
            self.found(Problem::ErasedByOrder, &format!("{CASE} {}", mark.place));
            if let TextPlace::Entry(intent) = mark.place {
                erasures.insert(intent, named);
            }
        }
        let others = self.files.keys().filter(|path| path.starts_with(ERASED));
        let others: Vec<String> = others
            .filter(|path| !expected.contains(*path))
            .cloned()
            .collect();
        for path in others {
            self.found(Problem::LineForeign, &path);
        }
        self.notes(&erasures);
        erasures
    }

    /// What the line of a mark names, where it is about this mark.
    fn erasure(&mut self, mark: &ErasedText, name: &str, log: &Log) -> Option<NamedErasure> {
        let line = self.line(ERASED, name, log)?;
        let named = NamedErasure::of_line(&line.what, &line.detail)?;
        let expected = NamedErasure::of_mark(self.document?, named.edition, mark);
        // A hub that was put back to a backup entered it again, later and by itself.
        let by = line.who == mark.erasure.by || line.who == "system";
        (named == expected && by && line.at >= mark.erasure.at).then_some(named)
    }

    /// Notes have no folder: what is left of one is in the data of the case.
    fn notes(&mut self, erasures: &Erasures) {
        let lists = ["hazards", "comments"].into_iter();
        let items = lists.flat_map(|list| self.case["case"][list].as_array().into_iter().flatten());
        let notes: Vec<Keyed<Note>> = items
            .filter_map(|item| serde_json::from_value(item.clone()).ok())
            .collect();
        for note in &notes {
            let digest = minicbor::to_vec(&note.entry)
                .ok()
                .map(|bytes| Digest::of(&bytes));
            if erasures
                .get(&note.id)
                .is_some_and(|named| named.is != digest)
            {
                self.found(Problem::ErasureForged, &format!("{CASE} {}", note.id));
            }
        }
    }

    /// What must have been signed of an entry: of one whose text was erased, the digest it had before, as the log names it.
    pub(super) fn statement_of(
        &mut self,
        piece: &Piece,
        record: &[u8],
        erasures: &Erasures,
    ) -> Option<Vec<u8>> {
        let document = self.document?;
        let named = erasures.get(&piece.intent);
        if named.is_some_and(|named| named.is != Some(piece.entry_hash)) {
            self.found(Problem::ErasureForged, &piece.folder());
        }
        let was = named.and_then(|named| named.was);
        let digest = was.unwrap_or(piece.entry_hash);
        Some(statement(&document, &piece.intent, &digest, record))
    }
}
