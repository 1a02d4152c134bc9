//! `field-device private`: personal data beside a case.

use serde_json::json;
use xunge_field::domain::private::{PrivateContent, PrivateKind};
use xunge_field::{FieldApp, KeepPrivateRequest, PrivateView};

use crate::arguments::{PrivateArguments, PrivateVerb};
use crate::output::{End, Failure, print};
use crate::run::read;

pub(crate) fn private(
    app: &mut FieldApp,
    json: bool,
    arguments: PrivateArguments,
) -> Result<End, Failure> {
    match arguments.verb {
        None => keep(app, json, arguments),
        Some(PrivateVerb::List { case }) => {
            let records = app.private_records(app.resolve(&case)?)?;
            print(json, &json!({ "records": records }), || {
                records.iter().map(line).collect::<Vec<_>>().join("\n")
            });
            Ok(End::Done)
        }
        Some(PrivateVerb::Discard { id }) => {
            let id = id
                .parse()
                .map_err(|_| Failure::Usage(format!("{id:?} is no record")))?;
            app.discard_private(id)?;
            print(json, &json!({ "discarded": id }), || {
                format!("已删除 discarded: {id}")
            });
            Ok(End::Done)
        }
    }
}

fn keep(app: &mut FieldApp, json: bool, arguments: PrivateArguments) -> Result<End, Failure> {
    // The command line asks for both.
    let (Some(case), Some(kind)) = (arguments.case, arguments.kind) else {
        return Err(Failure::Usage("CASE and --kind".into()));
    };
    let kind = PrivateKind::from_id(&kind).ok_or_else(|| {
        Failure::Usage(format!(
            "kind {kind:?}: witness, resident, phone, address or voice_note"
        ))
    })?;
    let content = match (arguments.text, arguments.file) {
        (Some(text), _) => PrivateContent::Text(text.trim().to_owned()),
        (None, Some(file)) => PrivateContent::Voice(read(&file)?),
        (None, None) => return Err(Failure::Usage("--text or --file".into())),
    };
    let id = app.keep_private(KeepPrivateRequest {
        case: app.resolve(&case)?,
        number: arguments.number,
        kind,
        content,
    })?;
    print(json, &json!({ "id": id }), || format!("已保存 kept: {id}"));
    Ok(End::Done)
}

fn line(view: &PrivateView) -> String {
    let told = view.reason.as_ref().map_or("", |reason| reason.zh.as_str());
    let text = view.text.as_deref().unwrap_or("—");
    format!(
        "{}  当事人{} {}  {}{told}  {text}",
        view.id,
        view.number,
        view.kind_zh,
        view.delivery.zh()
    )
}
