//! Comparing: whether what is here is what the hub has, and what to do where it is not.

use xunge_domain::ids::DocumentId;

use crate::device::request::Outlook;
use crate::wire::{Compared, Comparison, Sum};

/// Most exchanges of a round: documents that are missing come about a megabyte in each.
pub const COMPARISONS_MAX: u32 = 64;

/// What a comparison means for the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Both hold the same.
    Same,
    /// These documents' own changes, the hub's rulings and the photos are to be offered again.
    Wanted(Vec<DocumentId>),
    /// What could be offered was, and made no difference. The hub's side of these documents came whole with this answer:
    /// what others wrote and is not in it, nobody gave back to the hub, and what builds on it would wait for ever. The
    /// device lets go of it; should its author bring it after all, it comes back as anything does.
    LetGo(Vec<DocumentId>),
    /// They still differ after all that was done about it: the cause is another than a lost document.
    Differs,
}

/// What the machine remembers of it. None of it is kept: a comparison that was cut begins anew.
#[derive(Default)]
pub(super) struct Comparing {
    /// Whether the hub does, as it said last.
    pub(super) hub_compares: bool,
    /// Buckets to be listed next.
    differ: Vec<u8>,
    asked: u32,
    /// One was sent and nothing was told: none follows in this round, so that photos do not wait for it.
    untold: bool,
    /// Offering again made no difference.
    letting_go: bool,
    /// The sums of the last comparison of buckets, and where they differed.
    before: Option<(Vec<Sum>, Vec<u8>)>,
}

impl Comparing {
    /// Another round may compare as often again.
    pub(super) fn start_round(&mut self) {
        *self = Self {
            hub_compares: self.hub_compares,
            ..Self::default()
        };
    }

    /// No more in this round.
    pub(super) const fn give_up(&mut self) {
        self.asked = COMPARISONS_MAX;
    }

    /// A request was made, which compares or not.
    pub(super) const fn sent(&mut self, compares: bool) {
        self.untold |= compares;
    }

    /// Whether it is time, once nothing else waits; and the buckets to be listed, none to begin with.
    pub(super) fn next(&self, outlook: &Outlook) -> Option<Vec<u8>> {
        let may = self.hub_compares && !self.untold && self.asked < COMPARISONS_MAX;
        (outlook.comparison_due && may).then(|| self.differ.clone())
    }

