//! Comparing: whether what is here is what the hub has, and what to do where it is not.

use xunge_domain::ids::DocumentId;

use crate::device::request::Outlook;
use crate::wire::{Compared, Comparison};

/// Most comparisons of a round: what still differs then has another cause than a lost document, and is said.
pub const COMPARISONS_MAX: u32 = 8;

/// What a comparison means for the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Both hold the same.
    Same,
    /// These documents' own changes, the hub's rulings and the photos are to be offered again.
    Wanted(Vec<DocumentId>),
    /// They still differ after all that was done about it.
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
}

impl Comparing {
    /// Another round may compare as often again.
    pub(super) const fn start_round(&mut self) {
        self.asked = 0;
    }

    /// No more in this round.
    pub(super) const fn give_up(&mut self) {
        self.asked = COMPARISONS_MAX;
    }

    /// Whether it is time, once nothing else waits; and the buckets to be listed, none to begin with.
    pub(super) fn next(&self, outlook: &Outlook) -> Option<Vec<u8>> {
        let due = outlook.comparison_due && self.hub_compares && self.asked < COMPARISONS_MAX;
        due.then(|| self.differ.clone())
    }

    /// The answer to a request that compared.
    pub(super) fn told(
        &mut self,
        asked: &Comparison,
        compared: Option<Compared>,
    ) -> Option<Finding> {
        self.asked += 1;
        let last = self.asked >= COMPARISONS_MAX;
        let differs = last.then_some(Finding::Differs);
        // Something new came instead: it is asked again behind that.
        let Some(compared) = compared else {
            self.differ.clear();
            return None;
        };
        match asked {
            Comparison::Buckets(_) if compared.differ.is_empty() => Some(Finding::Same),
            Comparison::Buckets(_) => {
                self.differ = compared.differ;
                differs
            }
            Comparison::Documents { buckets, .. } => {
                self.differ.retain(|bucket| !buckets.contains(bucket));
                if compared.wanted.is_empty() {
                    differs
                } else {
                    Some(Finding::Wanted(compared.wanted))
                }
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

    #[test]
    fn what_cannot_be_mended_is_said_and_asked_no_more_in_this_round() {
        let mut comparing = ready();
        let mut findings = Vec::new();
        while comparing.next(&due()).is_some() {
            findings.extend(comparing.told(&BUCKETS, differ(&[1])));
        }
        assert_eq!(findings, [Finding::Differs]);
        comparing.start_round();
        assert!(comparing.next(&due()).is_some());
    }
}
