//! What was called saved, and whether it is still there: on the device, and at the hub.

use std::collections::BTreeMap;

use serde_json::Value;

/// One write that `field-device` answered as saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Saved {
    /// A report, by its address, and the photo it came with.
    Report { address: String, photo: String },
    /// A photo, by its hash.
    Photo(String),
    /// A comment, by its text.
    Comment(String),
}

/// Everything called saved, by case.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) cases: BTreeMap<String, Vec<Saved>>,
}

fn texts<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    let items = list.as_array().into_iter().flatten();
    items
        .filter_map(|item| item.pointer(key)?.as_str())
        .collect()
}

/// A case as a device or the hub shows it.
pub(super) struct Shown<'a> {
    address: &'a str,
    photos: Vec<&'a str>,
    comments: Vec<&'a str>,
}

impl<'a> Shown<'a> {
    /// What `field-device show` prints.
    pub(super) fn on_device(view: &'a Value) -> Self {
        Self {
            address: view["facts"]["address"].as_str().unwrap_or_default(),
            photos: texts(&view["photos"], "/sha256"),
            comments: texts(&view["comments"], "/text"),
        }
    }

    /// What `GET /api/cases/…` answers.
    pub(super) fn at_hub(answer: &'a Value) -> Self {
        let case = &answer["case"];
        Self {
            address: case["facts"]["address"].as_str().unwrap_or_default(),
            photos: texts(&case["photos"], "/original/sha256"),
            comments: texts(&case["comments"], "/text"),
        }
    }

    pub(super) fn address(&self) -> &'a str {
        self.address
    }

    fn holds(&self, saved: &Saved) -> bool {
        match saved {
            Saved::Report { address, photo } => {
                self.address == address && self.photos.contains(&photo.as_str())
            }
            Saved::Photo(sha256) => self.photos.contains(&sha256.as_str()),
            Saved::Comment(text) => self.comments.contains(&text.as_str()),
        }
    }

    /// What of the ledger is not here.
    pub(super) fn missing<'l>(&self, saved: &'l [Saved]) -> impl Iterator<Item = &'l Saved> {
        saved.iter().filter(|saved| !self.holds(saved))
    }

    /// What is here twice: every photo and every text was made once.
    pub(super) fn twice(&self) -> Vec<&'a str> {
        let mut all: Vec<&str> = self.photos.iter().chain(&self.comments).copied().collect();
        all.sort_unstable();
        let pairs = all.windows(2);
        pairs
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect()
    }

    /// Every photo shown.
    pub(super) fn photos(&self) -> &[&'a str] {
        &self.photos
    }
}
