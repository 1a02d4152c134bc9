//! What a worker says of their own duty: an offer declined, a leave. Kept through kills, sent until the hub has answered, said once.

use xunge_domain::duty::{DUTY_WORDS_CHARACTERS_MAX, DeclineCause, DutyNote, DutyWord};
use xunge_domain::ids::DocumentId;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_field::{DutyDelivery, FieldError, HttpAnswer};
use xunge_sync::wire::{DUTY_NOTES_MAX, DUTY_PATH, DutyOutcome, OfferedTask, RefusedFrame};

use crate::hub::Hub;
use crate::phone::{Phone, START};

const HOUR: i64 = 60 * 60_000;

fn at(hours: i64) -> Timestamp {
    Timestamp::from_millis(START + hours * HOUR)
}

fn taken(_: &DutyNote) -> DutyOutcome {
    DutyOutcome::Taken
}

fn answered(_: &DutyNote) -> DutyOutcome {
    DutyOutcome::Refused(RefusedFrame {
        code: "task_answered".into(),
        zh: "已答复。".into(),
        en: "Answered.".into(),
    })
}

fn offered(document: DocumentId) -> OfferedTask {
    OfferedTask {
        document,
        kind: TaskKind::Verify,
        offered_at: at(0),
        delivered_at: at(0),
        due_at: at(1),
    }
}

/// A phone whose worker is asked to verify a case.
fn asked() -> (Phone, Hub, DocumentId) {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.tasks = vec![offered(case)];
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().tasks().unwrap().len(), 1);
    (phone, hub, case)
}

#[test]
fn a_declined_task_waits_through_kills_and_leaves_the_list_at_the_hubs_word() {
    let (mut phone, mut hub, case) = asked();
    let said = phone
        .app()
        .decline_task(case, DeclineCause::TooFar, " 在城东\n")
        .unwrap();
    phone.kill_and_start();
    // The second press of the button says nothing new, whatever it says.
    let again = phone.app().decline_task(case, DeclineCause::Sick, "");
    assert_eq!(again.unwrap(), said);
    let tasks = phone.app().tasks().unwrap();
    let declined = tasks[0].declined.as_ref().unwrap();
    assert_eq!(
        (declined.cause, declined.words.as_str(), declined.delivery),
        (DeclineCause::TooFar, "在城东", DutyDelivery::OnDevice)
    );
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 1);

    // A hub of before says nothing; nor does a link that breaks behind the request.
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 1);
    hub.on_duty = Some(taken);
    phone.app().start_sync();
    while let Some(request) = phone.app().next_request().unwrap() {
        let answer = hub.answer(&request);
        if request.path == DUTY_PATH {
            phone.app().on_answer(HttpAnswer::Unreachable).unwrap();
            break;
        }
        phone.app().on_answer(answer).unwrap();
    }
    assert_eq!((hub.duty.len(), hub.duty[0].id), (1, said));
    phone.kill_and_start();
    assert_eq!(phone.app().tasks().unwrap().len(), 1);
    hub.sync_all(&mut phone);
    assert_eq!(hub.duty.len(), 2, "sent again, under the same name");
    assert_eq!(hub.duty[0], hub.duty[1]);
    let DutyWord::Decline {
        case: named,
        offered_at,
        ..
    } = &hub.duty[0].says
    else {
        panic!("{:?}", hub.duty);
    };
    assert_eq!((*named, *offered_at), (case, at(0)));

    // The hub still tells the task in an answer that crossed; the worker is through with it.
    assert!(phone.app().tasks().unwrap().is_empty());
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
    hub.sync_all(&mut phone);
    phone.kill_and_start();
    assert!(phone.app().tasks().unwrap().is_empty());
    assert_eq!(hub.duty.len(), 2, "nothing is sent that was answered");

    // Asked again later, as a clerk may, it is another offer.
    hub.tasks = vec![OfferedTask {
        offered_at: at(3),
        ..offered(case)
    }];
    hub.sync_all(&mut phone);
    let tasks = phone.app().tasks().unwrap();
    assert_eq!((tasks.len(), &tasks[0].declined), (1, &None));
}

