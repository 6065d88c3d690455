//! How much of a body is read.

use crate::error::{ApiError, ApiResult};
use domain::wire::Problem;
use futures_util::StreamExt as _;
use worker::{Request, Response};

/// A session's request.
pub(crate) const SESSION_BYTES: usize = 4 * 1024;
/// What a page posts when it polls: a few frames.
pub(crate) const FRAMES_BYTES: usize = 256 * 1024;
/// A form or a small document.
pub(crate) const FORM_BYTES: usize = 16 * 1024;
/// What one part of the edge hands to another: a webhook's contents at most.
pub(crate) const CALL_BYTES: usize = 32 * 1024 * 1024;
/// What another service answers.
pub(crate) const ANSWER_BYTES: usize = 64 * 1024;

/// The body, refused as soon as it is known to be longer than `max` bytes: by what it declares, else by
/// counting what arrives. The rest is not read.
pub(crate) async fn body(request: &mut Request, max: usize) -> ApiResult<Vec<u8>> {
    let declared = request.headers().get("content-length").ok().flatten();
    let declared: Option<usize> = declared.and_then(|length| length.parse().ok());
    if declared.is_some_and(|length| length > max) {
        return Err(too_large(max));
    }
    if request.inner().body().is_none() {
        return Ok(Vec::new());
    }
    let mut body = Vec::with_capacity(declared.unwrap_or_default());
    let mut chunks = request.stream().map_err(ApiError::bug("request body"))?;
    while let Some(chunk) = chunks.next().await {
        // The sender stopped half-way.
        let chunk = chunk.map_err(|_| ApiError::from(Problem::BadRequest))?;
        if body.len() + chunk.len() > max {
            return Err(too_large(max));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The same as text: JSON is UTF-8.
pub(crate) async fn text(request: &mut Request, max: usize) -> ApiResult<String> {
    String::from_utf8(body(request, max).await?).map_err(|_| Problem::BadRequest.into())
}

/// At most the first [`ANSWER_BYTES`] of what another service answered.
pub(crate) async fn answer(response: &mut Response) -> worker::Result<Vec<u8>> {
    let mut body = Vec::new();
    let mut chunks = response.stream()?;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        let room = ANSWER_BYTES.saturating_sub(body.len());
        body.extend(chunk.into_iter().take(room));
        if body.len() >= ANSWER_BYTES {
            break;
        }
    }
    Ok(body)
}

fn too_large(max: usize) -> ApiError {
    ApiError::rejected(Problem::TooLarge.with_detail(format!("at most {max} bytes")))
}
