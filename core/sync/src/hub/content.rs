//! A document as what it is about. Guard, merge and feeds ask nothing of it; rulings, placement and list rows do.

use xunge_documents::{CheckinReading, Document, NewChange, Reading};
use xunge_domain::case;
use xunge_domain::checkin::{self, MatterCheckin};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, IntentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use crate::hub::checkin_ruling::rule_checkin;
use crate::hub::directory::{Directory, HubKey};
use crate::hub::placement::{checkin_placement, placement};
use crate::hub::ruling::rule_requested;

/// A case and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseContent {
    /// The case.
    pub reading: Reading,
    /// Where it stands.
    pub standing: case::Standing,
}

/// A check-in and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckinContent {
    /// The check-in.
    pub reading: CheckinReading,
    /// Where it stands.
    pub standing: checkin::Standing,
}

/// What a document says, by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// 案卷.
    Case(Box<CaseContent>),
    /// 一事一报到.
    MatterCheckin(Box<CheckinContent>),
}

impl Content {
    /// Reads a document. Cost: linear in its entries, about 20 µs for a case of six changes.
    pub fn read(document: &Document, id: DocumentId) -> Self {
        match document.kind() {
            DocumentKind::Case => Self::of_case(document.read(id)),
            DocumentKind::MatterCheckin => Self::of_checkin(document.read_checkin(id)),
        }
    }

    /// A case as it was read.
    pub fn of_case(reading: Reading) -> Self {
        let standing = case::fold(&reading.case);
        Self::Case(Box::new(CaseContent { reading, standing }))
    }

    /// A check-in as it was read.
    pub fn of_checkin(reading: CheckinReading) -> Self {
        let standing = checkin::fold(&reading.checkin);
        Self::MatterCheckin(Box::new(CheckinContent { reading, standing }))
    }

    /// The case, where it is one.
    pub const fn case(&self) -> Option<&CaseContent> {
        match self {
            Self::Case(content) => Some(content),
            Self::MatterCheckin(_) => None,
        }
    }

    /// The check-in, where it is one.
    pub fn checkin(&self) -> Option<&MatterCheckin> {
        match self {
            Self::Case(_) => None,
            Self::MatterCheckin(content) => Some(&content.reading.checkin),
        }
    }

    /// The photos that it cites.
    pub fn photos(&self) -> &[case::Keyed<case::PhotoEntry>] {
        match self {
            Self::Case(content) => &content.reading.case.photos,
            Self::MatterCheckin(content) => &content.reading.checkin.photos,
        }
    }

    /// The marks of its erased texts. Those of a check-in cannot be erased yet.
    pub fn erased(&self) -> &[case::ErasedText] {
        match self {
            Self::Case(content) => &content.reading.case.erased,
            Self::MatterCheckin(_) => &[],
        }
    }

    /// The ids of all entries that can carry a seal.
    pub fn sealable(&self) -> Box<dyn Iterator<Item = &IntentId> + '_> {
        let photos = self.photos().iter().map(|photo| &photo.id);
        match self {
            Self::Case(content) => {
                let actions = content.reading.case.actions.iter();
                Box::new(photos.chain(actions.map(|action| &action.id)))
            }
            Self::MatterCheckin(content) => {
                let actions = content.reading.checkin.actions.iter();
                let steps = content.reading.checkin.steps.iter();
                let actions = actions.map(|action| &action.id);
                Box::new(photos.chain(actions).chain(steps.map(|step| &step.id)))
            }
        }
    }

    /// Rules what was asked for, as changes of the hub's; what it says afterwards.
    pub(crate) fn rule(
        self,
        document: &mut Document,
        requested: &[IntentId],
        hub: &HubKey,
        directory: &dyn Directory,
        now: Timestamp,
    ) -> (Vec<NewChange>, Self) {
        match self {
            Self::Case(content) => {
                let mut reading = content.reading;
                let case = &mut reading.case;
                let ruled = rule_requested(document, case, requested, hub, directory, now);
                (ruled, Self::of_case(reading))
            }
            Self::MatterCheckin(content) => {
                let mut reading = content.reading;
                let checkin = &mut reading.checkin;
                let ruled = rule_checkin(document, checkin, requested, hub, directory, now);
                (ruled, Self::of_checkin(reading))
            }
        }
    }

    /// The scopes that hold it.
    pub fn placement(&self, directory: &dyn Directory) -> Vec<Scope> {
        match self {
            Self::Case(content) => {
                placement(&content.reading.case, &content.standing, directory.grids())
            }
            Self::MatterCheckin(content) => {
                checkin_placement(&content.standing, &|case| directory.scopes_of(case))
            }
        }
    }
}
