//! A note about duty, as a device writes it and the hub keeps it.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::cause::DeclineCause;
use super::unfit::{DUTY_WORDS_CHARACTERS_MAX, DutyUnfit};
use crate::ids::{CaseId, DutyNoteId, PersonId};
use crate::roster::LEAVE_DAYS_MAX;
use crate::task::TaskKind;
use crate::time::Timestamp;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// What somebody said of their own duty.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct DutyNote {
    /// Its name: saying it twice says it once.
    #[n(0)]
    pub id: DutyNoteId,
    /// Who.
    #[n(1)]
    pub author: PersonId,
    /// The author's clock: a claim.
    #[n(2)]
    pub made_at: Timestamp,
    /// What.
    #[n(3)]
    pub says: DutyWord,
}

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "says")]
pub enum DutyWord {
    /// 拒派: the author does not take this offer. It goes to the next at once, and never comes back to them.
    #[n(0)]
    Decline {
        /// The case.
        #[n(0)]
        case: CaseId,
        /// Verify or check.
        #[n(1)]
        kind: TaskKind,
        /// When the offer was ruled, as the hub told it: which of several.
        #[n(2)]
        offered_at: Timestamp,
        /// Why.
        #[n(3)]
        cause: DeclineCause,
        /// In words; needed where the cause says nothing.
        #[n(4)]
        words: String,
    },
    /// 请假: no offer from then until then, whatever the roster says.
    #[n(1)]
    Leave {
        /// From when.
        #[n(0)]
        from: Timestamp,
        /// Until when, this instant not included.
        #[n(1)]
        until: Timestamp,
        /// In words, or nothing.
        #[n(2)]
        words: String,
    },
    /// 销假: back from a leave, or it was a mistake. It ends with the hub's receipt of this.
    #[n(2)]
    TakeBack {
        /// The note that said it.
        #[n(0)]
        leave: DutyNoteId,
    },
}

impl DutyNote {
    /// Whether it keeps to the limits.
    ///
    /// # Errors
    /// Which one it does not keep to.
    pub fn check(&self) -> Result<(), DutyUnfit> {
        match &self.says {
            DutyWord::Decline { cause, words, .. } => {
                if *cause == DeclineCause::Other && words.trim().is_empty() {
                    return Err(DutyUnfit::NoWords);
                }
                short(words)
            }
            DutyWord::Leave { from, until, words } => {
                if from >= until {
                    return Err(DutyUnfit::LeaveBackwards);
                }
                if until.millis_since(*from) > LEAVE_DAYS_MAX * DAY_MILLIS {
                    return Err(DutyUnfit::LeaveTooLong);
                }
                short(words)
            }
            DutyWord::TakeBack { .. } => Ok(()),
        }
    }
}

fn short(words: &str) -> Result<(), DutyUnfit> {
    match words.chars().count() {
        characters if characters > DUTY_WORDS_CHARACTERS_MAX => {
            Err(DutyUnfit::WordsTooLong { characters })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::ids::DocumentId;

    fn note(says: DutyWord) -> Result<(), DutyUnfit> {
        DutyNote {
            id: DutyNoteId::from_bytes([1; 16]),
            author: "worker".parse().unwrap(),
            made_at: Timestamp::from_millis(0),
            says,
        }
        .check()
    }

    fn decline(cause: DeclineCause, characters: usize) -> Result<(), DutyUnfit> {
        note(DutyWord::Decline {
            case: DocumentId::from_bytes([1; 16]),
            kind: TaskKind::Verify,
            offered_at: Timestamp::from_millis(0),
            cause,
            words: "远".repeat(characters),
        })
    }

    fn leave(millis: i64) -> Result<(), DutyUnfit> {
        note(DutyWord::Leave {
            from: Timestamp::from_millis(1_000),
            until: Timestamp::from_millis(1_000 + millis),
            words: String::new(),
        })
    }

    #[test]
    fn limits_hold_to_the_letter() {
        assert_eq!(decline(DeclineCause::Sick, 0), Ok(()));
        assert_eq!(decline(DeclineCause::Other, 0), Err(DutyUnfit::NoWords));
        let most = DUTY_WORDS_CHARACTERS_MAX;
        assert_eq!(decline(DeclineCause::Other, most), Ok(()));
        let characters = most + 1;
        assert_eq!(
            decline(DeclineCause::Other, characters),
            Err(DutyUnfit::WordsTooLong { characters })
        );
        assert_eq!(leave(0), Err(DutyUnfit::LeaveBackwards));
        assert_eq!(leave(1), Ok(()));
        assert_eq!(leave(LEAVE_DAYS_MAX * DAY_MILLIS), Ok(()));
        let longer = leave(LEAVE_DAYS_MAX * DAY_MILLIS + 1);
        assert_eq!(longer, Err(DutyUnfit::LeaveTooLong));
        // A clock at the end of time breaks nothing.
        let ever = note(DutyWord::Leave {
            from: Timestamp::from_millis(i64::MIN),
            until: Timestamp::from_millis(i64::MAX),
            words: String::new(),
        });
        assert_eq!(ever, Err(DutyUnfit::LeaveTooLong));
    }

    #[test]
    fn a_cause_is_found_by_its_id_and_has_words_of_its_own() {
        for cause in DeclineCause::ALL {
            assert_eq!(DeclineCause::from_id(cause.id()), Some(cause));
            let others = DeclineCause::ALL.iter().filter(|other| **other != cause);
            assert!(others.clone().all(|other| other.zh() != cause.zh()));
            assert!(others.clone().all(|other| other.en() != cause.en()));
        }
        assert_eq!(DeclineCause::from_id("lazy"), None);
    }
}
