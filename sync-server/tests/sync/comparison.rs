//! Comparison: what a device or the hub has lost without knowing comes back, and what is none of the device's goes.

use xunge_domain::ids::{Digest, DocumentId};
use xunge_server::services::hourly_turns::COMPARED_PER_HOUR_MAX;
use xunge_server::store::rows::MembershipRow;
use xunge_sync::device::{DeviceMachine, Finding, PendingChange};
use xunge_sync::wire::{
    ChangeSum, ComparedDocument, Comparison, SyncRequest, bucket, bucket_sums, unpack,
};

use crate::COLUMNS;
use crate::device::Device;
use crate::town::Town;

impl Device {
    /// What this device holds that the hub should have too.
    pub(crate) fn comparison_of(&self, buckets: &[u8]) -> Comparison {
        let held = self.documents.iter().map(|(id, document)| {
            let mut sum = ChangeSum::default();
            for change in document.changes() {
                sum.add(&Digest::from_bytes(*change.hash.as_bytes()));
            }
            ComparedDocument {
                document: *id,
                sum: sum.of_document(id),
            }
        });
        let mut held: Vec<_> = held.collect();
        if buckets.is_empty() {
            return Comparison::Buckets(bucket_sums(&held));
        }
        held.retain(|held| buckets.contains(&bucket(&held.document)));
        Comparison::Documents {
            buckets: buckets.to_vec(),
            held,
        }
    }

    pub(crate) fn take_finding(&mut self, finding: &Finding) {
        self.findings.push(finding.clone());
        match finding {
            Finding::Same | Finding::Differs => self.comparing = false,
            Finding::LetGo(_) => {}
            Finding::Wanted(documents) => documents.iter().for_each(|id| self.offer_again(*id)),
        }
    }

    fn offer_again(&mut self, id: DocumentId) {
        let changes = self.documents[&id].changes().into_iter();
        let again = changes.map(|change| {
            let pending = PendingChange {
                hash: change.hash,
                bytes: change.bytes,
                signature: None,
            };
            (id, pending)
        });
        self.pending.extend(again);
    }

    /// A round with a comparison at its end, and what it found.
    fn compare(&mut self) -> Vec<Finding> {
        self.findings.clear();
        self.comparing = true;
        let mut machine = DeviceMachine::default();
        machine.start_round();
        self.go_on(&mut machine, |_, answer| answer);
        self.findings.clone()
    }
}

fn reports(device: &mut Device, cases: usize) -> Vec<DocumentId> {
    let ids = (0..cases).map(|_| device.report()).collect();
    device.sync();
    // The rulings on what it has just sent.
    device.sync();
    ids
}

#[test]
fn who_holds_the_same_is_told_so_and_an_old_client_never_asks() {
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let mut two = town.device("worker-putian-2", 2);
    let found: &[Finding] = if COLUMNS { &[Finding::Same] } else { &[] };
    assert_eq!(one.compare(), found, "nothing at all");
    reports(&mut one, 5);
    two.sync();
    assert_eq!(one.compare(), found);
    assert_eq!(two.compare(), found);
}

#[test]
fn what_a_device_lost_comes_back_whole_and_nothing_else_travels() {
    if !COLUMNS {
        return;
    }
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let ids = reports(&mut one, 90);
    let whole = one.documents[&ids[7]].clone();
    one.documents.remove(&ids[7]);
    let emptied = one.documents.insert(ids[40], Default::default()).unwrap();
    one.pulled.clear();
    let found = one.compare();
    assert_eq!(found.last(), Some(&Finding::Same), "{found:?}");
    assert_eq!(one.documents[&ids[7]].heads(), whole.heads());
    assert_eq!(one.documents[&ids[40]].heads(), emptied.heads());
    let pulled = |id: &DocumentId| one.pulled.iter().any(|(pulled, _)| pulled == id);
    let came: Vec<_> = ids.iter().filter(|id| pulled(id)).collect();
    assert_eq!(came, [&ids[7], &ids[40]]);
    town.is_healthy();
}

#[test]
fn what_the_hub_has_no_more_is_offered_again() {
    if !COLUMNS {
        return;
    }
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    reports(&mut one, 3);
    // As if it had been received: this hub knows nothing of it.
    let unknown = one.report();
    one.pending.clear();
    let found = one.compare();
    assert!(
        matches!(&found[0], Finding::Wanted(wanted) if *wanted == [unknown]),
        "{found:?}"
    );
    assert_eq!(found.last(), Some(&Finding::Same), "{found:?}");
    let known = town
        .hub
        .state
        .store
        .reading(|read| read.document(&unknown))
        .unwrap();
    assert!(known.is_some());
    town.is_healthy();
}

#[test]
fn what_is_none_of_a_devices_is_let_go_and_news_put_a_comparison_off() {
    if !COLUMNS {
        return;
    }
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let mut far = town.device("worker-erqi", 3);
    let [foreign] = reports(&mut far, 1)[..] else {
        panic!("one report");
    };
    reports(&mut one, 2);
    one.documents
        .insert(foreign, far.documents[&foreign].clone());
    let found = one.compare();
    assert_eq!(found, [Finding::Same]);
    assert_eq!(one.evicted, [foreign]);
    // Something new for it: the answer brings that, and says nothing of a difference.
    let mut two = town.device("worker-putian-2", 2);
    two.sync();
    reports(&mut two, 1);
    one.findings.clear();
    one.comparing = true;
    let mut machine = DeviceMachine::default();
    machine.start_round();
    let (mut asked, mut shown) = (0, false);
    one.go_on(&mut machine, |request, answer| {
        let message: SyncRequest = unpack(&request.body).unwrap();
        if message.comparison.is_some() {
            asked += 1;
            if !shown {
                // Between the round and its comparison.
                reports(&mut two, 1);
                shown = true;
            }
        }
        answer
    });
    assert_eq!(one.findings, [Finding::Same]);
    assert!(asked >= 1);
}

#[test]
fn a_case_that_no_feed_told_of_is_fetched() {
    if !COLUMNS {
        return;
    }
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let mut far = town.device("worker-erqi", 3);
    let [foreign] = reports(&mut far, 1)[..] else {
        panic!("one report");
    };
    reports(&mut one, 1);
    // Nobody told its feed, as a mistake of the hub's would do.
    let scope = xunge_domain::scope::Scope::Person(one.person.id.clone());
    town.hub
        .state
        .store
        .writing(|write| {
            write.put_membership(&MembershipRow {
                document: foreign,
                scope: scope.clone(),
                upto_arrival: 1,
            })
        })
        .unwrap();
    let found = one.compare();
    assert_eq!(found.last(), Some(&Finding::Same), "{found:?}");
    assert!(one.documents.contains_key(&foreign));
}

#[test]
fn who_compares_all_day_is_told_to_stop_and_goes_on_working() {
    if !COLUMNS {
        return;
    }
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    reports(&mut one, 1);
    for _ in 0..COMPARED_PER_HOUR_MAX {
        assert_eq!(one.compare(), [Finding::Same]);
    }
    assert_eq!(one.compare(), []);
    let after = one.report();
    one.sync();
    assert!(one.pending.is_empty(), "{after} is received");
    // Another's turns are its own.
    let mut two = town.device("worker-putian-2", 2);
    assert_eq!(two.compare(), [Finding::Same]);
}