#[test]
fn a_decline_that_comes_too_late_says_so_and_can_be_said_anew() {
    let (mut phone, mut hub, case) = asked();
    hub.on_duty = Some(answered);
    let first = phone
        .app()
        .decline_task(case, DeclineCause::Sick, "")
        .unwrap();
    hub.sync_all(&mut phone);
    let tasks = phone.app().tasks().unwrap();
    let declined = tasks[0].declined.as_ref().unwrap();
    assert_eq!(declined.delivery, DutyDelivery::Refused);
    assert_eq!(declined.reason.as_ref().unwrap().code, "task_answered");
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
    let second = phone.app().decline_task(case, DeclineCause::Sick, "");
    assert_ne!(second.unwrap(), first);
}

#[test]
fn only_what_was_offered_is_declined_and_words_keep_to_their_limit() {
    let (mut phone, hub, case) = asked();
    let nobodys = DocumentId::from_bytes([9; 16]);
    let missing = phone.app().decline_task(nobodys, DeclineCause::Sick, "");
    assert!(matches!(
        missing,
        Err(FieldError::NotFound { what: "task" })
    ));
    let decline = |phone: &mut Phone, words: &str| {
        let said = phone.app().decline_task(case, DeclineCause::Other, words);
        said.map(drop).map_err(|error| error.code().to_owned())
    };
    assert_eq!(decline(&mut phone, " \n"), Err("duty_no_words".into()));
    let longer = "远".repeat(DUTY_WORDS_CHARACTERS_MAX + 1);
    assert_eq!(
        decline(&mut phone, &longer),
        Err("duty_words_too_long".into())
    );
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
    assert_eq!(decline(&mut phone, "路不通"), Ok(()));
    assert!(hub.duty.is_empty());
}

#[test]
fn a_leave_is_said_taken_back_and_shown_with_where_it_is() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    hub.on_duty = Some(taken);
    let backwards = phone.app().say_leave(at(2), at(2), "");
    assert_eq!(backwards.unwrap_err().code(), "leave_backwards");
    let later = phone.app().say_leave(at(48), at(72), "").unwrap();
    let first = phone.app().say_leave(at(1), at(24), " 复诊 ").unwrap();
    phone.kill_and_start();
    let shown = |phone: &mut Phone| {
        let leaves = phone.app().leaves().unwrap();
        let shown = leaves
            .iter()
            .map(|leave| (leave.id, leave.delivery, leave.taken_back));
        shown.collect::<Vec<_>>()
    };
    let here = DutyDelivery::OnDevice;
    assert_eq!(
        shown(&mut phone),
        [(first, here, None), (later, here, None)]
    );
    assert_eq!(phone.app().leaves().unwrap()[0].words, "复诊");
    // Taken back before anything was sent: the hub hears both, in their order.
    phone.app().take_back_leave(later).unwrap();
    phone.app().take_back_leave(later).unwrap();
    assert_eq!(shown(&mut phone)[1], (later, here, Some(here)));
    let unknown = phone
        .app()
        .take_back_leave(xunge_domain::ids::DutyNoteId::from_bytes([9; 16]));
    assert!(matches!(
        unknown,
        Err(FieldError::NotFound { what: "leave" })
    ));
    hub.sync_all(&mut phone);
    let kinds: Vec<bool> = hub
        .duty
        .iter()
        .map(|note| matches!(note.says, DutyWord::TakeBack { .. }))
        .collect();
    assert_eq!(kinds, [false, false, true]);
    let there = DutyDelivery::Received;
    assert_eq!(
        shown(&mut phone),
        [(first, there, None), (later, there, Some(there))]
    );
    // A month after its end nobody is shown it any more, once something else is said.
    phone.advance(60 * 24 * HOUR);
    phone.app().say_leave(at(2_000), at(2_001), "").unwrap();
    assert_eq!(phone.app().leaves().unwrap().len(), 1);
}

#[test]
fn many_notes_go_part_by_part_and_what_waits_is_never_dropped() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let mut said = 0;
    let too_many = loop {
        match phone.app().say_leave(at(said), at(said + 1), "") {
            Ok(_) => said += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((too_many.code(), said), ("duty_too_many", 200));
    hub.on_duty = Some(taken);
    hub.sync_all(&mut phone);
    let notes = usize::try_from(said).unwrap();
    assert_eq!(hub.duty.len(), notes);
    assert!(notes > DUTY_NOTES_MAX);
    let in_order = |pair: &[DutyNote]| match (&pair[0].says, &pair[1].says) {
        (DutyWord::Leave { from, .. }, DutyWord::Leave { from: next, .. }) => from < next,
        _ => false,
    };
    assert!(hub.duty.windows(2).all(in_order));
    // Answered ones make room.
    phone.app().say_leave(at(900), at(901), "").unwrap();
}
