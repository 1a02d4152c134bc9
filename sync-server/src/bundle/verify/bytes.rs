//! Bytes: every file is on the list, the list is the hub's, and what people read is what the data says.

use std::collections::{BTreeMap, BTreeSet};

use xunge_domain::ids::{Digest, IntentId};

use super::{Piece, Problem, Verifying, sha256_of};
use crate::bundle::files::{
    CASE, GUIDE, HISTORY, ORIGINAL, PREVIEW, READABLE, SUMS, SUMS_SIGNATURE, evidence, is_outside,
};
use crate::bundle::readable;

impl Verifying<'_> {
    /// The list of checksums, and every file against it.
    pub(super) fn summed(&mut self) {
        let sums = self.file(SUMS).unwrap_or_default();
        let signed = self.hub_signed(sums, self.file(SUMS_SIGNATURE));
        let listed = listed(sums);
        if !signed {
            self.found(Problem::SumsUnsigned, SUMS_SIGNATURE);
        }
        let Some(listed) = listed else {
            self.found(Problem::SumsUnreadable, SUMS);
            return;
        };
        for (path, sha256) in &listed {
            match self.file(path).map(Digest::of) {
                None => self.found(Problem::FileMissing, path),
                Some(found) if found != *sha256 => self.found(Problem::FileChanged, path),
                Some(_) => {}
            }
        }
        let unlisted = self
            .files
            .keys()
            .filter(|path| !is_outside(path) && !listed.contains_key(*path));
        for path in unlisted.cloned().collect::<Vec<_>>() {
            self.found(Problem::FileUnlisted, &path);
        }
    }

    /// What people read, made again from the data.
    pub(super) fn texts(&mut self) {
        if self.document.is_none() {
            self.found(Problem::CaseUnreadable, CASE);
        }
        if self.file(CASE) != Some(readable::pretty(&self.case).as_bytes()) {
            self.found(Problem::CaseUnreadable, CASE);
        }
        if self.file(HISTORY) != Some(readable::history(&self.case).as_bytes()) {
            self.found(Problem::HistoryDiffers, HISTORY);
        }
        if self.file(GUIDE) != Some(readable::GUIDE_TEXT.as_bytes()) {
            self.found(Problem::GuideChanged, GUIDE);
        }
    }

    /// An entry against its JSON, against the case, and against the photo it cites.
    pub(super) fn content(&mut self, piece: &Piece) {
        let received = piece.line.as_ref().map(|(line, _)| line);
        let record = piece.record.as_ref().map(|record| (record, &piece.name));
        let text = readable::entry(&piece.intent, &piece.bare, record, received);
        if self.file(&evidence(&piece.intent, READABLE)) != Some(text.as_bytes()) {
            self.found(Problem::ReadableDiffers, &evidence(&piece.intent, READABLE));
        }
        let in_case = self.entry_of_case(&piece.intent);
        match in_case {
            None => self.found(Problem::RecordUnlisted, &piece.folder()),
            Some(entry) if entry != piece.sealed => {
                self.found(
                    Problem::ReadableDiffers,
                    &format!("{CASE} {}", piece.intent),
                );
            }
            Some(_) => {}
        }
        if !piece.is_photo {
            return;
        }
        let elsewhere = piece.bare["elsewhere"].as_bool() == Some(true);
        let wanted = [
            (
                "original",
                ORIGINAL,
                Problem::OriginalMissing,
                Problem::OriginalChanged,
            ),
            (
                "preview",
                PREVIEW,
                Problem::DerivativeMissing,
                Problem::DerivativeChanged,
            ),
        ];
        for (field, name, missing, changed) in wanted {
            let cited = &piece.bare[field];
            let path = evidence(&piece.intent, name);
            match (sha256_of(&cited["sha256"]), self.file(&path)) {
                (Some(sha256), Some(bytes)) => {
                    let whole = Digest::of(bytes) == sha256
                        && cited["length"].as_u64() == Some(bytes.len() as u64);
                    if !whole {
                        self.found(changed, &path);
                    } else if name == ORIGINAL {
                        self.photos += 1;
                    }
                }
                (Some(_), None) if !elsewhere => self.found(missing, &path),
                (None, Some(_)) => self.found(Problem::FileUnlisted, &path),
                (Some(_) | None, None) => {}
            }
        }
    }

    /// Whether every entry of the case that must have a folder has one: all photos, and the actions that devices sealed.
    pub(super) fn complete(&mut self, seen: &BTreeSet<IntentId>) {
        let mut missing = Vec::new();
        for (list, all) in [("photos", true), ("actions", false)] {
            for item in self.case["case"][list].as_array().into_iter().flatten() {
                let intent = item["id"].as_str().unwrap_or_default();
                let known = intent.parse().is_ok_and(|intent| seen.contains(&intent));
                let due = all || !item["seal"].is_null();
                if due && !known {
                    missing.push(format!("{CASE} {intent}"));
                }
            }
        }
        for place in missing {
            self.found(Problem::RecordMissing, &place);
        }
    }

    /// An entry as the data of the case has it, without its id.
    fn entry_of_case(&self, intent: &IntentId) -> Option<serde_json::Value> {
        let name = intent.to_string();
        let lists = ["photos", "actions"].into_iter();
        let mut items =
            lists.flat_map(|list| self.case["case"][list].as_array().into_iter().flatten());
        let mut item = items.find(|item| item["id"] == name.as_str())?.clone();
        item.as_object_mut()?.remove("id");
        Some(item)
    }
}

fn listed(sums: &[u8]) -> Option<BTreeMap<String, Digest>> {
    let text = std::str::from_utf8(sums).ok()?;
    let lines = text.lines().map(|line| {
        let (sha256, path) = line.split_once("  ")?;
        Some((path.to_owned(), sha256.parse().ok()?))
    });
    let listed: BTreeMap<_, _> = lines.collect::<Option<_>>()?;
    (!listed.is_empty() && listed.len() == text.lines().count()).then_some(listed)
}
