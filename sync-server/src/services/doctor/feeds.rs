//! One feed: no gap in its numbers, and every member's changes told in order, none left out.

use std::collections::{BTreeMap, BTreeSet};

use xunge_domain::ids::DocumentId;
use xunge_domain::scope::Scope;

use super::{PAGE, Report};
use crate::store::rows::FeedRow;
use crate::store::{HubRead, StoreError};

pub(super) fn examine(
    read: &dyn HubRead,
    scope: &Scope,
    report: &mut Report,
) -> Result<(), StoreError> {
    report.feeds += 1;
    let head = read.feed_head(scope)?;
    let mut told: BTreeMap<DocumentId, u64> = BTreeMap::new();
    let mut cursor = 0;
    loop {
        let entries = read.feed_after(scope, cursor, PAGE)?;
        for entry in &entries {
            if entry.seq != cursor + 1 {
                let what = format!("entry {} follows {cursor}", entry.seq);
                report.find("feed_gap", scope, what);
            }
            cursor = entry.seq;
            take(entry, scope, &mut told, report);
        }
        if entries.len() < PAGE {
            break;
        }
    }
    if cursor != head {
        let what = format!("the feed ends at {cursor}, its head says {head}");
        report.find("feed_head", scope, what);
    }
    members(read, scope, &told, report)
}

fn take(entry: &FeedRow, scope: &Scope, told: &mut BTreeMap<DocumentId, u64>, report: &mut Report) {
    let upto = told.entry(entry.document).or_default();
    if entry.leaves() {
        if *upto == 0 {
            let what = format!("entry {} ends what was not told", entry.seq);
            report.find("feed_hole", scope, what);
        }
        *upto = 0;
        return;
    }
    if entry.from_arrival != *upto + 1 || entry.upto_arrival < entry.from_arrival {
        let what = format!(
            "entry {} tells {} from {} to {}, after {upto}",
            entry.seq, entry.document, entry.from_arrival, entry.upto_arrival
        );
        report.find("feed_hole", scope, what);
    }
    *upto = entry.upto_arrival;
}

fn members(
    read: &dyn HubRead,
    scope: &Scope,
    told: &BTreeMap<DocumentId, u64>,
    report: &mut Report,
) -> Result<(), StoreError> {
    let mut held = BTreeSet::new();
    let mut after: Option<DocumentId> = None;
    loop {
        let page = read.members(scope, after.as_ref(), PAGE)?;
        for member in &page {
            held.insert(member.document);
            let told = told.get(&member.document).copied().unwrap_or_default();
            if told != member.upto_arrival {
                let what = format!(
                    "{} is noted as told up to {}, the entries end at {told}",
                    member.document, member.upto_arrival
                );
                report.find("feed_behind", scope, what);
            }
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = Some(last.document),
            _ => break,
        }
    }
    for (document, _) in told.iter().filter(|(_, upto)| **upto > 0) {
        if !held.contains(document) {
            report.find(
                "feed_not_ended",
                scope,
                format!("{document} left without a word"),
            );
        }
    }
    Ok(())
}
