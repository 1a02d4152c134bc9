//! Editions: a history that begins anew, because a history cannot forget. The next edition of a document holds everything
//! the one before shows but texts that were erased; nothing of the former history is in it, and no change of it fits into it.
//!
//! It begins with its *foundation*, a change of the server's that builds on genesis alone and says in its message which
//! edition it begins. Everything of the edition builds on that, so that what belongs to a former edition shows by itself.

use automerge::transaction::Transactable;
use automerge::{ReadDoc, ScalarValue, Value};
use minicbor::{Decode, Encode};
use xunge_domain::case::{
    Action, ERASED_TEXT, ErasedText, GridAnswer, Note, PhotoEntry, TextErasure, TextErasureCause,
    TextPlace,
};
use xunge_domain::ids::{Digest, IntentId};
use xunge_domain::time::Timestamp;

use crate::change_parts::{ActorId, ChangeParts};
use crate::document::{Document, NewChange};
use crate::edit::{Edit, EditError, Intent, Writer, damaged, encode};
use crate::read::decode;
use crate::schema::{Container, fact, genesis_hash};

/// What the message of a foundation begins with; the number of the edition follows.
const MESSAGE: &str = "xunge edition ";
/// Entries of one change, as bytes: with them a change stays far below what the guard of any replica lets in.
const ENTRIES_BYTES_MAX: usize = 64 * 1024;
/// Characters of the description of one change; each is an operation.
const CHARACTERS_MAX: usize = 4_000;
/// Most texts erased at once.
const TEXTS_MAX: usize = 64;

/// The edition that a change begins; `None` of any other change. Says nothing of who wrote it.
pub fn edition_begun_by(parts: &ChangeParts<'_>) -> Option<u32> {
    let number = parts.message?.strip_prefix(MESSAGE)?.parse().ok()?;
    (number > 0 && parts.dependencies == [genesis_hash()]).then_some(number)
}

/// An order to erase texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextOrder {
    /// Which, each once.
    pub places: Vec<TextPlace>,
    /// The hub's clock.
    pub at: Timestamp,
    /// By whose order.
    pub by: String,
    /// Why.
    pub cause: TextErasureCause,
}

/// The next edition of a document.
pub struct NewEdition {
    /// The document.
    pub document: Document,
    /// Its number.
    pub number: u32,
    /// All its changes, the foundation first.
    pub changes: Vec<NewChange>,
    /// The marks of the texts that were erased just now, in the order asked.
    pub erased: Vec<ErasedText>,
}

/// Why there is no next edition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditionError {
    /// There is no text in that place, or it was erased.
    #[error("there is no text in {0}, or it was erased")]
    NoText(TextPlace),
    /// No place at all, or too many.
    #[error("{0} texts at once: name 1 to {TEXTS_MAX}")]
    Places(usize),
    /// The document cannot be written anew.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// An entry with a text in it.
trait Worded: Encode<()> + for<'bytes> Decode<'bytes, ()> {
    /// The text, where there is one.
    fn words(&mut self) -> Option<&mut String>;
    /// Takes the seal out. Whether there was one.
    fn unsealed(&mut self) -> bool;
}

impl Worded for PhotoEntry {
    fn words(&mut self) -> Option<&mut String> {
        Some(&mut self.caption)
    }

    fn unsealed(&mut self) -> bool {
        self.seal.take().is_some()
    }
}

impl Worded for Note {
    fn words(&mut self) -> Option<&mut String> {
        Some(&mut self.text)
    }

    fn unsealed(&mut self) -> bool {
        false
    }
}

impl Worded for Action {
    fn words(&mut self) -> Option<&mut String> {
        self.act.text_mut()
    }

    fn unsealed(&mut self) -> bool {
        self.seal.take().is_some()
    }
}

/// An entry as it is after its text was erased, and what is left to prove of it: digests before, where it was sealed, and after.
struct Reworded {
    bytes: Vec<u8>,
    was: Option<Digest>,
    is: Digest,
}

fn bytes_of(entry: &impl Encode<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to a vector cannot fail, and no entry of ours refuses to be encoded.
    let _ = minicbor::encode(entry, &mut bytes);
    bytes
}

fn erase(words: &mut String) -> Option<()> {
    (!words.is_empty() && words != ERASED_TEXT).then(|| ERASED_TEXT.clone_into(words))
}

