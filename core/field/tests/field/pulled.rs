//! What comes in from others, and what the hub lacks.

use xunge_documents::actor::device_actor;
use xunge_documents::{Document, Edit, Intent, TEXT_CHARACTERS_MAX};
use xunge_domain::case::Note;
use xunge_domain::ids::{DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_sync::wire::{SESSION_HEADER, SyncRequest, Verdict, unpack};

use crate::hub::{Hub, WORKER, hash_of};
use crate::phone::{Phone, START};

const COLLEAGUE: InstallationId = InstallationId::from_bytes([8; 16]);
pub(crate) const CASE: DocumentId = DocumentId::from_bytes([7; 16]);

/// A case of a colleague, written on another phone.
pub(crate) struct Colleague {
    pub(crate) document: Document,
    counter: u32,
}

impl Colleague {
    pub(crate) fn new() -> Self {
        Self {
            document: Document::new(),
            counter: 0,
        }
    }

    fn write(&mut self, edit: impl FnOnce(IntentId) -> Edit) -> Vec<u8> {
        self.counter += 1;
        let id = IntentId::new(&COLLEAGUE, self.counter, [0; 3]);
        let intent = Intent {
            id,
            at: Timestamp::from_millis(START),
            edits: vec![edit(id)],
        };
        let actor = device_actor(&COLLEAGUE, &CASE, 0);
        let change = self.document.apply_intent(actor, &intent).unwrap();
        change.expect("a change").bytes
    }

    pub(crate) fn comment(&mut self, text: &str) -> Vec<u8> {
        let note = Note {
            author: "worker-other".parse().unwrap(),
            at: Timestamp::from_millis(START),
            text: text.into(),
        };
        self.write(|id| Edit::Comment(id, note))
    }
}

#[test]
fn a_colleagues_case_arrives_whole_and_can_be_written_to() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let mut colleague = Colleague::new();
    let changes = vec![
        colleague.write(|_| Edit::Title("路灯不亮".into())),
        colleague.comment("三盏"),
    ];
    hub.bring(CASE, changes.clone());
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().search("路灯", None, 9).unwrap()[0].id, CASE);
    assert_eq!(phone.comments(CASE), ["三盏"]);
    // The same once more, as a hub sends it after its own restart, changes nothing.
    let before = phone.show(CASE);
    hub.bring(CASE, changes);
    hub.sync_all(&mut phone);
    assert_eq!(phone.show(CASE), before);

    phone.app().comment(CASE, "已到现场").unwrap();
    let page = phone.show(CASE);
    let authors: Vec<&str> = page
        .comments
        .iter()
        .map(|note| note.author.as_str())
        .collect();
    assert!(authors.contains(&WORKER) && authors.contains(&"worker-other"));
}

#[test]
fn a_text_too_long_for_a_list_row_does_not_stop_the_pull() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let mut colleague = Colleague::new();
    let address = "商".repeat(TEXT_CHARACTERS_MAX);
    let changes = vec![colleague.write(|_| Edit::Address(address.clone()))];
    hub.bring(CASE, changes);
    hub.sync_all(&mut phone);
    assert_eq!(phone.show(CASE).facts.address, address);
}

#[test]
fn a_change_that_builds_on_a_missing_one_makes_the_phone_ask_from_the_start() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let mut colleague = Colleague::new();
    let (first, second) = (colleague.comment("一"), colleague.comment("二"));
    hub.bring(CASE, vec![second.clone()]);
    hub.sync_all(&mut phone);

    phone.kill_and_start();
    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().expect("a pull");
    let asked: SyncRequest = unpack(&request.body).unwrap();
    assert!(
        asked.cursors.iter().all(|(_, seq)| *seq == 0),
        "{:?}",
        asked.cursors
    );
    hub.bring(CASE, vec![first, second]);
    let answer = hub.answer(&request);
    phone.app().on_answer(answer).unwrap();
    assert_eq!(phone.comments(CASE).len(), 2);
    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().expect("a pull");
    let asked: SyncRequest = unpack(&request.body).unwrap();
    assert!(asked.cursors.iter().all(|(_, seq)| *seq > 0));
}

#[test]
fn a_hub_that_lacks_what_it_once_had_gets_it_again() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    hub.documents.clear();
    phone.app().comment(case, "夜间无照明").unwrap();
    let request = phone.app().next_request().unwrap().expect("a push");
    let answer = hub.answer_with(&request, |_| Some(Verdict::NeedFrom(1)));
    phone.app().on_answer(answer).unwrap();
    hub.sync_all(&mut phone);
    assert_eq!(hub.case(case).actions.len(), 1);
    assert_eq!(hub.comments(case).len(), 1);
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
}

#[test]
fn a_store_that_lives_twice_goes_on_under_an_installation_of_its_own() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let request = phone.app().next_request().unwrap().expect("a push");
    let successor = InstallationId::from_bytes([6; 16]);
    let answer = hub.supersede(&request, successor);
    phone.app().on_answer(answer).unwrap();
    phone.kill_and_start();
    let comment = phone.app().comment(case, "之后").unwrap();
    assert_eq!(comment.prefix(), successor.prefix());

    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().expect("a push");
    let (_, session) = request
        .headers
        .iter()
        .find(|(name, _)| name == SESSION_HEADER)
        .unwrap();
    assert!(session.starts_with(&successor.to_string()), "{session}");
    let mut pushed = Vec::new();
    let answer = hub.answer_with(&request, |change| {
        pushed.push(hash_of(change));
        None
    });
    phone.app().on_answer(answer).unwrap();
    assert_eq!(
        pushed.len(),
        2,
        "what the former installation had not sent travels too"
    );
    assert_eq!(hub.comments(case), [(comment, "之后".to_owned())]);
}
