//! Who is told when a limit runs out: a table that can be read. Whose turn it is hears first, whoever can give the case to somebody
//! else next, the supervisor when twice the limit is gone.

use super::kind::ClockKind;
use crate::person::Role;
use crate::working_time::EscalationLevel;

/// Some people who are told of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EscalationParty {
    /// The people of the department in the lead 主办 of the case.
    LeadDepartment,
    /// Everybody of a role.
    Everybody(Role),
}

use EscalationParty::{Everybody, LeadDepartment};

/// Of each clock: who is told at 80 %, who at 100 % as well, and who at 200 % as well.
pub const RECIPIENTS: [(ClockKind, [EscalationParty; 3]); 10] = [
    (
        ClockKind::Disposal,
        [
            LeadDepartment,
            Everybody(Role::Dispatcher),
            Everybody(Role::SupervisorLead),
        ],
    ),
    (
        ClockKind::Acceptance,
        [
            Everybody(Role::IntakeClerk),
            Everybody(Role::ShiftLeader),
            Everybody(Role::SupervisorLead),
        ],
    ),
    // The worker was told of the task; what is late is the clerk's to give to somebody else.
    (
        ClockKind::Verify,
        [
            Everybody(Role::IntakeClerk),
            Everybody(Role::ShiftLeader),
            Everybody(Role::SupervisorLead),
        ],
    ),
    (
        ClockKind::Filing,
        [
            Everybody(Role::ShiftLeader),
            Everybody(Role::ShiftLeader),
            Everybody(Role::SupervisorLead),
        ],
    ),
    (
        ClockKind::Dispatch,
        [
            Everybody(Role::Dispatcher),
            Everybody(Role::ShiftLeader),
            Everybody(Role::SupervisorLead),
        ],
    ),
    (
        ClockKind::Claim,
        [
            LeadDepartment,
            Everybody(Role::Dispatcher),
            Everybody(Role::SupervisorLead),
        ],
    ),
    (
        ClockKind::SendCheck,
        [
            Everybody(Role::IntakeClerk),
            Everybody(Role::ShiftLeader),
            Everybody(Role::SupervisorLead),
        ],
    ),
    (
        ClockKind::Check,
        [
            Everybody(Role::IntakeClerk),
            Everybody(Role::ShiftLeader),
            Everybody(Role::SupervisorLead),
        ],
    ),
    (
        ClockKind::Close,
        [
            Everybody(Role::ShiftLeader),
            Everybody(Role::ShiftLeader),
            Everybody(Role::SupervisorLead),
        ],
    ),
    (
        ClockKind::Review,
        [
            Everybody(Role::IntakeClerk),
            Everybody(Role::ShiftLeader),
            Everybody(Role::SupervisorLead),
        ],
    ),
];

/// Who is told that a clock has reached a level, each once.
pub fn recipients(kind: ClockKind, level: EscalationLevel) -> Vec<EscalationParty> {
    let as_well = match level {
        EscalationLevel::DueSoon => 1,
        EscalationLevel::Due => 2,
        EscalationLevel::TwiceOver => 3,
    };
    let row = RECIPIENTS.iter().find(|(of, _)| *of == kind);
    let mut told: Vec<EscalationParty> = row
        .into_iter()
        .flat_map(|(_, parties)| parties.iter().take(as_well).copied())
        .collect();
    told.sort();
    told.dedup();
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clock_has_a_row_and_each_level_tells_more_people_or_as_many() {
        for kind in ClockKind::ALL {
            let told = EscalationLevel::ALL.map(|level| recipients(kind, level));
            assert!(!told[0].is_empty(), "{kind:?}");
            assert!(told[0].iter().all(|party| told[1].contains(party)));
            assert!(told[1].iter().all(|party| told[2].contains(party)));
            assert!(!told[1].contains(&Everybody(Role::SupervisorLead)));
            assert!(told[2].contains(&Everybody(Role::SupervisorLead)));
        }
        let due = recipients(ClockKind::Disposal, EscalationLevel::Due);
        assert_eq!(due, [LeadDepartment, Everybody(Role::Dispatcher)]);
        let filing = recipients(ClockKind::Filing, EscalationLevel::Due);
        assert_eq!(filing, [Everybody(Role::ShiftLeader)]);
    }
}