fn reworded<Entry: Worded>(bytes: &[u8]) -> Option<Reworded> {
    let mut bare: Entry = decode(bytes)?;
    let sealed = bare.unsealed();
    let was = sealed.then(|| Digest::of(&bytes_of(&bare)));
    erase(bare.words()?)?;
    let is = Digest::of(&bytes_of(&bare));
    let mut entry: Entry = decode(bytes)?;
    erase(entry.words()?)?;
    Some(Reworded {
        bytes: bytes_of(&entry),
        was,
        is,
    })
}

impl Document {
    /// Which edition this is; 0 is the first.
    pub fn edition(&self) -> u32 {
        let facts = Container::Facts.find(&self.inner);
        let number = facts.and_then(|facts| self.inner.get(facts, fact::EDITION).ok().flatten());
        let number = number.and_then(|(value, _)| value.as_u64());
        number
            .and_then(|number| u32::try_from(number).ok())
            .unwrap_or(0)
    }

    /// Whether a change that builds on these is of a former edition: on genesis alone, where everything builds on a foundation.
    pub fn is_of_former_edition(&self, parts: &ChangeParts<'_>) -> bool {
        self.edition() > 0 && parts.dependencies == [genesis_hash()]
    }

    /// Writes the next edition: everything this one shows, under the ids it has here, but the texts of the order, in whose
    /// places [`ERASED_TEXT`] and a mark stand. Values that lost against concurrent ones are not carried over. Cost: as writing
    /// the case anew.
    ///
    /// # Errors
    /// A place without a text, no place, or a damaged document.
    pub fn next_edition(
        &self,
        actor: ActorId,
        order: &TextOrder,
    ) -> Result<NewEdition, EditionError> {
        if !(1..=TEXTS_MAX).contains(&order.places.len()) {
            return Err(EditionError::Places(order.places.len()));
        }
        let number = self.edition().saturating_add(1);
        let mut shown = self.shown()?;
        let mut erased = Vec::new();
        for place in &order.places {
            let left = shown.erase(*place).ok_or(EditionError::NoText(*place))?;
            let erasure = TextErasure {
                at: order.at,
                by: order.by.clone(),
                cause: order.cause,
                was: left.as_ref().and_then(|left| left.was),
                is: left.map(|left| left.is),
            };
            shown.put_fact(format!("{}{place}", fact::ERASED), encode(&erasure));
            erased.push(ErasedText {
                place: *place,
                erasure,
            });
        }
        shown.put_fact(fact::EDITION.to_owned(), ScalarValue::Uint(number.into()));
        let mut document = Self::new();
        let mut changes = Vec::new();
        for (index, part) in shown.parts().iter().enumerate() {
            let message = format!("{MESSAGE}{number}");
            let message = (index == 0).then_some(message.as_str());
            changes.extend(document.change(actor, order.at, message, |writer| part.write(writer))?);
        }
        Ok(NewEdition {
            document,
            number,
            changes,
            erased,
        })
    }

    /// What the document shows, as raw values.
    fn shown(&self) -> Result<Shown, EditError> {
        let mut maps = Vec::new();
        let mut description = String::new();
        for container in Container::ALL {
            let object = container
                .find(&self.inner)
                .ok_or_else(|| damaged(format!("no {}", container.key())))?;
            if container == Container::Description {
                description = self.inner.text(&object).map_err(damaged)?;
                continue;
            }
            for item in self.inner.map_range(&object, ..) {
                if let Value::Scalar(value) = item.value.into_value() {
                    maps.push((container, item.key.to_string(), value.into_owned()));
                }
            }
        }
        Ok(Shown { maps, description })
    }
}

/// What stands in the maps of a document, and its description.
struct Shown {
    maps: Vec<(Container, String, ScalarValue)>,
    description: String,
}

impl Shown {
    fn value(&mut self, container: Container, key: &str) -> Option<&mut ScalarValue> {
        let mut all = self.maps.iter_mut();
        all.find(|(of, name, _)| *of == container && name == key)
            .map(|(_, _, value)| value)
    }

    fn put_fact(&mut self, key: String, value: ScalarValue) {
        match self.value(Container::Facts, &key) {
            Some(there) => *there = value,
            // Facts go first: the foundation says which edition it begins.
            None => self.maps.insert(0, (Container::Facts, key, value)),
        }
    }

    /// Erases a text; what is left of an entry. `None` where there is no text.
    fn erase(&mut self, place: TextPlace) -> Option<Option<Reworded>> {
        match place {
            TextPlace::Title => self.erase_fact(fact::TITLE).map(|()| None),
            TextPlace::Address => self.erase_fact(fact::ADDRESS).map(|()| None),
            TextPlace::Description => erase(&mut self.description).map(|()| None),
            TextPlace::GridReason => {
                let value = self.value(Container::Facts, fact::UNIT_GRID)?;
                let mut answer: GridAnswer = match value {
                    ScalarValue::Bytes(bytes) => decode(bytes)?,
                    _ => return None,
                };
                erase(answer.words_mut()?)?;
                *value = encode(&answer);
                Some(None)
            }
            TextPlace::Entry(id) => self.erase_entry(id).map(Some),
        }
    }

