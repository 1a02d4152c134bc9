//! What went wrong with the base map. It is none of the work, so nothing of it stops a round: it is said on the sync page, and tried
//! again hours later.

use minicbor::{Decode, Encode};
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;
use xunge_store::{BaseMapFinish, Reader, StoreError, Tx};

use crate::error::FieldError;
use crate::tables::encode;
use crate::views::ReasonView;

const PROBLEM: &str = "base_map_problem";
/// How long the same file is let be: what is wrong with it is rarely mended at once, and each try may cost 64 MiB.
const PAUSE_MILLIS: i64 = 6 * 60 * 60 * 1_000;

/// Why the base map is not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, thiserror::Error)]
#[cbor(index_only)]
pub(crate) enum BaseMapProblem {
    /// All bytes came, and are others than the hub signed for.
    #[n(0)]
    #[error("the base map came with other bytes than the hub signed for")]
    WrongDigest,
    /// All bytes came, and are no map of pictures.
    #[n(1)]
    #[error("the base map holds no pictures")]
    NotDrawable,
    /// The disk is full.
    #[n(2)]
    #[error("no room for the base map")]
    NoRoom,
    /// The disk does not take it, or does not give it back as it was.
    #[n(3)]
    #[error("the base map cannot be kept on this device")]
    Unusable,
}

impl BaseMapProblem {
    /// Of a file all of whose bytes came.
    pub(crate) const fn of_finish(finish: BaseMapFinish) -> Option<Self> {
        match finish {
            BaseMapFinish::Kept => None,
            BaseMapFinish::WrongDigest => Some(Self::WrongDigest),
            BaseMapFinish::NotDrawable => Some(Self::NotDrawable),
        }
    }

    /// Of what the store says.
    pub(crate) const fn of_store(error: &StoreError) -> Self {
        match error {
            StoreError::Full => Self::NoRoom,
            _ => Self::Unusable,
        }
    }

    /// Stable code.
    const fn code(self) -> &'static str {
        match self {
            Self::WrongDigest => "base_map_wrong_digest",
            Self::NotDrawable => "base_map_not_drawable",
            Self::NoRoom => "base_map_no_room",
            Self::Unusable => "base_map_unusable",
        }
    }

    const fn zh(self) -> &'static str {
        match self {
            Self::WrongDigest => "底图下载后校验不符，已丢弃；几小时后自动重新下载，上报不受影响。",
            Self::NotDrawable => "底图无法显示，已丢弃；请告知管理员检查底图文件，上报不受影响。",
            Self::NoRoom => {
                "手机空间不足，底图未保存；请清理空间，几小时后自动重试，上报不受影响。"
            }
            Self::Unusable => "底图在本机无法读写，已丢弃；几小时后自动重新下载，上报不受影响。",
        }
    }

    const fn en(self) -> &'static str {
        match self {
            Self::WrongDigest => {
                "The base map did not arrive as the server sent it and was thrown away; it is fetched again in some hours. Reports are not affected."
            }
            Self::NotDrawable => {
                "The base map cannot be drawn and was thrown away; tell the administrator to look at its file. Reports are not affected."
            }
            Self::NoRoom => {
                "There is no room for the base map; free some, it is fetched again in some hours. Reports are not affected."
            }
            Self::Unusable => {
                "The base map cannot be read or written on this device and was thrown away; it is fetched again in some hours. Reports are not affected."
            }
        }
    }

    /// For a screen.
    pub(crate) fn view(self) -> ReasonView {
        ReasonView {
            code: self.code().into(),
            zh: self.zh().into(),
            en: self.en().into(),
        }
    }
}

/// What went wrong with which file, and when.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Noted {
    #[n(0)]
    sha256: Digest,
    #[n(1)]
    at: Timestamp,
    #[n(2)]
    problem: BaseMapProblem,
}

fn noted(reader: &Reader<'_>) -> Result<Option<Noted>, FieldError> {
    let bytes = reader.setting(PROBLEM)?;
    Ok(bytes.and_then(|bytes| minicbor::decode(&bytes).ok()))
}

/// What is wrong, for the sync page.
pub(crate) fn standing(reader: &Reader<'_>) -> Result<Option<ReasonView>, FieldError> {
    Ok(noted(reader)?.map(|noted| noted.problem.view()))
}

/// Whether this file is let be for now. A clock that was set back ends the pause.
pub(crate) fn pauses(
    reader: &Reader<'_>,
    sha256: Digest,
    now: Timestamp,
) -> Result<bool, FieldError> {
    let pauses = |noted: Noted| {
        noted.sha256 == sha256 && (0..PAUSE_MILLIS).contains(&now.millis_since(noted.at))
    };
    Ok(noted(reader)?.is_some_and(pauses))
}

pub(crate) fn note(
    tx: &Tx<'_>,
    sha256: Digest,
    problem: BaseMapProblem,
    at: Timestamp,
) -> Result<(), FieldError> {
    let noted = Noted {
        sha256,
        at,
        problem,
    };
    Ok(tx.set_setting(PROBLEM, &encode(&noted))?)
}

pub(crate) fn forget(tx: &Tx<'_>) -> Result<(), FieldError> {
    Ok(tx.delete_setting(PROBLEM)?)
}
