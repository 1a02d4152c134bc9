//! `field-device tables` and `components`: what this device knows of the city.

use serde_json::json;
use xunge_field::FieldApp;

use crate::arguments::ComponentsArguments;
use crate::output::{End, Failure, print};

/// Components shown.
const SHOWN_MAX: usize = 20;

pub(crate) fn tables(app: &FieldApp, json: bool) -> Result<End, Failure> {
    let tables = app.tables()?;
    print(json, &json!({ "tables": tables }), || {
        if tables.is_empty() {
            return "尚无基础数据，请先同步。 No tables here yet: sync first.".into();
        }
        let lines = tables.iter().map(|table| {
            let made_up = if table.sample {
                "（示例 sample）"
            } else {
                ""
            };
            let large = if table.too_large {
                " 过大 too large for a device"
            } else {
                ""
            };
            format!(
                "{} {}: {} 行 rows  {} {}{made_up}{large}",
                table.zh, table.table, table.rows, table.edition, table.effective_date
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(End::Done)
}

pub(crate) fn components(
    app: &FieldApp,
    json: bool,
    asked: &ComponentsArguments,
) -> Result<End, Failure> {
    let within = asked.within;
    let near = app.nearest_components(asked.at, &asked.class, within, SHOWN_MAX)?;
    print(json, &json!({ "components": near }), || {
        if near.is_empty() {
            return format!("{within} 米内没有该类部件。 None of that class within {within} m.");
        }
        let lines = near.iter().map(|near| {
            let (code, metres) = (near.code, near.metres);
            format!(
                "{metres:8.1} m  {code}  {}  {}  养护 by {}",
                near.name, near.state, near.maintainer
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(End::Done)
}