    fn erase_fact(&mut self, key: &str) -> Option<()> {
        let value = self.value(Container::Facts, key)?;
        let ScalarValue::Str(text) = value else {
            return None;
        };
        let mut text = text.to_string();
        erase(&mut text)?;
        *value = text.into();
        Some(())
    }

    fn erase_entry(&mut self, id: IntentId) -> Option<Reworded> {
        let key = id.to_string();
        let of = |container: Container, bytes: &[u8]| match container {
            Container::Photos => reworded::<PhotoEntry>(bytes),
            Container::Hazards | Container::Comments => reworded::<Note>(bytes),
            Container::Actions => reworded::<Action>(bytes),
            _ => None,
        };
        self.maps.iter_mut().find_map(|(container, name, value)| {
            let ScalarValue::Bytes(bytes) = value else {
                return None;
            };
            let left = (*name == key).then(|| of(*container, bytes)).flatten()?;
            bytes.clone_from(&left.bytes);
            Some(left)
        })
    }

    /// Cut into changes: facts in the first.
    fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = vec![Part::default()];
        let mut bytes = 0;
        for (container, key, value) in &self.maps {
            let size = key.len() + value.as_bytes().map_or(16, <[u8]>::len);
            if bytes > 0 && bytes + size > ENTRIES_BYTES_MAX {
                parts.push(Part::default());
                bytes = 0;
            }
            bytes += size;
            if let Some(part) = parts.last_mut() {
                part.entries.push((*container, key, value));
            }
        }
        let characters: Vec<char> = self.description.chars().collect();
        for (index, typed) in characters.chunks(CHARACTERS_MAX).enumerate() {
            parts.push(Part {
                entries: Vec::new(),
                typed: Some((index * CHARACTERS_MAX, typed.iter().collect())),
            });
        }
        parts
    }
}

/// One change of an edition.
#[derive(Default)]
struct Part<'a> {
    entries: Vec<(Container, &'a str, &'a ScalarValue)>,
    /// Characters of the description, and where they stand.
    typed: Option<(usize, String)>,
}

impl Part<'_> {
    fn write(&self, writer: &mut Writer<'_>) -> Result<(), EditError> {
        for (container, key, value) in &self.entries {
            let map = writer.object(*container)?;
            let put = writer.transaction.put(&map, *key, (*value).clone());
            put.map_err(damaged)?;
        }
        if let Some((place, text)) = &self.typed {
            let description = writer.object(Container::Description)?;
            let typed = writer
                .transaction
                .splice_text(&description, *place, 0, text);
            typed.map_err(damaged)?;
        }
        Ok(())
    }
}

impl Intent {
    /// Whether it writes anything under ids.
    pub fn is_keyed(&self) -> bool {
        self.edits.iter().any(|edit| edit.place(&self.id).is_some())
    }

    /// The intent without texts that were erased since: its author's store forgets them as well. An edit of the description keeps
    /// nothing of what it was made from.
    #[must_use]
    pub fn without(mut self, erased: &[ErasedText]) -> Self {
        let gone = |place: TextPlace| erased.iter().any(|mark| mark.place == place);
        for edit in &mut self.edits {
            let words = match edit {
                Edit::Title(text) if gone(TextPlace::Title) => Some(text),
                Edit::Address(text) if gone(TextPlace::Address) => Some(text),
                Edit::Description(text) if gone(TextPlace::Description) => Some(text),
                Edit::UnitGrid(answer) if gone(TextPlace::GridReason) => answer.words_mut(),
                Edit::Redescription { from, to } if gone(TextPlace::Description) => {
                    from.clear();
                    Some(to)
                }
                Edit::Photo(id, photo) if gone(TextPlace::Entry(*id)) => Some(&mut photo.caption),
                Edit::Hazard(id, note) | Edit::Comment(id, note) if gone(TextPlace::Entry(*id)) => {
                    Some(&mut note.text)
                }
                Edit::Action(id, action) if gone(TextPlace::Entry(*id)) => action.act.text_mut(),
                _ => None,
            };
            if let Some(words) = words {
                ERASED_TEXT.clone_into(words);
            }
        }
        self
    }
}
