//! The verbs that turn a draft into a case: report, self-handle, register.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use xunge_field::domain::case::{Fix, PhotoPurpose, Severity, Source};
use xunge_field::domain::geo::Point;
use xunge_field::domain::grid::UnitGridCode;
use xunge_field::domain::ids::DocumentId;
use xunge_field::{DraftContent, FieldApp, PhotoInput};

use crate::act::known;
use crate::arguments::fix;
use crate::near::{duplicate_lines, grid_lines};
use crate::output::{End, Failure, print};
use crate::run::read;

/// What was found.
#[derive(Debug, Args)]
pub(crate) struct Found {
    /// Code or English id of the minor class, e.g. road_damage.
    #[arg(long)]
    class: String,
    /// Longitude,latitude in degrees (WGS-84); the best fix when left out.
    #[arg(long, allow_hyphen_values = true, required_unless_present = "fixes")]
    at: Option<Point>,
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
    /// Which of the grids that a poor fix may lie in; `near --at P --accuracy M` lists them.
    #[arg(long)]
    grid: Option<UnitGridCode>,
    /// The component it is about, by its code, or `none`; of a component's class the one that stands here when left out.
    #[arg(long)]
    component: Option<String>,
    /// A case that this one may repeat: a hint to the clerk.
    #[arg(long)]
    duplicate_of: Option<String>,
    /// An answer of positioning: longitude,latitude,metres. May be given several times.
    #[arg(long = "fix", id = "fixes", allow_hyphen_values = true, value_parser = fix)]
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
    fn fixes(&self) -> Vec<Fix> {
        let mut fixes = self.fixes.clone();
        fixes.iter_mut().for_each(|fix| fix.mock = self.mock);
        fixes
    }

    /// Where the worker stands.
    fn point(&self) -> Option<Point> {
        let best = || self.fixes.iter().min_by_key(|fix| fix.accuracy_metres);
        self.at.or_else(|| best().map(|fix| fix.point))
    }

    /// Fills the form of a draft, and picks of what is offered.
    fn fill(
        &self,
        app: &mut FieldApp,
        draft: DocumentId,
        severity: Severity,
    ) -> Result<(), Failure> {
        let content = DraftContent {
            description: self.description.clone(),
            address: self.address.clone(),
            point: self.at,
            severity,
            no_grid_reason: self.no_grid.clone(),
            fixes: self.fixes(),
            ..app.draft(draft)?.content
        };
        app.save_draft(draft, &content)?;
        app.pick_class(draft, &self.class)?;
        if let Some(code) = &self.component {
            let code = match code.as_str() {
                "none" => None,
                code => Some(known("component", code, |code| code.parse().ok())?),
            };
            app.pick_component(draft, code)?;
        }
        if let Some(grid) = self.grid {
            app.pick_grid(draft, Some(grid))?;
        }
        if let Some(of) = &self.duplicate_of {
            let of = app.resolve(of)?;
            app.pick_possible_duplicate(draft, Some(of))?;
        }
        Ok(())
    }

    /// The draft with its photos: the first one begins it.
    fn photographed(
        &self,
        app: &mut FieldApp,
        purpose: PhotoPurpose,
        after: &[PathBuf],
    ) -> Result<DocumentId, Failure> {
        let fixes = self.fixes();
        let photos = self.photos.iter().map(|file| (file, purpose));
        let after = after.iter().map(|file| (file, PhotoPurpose::After));
        let mut draft = None;
        for (file, purpose) in photos.chain(after) {
            let bytes = read(file)?;
            let photo = PhotoInput {
                bytes: &bytes,
                purpose,
                caption: "",
                point: fixes.first().map(|fix| fix.point),
                fixes: &fixes,
                signals: &[],
            };
            match draft {
                None => draft = Some(app.begin_with_photo(photo)?),
                Some(draft) => app.attach_to_draft(draft, photo).map(drop)?,
            }
        }
        match draft {
            Some(draft) => Ok(draft),
            None => Ok(app.new_draft()?),
        }
    }
}

pub(crate) fn submit(
    app: &mut FieldApp,
    json: bool,
    found: Found,
    way: &Way,
) -> Result<End, Failure> {
    let severity = known("severity", &found.severity, Severity::from_id)?;
    let (purpose, after): (_, &[PathBuf]) = match way {
        Way::SelfHandle { after, .. } => (PhotoPurpose::Before, after),
        Way::Report | Way::Register { .. } => (PhotoPurpose::Found, &[]),
    };
    let source = match way {
        Way::Register { source, .. } => Some(known("source", source, Source::from_id)?),
        _ => None,
    };
    let draft = found.photographed(app, purpose, after)?;
    let filled = found.fill(app, draft, severity);
    let around = filled.and_then(|()| Ok(app.around_draft(draft)?));
    let around = match around {
        Ok(around) => around,
        Err(cause) => return Err(refused(app, draft, cause)?),
    };
    let component = app.draft(draft)?.content.component;
    let submitted = match (way, source) {
        (Way::SelfHandle { note, .. }, _) => app.self_handle(draft, found.point(), note),
        (Way::Register { external_id, .. }, Some(source)) => {
            app.register(draft, source, external_id.clone())
        }
        _ => app.report(draft),
    };
    let case = match submitted {
        Ok(case) => case,
        Err(cause) => return Err(refused(app, draft, cause.into())?),
    };
    let local_code = case.local_code();
    let said = json!({
        "case": case,
        "local_code": local_code,
        "grids": around.grids,
        "component": component,
        "duplicates": around.duplicates,
    });
    print(json, &said, || {
        let mut lines = vec![format!("已保存在本机：{local_code}\ncase {case}")];
        if around.grids.len() > 1 {
            lines.extend(grid_lines(&around));
        }
        lines.extend(component.map(|code| format!("部件 component {code}")));
        lines.extend(duplicate_lines(&around));
        lines.join("\n")
    });
    Ok(End::Done)
}

/// On a command line there is no form to come back to.
fn refused(app: &mut FieldApp, draft: DocumentId, cause: Failure) -> Result<Failure, Failure> {
    app.discard_draft(draft)?;
    Ok(cause)
}
