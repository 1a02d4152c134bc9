//! What the worker is asked for: told by the hub, shown without signal, over a restart, until the hub asks no more.

use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_sync::wire::OfferedTask;

use crate::hub::Hub;
use crate::phone::{Phone, START};

const MINUTE: i64 = 60_000;

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_millis(START + minutes * MINUTE)
}

#[test]
fn tasks_are_kept_with_their_clocks_until_the_hub_asks_no_more() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let (first, second) = (phone.report("路面坑洞"), phone.report("路灯不亮"));
    hub.sync_all(&mut phone);
    assert!(phone.app().tasks().unwrap().is_empty());

    let task = |document, kind, due| OfferedTask {
        document,
        kind,
        offered_at: at(0),
        delivered_at: at(1),
        due_at: at(due),
    };
    hub.tasks = vec![
        task(second, TaskKind::Check, 200),
        task(first, TaskKind::Verify, 31),
    ];
    hub.beacon = true;
    phone.app().start_sync();
    hub.sync_all(&mut phone);
    phone.kill_and_start();
    let tasks = phone.app().tasks().unwrap();
    let order: Vec<_> = tasks.iter().map(|task| (task.case, task.kind)).collect();
    assert_eq!(
        order,
        [(first, TaskKind::Verify), (second, TaskKind::Check)],
        "the one due first first"
    );
    assert_eq!(
        (tasks[0].title.as_str(), tasks[0].kind_zh.as_str()),
        ("路面坑洞", "核实")
    );
    assert_eq!((tasks[0].delivered_at, tasks[0].due_at), (at(1), at(31)));
    assert!(tasks.iter().all(|task| !task.overdue && !task.answered));

    phone.advance(60 * MINUTE);
    let tasks = phone.app().tasks().unwrap();
    assert_eq!((tasks[0].overdue, tasks[1].overdue), (true, false));
    // Somebody sets the clock back: what the hub calls overdue stays so.
    let before = phone.app().hub_time().unwrap();
    phone.set_wall_clock_back(90 * MINUTE);
    assert!(phone.app().tasks().unwrap()[0].overdue);
    assert!(phone.app().hub_time().unwrap() >= before);

    // One is answered. The phone was started anew meanwhile and still knows what is news.
    hub.tasks.pop();
    phone.app().start_sync();
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().tasks().unwrap().len(), 1);
    hub.tasks.clear();
    phone.kill_and_start();
    phone.app().start_sync();
    hub.sync_all(&mut phone);
    assert!(phone.app().tasks().unwrap().is_empty());
}
