//! Why what another device brought is not believed.

use minicbor::Decode;

use crate::wire::{ITEMS_MAX, exceed};

/// What stands against it. Nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarryError {
    /// No file of this kind, or one that is cut or damaged.
    #[error("this is no parcel, or it is cut or damaged")]
    Unreadable,
    /// More than a carriage, a piece, a parcel or a message may have.
    #[error("it is larger than it may be")]
    TooLarge,
    /// The certificate is another hub's, or forged.
    #[error("the certificate is not of this hub")]
    ForeignCertificate,
    /// The certificate has expired.
    #[error("the certificate has expired")]
    Expired,
    /// The signature is not of the device that it names.
    #[error("the signature is not of the device it names")]
    ForeignSignature,
    /// The changes break the rules: they would be quarantined.
    #[error("the changes break the rules: {code}")]
    Forged {
        /// The code of the quarantine.
        code: String,
    },
    /// A photo is not what its name says.
    #[error("a photo does not match its name")]
    Photo,
    /// It is sealed to somebody else, or was changed.
    #[error("it is sealed to somebody else, or was changed")]
    Seal,
    /// The other device did not keep to the protocol.
    #[error("the other device did not keep to the protocol")]
    Protocol,
    /// This device has no certificate yet.
    #[error("this device has no certificate yet")]
    NoCertificate,
    /// There is nothing to carry.
    #[error("there is nothing to carry")]
    Nothing,
    /// The device key cannot sign.
    #[error("the device key could not sign: {cause}")]
    Signer {
        /// What the key store said.
        cause: String,
    },
}

impl CarryError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable => "carried_unreadable",
            Self::TooLarge => "carried_too_large",
            Self::ForeignCertificate => "carried_foreign_certificate",
            Self::Expired => "carried_certificate_expired",
            Self::ForeignSignature => "carried_foreign_signature",
            Self::Forged { .. } => "carried_forged",
            Self::Photo => "carried_photo_wrong",
            Self::Seal => "carried_sealed",
            Self::Protocol => "carried_protocol",
            Self::NoCertificate => "no_certificate",
            Self::Nothing => "nothing_to_carry",
            Self::Signer { .. } => "device_key",
        }
    }

    /// Cause and next step, in Chinese.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Unreadable => {
                "文件不完整或已损坏，未导入任何内容；请重新拷贝，或请对方重新导出。"
            }
            Self::TooLarge => "内容过大，未接收；请分批导出。",
            Self::ForeignCertificate => {
                "对方设备不是本平台登记的设备，未接收任何内容；请核对对方是否已在同一服务器登记。"
            }
            Self::Expired => {
                "对方设备的证书已过期，未接收任何内容；请对方联网同步一次，并核对两台手机的时间。"
            }
            Self::ForeignSignature => {
                "签名与来源设备不符，内容可能被改动，未接收任何内容；请对方重新导出。"
            }
            Self::Forged { .. } => {
                "内容不符合规则，可能是伪造的，未接收任何内容；请联系管理员核对来源设备。"
            }
            Self::Photo => "照片与其校验值不符，未接收任何内容；请对方重新导出。",
            Self::Seal => "内容已加密，或在途中被改动；请交由服务器读取，或请对方重新导出。",
            Self::Protocol => {
                "对方设备的应答无法识别，已停止；已接收的内容有效，请两边更新应用后重试。"
            }
            Self::NoCertificate => "本机还没有证书；请先联网同步一次。",
            Self::Nothing => "没有需要带走的内容；本机的内容都已送达。",
            Self::Signer { .. } => "设备密钥无法签名；请解锁手机后重试，仍不行请联系管理员。",
        }
    }

    /// Cause and next step, in English.
    pub const fn en(&self) -> &'static str {
        match self {
            Self::Unreadable => {
                "The file is cut or damaged; nothing was imported. Copy it again, or have it exported again."
            }
            Self::TooLarge => "This is too large and was not taken; export it in smaller parts.",
            Self::ForeignCertificate => {
                "The other device is not enrolled with this server; nothing was taken. Check that both are enrolled with the same one."
            }
            Self::Expired => {
                "The certificate of the other device has expired; nothing was taken. Let it sync once, and compare the clocks of both phones."
            }
            Self::ForeignSignature => {
                "The signature is not of the device it names; nothing was taken. Have it exported again."
            }
            Self::Forged { .. } => {
                "The content breaks the rules and may be forged; nothing was taken. Have the administrator check the device it names."
            }
            Self::Photo => {
                "A photo does not match its checksum; nothing was taken. Have it exported again."
            }
            Self::Seal => {
                "The content is sealed, or was changed on its way; bring it to the server, or have it exported again."
            }
            Self::Protocol => {
                "The answer of the other device makes no sense; what was taken before counts. Update the app on both and try again."
            }
            Self::NoCertificate => "This device has no certificate yet; sync once.",
            Self::Nothing => "There is nothing to carry: everything was received.",
            Self::Signer { .. } => "The device key cannot sign; unlock the phone and try again.",
        }
    }
}

