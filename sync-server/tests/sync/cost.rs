//! What taking a case in costs: printed, not asserted, because the machine of the day decides.

use std::time::Instant;

use xunge_documents::Edit;
use xunge_domain::case::PhotoPurpose;
use xunge_sync::device::DeviceMachine;
use xunge_sync::wire::Verdict;

use crate::device::perform;
use crate::town::Town;

const CASES: usize = 200;

#[test]
#[expect(clippy::print_stdout, reason = "a measure to be read")]
fn cases_of_six_changes_are_taken_in_one_push() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..CASES {
        let id = worker.report();
        for text in ["看过一遍", "井盖边缘下沉", "已设围挡"] {
            worker.comment(id, text);
        }
        let photo = worker.photo(b"another angle", PhotoPurpose::Found, true);
        worker.write(id, vec![photo]);
        worker.write(id, vec![Edit::Address("至德街与商都路东北角".into())]);
    }
    let mut machine = DeviceMachine::default();
    let request = worker.sync_request(&mut machine);
    let start = Instant::now();
    let (status, body) = perform(&worker.base, &request);
    let taken = start.elapsed();
    let bytes = body.len();
    worker.take(&mut machine, status, body);
    let received = worker.verdicts.iter();
    let received = received.filter(|(_, _, verdict)| *verdict == Verdict::Received);
    assert_eq!(received.count(), 6 * CASES);
    assert_eq!(town.changes(), 7 * CASES, "and a ruling each");
    println!(
        "{CASES} cases of six changes in {taken:.1?}: {:.2} ms a case, {} bytes up, {bytes} down",
        taken.as_secs_f64() * 1_000.0 / CASES as f64,
        request.body.len(),
    );
}
