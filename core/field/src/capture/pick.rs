//! Pick: what a worker takes of what is offered. Each is one commit on a draft, and can be picked anew until it is reported.

use xunge_domain::case::{Decline, Position};
use xunge_domain::component::ComponentCode;
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{CaseId, DocumentId};

use crate::app::{FieldApp, Identity};
use crate::capture::around::{grids, own_component};
use crate::drafts::{DraftContent, stored, write};
use crate::error::FieldError;

impl FieldApp {
    /// Sets the class of a draft by code or English id. Of a component's class the component that stands here is named along,
    /// where the fix says which; [`Self::pick_component`] names another or none. One commit.
    ///
    /// # Errors
    /// A class that is not in the table, no such draft.
    pub fn pick_class(&mut self, draft: DocumentId, class: &str) -> Result<(), FieldError> {
        self.pick(draft, |identity, content| {
            let tables = &identity.tables;
            let class = tables.classes.find(class);
            let class = class.ok_or(FieldError::Declined(Decline::UnknownClass))?;
            let here = own_component(tables, &content.question(), class);
            content.component = here.map(|near| near.component.code);
            content.class = Some(class.code.clone());
            Ok(())
        })
    }

    /// Says which of the grids a poor fix lies in; `None` takes that back. The report then carries the place in it that is
    /// nearest to the fix, and all fixes as they came. One commit.
    ///
    /// # Errors
    /// A grid that the fix cannot lie in, no such draft.
    pub fn pick_grid(
        &mut self,
        draft: DocumentId,
        grid: Option<UnitGridCode>,
    ) -> Result<(), FieldError> {
        self.pick(draft, |identity, content| {
            content.unit_grid = grid;
            let holds = grid.is_none() || content.picked_place(identity).is_some();
            holds
                .then_some(())
                .ok_or(FieldError::Invalid { what: "unit grid" })
        })
    }

    /// Names the component that a draft is about; `None` takes that back. One commit.
    ///
    /// # Errors
    /// A component that is not on this person's beats, no such draft.
    pub fn pick_component(
        &mut self,
        draft: DocumentId,
        component: Option<ComponentCode>,
    ) -> Result<(), FieldError> {
        self.pick(draft, |identity, content| {
            let components = &identity.tables.components;
            if component.is_some_and(|code| components.get(code).is_none()) {
                return Err(FieldError::NotFound { what: "component" });
            }
            content.component = component;
            Ok(())
        })
    }

    /// Says which case a draft may repeat; `None` takes that back. A hint that travels with the report: a clerk links the two
    /// or does not, and the report is a case either way. One commit.
    ///
    /// # Errors
    /// A case that is not on this device, no such draft.
    pub fn pick_possible_duplicate(
        &mut self,
        draft: DocumentId,
        of: Option<CaseId>,
    ) -> Result<(), FieldError> {
        if let Some(of) = of {
            let row = self.store.read(|reader| reader.case_row(of))?;
            row.ok_or(FieldError::NotFound { what: "case" })?;
        }
        self.pick(draft, |_, content| {
            content.possible_duplicate_of = of;
            Ok(())
        })
    }

    fn pick(
        &mut self,
        draft: DocumentId,
        change: impl FnOnce(&Identity, &mut DraftContent) -> Result<(), FieldError>,
    ) -> Result<(), FieldError> {
        let identity = self.identity.as_ref().ok_or(FieldError::NotEnrolled)?;
        let now = self.ports.clock.now();
        self.store.transaction(|tx| {
            let mut content = stored(tx, draft)?.ok_or(FieldError::NotFound { what: "draft" })?;
            change(identity, &mut content)?;
            write(tx, draft, &content, now)
        })
    }
}

impl DraftContent {
    /// The position as it is reported: moved into the grid that the worker says a poor fix lies in. A better fix that came
    /// since and lies elsewhere for certain counts more: what was said of the poor one is over.
    pub(crate) fn placed(&self, identity: &Identity) -> Option<Position> {
        let mut position = self.position()?;
        if let Some(place) = self.picked_place(identity) {
            position.point = place;
        }
        Some(position)
    }

    /// The place in the grid that was picked, where the fix may lie in that.
    fn picked_place(&self, identity: &Identity) -> Option<Point> {
        let code = self.unit_grid?;
        let question = self.question();
        let point = question.point?;
        let tables = &identity.tables;
        let mut offered = grids(tables, point, question.accuracy_metres).into_iter();
        let offered = offered.any(|offer| offer.code == code);
        tables.grids.nearest_in(code, point).filter(|_| offered)
    }
}
