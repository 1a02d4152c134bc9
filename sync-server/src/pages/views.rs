//! The saved views of the queue: which states wait for whom.

use xunge_domain::case::CaseState;
use xunge_domain::person::{Person, Role};
use xunge_domain::scope::Scope;

use super::words::Word;
use crate::store::rows::CaseFilter;

/// A view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// What the logged-in person can move on.
    Mine,
    /// 待受理.
    ToAccept,
    /// 待立案.
    ToFile,
    /// 待派遣.
    ToDispatch,
    /// 待接收.
    ToClaim,
    /// 处置中.
    Disposing,
    /// 待核查.
    ToCheck,
    /// 待结案.
    ToClose,
    /// 已结案.
    Closed,
    /// 不予受理.
    Rejected,
    /// 自处置待审.
    SelfHandled,
    /// 作废与无效.
    Ended,
    /// Everything.
    All,
}

impl View {
    /// In the order of the list on the left.
    pub const EVERY: [Self; 13] = [
        Self::Mine,
        Self::ToAccept,
        Self::ToFile,
        Self::ToDispatch,
        Self::ToClaim,
        Self::Disposing,
        Self::ToCheck,
        Self::ToClose,
        Self::Closed,
        Self::Rejected,
        Self::SelfHandled,
        Self::Ended,
        Self::All,
    ];

    /// As in `?view=`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::ToAccept => "to_accept",
            Self::ToFile => "to_file",
            Self::ToDispatch => "to_dispatch",
            Self::ToClaim => "to_claim",
            Self::Disposing => "disposing",
            Self::ToCheck => "to_check",
            Self::ToClose => "to_close",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
            Self::SelfHandled => "self_handled",
            Self::Ended => "ended",
            Self::All => "all",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|view| view.id() == id)
    }

    /// Its name.
    pub const fn word(self) -> Word {
        match self {
            Self::Mine => Word::ViewMine,
            Self::ToAccept => Word::ViewToAccept,
            Self::ToFile => Word::ViewToFile,
            Self::ToDispatch => Word::ViewToDispatch,
            Self::ToClaim => Word::ViewToClaim,
            Self::Disposing => Word::ViewDisposing,
            Self::ToCheck => Word::ViewToCheck,
            Self::ToClose => Word::ViewToClose,
            Self::Closed => Word::ViewClosed,
            Self::Rejected => Word::ViewRejected,
            Self::SelfHandled => Word::ViewSelfHandled,
            Self::Ended => Word::ViewEnded,
            Self::All => Word::ViewAll,
        }
    }

    /// The states it shows; `None` where that depends on the person ([`mine`]).
    pub const fn states(self) -> Option<&'static [CaseState]> {
        Some(match self {
            Self::Mine => return None,
            Self::ToAccept => &[CaseState::Reported, CaseState::Verifying],
            Self::ToFile => &[CaseState::Accepted],
            Self::ToDispatch => &[CaseState::Filed],
            Self::ToClaim => &[CaseState::Dispatched],
            Self::Disposing => &[CaseState::Disposing, CaseState::OnHold],
            Self::ToCheck => &[CaseState::FedBack, CaseState::Checking],
            Self::ToClose => &[CaseState::ToClose],
            Self::Closed => &[CaseState::Closed],
            Self::Rejected => &[CaseState::Rejected],
            Self::SelfHandled => &[CaseState::SelfDone, CaseState::SelfReview],
            Self::Ended => &[CaseState::Void, CaseState::Invalid],
            Self::All => &CaseState::ALL,
        })
    }

    /// What it asks the store for.
    pub fn filter(self, person: &Person, text: Option<String>) -> CaseFilter {
        let (states, scopes) = match self.states() {
            Some(states) if states.len() == CaseState::ALL.len() => (Vec::new(), Vec::new()),
            Some(states) => (states.to_vec(), Vec::new()),
            None => mine(person),
        };
        CaseFilter {
            states,
            text,
            scopes,
            ..CaseFilter::default()
        }
    }
}

/// What waits for a person: the states this person's roles move on, within the person's scopes where a role sees only
/// its own beat or body.
fn mine(person: &Person) -> (Vec<CaseState>, Vec<Scope>) {
    let mut states = Vec::new();
    let mut city_wide = false;
    for role in &person.roles {
        let (waiting, everywhere): (&[CaseState], bool) = match role {
            Role::IntakeClerk => (
                &[
                    CaseState::Reported,
                    CaseState::FedBack,
                    CaseState::SelfDone,
                    CaseState::SelfReview,
                ],
                true,
            ),
            Role::ShiftLeader => (&[CaseState::Accepted, CaseState::ToClose], true),
            Role::Dispatcher => (&[CaseState::Filed, CaseState::OnHold], true),
            Role::DisposalDept => (&[CaseState::Dispatched, CaseState::Disposing], false),
            Role::GridWorker => (&[CaseState::Verifying, CaseState::Checking], false),
            Role::SupervisorLead | Role::BranchSecretary | Role::Auditor | Role::Admin => {
                (&[], true)
            }
        };
        states.extend_from_slice(waiting);
        city_wide |= everywhere;
    }
    let scopes = if city_wide {
        Vec::new()
    } else {
        Scope::of(person)
    };
    if states.is_empty() {
        // An empty list would filter nothing: a leader has no task, not all of them.
        states.push(CaseState::Draft);
    }
    (states, scopes)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn person(roles: &[Role]) -> Person {
        Person {
            id: "somebody".parse().unwrap(),
            name: "某人".into(),
            roles: roles.to_vec(),
            organisation: "road-dept".parse().ok(),
            duty_grids: vec![],
        }
    }

    #[test]
    fn every_state_of_a_case_is_in_exactly_one_view() {
        let views = View::EVERY.into_iter().filter(|view| *view != View::All);
        let states: Vec<CaseState> = views.filter_map(View::states).flatten().copied().collect();
        for (index, state) in states.iter().enumerate() {
            assert!(!states[index + 1..].contains(state), "{state:?} twice");
        }
        assert_eq!(states.len(), CaseState::ALL.len() - 1, "a draft is in none");
    }

    #[test]
    fn a_department_sees_its_own_tasks_and_a_clerk_the_citys() {
        let department = View::Mine.filter(&person(&[Role::DisposalDept]), None);
        assert!(
            department
                .scopes
                .contains(&"org:road-dept".parse().unwrap())
        );
        let clerk = View::Mine.filter(&person(&[Role::IntakeClerk]), None);
        assert!(clerk.scopes.is_empty() && clerk.states.contains(&CaseState::FedBack));
    }

    #[test]
    fn a_leader_has_no_tasks_and_sees_all_cases() {
        let leader = person(&[Role::SupervisorLead]);
        assert_eq!(View::Mine.filter(&leader, None).states, [CaseState::Draft]);
        assert!(View::All.filter(&leader, None).states.is_empty());
    }
}
