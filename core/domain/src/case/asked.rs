//! What requests carry beside words: kinds, causes and amounts.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::class::Limit;
use crate::time::Timestamp;

/// A small closed set with an id and a Chinese word. Indices are only ever appended.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($index:literal $variant:ident $id:literal $zh:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cbor(index_only)]
        pub enum $name {
            $(#[doc = concat!($zh, ".")] #[n($index)] $variant,)*
        }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The id.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),* }
            }

            /// The Chinese word.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh),* }
            }

            /// By its id.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.id() == id)
            }
        }
    };
}

words! {
    /// How a case ends well or less well (结案条件).
    CloseOutcome {
        0 Normal "normal" "正常";
        1 Overdue "overdue" "超时";
        2 Error "error" "差错";
        3 Special "special" "特殊";
    }
}

words! {
    /// Where a case that nobody met on patrol comes from (问题来源).
    Source {
        0 Hotline "hotline" "热线";
        1 Visit "visit" "走访";
        2 Platform "platform" "其他平台";
        3 Resident "resident" "居民";
        4 Video "video" "视频";
        5 Superior "superior" "上级交办";
    }
}

words! {
    /// Why a department gives a case back (回退).
    SendBackCause {
        0 WrongOwner "wrong_owner" "权属不符";
        1 NotExist "not_exist" "问题不存在";
    }
}

words! {
    /// Why a case waits (挂账).
    HoldCause {
        0 Season "season" "季节原因";
        1 Engineering "engineering" "工程原因";
        2 NoOwner "no_owner" "无主";
    }
}

words! {
    /// What takes an application and an approval of somebody else.
    ApplicationKind {
        0 Extend "extend" "延期";
        1 SendBack "send_back" "回退";
        2 Hold "hold" "挂账";
        3 Void "void" "作废";
    }
}

words! {
    /// A rung of the ladder on which a case climbs and descends.
    Level {
        0 Community "community" "社区";
        1 Street "street" "街道";
        2 District "district" "区";
        3 City "city" "市";
    }
}

impl Level {
    /// The rung above.
    pub const fn above(self) -> Option<Self> {
        match self {
            Self::Community => Some(Self::Street),
            Self::Street => Some(Self::District),
            Self::District => Some(Self::City),
            Self::City => None,
        }
    }

    /// The rung below.
    pub const fn below(self) -> Option<Self> {
        match self {
            Self::Community => None,
            Self::Street => Some(Self::Community),
            Self::District => Some(Self::Street),
            Self::City => Some(Self::District),
        }
    }
}

/// What an extension (延期) asks for: what a clock needs to find the new deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionAsked {
    /// So much more, in a unit of the limits.
    #[n(0)]
    More(#[n(0)] Limit),
    /// Until this instant.
    #[n(1)]
    Until(#[n(0)] Timestamp),
}
