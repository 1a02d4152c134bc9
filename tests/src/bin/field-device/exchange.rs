//! Between devices: share, export, import.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;

use serde_json::json;
use xunge_field::{Brought, FieldApp};
use xunge_tests::device::meet;

use crate::output::{End, Failure, print};
use crate::run::read;

pub(crate) fn share(
    app: &mut FieldApp,
    json: bool,
    listen: Option<SocketAddr>,
    connect: Option<SocketAddr>,
) -> Result<End, Failure> {
    let connection = match (listen, connect) {
        (Some(address), _) => {
            let listener = TcpListener::bind(address)?;
            let address = listener.local_addr()?;
            print(json, &json!({ "listening": address }), || {
                format!("等待对方设备：{address}")
            });
            listener.accept()?.0
        }
        (None, Some(address)) => TcpStream::connect(address)?,
        (None, None) => return Err(Failure::Usage("--listen or --connect".into())),
    };
    let brought = meet(app, &connection)?;
    say(json, &brought);
    Ok(End::Done)
}

pub(crate) fn export(
    app: &mut FieldApp,
    json: bool,
    to: &Path,
    sealed: bool,
) -> Result<End, Failure> {
    let parcel = app.export(sealed)?;
    // Under another name first, so that a kill leaves no half a file that looks whole.
    let unfinished = to.with_extension("unfinished");
    std::fs::write(&unfinished, &parcel.bytes)?;
    std::fs::rename(&unfinished, to)?;
    let value = json!({
        "bytes": parcel.bytes.len(),
        "cases": parcel.cases,
        "photos": parcel.photos,
        "photos_left_out": parcel.photos_left_out,
        "carried": parcel.carried,
        "sealed": sealed,
    });
    print(json, &value, || {
        format!(
            "已导出：案卷 {} 件，照片文件 {} 个（未放下 {} 个），代传 {} 份",
            parcel.cases, parcel.photos, parcel.photos_left_out, parcel.carried
        )
    });
    Ok(End::Done)
}

pub(crate) fn import(app: &mut FieldApp, json: bool, from: &Path) -> Result<End, Failure> {
    let brought = app.import(&read(from)?)?;
    say(json, &brought);
    Ok(End::Done)
}

fn say(json: bool, brought: &Brought) {
    print(json, &json!(brought), || {
        format!(
            "来自 {}：新改动 {} 条（案卷 {} 件），照片文件 {} 个，待代传 {} 份",
            brought.from,
            brought.changes,
            brought.cases.len(),
            brought.photos,
            brought.carried
        )
    });
}
