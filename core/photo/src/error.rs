//! What can be wrong with a photo, and what the person holding the phone does next.
//!
//! None of these lets a capture fail: the caller keeps the original bytes
//! whatever this crate thinks of them, and shows the message beside them.

use thiserror::Error;

/// A sequential JPEG with one scan for each colour.
pub(crate) const SEPARATE_SCANS: &str = "jpeg-separate-scans";

/// A known format in a coding that its decoder does not know.
pub(crate) const UNUSUAL_CODING: &str = "unusual-coding";

/// Why no smaller copies can be made from these bytes.
///
/// `Display` is the English message; a person gets [`PhotoError::message_zh`] or
/// [`PhotoError::message_en`], a program [`PhotoError::code`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PhotoError {
    /// The file is longer than [`crate::BYTES_MAX`].
    #[error("{}", self.message_en())]
    TooLarge {
        /// Length of the file.
        bytes: u64,
        /// The limit it is over.
        max: u64,
    },
    /// The header claims more pixels than may be decoded.
    #[error("{}", self.message_en())]
    TooManyPixels {
        /// Claimed width.
        width: u32,
        /// Claimed height.
        height: u32,
        /// The limit on width × height; lower for 16-bit pictures, which need twice the memory.
        max: u64,
    },
    /// The bytes are no picture of any kind known here; an empty file too.
    #[error("{}", self.message_en())]
    NotAPicture,
    /// A picture (or film, or page), but of a kind that is not decoded here.
    #[error("{}", self.message_en())]
    Unsupported {
        /// Lower-case name of the kind, such as `heic`.
        format: &'static str,
    },
    /// The file ends before there is anything to show.
    #[error("{}", self.message_en())]
    Truncated,
    /// The file has its end, but what is inside contradicts itself.
    #[error("{}", self.message_en())]
    Damaged,
    /// More parts are to be made unrecognisable than one picture has.
    #[error("{}", self.message_en())]
    TooManyRegions {
        /// How many were given.
        count: usize,
        /// The limit it is over.
        max: usize,
    },
}

impl PhotoError {
    /// A stable name for programs and logs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "photo_too_large",
            Self::TooManyPixels { .. } => "photo_too_many_pixels",
            Self::NotAPicture => "photo_not_a_picture",
            Self::Unsupported { .. } => "photo_unsupported",
            Self::Truncated => "photo_truncated",
            Self::Damaged => "photo_damaged",
            Self::TooManyRegions { .. } => "photo_too_many_regions",
        }
    }

    /// Cause and next step, for a person who reads Chinese.
    #[must_use]
    pub fn message_zh(&self) -> String {
        match self {
            Self::TooLarge { bytes, max } => format!(
                "照片文件太大（{}，上限 {}）。请在相机设置里降低分辨率后重拍。",
                mebibytes(*bytes),
                mebibytes(*max)
            ),
            Self::TooManyPixels { width, height, max } => format!(
                "照片尺寸太大（{width}×{height}，上限约 {} 万像素）。请在相机设置里降低分辨率后重拍。",
                max / 10_000
            ),
            Self::NotAPicture => "这个文件不是照片，或者是空文件。请重新选择或重拍。".to_owned(),
            Self::Unsupported { format: "heic" } => {
                "暂不支持 HEIC 照片。请在相机设置里把格式改为 JPEG（兼容性最佳）后重拍，或先转成 JPEG 再导入。"
                    .to_owned()
            }
            Self::Unsupported {
                format: SEPARATE_SCANS | UNUSUAL_CODING,
            } => "这张照片的编码方式不常见，无法正确显示。请用手机相机重拍，或另存为普通 JPEG 后再导入。".to_owned(),
            Self::Unsupported { format } => {
                format!("暂不支持 {format} 格式。请改用 JPEG、PNG 或 WebP 照片。")
            }
            Self::Truncated => "照片文件不完整，后半部分缺失。请趁在现场重拍一张，或重新导入。".to_owned(),
            Self::Damaged => "照片文件已损坏，无法显示。请趁在现场重拍一张，或重新导入。".to_owned(),
            Self::TooManyRegions { count, max } => {
                format!("遮挡区域太多（{count} 处，上限 {max} 处）。请合并相邻的区域后重试。")
            }
        }
    }

    /// Cause and next step, for a person who reads English.
    #[must_use]
    pub fn message_en(&self) -> String {
        match self {
            Self::TooLarge { bytes, max } => format!(
                "The photo file is too large ({}, limit {}). Lower the resolution in the camera's settings and take it again.",
                mebibytes(*bytes),
                mebibytes(*max)
            ),
            Self::TooManyPixels { width, height, max } => format!(
                "The photo has too many pixels ({width}×{height}, limit about {} megapixels). Lower the resolution in the camera's settings and take it again.",
                max / 1_000_000
            ),
            Self::NotAPicture => {
                "This file is not a photo, or it is empty. Choose another one or take the photo again.".to_owned()
            }
            Self::Unsupported { format: "heic" } => {
                "HEIC photos are not supported yet. Set the camera to JPEG (most compatible) and take it again, or convert it to JPEG before importing."
                    .to_owned()
            }
            Self::Unsupported {
                format: SEPARATE_SCANS | UNUSUAL_CODING,
            } => {
                "This photo is coded in an unusual way and cannot be shown correctly. Take it again with the phone's camera, or save it as an ordinary JPEG before importing.".to_owned()
            }
            Self::Unsupported { format } => {
                format!("The format {format} is not supported. Use a JPEG, PNG or WebP photo.")
            }
            Self::Truncated => {
                "The photo file is cut off: its end is missing. Take the photo again while you are on site, or import it again.".to_owned()
            }
            Self::Damaged => {
                "The photo file is damaged and cannot be shown. Take the photo again while you are on site, or import it again.".to_owned()
            }
            Self::TooManyRegions { count, max } => {
                format!("Too many parts are to be covered ({count}, limit {max}). Join neighbouring parts and try again.")
            }
        }
    }
}

/// Rounded up to a tenth, so that a file one byte over the limit does not read like the limit.
fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1024 * 1024);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::PhotoError;

    #[test]
    fn every_error_has_its_own_code_and_says_cause_and_next_step() {
        let all = [
            PhotoError::TooLarge {
                bytes: 41_943_041,
                max: 41_943_040,
            },
            PhotoError::TooManyPixels {
                width: 65_500,
                height: 65_500,
                max: crate::PIXELS_MAX,
            },
            PhotoError::NotAPicture,
            PhotoError::Unsupported { format: "heic" },
            PhotoError::Unsupported {
                format: super::SEPARATE_SCANS,
            },
            PhotoError::Unsupported { format: "gif" },
            PhotoError::Truncated,
            PhotoError::Damaged,
            PhotoError::TooManyRegions { count: 65, max: 64 },
        ];
        let mut codes: Vec<_> = all.iter().map(PhotoError::code).collect();
        codes.dedup();
        assert_eq!(
            codes.len(),
            all.len() - 2,
            "only the three Unsupported share"
        );
        for error in &all {
            assert!(error.code().starts_with("photo_"));
            assert!(error.message_zh().contains('请'), "{}", error.message_zh());
            assert_eq!(error.to_string(), error.message_en());
            assert!(error.message_en().matches(". ").count() >= 1, "{error}");
        }
    }

    #[test]
    fn a_file_one_byte_too_long_does_not_read_like_the_limit() {
        let error = PhotoError::TooLarge {
            bytes: 41_943_041,
            max: 41_943_040,
        };
        assert!(error.message_zh().contains("40.1 MB，上限 40.0 MB"));
    }
}
