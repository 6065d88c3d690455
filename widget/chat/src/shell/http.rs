//! Requests to the edge.

use super::host::object;
use domain::visit::Failure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

/// Asked to wait without being told how long.
const DEFAULT_RETRY_AFTER_MS: u64 = 10_000;

/// The answer's text when its status is 2xx.
pub(crate) async fn request(
    method: &str,
    url: &str,
    token: Option<&str>,
    body: Option<&str>,
) -> Result<String, Failure> {
    let answered = send(method, url, token, body).await.map_err(|_| Failure::Unavailable)?;
    match answered.status() {
        200..=299 => text(&answered).await.ok_or(Failure::Unavailable),
        429 => Err(Failure::SlowDown { retry_after_ms: retry_after_ms(&answered) }),
        408 | 500..=599 => Err(Failure::Unavailable),
        _ => Err(Failure::Refused),
    }
}

async fn send(method: &str, url: &str, token: Option<&str>, body: Option<&str>) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_method(method);
    let headers = object(&[]);
    if let Some(token) = token {
        set(&headers, "authorization", &["Bearer ", token].concat());
    }
    if let Some(body) = body {
        set(&headers, "content-type", "application/json");
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    JsFuture::from(window.fetch_with_str_and_init(url, &init)).await?.dyn_into()
}

async fn text(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

fn retry_after_ms(response: &Response) -> u64 {
    let seconds = response.headers().get("retry-after").ok().flatten();
    seconds
        .and_then(|text| text.trim().parse::<u64>().ok())
        .map_or(DEFAULT_RETRY_AFTER_MS, |s| s.saturating_mul(1_000))
}

fn set(object: &js_sys::Object, name: &str, value: &str) {
    let _ = js_sys::Reflect::set(object, &JsValue::from_str(name), &JsValue::from_str(value));
}
