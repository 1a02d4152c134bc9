//! Comparing: when it has its turn, and that what it finds is sent in the same round.

use xunge_sync::device::{Effect, Finding, Outlook, Step};
use xunge_sync::wire::{Compared, Comparison, EndFrame, Frame, HeadFrame, spoken};

use crate::script::{DOCUMENT, Talk, blob, changes_waiting, commits, end, head, uploads};

fn due() -> Outlook {
    Outlook {
        comparison_due: true,
        ..Outlook::default()
    }
}

/// A hub that compares.
fn comparing_head() -> Frame {
    match head(vec![]) {
        Frame::Head(head) => Frame::Head(HeadFrame {
            capabilities: spoken(),
            ..head
        }),
        other => other,
    }
}

/// A device that has pushed and pulled and learnt nothing new.
fn quiet() -> Talk {
    let mut talk = Talk::new();
    talk.machine.start_round();
    talk.sync(&due());
    talk.answer(&[comparing_head(), end(false, vec![])]);
    talk
}

fn compares(talk: &Talk, outlook: &Outlook) -> bool {
    matches!(talk.machine.next_step(outlook), Step::Compare { .. })
}

fn ask(talk: &mut Talk, comparison: Comparison) {
    talk.sync(&Outlook {
        comparison: Some(comparison),
        ..due()
    });
}

fn told(talk: &mut Talk, compared: Compared) -> Vec<Effect> {
    talk.answer(&[
        comparing_head(),
        Frame::End(EndFrame {
            blobs: vec![],
            more: false,
            packs: vec![],
            compared: Some(compared),
            refused: vec![],
            tasks: Vec::new(),
        }),
    ])
}

#[test]
fn what_the_hub_wants_is_pushed_before_anything_is_compared_again() {
    let mut talk = quiet();
    assert!(compares(&talk, &due()));
    ask(&mut talk, Comparison::Buckets(vec![]));
    told(
        &mut talk,
        Compared {
            differ: vec![3],
            wanted: vec![],
        },
    );
    let listed = Comparison::Documents {
        buckets: vec![3],
        held: vec![],
    };
    ask(&mut talk, listed);
    let wanted = Compared {
        differ: vec![],
        wanted: vec![DOCUMENT],
    };
    let effects = told(&mut talk, wanted);
    let finding = commits(&effects)[1].finding.clone();
    assert_eq!(finding, Some(Finding::Wanted(vec![DOCUMENT])));
    let offered_again = Outlook {
        comparison_due: true,
        ..changes_waiting()
    };
    assert!(matches!(
        talk.machine.next_step(&offered_again),
        Step::Sync { .. }
    ));
}

#[test]
fn a_comparison_that_does_not_get_through_keeps_no_photo_waiting() {
    let mut talk = quiet();
    let photo = Outlook {
        comparison_due: true,
        ..uploads(&[blob(1, 10)])
    };
    assert!(compares(&talk, &photo));
    ask(&mut talk, Comparison::Buckets(vec![]));
    talk.answer_raw(502, b"");
    assert!(matches!(talk.machine.next_step(&photo), Step::Sync { .. }));
    talk.machine.start_round();
    talk.sync(&due());
    talk.answer(&[comparing_head(), end(false, vec![])]);
    assert!(compares(&talk, &due()), "another round tries again");
}
