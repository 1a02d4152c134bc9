//! The one error envelope of every JSON route: a stable code, what happened and what to do, in Chinese and English.

use std::borrow::Cow;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::messages::{self, Message};
use crate::store::StoreError;

/// `{ "error": { … } }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErrorEnvelope {
    /// What is wrong.
    pub error: ErrorBody,
}

/// What is wrong, for programs and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    /// Stable code.
    pub code: Cow<'static, str>,
    /// What happened, in Chinese.
    pub zh: Cow<'static, str>,
    /// What happened, in English.
    pub en: Cow<'static, str>,
    /// What to do now, in Chinese.
    pub next_zh: Cow<'static, str>,
    /// What to do now, in English.
    pub next_en: Cow<'static, str>,
}

impl ErrorBody {
    /// The words of a message.
    pub fn of(message: &Message) -> Self {
        Self {
            code: message.code.into(),
            zh: message.zh.into(),
            en: message.en.into(),
            next_zh: message.next_zh.into(),
            next_en: message.next_en.into(),
        }
    }
}

/// An answer that is an error. Pages draw the same value as HTML ([`ApiError::status`], [`ApiError::body`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status.
    pub status: StatusCode,
    /// What is wrong. Boxed, so that a `Result` of it stays small.
    pub body: Box<ErrorBody>,
    /// When to come back, seconds.
    pub retry_after_seconds: Option<u64>,
}

impl ApiError {
    /// An error with the words of a message.
    pub fn new(status: StatusCode, message: &Message) -> Self {
        Self {
            status,
            body: Box::new(ErrorBody::of(message)),
            retry_after_seconds: None,
        }
    }

    /// The same, with words that name what it is about.
    #[must_use]
    pub fn saying(
        mut self,
        zh: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.body.zh = zh.into();
        self.body.en = en.into();
        self
    }

    /// The same, asking to come back later.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// 400.
    pub fn bad_request(message: &Message) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// 401: nobody is logged in.
    pub fn not_logged_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, &messages::NOT_LOGGED_IN)
    }

    /// 403: somebody is, but may not.
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, &messages::FORBIDDEN)
    }

    /// 404.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, &messages::NOT_FOUND)
    }

    /// 500, after logging why; the reason is not shown.
    pub fn internal(reason: &dyn std::fmt::Display) -> Self {
        tracing::error!(error.reason = %reason, "a request failed for a reason of our own");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, &messages::INTERNAL)
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        &self.body.code
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull => {
                tracing::error!("the disk is full");
                Self::new(StatusCode::INSUFFICIENT_STORAGE, &messages::DISK_FULL).retry_after(60)
            }
            StoreError::Busy => {
                tracing::warn!("the database stayed busy");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, &messages::BUSY).retry_after(2)
            }
            other => Self::internal(&other),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let envelope = ErrorEnvelope { error: *self.body };
        let mut response = (self.status, Json(envelope)).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What a route answers.
pub type ApiResult<Answer> = Result<Answer, ApiError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_as_such_and_our_own_trouble_is_not_explained() {
        let full = ApiError::from(StoreError::DiskFull);
        assert_eq!((full.status.as_u16(), full.code()), (507, "disk_full"));
        let ours = ApiError::from(StoreError::Conflict("UNIQUE change.arrival".into()));
        assert_eq!((ours.status.as_u16(), ours.code()), (500, "internal"));
        assert!(!ours.body.en.contains("UNIQUE"));
    }
}
