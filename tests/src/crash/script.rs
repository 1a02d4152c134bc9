//! The twenty steps of one worker's day, and what each of them promises.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::Digest as _;

use crate::world::photo;

/// 至德街/商都路 in 圃田乡.
const PLACE: &str = "113.7861,34.7552";
/// Of the photos drawn: more than one SQLite page and than one sector, quick to look at.
const PHOTO_PIXELS: (u32, u32) = (320, 240);
/// Photos of the day.
const PHOTOS: u64 = 8;

/// What a step promises once it has ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Promise {
    /// The device is somebody's.
    Enrolled,
    /// A report, by its address, with these photos.
    Case {
        address: &'static str,
        photos: Vec<String>,
    },
    Photo {
        address: &'static str,
        sha256: String,
    },
    Comment {
        address: &'static str,
        text: &'static str,
    },
    Hazard {
        address: &'static str,
        text: &'static str,
    },
    /// A request for a decision, with the photo it shows.
    Request {
        address: &'static str,
        action: &'static str,
        photo: String,
    },
    /// Everything so far is at the hub.
    Synchronised,
}

/// One argument of a command.
#[derive(Debug, Clone)]
pub(super) enum Argument {
    Text(String),
    /// The id of the case reported at this address.
    Case(&'static str),
    /// The hub of the moment.
    Hub,
    /// The one code of the day.
    Code,
}

/// Somebody in a browser decides before a step.
#[derive(Debug, Clone)]
pub(super) struct Decision {
    pub(super) person: &'static str,
    pub(super) address: &'static str,
    pub(super) act: Value,
}

/// One step: a command of `field-device`.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) arguments: Vec<Argument>,
    pub(super) promise: Promise,
    pub(super) decision: Option<Decision>,
}

impl Step {
    /// Whether the hub takes part.
    pub(super) fn speaks(&self) -> bool {
        matches!(self.promise, Promise::Enrolled | Promise::Synchronised)
    }

    /// What it is called in a report.
    pub(super) fn verb(&self) -> &str {
        match self.arguments.first() {
            Some(Argument::Text(verb)) => verb,
            _ => "?",
        }
    }
}

/// Draws the photos of the day into a folder.
struct Album(Vec<(PathBuf, String)>);

impl Album {
    #[expect(clippy::expect_used, reason = "the harness has just written it")]
    fn draw(folder: &Path) -> Self {
        let (width, height) = PHOTO_PIXELS;
        let draw = |number: u64| {
            let file = photo::draw(folder, &format!("photo-{number}"), number, width, height);
            let bytes = std::fs::read(&file).expect("a photo");
            let sha256 = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(bytes));
            (file, sha256)
        };
        Self((0..PHOTOS).map(draw).collect())
    }

    fn file(&self, number: usize) -> Argument {
        Argument::Text(self.0[number].0.display().to_string())
    }

    fn sha256(&self, number: usize) -> String {
        self.0[number].1.clone()
    }
}

fn text(text: &str) -> Argument {
    Argument::Text(text.to_owned())
}

fn step(arguments: Vec<Argument>, promise: Promise) -> Step {
    Step {
        arguments,
        promise,
        decision: None,
    }
}

fn report(album: &Album, address: &'static str, photos: &[usize]) -> Step {
    let mut arguments = vec![
        text("report"),
        text("--class"),
        text("road_damage"),
        text("--at"),
        text(PLACE),
        text("--address"),
        text(address),
    ];
    for number in photos {
        arguments.extend([text("--photo"), album.file(*number)]);
    }
    let photos = photos.iter().map(|number| album.sha256(*number)).collect();
    step(arguments, Promise::Case { address, photos })
}

fn attach(album: &Album, address: &'static str, number: usize) -> Step {
    let arguments = vec![
        text("attach"),
        Argument::Case(address),
        text("--photo"),
        album.file(number),
        text("--purpose"),
        text("found"),
    ];
    let sha256 = album.sha256(number);
    step(arguments, Promise::Photo { address, sha256 })
}

fn comment(address: &'static str, words: &'static str) -> Step {
    let arguments = vec![text("comment"), Argument::Case(address), text(words)];
    let text = words;
    step(arguments, Promise::Comment { address, text })
}

fn hazard(address: &'static str, words: &'static str) -> Step {
    let arguments = vec![text("hazard"), Argument::Case(address), text(words)];
    let text = words;
    step(arguments, Promise::Hazard { address, text })
}

fn synchronise() -> Step {
    let arguments = vec![
        text("sync"),
        text("--server"),
        Argument::Hub,
        text("--tries"),
        text("2"),
        text("--wait-millis-max"),
        text("1"),
    ];
    step(arguments, Promise::Synchronised)
}

/// The day. Photos are drawn into `folder`.
pub(super) fn script(folder: &Path) -> Vec<Step> {
    const FIRST: &str = "至德街与商都路交叉口";
    const SECOND: &str = "商都路 18 号门前";
    const THIRD: &str = "商都路桥下";
    let album = Album::draw(folder);
    let enrol = vec![
        text("enrol"),
        text("--server"),
        Argument::Hub,
        text("--code"),
        Argument::Code,
    ];
    let verify = vec![
        text("act"),
        Argument::Case(FIRST),
        text("verify"),
        text("--photo"),
        album.file(4),
        text("--at"),
        text(PLACE),
        text("--reason"),
        text("情况属实"),
    ];
    let request = Promise::Request {
        address: FIRST,
        action: "verify",
        photo: album.sha256(4),
    };
    let sent_to_verify = Step {
        decision: Some(Decision {
            person: "clerk",
            address: FIRST,
            act: json!({ "action": "send_verify", "to": "worker-putian" }),
        }),
        ..synchronise()
    };
    vec![
        step(enrol, Promise::Enrolled),
        report(&album, FIRST, &[0]),
        attach(&album, FIRST, 1),
        hazard(FIRST, "汛期可能形成积水"),
        comment(FIRST, "已放置警示标志"),
        synchronise(),
        report(&album, SECOND, &[2, 3]),
        comment(SECOND, "附近有学校"),
        synchronise(),
        sent_to_verify,
        step(verify, request),
        comment(FIRST, "重车仍在通行"),
        synchronise(),
        hazard(SECOND, "夜间照明不足"),
        report(&album, THIRD, &[5]),
        attach(&album, THIRD, 6),
        synchronise(),
        attach(&album, SECOND, 7),
        comment(THIRD, "水深约十厘米"),
        synchronise(),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Promise, script};

    #[test]
    #[expect(clippy::unwrap_used, reason = "a failing test should stop")]
    fn the_day_has_twenty_steps_and_no_promise_is_made_twice() {
        let folder = tempfile::tempdir().unwrap();
        let steps = script(folder.path());
        assert_eq!(steps.len(), 20);
        for (number, step) in steps.iter().enumerate() {
            let again = steps.iter().skip(number + 1);
            let mut again = again.filter(|other| other.promise == step.promise);
            assert!(step.promise == Promise::Synchronised || again.next().is_none());
        }
    }
}
