//! Comment, hazard note, and the merging facts.

use xunge_documents::Edit;
use xunge_domain::case::{Decline, Note};
use xunge_domain::ids::{DocumentId, IntentId};

use crate::app::FieldApp;
use crate::documents::Writing;
use crate::error::FieldError;

impl FieldApp {
    /// Adds a comment. One commit.
    ///
    /// # Errors
    /// No such case, too long, no space.
    pub fn comment(&mut self, case: DocumentId, text: &str) -> Result<IntentId, FieldError> {
        self.note(case, text, "comment", Edit::Comment)
    }

    /// Adds a hazard note 隐患. One commit.
    ///
    /// # Errors
    /// No such case, too long, no space.
    pub fn hazard(&mut self, case: DocumentId, text: &str) -> Result<IntentId, FieldError> {
        self.note(case, text, "hazard", Edit::Hazard)
    }

    /// Turns the description into this text; what others wrote meanwhile is kept. One commit.
    ///
    /// # Errors
    /// No such case, too long, no space.
    pub fn describe(&mut self, case: DocumentId, text: &str) -> Result<(), FieldError> {
        self.write_case(case, |writing| {
            let id = writing.intent_id()?;
            let edit = Edit::Redescription {
                from: writing.document.read(writing.id).case.facts.description,
                to: text.to_owned(),
            };
            writing.write(id, "description", vec![edit])?;
            Ok(())
        })
    }

    /// Sets the address. One commit.
    ///
    /// # Errors
    /// No such case, too long, no space.
    pub fn set_address(&mut self, case: DocumentId, text: &str) -> Result<(), FieldError> {
        self.fact(case, "address", Edit::Address(text.to_owned()))
    }

    /// Writes another minor class. Until the case is accepted that mends it; after filing it is a proposal for the shift
    /// leader, and the filed class holds until he grants it. One commit.
    ///
    /// # Errors
    /// A class that is not in the table, no such case, no space.
    pub fn set_class(&mut self, case: DocumentId, class: &str) -> Result<(), FieldError> {
        let tables = &self.identity()?.tables;
        let known = tables.classes.find(class).map(|class| class.code.clone());
        let code = known.ok_or(FieldError::Declined(Decline::UnknownClass))?;
        self.fact(case, "class", Edit::Class(code))
    }

    fn fact(&mut self, case: DocumentId, kind: &str, edit: Edit) -> Result<(), FieldError> {
        self.write_case(case, |writing| {
            let id = writing.intent_id()?;
            writing.write(id, kind, vec![edit])?;
            Ok(())
        })
    }

    fn note(
        &mut self,
        case: DocumentId,
        text: &str,
        kind: &str,
        edit: impl FnOnce(IntentId, Note) -> Edit,
    ) -> Result<IntentId, FieldError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldError::Invalid { what: "text" });
        }
        self.write_case(case, |writing| {
            let id = writing.intent_id()?;
            let note = note(writing, text);
            writing.write(id, kind, vec![edit(id, note)])?;
            Ok(id)
        })
    }
}

pub(crate) fn note(writing: &Writing<'_>, text: &str) -> Note {
    Note {
        author: writing.pen.identity.person.id.clone(),
        at: writing.pen.now,
        text: text.to_owned(),
    }
}
