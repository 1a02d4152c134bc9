//! A photo counts for one round: what an earlier act of its author rested on is no evidence of what is there now.

use crate::case::action::Action;
use crate::case::entry::{Keyed, PhotoEntry, PhotoPurpose};
use crate::case::judge::Question;
use crate::ids::IntentId;

/// Whether the author has a photo of this purpose that is newer than the author's last accepted act of this kind.
pub(super) fn has_photo(question: &Question<'_>, purpose: PhotoPurpose) -> bool {
    let me = &question.action.author;
    let photos = question.case.photos.iter();
    let mut own = photos.filter(|photo| {
        let entry = &photo.entry;
        entry.purpose == purpose && entry.author == *me
    });
    let before = last(question);
    own.any(|photo| before.is_none_or(|(id, act)| !rested_on(photo, id, act)))
}

/// The author's last act of this kind that was accepted before the ruling that is being made.
fn last<'a>(question: &Question<'a>) -> Option<(&'a IntentId, &'a Action)> {
    let asked = question.action;
    let rulings = question.case.rulings.iter().rev();
    // When a ruling is decided anew, the later ones are on record already.
    let mut earlier = rulings.filter(|ruling| {
        ruling.entry.sequence <= question.standing.sequence && ruling.entry.outcome.is_accepted()
    });
    earlier.find_map(|ruling| {
        let act = question.case.action(&ruling.id)?;
        let same = act.act.name() == asked.act.name() && act.author == asked.author;
        same.then_some((&ruling.id, act))
    })
}

/// Whether a photo was there when its author asked. One device counts its writes, whatever its clock says, and what it writes
/// together has one time; of two devices only their clocks say which was first.
fn rested_on(photo: &Keyed<PhotoEntry>, id: &IntentId, act: &Action) -> bool {
    if photo.id.prefix() == id.prefix() {
        photo.id.counter() < id.counter() || photo.entry.at == act.at
    } else {
        photo.entry.at <= act.at
    }
}
