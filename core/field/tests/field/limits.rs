//! Texts: the longest fits, one character more is told, and nothing is written.

use xunge_documents::{TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};
use xunge_field::AttachRequest;

use crate::hub::Hub;
use crate::phone::{Phone, photo};
use crate::pictures::jpeg;

fn text(characters: usize) -> String {
    "坑".repeat(characters)
}

#[test]
fn notes_and_facts_fit_up_to_their_limit() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let case = phone.report("路面坑洞");
    let (fits, over) = (text(TEXT_CHARACTERS_MAX), text(TEXT_CHARACTERS_MAX + 1));
    phone.app().comment(case, &fits).unwrap();
    phone.app().hazard(case, &fits).unwrap();
    phone.app().describe(case, &fits).unwrap();
    phone.app().set_address(case, &fits).unwrap();
    let before = phone.show(case);
    assert_eq!(before.facts.address, fits);
    let row = &phone.app().cases(None, 1).unwrap()[0];
    assert!(
        !row.address.is_empty() && fits.starts_with(&row.address),
        "as much as a row takes"
    );
    let app = phone.app();
    let refusals = [
        app.comment(case, &over).unwrap_err(),
        app.hazard(case, &over).unwrap_err(),
        app.describe(case, &over).unwrap_err(),
        app.set_address(case, &over).unwrap_err(),
    ];
    for error in refusals {
        assert_eq!(error.code(), "text_too_long");
        assert!(
            error.zh().contains(&TEXT_CHARACTERS_MAX.to_string()),
            "{}",
            error.zh()
        );
    }
    assert_eq!(
        phone.app().comment(case, " \n ").unwrap_err().code(),
        "invalid_input"
    );
    assert_eq!(phone.show(case), before);
}

#[test]
fn a_title_too_long_leaves_the_draft() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    phone.report(&text(TITLE_CHARACTERS_MAX));
    let draft = phone.draft(&text(TITLE_CHARACTERS_MAX + 1));
    assert_eq!(
        phone.app().report(draft).unwrap_err().code(),
        "text_too_long"
    );
    assert_eq!(phone.app().draft(draft).unwrap().content.photos.len(), 1);
}

#[test]
fn a_caption_too_long_keeps_no_photo() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let case = phone.report("路面坑洞");
    let bytes = jpeg("second");
    let mut attach = |caption: &str| {
        let photo = xunge_field::PhotoInput {
            caption,
            ..photo(&bytes)
        };
        phone.app().attach(AttachRequest { case, photo })
    };
    let error = attach(&text(TEXT_CHARACTERS_MAX + 1)).unwrap_err();
    assert_eq!(error.code(), "text_too_long");
    attach(&text(TEXT_CHARACTERS_MAX)).unwrap();
    assert_eq!(phone.show(case).photos.len(), 2);
}
