//! The photos, by purpose, each with whether its bytes are here.

use maud::{Markup, html};
use xunge_domain::case::{Keyed, PhotoEntry, PhotoPurpose};

use super::CaseView;
use crate::pages::layout::Frame;
use crate::pages::parts::photo_path;
use crate::pages::words::{self, Word};

pub(super) fn section(view: &CaseView, frame: &Frame<'_>) -> Markup {
    let mut photos: Vec<&Keyed<PhotoEntry>> = view.case.photos.iter().collect();
    photos.sort_by_key(|photo| (order(photo.entry.purpose), photo.entry.at, photo.id));
    html! {
        section.card {
            header { h2 { (frame.say(Word::Photos)) } span.quiet { (photos.len()) } }
            div.body {
                @if photos.is_empty() { p.quiet { (frame.say(Word::NoPhotosYet)) } }
                div.photos {
                    @for photo in photos { (figure(view, frame, &photo.entry)) }
                }
            }
        }
    }
}

/// In the order of the work, not of the declaration.
fn order(purpose: PhotoPurpose) -> u8 {
    match purpose {
        PhotoPurpose::Found => 0,
        PhotoPurpose::Verify => 1,
        PhotoPurpose::Before => 2,
        PhotoPurpose::During => 3,
        PhotoPurpose::After => 4,
        PhotoPurpose::Check => 5,
    }
}

fn figure(view: &CaseView, frame: &Frame<'_>, photo: &PhotoEntry) -> Markup {
    let purpose = words::purpose(frame.lang, photo.purpose);
    let original = view.stored.contains(&photo.original.sha256);
    let preview = photo
        .preview
        .filter(|preview| view.stored.contains(&preview.sha256));
    let shown = preview.or(original.then_some(photo.original));
    let label = format!("{purpose} {} {}", photo.at.to_local_minute(), photo.caption);
    html! {
        figure {
            @match shown {
                Some(blob) if original => {
                    a.frame href=(photo_path(&photo.original.sha256)) title=(label) { img src=(photo_path(&blob.sha256)) alt=(label) loading="lazy"; }
                }
                Some(blob) => { div.frame { img src=(photo_path(&blob.sha256)) alt=(label) loading="lazy"; } }
                None => { div.frame.waiting { (frame.say(if photo.elsewhere { Word::Elsewhere } else { Word::PendingHint })) } }
            }
            figcaption {
                b { (purpose) }
                @if original { span.ok { "● " (frame.say(Word::Stored)) } }
                @else if !photo.elsewhere { span.late { "▲ " (frame.say(Word::Pending)) } }
                span { (view.person_name(&photo.author)) " " (photo.at.to_local_minute()) }
                @if !photo.caption.is_empty() { span { (photo.caption) } }
            }
        }
    }
}
