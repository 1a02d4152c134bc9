//! Verifying a bundle, without the hub: every layer is looked at whatever the others show, so that a forgery is named
//! where it was made.

mod bytes;
mod erasures;
mod log;
mod piece;
mod signer;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::time::Timestamp;
use xunge_evidence::checkpoint::SignedCheckpoint;
use xunge_evidence::record::ChainLink;
use xunge_sync::keys::{PublicKey, of_pem};

use super::files::{CASE, Files, HUB_KEY, intents};
use super::{Finding, Layer, Problem};
use piece::Piece;

/// What the one who verifies knows by another way.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// The hub's key. Without it, the archive says itself whose it is.
    pub hub_key: Option<PublicKey>,
    /// A checkpoint that a witness kept.
    pub witness: Option<SignedCheckpoint>,
}

/// When something was sealed, as far as it is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracket {
    /// The folder of the entry.
    pub place: String,
    /// The hub's clock before.
    pub not_before: Option<Timestamp>,
    /// The hub's clock after.
    pub not_after: Option<Timestamp>,
}

/// What a bundle proves and what not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Everything wrong or odd.
    pub findings: Vec<Finding>,
    /// Of every sealed entry.
    pub brackets: Vec<Bracket>,
    /// Sealed entries.
    pub sealed: usize,
    /// Photos whose original is here and is the one that was sealed or cited.
    pub photos: usize,
    /// The key the archive names, by its fingerprint.
    pub hub_key: Option<[u8; 8]>,
}

impl Report {
    /// Whether nothing is broken. What is odd is for people.
    pub fn holds(&self) -> bool {
        !self
            .findings
            .iter()
            .any(|finding| finding.problem.is_broken())
    }

    /// Whether nothing of a layer is broken.
    pub fn layer_holds(&self, layer: Layer) -> bool {
        let mut of_layer = self
            .findings
            .iter()
            .filter(|found| found.problem.layer() == layer);
        !of_layer.any(|found| found.problem.is_broken())
    }

    /// For programs.
    pub fn to_json(&self) -> Value {
        let findings = self.findings.iter().map(|finding| {
            let problem = finding.problem;
            json!({
                "layer": problem.layer(), "code": problem.code(), "broken": problem.is_broken(),
                "place": finding.place, "zh": problem.zh(), "en": problem.en(),
            })
        });
        let layers: BTreeMap<String, bool> = Layer::ALL
            .iter()
            .filter_map(|layer| Some((json!(layer).as_str()?.to_owned(), self.layer_holds(*layer))))
            .collect();
        let brackets = self.brackets.iter().map(|bracket| {
            json!({
                "place": bracket.place,
                "not_before": bracket.not_before.map(|at| at.to_string()),
                "not_after": bracket.not_after.map(|at| at.to_string()),
            })
        });
        json!({
            "holds": self.holds(),
            "layers": layers,
            "findings": findings.collect::<Vec<_>>(),
            "brackets": brackets.collect::<Vec<_>>(),
            "sealed": self.sealed,
            "photos": self.photos,
            "hub_key": self.hub_key.map(|key| data_encoding::HEXLOWER.encode(&key)),
        })
    }
}

/// What is known of the bundle while it is gone through.
struct Verifying<'a> {
    files: &'a Files,
    case: Value,
    document: Option<DocumentId>,
    hub: Option<PublicKey>,
    findings: Vec<Finding>,
    brackets: Vec<Bracket>,
    chains: BTreeMap<InstallationId, Vec<ChainLink>>,
    photos: usize,
    sealed: usize,
}

/// Looks at every layer. Cost: a hash of every file, two signatures a sealed entry.
pub fn verify(files: &Files, in_form: bool, trust: &Trust) -> Report {
    let hub = files.get(HUB_KEY).and_then(|pem| of_pem(pem));
    let case: Value = files
        .get(CASE)
        .and_then(|bytes| serde_json::from_slice(bytes).ok())
        .unwrap_or_default();
    let document = case["document"].as_str();
    let mut work = Verifying {
        files,
        document: document.and_then(|id| id.parse().ok()),
        case,
        hub,
        findings: Vec::new(),
        brackets: Vec::new(),
        chains: BTreeMap::new(),
        photos: 0,
        sealed: 0,
    };
    if !in_form {
        work.found(Problem::ArchiveChanged, "");
    }
    work.summed();
    work.texts();
    let log = work.log(trust);
    let devices = work.devices(&log);
    let erasures = work.erasures(&log);
    let mut seen = BTreeSet::new();
    for folder in intents(files) {
        match folder {
            Ok(intent) => {
                seen.insert(intent);
                if let Some(piece) = Piece::read(&mut work, intent) {
                    work.content(&piece);
                    work.signature(&piece, &devices, &erasures);
                    work.receipt(&piece, &devices, &log);
                    work.place(&piece);
                }
            }
            Err(folder) => work.found(Problem::EntryUnreadable, &folder),
        }
    }
    work.complete(&seen);
    work.chained(&log);
    work.findings.sort_by(|one, other| {
        let key = |finding: &Finding| (finding.problem.layer(), finding.problem);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.place.cmp(&other.place))
    });
    work.findings.dedup();
    Report {
        findings: work.findings,
        brackets: work.brackets,
        sealed: work.sealed,
        photos: work.photos,
        hub_key: hub.map(|key| key.fingerprint()),
    }
}

impl Verifying<'_> {
    fn found(&mut self, problem: Problem, place: &str) {
        self.findings.push(Finding {
            problem,
            place: place.to_owned(),
        });
    }

    fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Whether the hub of this archive signed these bytes.
    fn hub_signed(&self, message: &[u8], der: Option<&[u8]>) -> bool {
        let signature = der.and_then(xunge_sync::keys::of_der);
        matches!((self.hub, signature), (Some(hub), Some(signature)) if hub.verifies(message, &signature))
    }
}

fn sha256_of(value: &Value) -> Option<Digest> {
    value.as_str()?.parse().ok()
}
