//! Admission: a push is taken in once its device is known, in good standing, and proven to have sent it.

use xunge_sync::hub::OpenedPush;
use xunge_sync::keys::PublicKey;
use xunge_sync::wire::{DocumentVerdict, Frame, FrameWriter, Nonce, RefusedFrame};

use crate::app::App;
use crate::error::ApiError;
use crate::messages::{self, Message};
use crate::services::device_session::{
    Admitted, Device, Presented, SessionError, admit, device_unknown,
};
use crate::services::ingest::ingest;
use crate::store::HubTransaction;

/// What became of a push in its transaction.
pub(super) enum Admission {
    /// It was taken in.
    Accepted {
        device: Box<Device>,
        verdicts: Vec<DocumentVerdict>,
    },
    /// The device is not, or not under this name, to be worked with: this is the whole answer.
    Answer(Box<Frame>),
}

/// An answer of one frame.
pub(super) fn alone(app: &App, nonce: Nonce, frame: &Frame) -> Vec<u8> {
    let mut answer = FrameWriter::new(&app.hub_key.key, nonce);
    answer.push(frame);
    answer.finish()
}

/// Takes a push in, once its device is admitted and it is proven to come from it.
///
/// # Errors
/// The store's, or no randomness; then nothing of the transaction may be kept.
pub(super) fn take_push(
    app: &App,
    write: &mut dyn HubTransaction,
    presented: &Presented,
    push: Option<&OpenedPush<'_>>,
) -> Result<Result<Admission, ApiError>, SessionError> {
    let now = app.clock.now();
    let instead = |frame| Ok(Ok(Admission::Answer(Box::new(frame))));
    let device = match admit(app, write, presented, now)? {
        Admitted::Device(device) => device,
        Admitted::Superseded(frame) => return instead(Frame::Superseded(frame)),
        Admitted::Revoked => return instead(refused(&messages::DEVICE_REVOKED)),
        Admitted::Repeated => {
            return Ok(Err(ApiError::new(
                axum::http::StatusCode::CONFLICT,
                &messages::REQUEST_REPEATED,
            )));
        }
        Admitted::Unknown => {
            return Ok(Err(device_unknown()));
        }
    };
    let verdicts = match push {
        None => Vec::new(),
        Some(push) => {
            if let Err(message) = proven(push, &device) {
                let detail =
                    serde_json::json!({ "installation": device.row.id, "code": message.code });
                write.append_audit(now, device.person.id.as_str(), "push_refused", &detail)?;
                return instead(refused(message));
            }
            ingest(app, write, &device.origin, push.documents(), now)?
        }
    };
    Ok(Ok(Admission::Accepted { device, verdicts }))
}

/// That a push comes from the device of the session and nobody has touched it. Nothing of another is merged.
fn proven(push: &OpenedPush<'_>, device: &Device) -> Result<(), &'static Message> {
    if *push.installation() != device.row.id {
        return Err(&messages::FOREIGN_ORIGIN);
    }
    let key = PublicKey::from_slice(&device.row.public_key);
    if key.is_ok_and(|key| push.is_signed_by(&key)) {
        Ok(())
    } else {
        Err(&messages::PUSH_SIGNATURE)
    }
}

/// A refusal inside a session.
pub(crate) fn refused(message: &Message) -> Frame {
    Frame::Refused(refusal(message))
}

/// The words of a refusal.
pub(crate) fn refusal(message: &Message) -> RefusedFrame {
    RefusedFrame {
        code: message.code.into(),
        zh: format!("{}{}", message.zh, message.next_zh),
        en: format!("{} {}", message.en, message.next_en),
    }
}
