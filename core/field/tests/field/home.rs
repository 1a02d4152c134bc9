//! The first screen is one call, and says what the screens behind it say.

use xunge_domain::geo::Point;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_sync::wire::OfferedTask;

use crate::hub::Hub;
use crate::phone::{INSIDE, Phone, START};

const DRAFTS: usize = 60;
const ROWS: usize = 5;

#[test]
fn it_is_what_each_screen_says_and_counts_what_it_does_not_show() {
    let mut hub = Hub::new();
    let mut phone = Phone::new();
    assert_eq!(
        phone.app().home(None, ROWS).unwrap_err().code(),
        "not_enrolled"
    );
    let mut phone = phone.enrol(&mut hub);
    let cases: Vec<_> = (0..7)
        .map(|number| phone.report(&format!("坑{number}")))
        .collect();
    for _ in 0..DRAFTS {
        phone.app().new_draft().unwrap();
    }
    let home = phone.app().home(None, ROWS).unwrap();
    assert_eq!(home.waiting, 7);
    hub.sync_all(&mut phone);
    hub.tasks = vec![OfferedTask {
        document: cases[0],
        kind: TaskKind::Verify,
        offered_at: Timestamp::from_millis(START),
        delivered_at: Timestamp::from_millis(START),
        due_at: Timestamp::from_millis(START + 60_000),
    }];
    hub.sync_all(&mut phone);

    // A hundredth of a degree to the north.
    let here = Point {
        latitude_e7: INSIDE.latitude_e7 + 100_000,
        ..INSIDE
    };
    let home = phone.app().home(Some(here), ROWS).unwrap();
    assert_eq!(Some(home.me), phone.app().me());
    assert_eq!(home.sync, phone.app().sync_status().unwrap());
    assert_eq!(home.waiting, 0);
    assert_eq!(home.recent, phone.app().cases(None, ROWS).unwrap());
    assert_eq!(home.recent.len(), ROWS);
    assert_eq!(home.drafts, phone.app().drafts(None, ROWS).unwrap());
    assert_eq!(
        (home.drafts.len(), home.drafts_in_all),
        (ROWS, DRAFTS as u64)
    );
    let tasks: Vec<_> = home.tasks.iter().map(|task| task.task.clone()).collect();
    assert_eq!(tasks, phone.app().tasks().unwrap());
    let metres = home.tasks[0].metres.expect("both places are known");
    assert!((1_105..1_120).contains(&metres), "{metres}");
    assert_eq!(phone.app().home(None, ROWS).unwrap().tasks[0].metres, None);
}

#[test]
fn every_draft_of_many_is_reached_page_by_page() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let mut made: Vec<_> = (0..DRAFTS)
        .map(|_| phone.app().new_draft().unwrap())
        .collect();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = phone.app().drafts(after, 7).unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.updated_at, last.id));
        seen.extend(page.iter().map(|draft| draft.id));
    }
    made.reverse();
    assert_eq!(seen, made);
}
