//! `xunge verify`: whether a bundle holds, layer by layer. Needs no hub. Ends with 1 when it does not.

use xunge_sync::keys::of_pem;

use crate::bundle::{self, ARCHIVE_BYTES_MAX, Layer, Report, Trust};
use crate::cli::VerifyArguments;
use crate::commands::bundle::checkpoint;
use crate::commands::{CommandError, say};
use crate::messages;

pub(super) fn run(arguments: &VerifyArguments) -> Result<(), CommandError> {
    let file = &arguments.file;
    let unreadable = |error: &dyn std::fmt::Display| {
        CommandError::new(
            &messages::FILE_UNREADABLE,
            format!("{}: {error}", file.display()),
        )
    };
    let length = std::fs::metadata(file)
        .map_err(|error| unreadable(&error))?
        .len();
    if length > ARCHIVE_BYTES_MAX {
        return Err(unreadable(&"longer than any bundle"));
    }
    let bytes = std::fs::read(file).map_err(|error| unreadable(&error))?;
    let broken = |error: &dyn std::fmt::Display| {
        CommandError::new(
            &messages::BUNDLE_BROKEN,
            format!("{}: {error}", file.display()),
        )
    };
    let (files, in_form) = bundle::read(&bytes).map_err(|error| broken(&error))?;
    let hub_key = arguments.hub_key.as_ref().map(|path| {
        let pem = std::fs::read(path);
        let pem = pem.map_err(|error| {
            CommandError::new(
                &messages::FILE_UNREADABLE,
                format!("{}: {error}", path.display()),
            )
        })?;
        of_pem(&pem).ok_or_else(|| {
            CommandError::new(
                &messages::FILE_UNREADABLE,
                format!("{}: no P-256 key in PEM", path.display()),
            )
        })
    });
    let trust = Trust {
        hub_key: hub_key.transpose()?,
        witness: arguments.witness.as_deref().map(checkpoint).transpose()?,
    };
    let report = bundle::verify(&files, in_form, &trust);
    if arguments.json {
        say(&report.to_json().to_string());
    } else {
        tell(&report, trust.hub_key.is_some());
    }
    if report.holds() {
        Ok(())
    } else {
        Err(CommandError::new(&messages::BUNDLE_BROKEN, file.display()))
    }
}

fn tell(report: &Report, key_known: bool) {
    for layer in Layer::ALL {
        let verdict = if report.layer_holds(layer) {
            "成立 holds"
        } else {
            "不成立 BROKEN"
        };
        say(&format!("{}: {verdict}", layer.words()));
        let of_layer = report
            .findings
            .iter()
            .filter(|found| found.problem.layer() == layer);
        for found in of_layer {
            let problem = found.problem;
            let mark = if problem.is_broken() { "✗" } else { "·" };
            say(&format!(
                "  {mark} {} {} [{}] {}",
                problem.zh(),
                problem.en(),
                problem.code(),
                found.place
            ));
        }
    }
    for bracket in &report.brackets {
        let at = |time: Option<_>| {
            time.map_or_else(
                || "?".to_owned(),
                |time: xunge_domain::time::Timestamp| time.to_string(),
            )
        };
        say(&format!(
            "{}: {} … {}",
            bracket.place,
            at(bracket.not_before),
            at(bracket.not_after)
        ));
    }
    say(&format!(
        "签名记录 sealed entries: {}; 原始照片 originals: {}",
        report.sealed, report.photos
    ));
    if let Some(key) = report.hub_key.filter(|_| !key_known) {
        let key = data_encoding::HEXLOWER.encode(&key);
        say(&format!(
            "服务器公钥指纹 fingerprint of the hub's key: {key}（请另行核对 ask its operator by another way, or give --hub-key）"
        ));
    }
}
