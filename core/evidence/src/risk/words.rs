//! The reason of a risk, made from its figures. It says what was measured and accuses nobody.

use super::{ClockReference, Finding, PieceId};

impl Finding {
    /// The reason, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::MockLocation { mocked, fixes } => {
                format!("{fixes} 个定位结果中有 {mocked} 个被系统标为模拟定位。")
            }
            Self::SpeedJump {
                metres,
                seconds,
                kmh,
                other,
            } => format!(
                "与案卷 {} 中本人的上一记录相距 {metres} 米，只隔{}，合每小时 {kmh} 公里。",
                code(other),
                span_zh(u64::from(*seconds))
            ),
            Self::ClockStep {
                seconds,
                against,
                other,
            } => {
                let span = span_zh(*seconds);
                match (against, other) {
                    (ClockReference::Beacon, _) => {
                        format!("终端时钟比平台此前给出的时间还早{span}。")
                    }
                    (ClockReference::Receipt, _) => format!("终端时钟比平台收到时还晚{span}。"),
                    (ClockReference::Uptime, Some(other)) => format!(
                        "与案卷 {} 中本机的另一记录之间，终端时钟被拨动了{span}。",
                        code(other)
                    ),
                    (ClockReference::Uptime, None) => format!("终端时钟被拨动了{span}。"),
                }
            }
            Self::ReusedPicture {
                same_bytes: true,
                other,
                ..
            } => format!("与案卷 {} 中的一张照片是同一个文件。", code(other)),
            Self::ReusedPicture { bits, other, .. } => format!(
                "与案卷 {} 中的一张照片几乎相同（64 位特征中 {bits} 位不同）。",
                code(other)
            ),
            Self::RephotographedPicture { bits, other } => format!(
                "与案卷 {} 中另一地点的照片很像（64 位特征中 {bits} 位不同），可能是翻拍，也可能只是相似。",
                code(other)
            ),
            Self::SameSpotAndMoment {
                metres, seconds, ..
            } => format!(
                "与处置前的照片只相距 {metres} 米、相隔{}。",
                span_zh(u64::from(*seconds))
            ),
            Self::CheckByBeneficiary => "核查人接收、反馈过此案，或属于处置单位。".to_owned(),
            Self::OutsideGrid {
                metres,
                accuracy_metres,
                grid,
            } => format!(
                "位置在案卷的单元网格 {grid} 之外 {metres} 米{}。",
                accuracy_metres.map_or_else(String::new, |accuracy| format!(
                    "（定位精度 {accuracy} 米）"
                ))
            ),
        }
    }

    /// The reason, in English.
    pub fn en(&self) -> String {
        match self {
            Self::MockLocation { mocked, fixes } => {
                format!("The platform marked {mocked} of {fixes} answers of positioning as mocked.")
            }
            Self::SpeedJump {
                metres,
                seconds,
                kmh,
                other,
            } => format!(
                "{metres} m from the same person's piece in issue {}, {} apart: {kmh} km/h.",
                code(other),
                span_en(u64::from(*seconds))
            ),
            Self::ClockStep {
                seconds,
                against,
                other,
            } => {
                let span = span_en(*seconds);
                match (against, other) {
                    (ClockReference::Beacon, _) => {
                        format!(
                            "The device's clock is {span} before what the hub had said already."
                        )
                    }
                    (ClockReference::Receipt, _) => {
                        format!("The device's clock is {span} after the moment of receipt.")
                    }
                    (ClockReference::Uptime, Some(other)) => format!(
                        "Since the same device's piece in issue {} its clock was moved by {span}.",
                        code(other)
                    ),
                    (ClockReference::Uptime, None) => {
                        format!("The device's clock was moved by {span}.")
                    }
                }
            }
            Self::ReusedPicture {
                same_bytes: true,
                other,
                ..
            } => format!("The same file as a photo of issue {}.", code(other)),
            Self::ReusedPicture { bits, other, .. } => format!(
                "All but the same as a photo of issue {} ({bits} of 64 bits of its look differ).",
                code(other)
            ),
            Self::RephotographedPicture { bits, other } => format!(
                "Much like a photo of issue {} at another place ({bits} of 64 bits of its look differ): \
                 a picture of a picture perhaps, or just alike.",
                code(other)
            ),
            Self::SameSpotAndMoment {
                metres, seconds, ..
            } => format!(
                "Only {metres} m and {} from the photo of before the work.",
                span_en(u64::from(*seconds))
            ),
            Self::CheckByBeneficiary => {
                "Who checked claimed the work, fed it back, or belongs to the body that did it."
                    .to_owned()
            }
            Self::OutsideGrid {
                metres,
                accuracy_metres,
                grid,
            } => format!(
                "{metres} m outside of the issue's unit grid {grid}{}.",
                accuracy_metres.map_or_else(String::new, |accuracy| format!(
                    " (the fix is good to {accuracy} m)"
                ))
            ),
        }
    }
}

fn code(piece: &PieceId) -> String {
    piece.document.local_code()
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// In the largest unit that there are two of.
const fn in_units(seconds: u64) -> (u64, usize) {
    if seconds >= 2 * DAY {
        (seconds / DAY, 3)
    } else if seconds >= 2 * HOUR {
        (seconds / HOUR, 2)
    } else if seconds >= 2 * MINUTE {
        (seconds / MINUTE, 1)
    } else {
        (seconds, 0)
    }
}

fn span_zh(seconds: u64) -> String {
    let (number, unit) = in_units(seconds);
    format!(" {number} {}", ["秒", "分钟", "小时", "天"][unit])
}

fn span_en(seconds: u64) -> String {
    let (number, unit) = in_units(seconds);
    format!("{number} {}", ["s", "minutes", "hours", "days"][unit])
}
