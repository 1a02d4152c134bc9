//! Limits of what an edit holds.

use xunge_domain::case::{Act, GridAnswer};
use xunge_domain::checkin;

use crate::edit::{Edit, EditError};

/// Most characters of a title.
pub const TITLE_CHARACTERS_MAX: usize = 100;
/// Most characters of a description, an address, a note, a caption or a reason.
pub const TEXT_CHARACTERS_MAX: usize = 2_000;
/// Most bytes of the code of a class, a filing condition or a provider, or of a number of another register: they are
/// ASCII, a byte is a character.
pub const CODE_BYTES_MAX: usize = 64;
/// Most bodies or blobs that one list of a request names.
pub const LISTED_MAX: usize = 64;

impl From<checkin::EntryUnfit> for EditError {
    fn from(unfit: checkin::EntryUnfit) -> Self {
        Self::TooLong {
            field: unfit.field,
            characters: unfit.count,
            characters_max: unfit.count_max,
        }
    }
}

impl Edit {
    /// The hub sets aside what is over a limit, with everything written after it: better to say so at once.
    pub(crate) fn check(&self) -> Result<(), EditError> {
        match self {
            Self::Class(code) => fits("class", code.len(), CODE_BYTES_MAX),
            Self::Condition(code) => fits("condition", code.len(), CODE_BYTES_MAX),
            Self::Title(text) => text_fits("title", text, TITLE_CHARACTERS_MAX),
            Self::Description(text) | Self::Redescription { to: text, .. } => {
                text_fits("description", text, TEXT_CHARACTERS_MAX)
            }
            Self::Address(text) => text_fits("address", text, TEXT_CHARACTERS_MAX),
            Self::UnitGrid(GridAnswer::NoGrid(reason)) => {
                text_fits("reason", reason, TEXT_CHARACTERS_MAX)
            }
            Self::Hazard(_, note) | Self::Comment(_, note) => {
                text_fits("note", &note.text, TEXT_CHARACTERS_MAX)
            }
            Self::Photo(_, photo) => text_fits("caption", &photo.caption, TEXT_CHARACTERS_MAX),
            Self::Action(_, action) => check_act(&action.act),
            Self::CheckinAction(_, action) => action.check().map_err(EditError::from),
            Self::Step(_, entry) => entry.check().map_err(EditError::from),
            Self::Position(position) => position
                .fixes
                .iter()
                .try_for_each(|fix| fits("provider", fix.provider.len(), CODE_BYTES_MAX)),
            Self::UnitGrid(GridAnswer::Known(_))
            | Self::Severity(_)
            | Self::Component(_)
            | Self::PossibleDuplicateOf(_) => Ok(()),
        }
    }
}

/// The limits of what a request says: the same for a device, a browser and the hub that takes it in.
///
/// # Errors
/// A text, a code or a list over its limit.
pub fn check_act(act: &Act) -> Result<(), EditError> {
    if let Some((field, text)) = act.text() {
        text_fits(field, text, TEXT_CHARACTERS_MAX)?;
    }
    if let Some((field, code)) = act.code() {
        fits(field, code.len(), CODE_BYTES_MAX)?;
    }
    if act.list_length() > LISTED_MAX {
        return Err(EditError::TooMany(act.list_length()));
    }
    Ok(())
}

fn text_fits(field: &'static str, text: &str, characters_max: usize) -> Result<(), EditError> {
    fits(field, text.chars().count(), characters_max)
}

fn fits(field: &'static str, characters: usize, characters_max: usize) -> Result<(), EditError> {
    if characters > characters_max {
        return Err(EditError::TooLong {
            field,
            characters,
            characters_max,
        });
    }
    Ok(())
}
