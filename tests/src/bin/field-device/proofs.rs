//! `field-device proofs` and `free`: what this device can prove, and what it may let go of because of that.

use serde_json::json;
use xunge_field::FieldApp;

use crate::output::{End, Failure, print};

pub(crate) fn proofs(app: &FieldApp, json: bool, case: &str) -> Result<End, Failure> {
    let proofs = app.proofs(app.resolve(case)?)?;
    print(json, &json!({ "proofs": proofs }), || {
        let lines = proofs.iter().map(|proof| {
            let what = proof
                .original
                .as_deref()
                .map_or("办理 request", |_| "照片 photo");
            let received = match (proof.received_at, proof.line) {
                (Some(at), Some(line)) => format!("服务器 {at} 收到，日志第 {line} 行"),
                _ => "尚无回执 no receipt yet".into(),
            };
            format!("{}  {what}  {received}", proof.made_at)
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(End::Done)
}

pub(crate) fn free(app: &mut FieldApp, json: bool, keep_bytes: u64) -> Result<End, Failure> {
    let freed = app.free_originals(keep_bytes)?;
    print(json, &json!(freed), || {
        format!(
            "已释放 freed: {} 个文件, {} bytes；余 left: {} bytes",
            freed.files, freed.bytes, freed.bytes_left
        )
    });
    Ok(End::Done)
}
