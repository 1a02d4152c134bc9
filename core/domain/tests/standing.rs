//! Where a case stands follows from its rulings, even from those whose action cannot be read here.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod world;

use world::{CLASS, CONDITION, NOW, action, full_case, intent, person_id, well_formed};
use xunge_domain::case::{
    ActionName, Case, CaseState, Filing, Keyed, Outcome, Ruling, Standing, fold,
};
use xunge_domain::tables::HandlingClass;

fn ruled(case: &mut Case, sequence: u32, name: ActionName, to: CaseState) {
    let id = intent(sequence);
    let entry = action("somebody", well_formed(name, "other"));
    case.actions.push(Keyed { id, entry });
    let outcome = Outcome::Accepted {
        to,
        case_no: (name == ActionName::File).then(|| "20250630-0001".into()),
        organisation: None,
        class: (name == ActionName::File).then(|| CLASS.into()),
    };
    let entry = Ruling {
        sequence,
        at: NOW,
        outcome,
        done_at: None,
        terms: None,
        stage: None,
        delivery: None,
    };
    case.rulings.push(Keyed { id, entry });
}

fn filed() -> Case {
    let mut case = full_case("somebody");
    ruled(&mut case, 1, ActionName::Report, CaseState::Reported);
    ruled(&mut case, 2, ActionName::Accept, CaseState::Accepted);
    ruled(&mut case, 3, ActionName::File, CaseState::Filed);
    case
}

#[test]
fn a_case_without_rulings_is_a_draft() {
    assert_eq!(fold(&full_case("somebody")), Standing::unruled());
}

#[test]
fn rulings_give_reporter_number_and_state() {
    let standing = fold(&filed());
    assert_eq!(
        standing,
        Standing {
            state: CaseState::Filed,
            sequence: 3,
            reporter: Some(person_id("somebody")),
            reported_at: Some(NOW),
            case_no: Some("20250630-0001".into()),
            filing: Some(Filing {
                class: Some(CLASS.into()),
                condition: CONDITION.into(),
                handling_class: HandlingClass::General,
                at: NOW,
            }),
            ..Standing::unruled()
        }
    );
}

/// A phone of an older version cannot read a newer action. It must still know where the case stands, or it would
/// offer what was decided long ago and number what comes next a second time.
#[test]
fn a_ruling_counts_although_its_action_cannot_be_read() {
    let mut case = filed();
    case.actions.retain(|action| action.id != intent(3));
    let standing = fold(&case);
    assert_eq!(standing.state, CaseState::Filed);
    assert_eq!(standing.sequence, 3);
    assert_eq!(standing.case_no.as_deref(), Some("20250630-0001"));
}

#[test]
fn what_waits_for_a_ruling_is_in_the_order_of_the_authors_clocks() {
    let mut case = filed();
    for (counter, minutes) in [(9, 5), (8, 5), (7, 9), (10, 1)] {
        let mut entry = action("somebody", well_formed(ActionName::Accept, "other"));
        entry.at = NOW.plus_millis(minutes * 60_000);
        let id = intent(counter);
        case.actions.push(Keyed { id, entry });
    }
    let order: Vec<u32> = case.unruled().iter().map(|it| it.id.counter()).collect();
    assert_eq!(order, [10, 8, 9, 7]);
    assert!(case.ruling(&intent(3)).unwrap().outcome.is_accepted());
    assert_eq!(case.ruling(&intent(9)), None);
}
