//! What somebody says of their own duty.

use xunge_domain::duty::{DeclineCause, DutyNote, DutyWord};
use xunge_domain::ids::DutyNoteId;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_sync::wire::{DutyAnswer, DutyFrame, DutyOutcome, DutyRequest, Frame, RefusedFrame};

use super::{document, golden};

#[test]
fn what_somebody_says_of_their_duty() {
    let id = DutyNoteId::from_bytes([1; 16]);
    let note = |says| DutyNote {
        id,
        author: "worker-putian".parse().unwrap(),
        made_at: Timestamp::from_millis(1_751_252_400_000),
        says,
    };
    let notes = vec![
        note(DutyWord::Decline {
            case: document(4),
            kind: TaskKind::Check,
            offered_at: Timestamp::from_millis(1_751_252_300_000),
            cause: DeclineCause::TooFar,
            words: "在城东".into(),
        }),
        note(DutyWord::Leave {
            from: Timestamp::from_millis(1_751_252_400_000),
            until: Timestamp::from_millis(1_751_338_800_000),
            words: String::new(),
        }),
        note(DutyWord::TakeBack { leave: id }),
    ];
    golden("duty_request", &DutyRequest { notes });
    let refused = RefusedFrame {
        code: "task_answered".into(),
        zh: "已答复".into(),
        en: "answered".into(),
    };
    let answer = |outcome| DutyAnswer { note: id, outcome };
    let answers = vec![
        answer(DutyOutcome::Taken),
        answer(DutyOutcome::Refused(refused)),
    ];
    golden("frame_duty", &Frame::Duty(DutyFrame { answers }));
}
