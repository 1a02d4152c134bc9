//! Typed edits. An intent is what a person meant; it becomes one change, and can be applied again under the next
//! generation of the actor, because everything it creates lies under its own id.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{ObjId, ReadDoc, ScalarValue};
use minicbor::{Decode, Encode};
use xunge_domain::case::{Action, GridAnswer, Note, PhotoEntry, Position, Ruling, Severity};
use xunge_domain::checkin;
use xunge_domain::component::ComponentCode;
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{CaseId, IntentId};
use xunge_domain::time::Timestamp;

use crate::change_parts::ActorId;
use crate::document::{Document, NewChange, new_change};
use crate::edit_limits::check_act;
use crate::merged_text::merged_text;
use crate::schema::{Container, fact};

/// Most edits of one intent.
pub const EDITS_MAX: usize = 64;

/// One write.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Edit {
    /// Sets the minor class.
    #[n(0)]
    Class(#[n(0)] String),
    /// Sets the filing condition.
    #[n(1)]
    Condition(#[n(0)] String),
    /// Sets the title.
    #[n(2)]
    Title(#[n(0)] String),
    /// Writes the description of a case that has none yet.
    #[n(3)]
    Description(#[n(0)] String),
    /// Sets the position.
    #[n(4)]
    Position(#[n(0)] Position),
    /// Sets the address.
    #[n(5)]
    Address(#[n(0)] String),
    /// Sets the unit grid.
    #[n(6)]
    UnitGrid(#[n(0)] GridAnswer),
    /// Sets the severity.
    #[n(7)]
    Severity(#[n(0)] Severity),
    /// Adds a photo.
    #[n(8)]
    Photo(#[n(0)] IntentId, #[n(1)] PhotoEntry),
    /// Adds a hazard note.
    #[n(9)]
    Hazard(#[n(0)] IntentId, #[n(1)] Note),
    /// Adds a comment.
    #[n(10)]
    Comment(#[n(0)] IntentId, #[n(1)] Note),
    /// Asks for a decision.
    #[n(11)]
    Action(#[n(0)] IntentId, #[n(1)] Action),
    /// Turns the description from the text its author saw into another; what others wrote meanwhile is kept, also
    /// when the edit is applied again on a document that has moved on. Characters have no key of their own, so the
    /// intent leaves its id as a mark among the facts: it is written once, like an entry.
    #[n(12)]
    Redescription {
        /// What the author saw.
        #[n(0)]
        from: String,
        /// What the author made of it.
        #[n(1)]
        to: String,
    },
    /// Asks for a decision on a check-in.
    #[n(13)]
    CheckinAction(#[n(0)] IntentId, #[n(1)] checkin::Action),
    /// Adds a step to a check-in.
    #[n(14)]
    Step(#[n(0)] IntentId, #[n(1)] checkin::StepEntry),
    /// Names the component.
    #[n(15)]
    Component(#[n(0)] ComponentCode),
    /// Says which case this one may repeat.
    #[n(16)]
    PossibleDuplicateOf(#[n(0)] CaseId),
}

/// What a person meant: one or more writes that travel together.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Intent {
    /// Its own id.
    #[n(0)]
    pub id: IntentId,
    /// The author's clock.
    #[n(1)]
    pub at: Timestamp,
    /// The writes.
    #[n(2)]
    pub edits: Vec<Edit>,
}

/// Why an edit was refused. The document is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// A text longer than its limit.
    #[error("the {field} has {characters} characters, at most {characters_max} fit; shorten it")]
    TooLong {
        /// Which.
        field: &'static str,
        /// How long it is.
        characters: usize,
        /// How long it may be.
        characters_max: usize,
    },
    /// More than [`EDITS_MAX`] writes.
    #[error("{0} writes at once, at most {EDITS_MAX} fit; split them")]
    TooMany(usize),
    /// An edit of another kind of document, e.g. a step of a check-in in a case.
    #[error("this is no edit of a document of the kind {}", .is.id())]
    OtherKind {
        /// What the document is.
        is: DocumentKind,
    },
    /// The document lacks a container: it is damaged.
    #[error("the document is damaged: {0}; rebuild it from its changes")]
    Damaged(String),
}

impl EditError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "text_too_long",
            Self::TooMany(_) => "too_many_edits",
            Self::OtherKind { .. } => "other_kind_of_document",
            Self::Damaged(_) => "document_damaged",
        }
    }
}

impl Edit {
    /// Where it writes its entry or its mark, and under which id; `None` for a fact.
    pub(crate) const fn place(&self, intent: &IntentId) -> Option<(Container, IntentId)> {
        match self {
            Self::Photo(id, _) => Some((Container::Photos, *id)),
            Self::Hazard(id, _) => Some((Container::Hazards, *id)),
            Self::Comment(id, _) => Some((Container::Comments, *id)),
            Self::Action(id, _) | Self::CheckinAction(id, _) => Some((Container::Actions, *id)),
            Self::Step(id, _) => Some((Container::Steps, *id)),
            Self::Redescription { .. } => Some((Container::Facts, *intent)),
            _ => None,
        }
    }

    /// The kind of document it belongs to; `None` for what several kinds have.
    const fn kind(&self) -> Option<DocumentKind> {
        match self {
            Self::Photo(..) | Self::Comment(..) => None,
            Self::CheckinAction(..) | Self::Step(..) => Some(DocumentKind::MatterCheckin),
            _ => Some(DocumentKind::Case),
        }
    }
}

impl Document {
    /// Applies an intent as one change of `actor`. `None` when everything it would create or set is there already.
    ///
    /// # Errors
    /// A text over its limit, or a damaged document.
    pub fn apply_intent(
        &mut self,
        actor: ActorId,
        intent: &Intent,
    ) -> Result<Option<NewChange>, EditError> {
        if intent.edits.len() > EDITS_MAX {
            return Err(EditError::TooMany(intent.edits.len()));
        }
        intent.edits.iter().try_for_each(Edit::check)?;
        let mut kinds = intent.edits.iter().filter_map(Edit::kind);
        if kinds.any(|kind| kind != self.kind()) {
            return Err(EditError::OtherKind { is: self.kind() });
        }
        self.change(actor, intent.at, None, |writer| {
            let mut edits = intent.edits.iter();
            edits.try_for_each(|edit| writer.write(&intent.id, edit))
        })
    }

    /// Writes rulings as one change of the server's actor.
    ///
    /// # Errors
    /// A damaged document.
    pub fn rule(
        &mut self,
        actor: ActorId,
        at: Timestamp,
        rulings: &[(IntentId, impl Encode<()>)],
    ) -> Result<Option<NewChange>, EditError> {
        self.change(actor, at, None, |writer| {
            rulings
                .iter()
                .try_for_each(|(id, ruling)| writer.entry(Container::Rulings, id, ruling))
        })
    }

    /// Writes an action and its ruling as one change of the server's actor: somebody acted in a browser.
    ///
    /// # Errors
    /// A text over its limit, or a damaged document.
    pub fn act_and_rule(
        &mut self,
        actor: ActorId,
        at: Timestamp,
        (id, action): (IntentId, &Action),
        ruling: &Ruling,
    ) -> Result<Option<NewChange>, EditError> {
        check_act(&action.act)?;
        self.action_and_ruling(actor, at, (id, action), ruling)
    }

    /// [`Self::act_and_rule`] of a check-in.
    ///
    /// # Errors
    /// A text over its limit, or a damaged document.
    pub fn act_on_checkin_and_rule(
        &mut self,
        actor: ActorId,
        at: Timestamp,
        (id, action): (IntentId, &checkin::Action),
        ruling: &checkin::Ruling,
    ) -> Result<Option<NewChange>, EditError> {
        action.check()?;
        self.action_and_ruling(actor, at, (id, action), ruling)
    }

    fn action_and_ruling(
        &mut self,
        actor: ActorId,
        at: Timestamp,
        (id, action): (IntentId, &impl Encode<()>),
        ruling: &impl Encode<()>,
    ) -> Result<Option<NewChange>, EditError> {
        self.change(actor, at, None, |writer| {
            writer.entry(Container::Actions, &id, action)?;
            writer.entry(Container::Rulings, &id, ruling)
        })
    }

    /// One change of `actor`; `None` when it would hold nothing.
    pub(crate) fn change(
        &mut self,
        actor: ActorId,
        at: Timestamp,
        message: Option<&str>,
        edit: impl for<'a> FnOnce(&mut Writer<'a>) -> Result<(), EditError>,
    ) -> Result<Option<NewChange>, EditError> {
        // On a copy, because an actor index that was taken up for a failed edit would stay in the document.
        let mut copy = self.clone();
        copy.inner.set_actor(actor.into());
        let operations = {
            let mut writer = Writer {
                transaction: copy.inner.transaction(),
            };
            edit(&mut writer)?;
            let operations = writer.transaction.pending_ops();
            let options = CommitOptions::default().with_time(at.as_millis());
            writer.transaction.commit_with(match message {
                Some(message) => options.with_message(message),
                None => options,
            });
            operations
        };
        if operations == 0 {
            return Ok(None);
        }
        let Some(change) = copy.inner.get_last_local_change() else {
            return Ok(None);
        };
        copy.note_local(&change);
        *self = copy;
        Ok(new_change(&change))
    }
}

pub(crate) struct Writer<'a> {
    pub(crate) transaction: Transaction<'a>,
}

pub(crate) fn damaged(cause: impl std::fmt::Display) -> EditError {
    EditError::Damaged(cause.to_string())
}

impl Writer<'_> {
    pub(crate) fn object(&self, container: Container) -> Result<ObjId, EditError> {
        container
            .find(&self.transaction)
            .ok_or_else(|| damaged(format!("no {}", container.key())))
    }

    fn write(&mut self, intent: &IntentId, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::Class(code) => self.fact(fact::CLASS, code.as_str().into()),
            Edit::Condition(code) => self.fact(fact::CONDITION, code.as_str().into()),
            Edit::Title(text) => self.fact(fact::TITLE, text.as_str().into()),
            Edit::Address(text) => self.fact(fact::ADDRESS, text.as_str().into()),
            Edit::Severity(severity) => self.fact(fact::SEVERITY, severity.id().into()),
            Edit::Component(code) => self.fact(fact::COMPONENT, code.to_string().into()),
            Edit::PossibleDuplicateOf(case) => {
                self.fact(fact::POSSIBLE_DUPLICATE_OF, case.to_string().into())
            }
            Edit::Position(position) => self.fact(fact::POSITION, encode(position)),
            Edit::UnitGrid(answer) => self.fact(fact::UNIT_GRID, encode(answer)),
            Edit::Description(text) => {
                let description = self.object(Container::Description)?;
                self.transaction
                    .update_text(&description, text)
                    .map_err(damaged)
            }
            Edit::Redescription { from, to } => self.redescribe(intent, from, to),
            Edit::Photo(id, photo) => self.entry(Container::Photos, id, photo),
            Edit::Hazard(id, note) => self.entry(Container::Hazards, id, note),
            Edit::Comment(id, note) => self.entry(Container::Comments, id, note),
            Edit::Action(id, action) => self.entry(Container::Actions, id, action),
            Edit::CheckinAction(id, action) => self.entry(Container::Actions, id, action),
            Edit::Step(id, entry) => self.entry(Container::Steps, id, entry),
        }
    }

    fn fact(&mut self, key: &str, value: ScalarValue) -> Result<(), EditError> {
        let facts = self.object(Container::Facts)?;
        let current = self.transaction.get(&facts, key).map_err(damaged)?;
        if current.is_some_and(|(current, _)| current.as_scalar() == Some(&value)) {
            return Ok(());
        }
        self.transaction.put(&facts, key, value).map_err(damaged)
    }

    /// An edit of the text is written once, as its mark tells; one that changes nothing leaves none.
    fn redescribe(&mut self, intent: &IntentId, from: &str, to: &str) -> Result<(), EditError> {
        let facts = self.object(Container::Facts)?;
        let mark = intent.to_string();
        let written = self.transaction.get(&facts, mark.as_str());
        if written.map_err(damaged)?.is_some() {
            return Ok(());
        }
        let description = self.object(Container::Description)?;
        let now = self.transaction.text(&description).map_err(damaged)?;
        let merged = if now == *from || now == *to {
            to.to_owned()
        } else {
            merged_text(from, to, &now).map_err(damaged)?
        };
        if merged == now {
            return Ok(());
        }
        self.transaction
            .update_text(&description, merged)
            .map_err(damaged)?;
        self.transaction
            .put(&facts, mark.as_str(), fact::MARK)
            .map_err(damaged)
    }

    /// An entry is written once: an intent that is applied again changes nothing.
    fn entry(
        &mut self,
        container: Container,
        id: &IntentId,
        entry: &impl Encode<()>,
    ) -> Result<(), EditError> {
        let map = self.object(container)?;
        let key = id.to_string();
        if self
            .transaction
            .get(&map, key.as_str())
            .map_err(damaged)?
            .is_some()
        {
            return Ok(());
        }
        self.transaction
            .put(&map, key.as_str(), encode(entry))
            .map_err(damaged)
    }
}

pub(crate) fn encode(value: &impl Encode<()>) -> ScalarValue {
    let mut bytes = Vec::new();
    // Writing to a vector cannot fail, and no type of ours refuses to be encoded.
    let _ = minicbor::encode(value, &mut bytes);
    ScalarValue::Bytes(bytes)
}
