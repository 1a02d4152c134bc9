//! The power goes after every single write of a verb: the verb happened whole or not at all, and one that returned is
//! there.

use xunge_domain::ids::DocumentId;
use xunge_field::{AttachRequest, FieldApp, FieldError};
use xunge_store::MemoryMedium;

use crate::hub::Hub;
use crate::phone::{CLASS, INSIDE, Phone, photo};
use crate::pictures::jpeg;

const WRITES_MAX: u64 = 200;

/// An enrolled phone in memory with a case and a draft that can be reported.
struct Bench {
    medium: MemoryMedium,
    app: FieldApp,
    hub: Hub,
    case: DocumentId,
    draft: DocumentId,
}

impl Bench {
    fn new(ports: &Phone) -> Self {
        let medium = MemoryMedium::new();
        let hub = Hub::new();
        let mut app = FieldApp::open_medium(&medium, ports.ports()).unwrap();
        let (enrolment, request) = app
            .begin_enrolment("http://hub.example", &hub.code())
            .unwrap();
        app.finish_enrolment(&enrolment, hub.enrol(&request))
            .unwrap();
        let case = ready(&mut app, "先前");
        app.report(case).unwrap();
        let draft = ready(&mut app, "路面坑洞");
        Self {
            medium,
            app,
            hub,
            case,
            draft,
        }
    }
}

fn ready(app: &mut FieldApp, title: &str) -> DocumentId {
    let draft = app.new_draft().unwrap();
    app.attach_to_draft(draft, photo(&jpeg(title))).unwrap();
    let mut content = app.draft(draft).unwrap().content;
    content.class = Some(CLASS.into());
    content.title = title.into();
    content.point = Some(INSIDE);
    app.save_draft(draft, &content).unwrap();
    draft
}

/// What a worker can see, as far as the verbs here change it.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    comments: usize,
    case_photos: usize,
    draft_photos: Option<usize>,
    reported: bool,
    texts_unsent: u64,
}

fn seen(app: &FieldApp, case: DocumentId, draft: DocumentId) -> Seen {
    let page = app.show(case).unwrap();
    Seen {
        comments: page.comments.len(),
        case_photos: page.photos.len(),
        draft_photos: app
            .draft(draft)
            .ok()
            .map(|draft| draft.content.photos.len()),
        reported: app.show(draft).is_ok_and(|page| page.photos.len() == 1),
        texts_unsent: app.sync_status().unwrap().texts_unsent,
    }
}

/// Runs `verb` with the power going after 0, 1, 2… writes, until it goes through.
fn at_every_cut(verb: impl Fn(&mut Bench) -> Result<(), FieldError>) {
    let ports = Phone::new();
    let (before, after) = {
        let mut bench = Bench::new(&ports);
        let before = seen(&bench.app, bench.case, bench.draft);
        verb(&mut bench).unwrap();
        (before, seen(&bench.app, bench.case, bench.draft))
    };
    assert_ne!(before, after, "the verb does something");
    for writes in 0..WRITES_MAX {
        let mut bench = Bench::new(&ports);
        bench.medium.cut_power_after(writes);
        let result = verb(&mut bench);
        let Bench {
            medium,
            app,
            case,
            draft,
            ..
        } = bench;
        drop(app);
        let app = FieldApp::open_medium(&medium, ports.ports()).unwrap();
        let found = seen(&app, case, draft);
        match result {
            Ok(()) => {
                assert_eq!(found, after, "cut after {writes} writes");
                assert!(writes > 2, "some cuts came before");
                return;
            }
            Err(cause) => {
                assert!(!cause.zh().is_empty());
                assert!(found == before || found == after, "{writes}: {found:?}");
            }
        }
    }
    panic!("never went through");
}

#[test]
fn a_report_is_whole_or_still_a_draft() {
    at_every_cut(|bench| bench.app.report(bench.draft).map(drop));
}

#[test]
fn a_comment_is_there_or_not() {
    at_every_cut(|bench| bench.app.comment(bench.case, "夜间无照明").map(drop));
}

#[test]
fn a_photo_is_cited_with_its_file_or_not_at_all() {
    at_every_cut(|bench| {
        let bytes = jpeg("second");
        let request = AttachRequest {
            case: bench.case,
            photo: photo(&bytes),
        };
        bench.app.attach(request).map(drop)
    });
    at_every_cut(|bench| {
        let bytes = jpeg("second");
        bench
            .app
            .attach_to_draft(bench.draft, photo(&bytes))
            .map(drop)
    });
}

#[test]
fn a_receipt_is_kept_or_asked_for_again() {
    at_every_cut(|bench| {
        bench.app.start_sync();
        let request = bench.app.next_request()?.expect("a push");
        let answer = bench.hub.answer(&request);
        bench.app.on_answer(answer).map(drop)
    });
}