    /// The answer to a request that compared.
    pub(super) fn told(
        &mut self,
        asked: &Comparison,
        compared: Option<Compared>,
    ) -> Option<Finding> {
        self.untold = false;
        self.asked += 1;
        let last = self.asked >= COMPARISONS_MAX;
        // Something new came instead: it is asked again behind that.
        let Some(compared) = compared else {
            self.differ.clear();
            return None;
        };
        match asked {
            Comparison::Buckets(_) if compared.differ.is_empty() => Some(Finding::Same),
            Comparison::Buckets(sums) => {
                let now = (sums.clone(), compared.differ.clone());
                // All was sent and offered that could be, and it made no difference.
                let in_vain = self.before.replace(now.clone()) == Some(now);
                self.differ = compared.differ;
                let done = in_vain && self.letting_go;
                self.letting_go |= in_vain;
                if done {
                    self.give_up();
                }
                (done || last).then_some(Finding::Differs)
            }
            Comparison::Documents { .. } if last => Some(Finding::Differs),
            Comparison::Documents { buckets, .. } => {
                self.differ.retain(|bucket| !buckets.contains(bucket));
                let finding = if self.letting_go {
                    Finding::LetGo
                } else {
                    Finding::Wanted
                };
                (!compared.wanted.is_empty()).then(|| finding(compared.wanted))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due() -> Outlook {
        Outlook {
            comparison_due: true,
            ..Outlook::default()
        }
    }

    fn ready() -> Comparing {
        Comparing {
            hub_compares: true,
            ..Comparing::default()
        }
    }

    fn differ(buckets: &[u8]) -> Option<Compared> {
        Some(Compared {
            differ: buckets.to_vec(),
            wanted: Vec::new(),
        })
    }

    const BUCKETS: Comparison = Comparison::Buckets(Vec::new());

    #[test]
    fn it_waits_until_it_is_due_and_the_hub_does_it_too() {
        assert_eq!(ready().next(&due()), Some(vec![]));
        assert_eq!(ready().next(&Outlook::default()), None);
        assert_eq!(Comparing::default().next(&due()), None);
    }

    #[test]
    fn buckets_that_differ_are_listed_and_then_all_of_it_begins_anew() {
        let mut comparing = ready();
        assert_eq!(comparing.told(&BUCKETS, differ(&[3, 9])), None);
        assert_eq!(comparing.next(&due()), Some(vec![3, 9]));
        let listed = Comparison::Documents {
            buckets: vec![3],
            held: Vec::new(),
        };
        let wanted = vec![DocumentId::from_bytes([1; 16])];
        let compared = Compared {
            differ: Vec::new(),
            wanted: wanted.clone(),
        };
        let finding = comparing.told(&listed, Some(compared));
        assert_eq!(finding, Some(Finding::Wanted(wanted)));
        assert_eq!(comparing.next(&due()), Some(vec![9]));
        assert_eq!(comparing.told(&BUCKETS, None), None);
        assert_eq!(comparing.next(&due()), Some(vec![]), "news came instead");
        assert_eq!(comparing.told(&BUCKETS, differ(&[])), Some(Finding::Same));
    }

    fn sums(number: u8) -> Comparison {
        Comparison::Buckets(vec![[number; 8].into()])
    }

    fn listed() -> Comparison {
        Comparison::Documents {
            buckets: vec![1],
            held: Vec::new(),
        }
    }

    fn wanted() -> Option<Compared> {
        Some(Compared {
            differ: Vec::new(),
            wanted: vec![DocumentId::from_bytes([1; 16])],
        })
    }

    #[test]
    fn what_still_differs_is_offered_then_let_go_of_then_said_and_asked_no_more_in_this_round() {
        let mut comparing = ready();
        assert_eq!(comparing.told(&sums(1), differ(&[1])), None);
        let finding = comparing.told(&listed(), wanted());
        assert!(matches!(finding, Some(Finding::Wanted(_))));
        assert_eq!(comparing.told(&sums(1), differ(&[1])), None);
        let finding = comparing.told(&listed(), wanted());
        assert!(matches!(finding, Some(Finding::LetGo(_))));
        let finding = comparing.told(&sums(1), differ(&[1]));
        assert_eq!(finding, Some(Finding::Differs));
        assert_eq!(comparing.next(&due()), None);
        comparing.start_round();
        assert_eq!(comparing.next(&due()), Some(vec![]));
    }

    #[test]
    fn as_long_as_documents_come_it_goes_on_and_not_for_ever() {
        let mut comparing = ready();
        let mut findings = Vec::new();
        let mut exchanges = 0;
        while let Some(buckets) = comparing.next(&due()) {
            exchanges += 1;
            let asked = if buckets.is_empty() {
                sums(exchanges)
            } else {
                listed()
            };
            let answer = if buckets.is_empty() {
                differ(&[1])
            } else {
                differ(&[])
            };
            findings.extend(comparing.told(&asked, answer));
        }
        assert_eq!(u32::from(exchanges), COMPARISONS_MAX);
        assert_eq!(findings, [Finding::Differs]);
    }

    #[test]
    fn one_that_is_not_answered_is_not_asked_again_in_this_round() {
        let mut comparing = ready();
        comparing.sent(false);
        assert!(comparing.next(&due()).is_some());
        comparing.sent(true);
        assert_eq!(comparing.next(&due()), None);
        comparing.start_round();
        assert!(comparing.next(&due()).is_some());
    }
}
