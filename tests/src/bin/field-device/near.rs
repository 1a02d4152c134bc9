//! `field-device near`: what is around a place, as a form shows it at capture, without a server.

use clap::Args;
use serde_json::json;
use xunge_field::domain::geo::Point;
use xunge_field::{AroundQuestion, AroundView, FieldApp};

use crate::output::{End, Failure, print};

/// `near`.
#[derive(Debug, Args)]
pub(crate) struct NearArguments {
    /// Longitude,latitude in degrees (WGS-84).
    #[arg(long, allow_hyphen_values = true)]
    at: Point,
    /// How exactly that is known, in metres.
    #[arg(long)]
    accuracy: Option<u32>,
    /// Code or English id of the minor class, once chosen.
    #[arg(long)]
    class: Option<String>,
}

pub(crate) fn near(app: &FieldApp, json: bool, asked: NearArguments) -> Result<End, Failure> {
    let around = app.around(&AroundQuestion {
        point: Some(asked.at),
        accuracy_metres: asked.accuracy,
        class: asked.class,
    })?;
    print(json, &json!(around), || {
        let mut lines = grid_lines(&around);
        for offer in &around.classes {
            let (zh, en) = (offer.why.zh(), offer.why.en());
            lines.push(format!(
                "小类 {} {} {}（{zh} {en}）",
                offer.code, offer.zh, offer.en
            ));
        }
        for near in &around.components {
            let (code, metres) = (near.code, near.metres);
            lines.push(format!(
                "部件 {code} {} {metres:.1} m {}",
                near.name, near.state
            ));
        }
        lines.extend(duplicate_lines(&around));
        lines.join("\n")
    });
    Ok(End::Done)
}

/// The grid, or the ranked candidates.
pub(crate) fn grid_lines(around: &AroundView) -> Vec<String> {
    if around.grids.is_empty() {
        return vec!["不在已知单元网格内 in no known unit grid".into()];
    }
    let lines = around.grids.iter().map(|grid| {
        let percent = grid.share * 100.0;
        format!("网格 {} {} {percent:.0} %", grid.code, grid.name)
    });
    lines.collect()
}

/// The cases that are probably the same matter, each with its reason.
pub(crate) fn duplicate_lines(around: &AroundView) -> Vec<String> {
    let lines = around.duplicates.iter().map(|offer| {
        let (code, title) = (&offer.local_code, &offer.title);
        format!("疑似重复 {code} {title}：{}。 {}.", offer.zh, offer.en)
    });
    lines.collect()
}
