//! The judge's registers, read inside the transaction that rules.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use xunge_domain::case::clock::{ClockTerms, Delivery, FilingSought, StageSought, StageTerms};
use xunge_domain::case::{Case, Decline};
use xunge_domain::class::ClassTable;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::{Digest, DocumentId, OrganisationId, PersonId};
use xunge_domain::person::{Organisation, Person};
use xunge_domain::scope::Scope;
use xunge_domain::tables::LimitUnknown;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::Directory;

use crate::store::{HubTransaction, StoreError};
use crate::tables::Tables;

/// A transaction as a directory. The rules cannot fail, a store can: the first trouble is kept, and the caller must
/// ask for it before committing.
pub struct StoreDirectory<'a, 'tx> {
    tables: Arc<Tables>,
    store: &'a RefCell<&'tx mut dyn HubTransaction>,
    trouble: Cell<Option<StoreError>>,
}

/// A case number: the day of filing and the place in it.
pub fn case_number(day: &str, number: u64) -> String {
    format!("{day}{number:04}")
}

/// The terms of a filing as the rules take them: without a limit for its way of handling nothing is filed.
///
/// # Errors
/// That.
pub fn filing_terms(
    found: Result<ClockTerms, LimitUnknown>,
) -> Result<Option<ClockTerms>, Decline> {
    match found {
        Ok(terms) => Ok(Some(terms)),
        Err(LimitUnknown::Handling { handling_class, .. }) => {
            Err(Decline::NoLimitOfHandling { handling_class })
        }
        // The judge has declined what the class table does not know.
        Err(LimitUnknown::Class(_) | LimitUnknown::Condition { .. }) => Ok(None),
    }
}

impl<'a, 'tx> StoreDirectory<'a, 'tx> {
    /// The registers of this transaction.
    pub const fn new(tables: Arc<Tables>, store: &'a RefCell<&'tx mut dyn HubTransaction>) -> Self {
        Self {
            tables,
            store,
            trouble: Cell::new(None),
        }
    }

    /// The tables of this transaction.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The first trouble a look-up had.
    ///
    /// # Errors
    /// It.
    pub fn confirm(&self) -> Result<(), StoreError> {
        self.trouble.take().map_or(Ok(()), Err)
    }

    fn ask<Answer: Default>(&self, answer: Result<Answer, StoreError>) -> Answer {
        answer.unwrap_or_else(|trouble| {
            let first = self.trouble.take().unwrap_or(trouble);
            self.trouble.set(Some(first));
            Answer::default()
        })
    }
}

impl Directory for StoreDirectory<'_, '_> {
    fn classes(&self) -> &ClassTable {
        &self.tables.classes
    }
    fn grids(&self) -> &GridIndex {
        &self.tables.grids
    }
    fn person(&self, id: &PersonId) -> Option<Person> {
        let found = self.store.borrow().person(id);
        self.ask(found)
    }
    fn organisation(&self, id: &OrganisationId) -> Option<Organisation> {
        let found = self.store.borrow().organisation(id);
        self.ask(found)
    }
    fn scopes_of(&self, document: &DocumentId) -> Vec<Scope> {
        let members = self.store.borrow().memberships(document);
        let members = self.ask(members).into_iter();
        members.map(|member| member.scope).collect()
    }
    fn stored(&self, sha256: &Digest) -> bool {
        let stored = self.store.borrow().blob_stored(sha256);
        self.ask(stored)
    }
    fn case_exists(&self, id: &DocumentId) -> bool {
        let found = self.store.borrow().case(id);
        self.ask(found).is_some()
    }
    fn terms(&self, case: &Case, filing: &FilingSought<'_>) -> Result<Option<ClockTerms>, Decline> {
        filing_terms(self.tables.terms(&case.facts, filing))
    }
    fn stage_terms(&self, case: &Case, stage: &StageSought<'_>) -> Option<StageTerms> {
        let parent = |id: &OrganisationId| self.organisation(id)?.parent;
        self.tables.stage_terms(&case.facts, stage, &parent)
    }
    fn verify_delivery(&self, case: &DocumentId, person: &PersonId) -> Option<Delivery> {
        let offers = self.store.borrow().tasks_of_case(case);
        let offers = self.ask(offers).into_iter();
        let theirs = offers.filter(|row| row.kind == TaskKind::Verify && row.key.person == *person);
        let last = theirs.max_by_key(|row| row.round)?;
        Some(last.delivered_at.map_or(Delivery::Never, Delivery::At))
    }
    fn next_case_no(&self, now: Timestamp) -> String {
        let day = now.to_local_day();
        let number = self.store.borrow_mut().next_case_number(&day);
        case_number(&day, self.ask(number))
    }
}