/// Decodes exactly one message, whose items are counted first.
pub(super) fn decode_whole<Message>(bytes: &[u8]) -> Result<Message, CarryError>
where
    Message: for<'bytes> Decode<'bytes, ()>,
{
    if exceed(bytes, ITEMS_MAX) {
        return Err(CarryError::TooLarge);
    }
    let mut decoder = minicbor::Decoder::new(bytes);
    let message = decoder.decode().map_err(|_| CarryError::Unreadable)?;
    if decoder.position() == bytes.len() {
        Ok(message)
    } else {
        Err(CarryError::Unreadable)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
pub(super) mod tests {
    use super::CarryError;
    use crate::carry::{CERTIFICATE_MILLIS, Certificate, CertificateStatement};
    use crate::keys::{Signer as _, SoftwareKey};
    use xunge_domain::ids::InstallationId;
    use xunge_domain::person::{Person, Role};
    use xunge_domain::time::Timestamp;

    pub(in crate::carry) const HUB: u8 = 77;
    pub(in crate::carry) const NOW: Timestamp = Timestamp::from_millis(1_764_000_000_000);

    pub(in crate::carry) fn key(number: u8) -> SoftwareKey {
        SoftwareKey::from_bytes(&[number; 32]).unwrap()
    }

    pub(in crate::carry) fn certificate(device: u8, hub: &SoftwareKey) -> Certificate {
        let statement = CertificateStatement {
            installation: InstallationId::from_bytes([device; 16]),
            keys: vec![(*key(device).public_key().as_bytes()).into()],
            person: Person {
                id: format!("worker-{device}").parse().unwrap(),
                name: "网格员".into(),
                roles: vec![Role::GridWorker],
                organisation: None,
                duty_grids: vec!["putian-1".parse().unwrap()],
            },
            predecessors: vec![],
            issued_at: NOW,
            expires_at: Timestamp::from_millis(NOW.as_millis() + CERTIFICATE_MILLIS),
        };
        Certificate::issue(&statement, hub)
    }

    #[test]
    fn every_error_says_what_to_do_in_both_languages() {
        let mut codes = std::collections::BTreeSet::new();
        for error in [
            CarryError::Unreadable,
            CarryError::TooLarge,
            CarryError::ForeignCertificate,
            CarryError::Expired,
            CarryError::ForeignSignature,
            CarryError::Forged { code: "x".into() },
            CarryError::Photo,
            CarryError::Seal,
            CarryError::Protocol,
            CarryError::NoCertificate,
            CarryError::Nothing,
            CarryError::Signer { cause: "x".into() },
        ] {
            assert!(codes.insert(error.code()));
            assert!(error.zh().contains(['；', '，']) && !error.zh().is_ascii());
            assert!(error.en().is_ascii() && error.en().len() > 20);
        }
    }
}
