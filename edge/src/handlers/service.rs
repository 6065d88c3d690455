//! The service itself.

use super::{Ask, json};
use crate::error::ApiResult;
use crate::health;
use domain::wire::Problem;

/// `GET /healthz`
pub(crate) async fn health(ask: &Ask) -> ApiResult {
    let deep = ask
        .request
        .url()
        .is_ok_and(|url| url.query_pairs().any(|(name, value)| name == "deep" && value == "1"));
    let health = health::check(&ask.env, &ask.config, deep).await;
    let response = json(&health)?;
    Ok(if health.ok { response } else { response.with_status(Problem::Unavailable.status()) })
}
