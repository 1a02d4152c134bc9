//! A new edition arrives: what was erased leaves the phone, own work goes on, and nothing of the former history comes back.

use std::path::Path;

use xunge_documents::actor::server_actor;
use xunge_documents::{NewEdition, TextOrder};
use xunge_domain::case::{ERASED_TEXT, TextErasureCause, TextPlace};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_sync::wire::{DocumentChanges, PushedChange};

use crate::hub::Hub;
use crate::phone::{Phone, START};

const SECRET: &str = "住户赵秀英";

/// The hub erases a text, and has nothing of the former history any more.
fn erase(hub: &mut Hub, case: DocumentId, place: TextPlace) -> NewEdition {
    let order = TextOrder {
        places: vec![place],
        at: Timestamp::from_millis(START),
        by: "admin".into(),
        cause: TextErasureCause::Asked,
    };
    let actor = server_actor(&InstallationId::from_bytes([99; 16]), 1);
    let next = hub.documents[&case].next_edition(actor, &order).unwrap();
    let former = hub.documents[&case].changes().into_iter();
    let former = former.map(|change| Digest::from_bytes(*change.hash.as_bytes()));
    hub.former.extend(former);
    hub.documents.insert(case, next.document.clone());
    let changes = next.changes.iter().map(|change| PushedChange {
        bytes: change.bytes.clone().into(),
        signature: Some([1; 64].into()),
    });
    hub.outgoing.push(DocumentChanges {
        document: case,
        changes: changes.collect(),
    });
    next
}

fn comment(hub: &Hub, case: DocumentId, text: &str) -> IntentId {
    let comments = hub.comments(case);
    comments.iter().find(|(_, said)| said == text).unwrap().0
}

fn spoken(hub: &mut Hub) -> (Phone, DocumentId) {
    // Not encrypted: whatever is left in any page is found.
    let mut phone = Phone::with(None).enrol(hub);
    let case = phone.report("路面坑洞");
    phone.app().comment(case, SECRET).unwrap();
    phone
        .app()
        .describe(case, &format!("坑在门口，{SECRET}家"))
        .unwrap();
    hub.sync_all(&mut phone);
    (phone, case)
}

/// Whether the phone's store holds the text, older pages and the log included.
fn holds(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, text);
        }
        let bytes = std::fs::read(path).unwrap();
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    })
}

#[test]
fn own_work_goes_on_under_its_ids_and_what_was_received_is_not_made_again() {
    let mut hub = Hub::new();
    let (mut phone, case) = spoken(&mut hub);
    let place = TextPlace::Entry(comment(&hub, case, SECRET));
    // One comment the hub has although its answer was lost, and one it has not seen.
    let known = phone.app().comment(case, "已放警示牌").unwrap();
    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().unwrap();
    let _ = hub.answer(&request);
    phone.kill_and_start();
    let unseen = phone.app().comment(case, "离线时写的").unwrap();
    erase(&mut hub, case, place);
    hub.sync_all(&mut phone);
    let mut there = hub.comments(case);
    there.sort();
    let TextPlace::Entry(erased) = place else {
        unreachable!()
    };
    let mut expected = [
        (erased, ERASED_TEXT.to_owned()),
        (known, "已放警示牌".to_owned()),
        (unseen, "离线时写的".to_owned()),
    ];
    expected.sort();
    assert_eq!(there, expected);
    assert_eq!(phone.comments(case).len(), 3);
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
}

#[test]
fn an_edit_made_without_signal_keeps_what_its_author_typed_and_nothing_of_what_was_erased() {
    let mut hub = Hub::new();
    let (mut phone, case) = spoken(&mut hub);
    // Enough that what is taken away leaves whole pages behind.
    for number in 0..40 {
        let text = format!("{number}. {}", "积水未退。".repeat(60));
        phone.app().comment(case, &text).unwrap();
        phone
            .app()
            .set_address(case, &format!("{SECRET}家门口 {number}"))
            .unwrap();
    }
    hub.sync_all(&mut phone);
    let text = format!("坑在门口，{SECRET}家，已积水半米");
    phone.app().describe(case, &text).unwrap();
    let place = TextPlace::Entry(comment(&hub, case, SECRET));
    assert!(holds(phone.folder.path(), "赵秀英"));
    erase(&mut hub, case, TextPlace::Address);
    erase(&mut hub, case, TextPlace::Description);
    hub.sync_all(&mut phone);
    let described = phone.show(case).facts.description;
    assert!(described.contains("已积水半米"), "{described}");
    assert!(!described.contains("秀英"), "{described}");
    assert_eq!(hub.case(case).facts.description, described);
    erase(&mut hub, case, place);
    hub.sync_all(&mut phone);
    phone.app().suspend().unwrap();
    assert!(!holds(phone.folder.path(), "赵秀英"));
}

#[test]
fn a_hub_that_was_put_back_does_not_bring_the_former_history_to_the_phone() {
    let mut hub = Hub::new();
    let (mut phone, case) = spoken(&mut hub);
    let before = hub.documents[&case].clone();
    let place = TextPlace::Entry(comment(&hub, case, SECRET));
    let next = erase(&mut hub, case, place);
    hub.sync_all(&mut phone);
    let changes = before.changes().into_iter().map(|change| change.bytes);
    hub.bring(case, changes.collect());
    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().unwrap();
    let answer = hub.answer(&request);
    phone.app().on_answer(answer).unwrap();
    assert_eq!(phone.comments(case), [ERASED_TEXT]);
    assert_eq!(next.number, 1);
    phone.app().suspend().unwrap();
    phone.app().resume().unwrap();
    assert_eq!(phone.comments(case), [ERASED_TEXT]);
}
