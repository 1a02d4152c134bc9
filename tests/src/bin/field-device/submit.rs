//! The verbs that turn a draft into a case: report, self-handle, register.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use xunge_field::domain::case::{Fix, PhotoPurpose, Severity, Source};
use xunge_field::domain::geo::Point;
use xunge_field::{DraftContent, FieldApp, FieldError, PhotoInput};

use crate::act::known;
use crate::arguments::fix;
use crate::output::{End, Failure, print};
use crate::run::read;

/// What was found.
#[derive(Debug, Args)]
pub(crate) struct Found {
    /// Code or English id of the minor class, e.g. road_damage.
    #[arg(long)]
    class: String,
    /// Longitude,latitude in degrees (WGS-84).
    #[arg(long, allow_hyphen_values = true)]
    at: Point,
    /// Photo of what was found; may be given several times.
    #[arg(long = "photo")]
    photos: Vec<PathBuf>,
    #[arg(long, default_value = "")]
    description: String,
    #[arg(long, default_value = "")]
    address: String,
    /// ordinary, serious or urgent.
    #[arg(long, default_value = "ordinary")]
    severity: String,
    /// Why there is no unit grid here.
    #[arg(long)]
    no_grid: Option<String>,
    /// An answer of positioning: longitude,latitude,metres. May be given several times.
    #[arg(long = "fix", allow_hyphen_values = true, value_parser = fix)]
    fixes: Vec<Fix>,
    /// The platform marks positioning as mocked.
    #[arg(long)]
    mock: bool,
}

/// How it becomes a case.
pub(crate) enum Way {
    Report,
    SelfHandle {
        after: Vec<PathBuf>,
        note: String,
    },
    Register {
        source: String,
        external_id: Option<String>,
    },
}

impl Found {
    fn content(&self) -> Result<DraftContent, Failure> {
        let mut fixes = self.fixes.clone();
        fixes.iter_mut().for_each(|fix| fix.mock = self.mock);
        Ok(DraftContent {
            class: Some(self.class.clone()),
            description: self.description.clone(),
            address: self.address.clone(),
            point: Some(self.at),
            severity: known("severity", &self.severity, Severity::from_id)?,
            no_grid_reason: self.no_grid.clone(),
            fixes,
            ..DraftContent::default()
        })
    }
}

pub(crate) fn submit(
    app: &mut FieldApp,
    json: bool,
    found: Found,
    way: &Way,
) -> Result<End, Failure> {
    let content = found.content()?;
    let (purpose, after): (_, &[PathBuf]) = match way {
        Way::SelfHandle { after, .. } => (PhotoPurpose::Before, after),
        Way::Report | Way::Register { .. } => (PhotoPurpose::Found, &[]),
    };
    let source = match way {
        Way::Register { source, .. } => Some(known("source", source, Source::from_id)?),
        _ => None,
    };
    let draft = app.new_draft()?;
    app.save_draft(draft, &content)?;
    let photos = found.photos.iter().map(|file| (file, purpose));
    let after = after.iter().map(|file| (file, PhotoPurpose::After));
    for (file, purpose) in photos.chain(after) {
        let bytes = read(file)?;
        let photo = PhotoInput {
            bytes: &bytes,
            purpose,
            caption: "",
            point: content.fixes.first().map(|fix| fix.point),
            fixes: &content.fixes,
            signals: &[],
        };
        app.attach_to_draft(draft, photo)?;
    }
    let submitted = match (way, source) {
        (Way::SelfHandle { note, .. }, _) => app.self_handle(draft, Some(found.at), note),
        (Way::Register { external_id, .. }, Some(source)) => {
            app.register(draft, source, external_id.clone())
        }
        _ => app.report(draft),
    };
    let case = match submitted {
        Ok(case) => case,
        Err(cause) => return Err(refused(app, draft, cause)?),
    };
    let local_code = case.local_code();
    print(
        json,
        &json!({ "case": case, "local_code": local_code }),
        || format!("已保存在本机：{local_code}\ncase {case}"),
    );
    Ok(End::Done)
}

/// On a command line there is no form to come back to.
fn refused(
    app: &mut FieldApp,
    draft: xunge_field::domain::ids::DocumentId,
    cause: FieldError,
) -> Result<Failure, Failure> {
    app.discard_draft(draft)?;
    Ok(cause.into())
}
