//! JSON in and out, with our envelope when it cannot be read.

use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;
use crate::messages;

/// A JSON body.
#[derive(Debug, Clone, Copy)]
pub struct Json<Body>(pub Body);

impl<State, Body> FromRequest<State> for Json<Body>
where
    State: Send + Sync,
    axum::Json<Body>: FromRequest<State, Rejection = JsonRejection>,
{
    type Rejection = ApiError;
    async fn from_request(request: Request, state: &State) -> Result<Self, ApiError> {
        match axum::Json::<Body>::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(refused(&rejection)),
        }
    }
}

fn refused(rejection: &JsonRejection) -> ApiError {
    let status = rejection.status();
    let message = match status {
        StatusCode::PAYLOAD_TOO_LARGE => &messages::TOO_LARGE,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => &messages::UNSUPPORTED_MEDIA_TYPE,
        _ => &messages::BAD_REQUEST,
    };
    ApiError::new(status, message)
}

impl<Body: serde::Serialize> IntoResponse for Json<Body> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}
