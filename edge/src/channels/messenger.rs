//! The Graph API's client: one call, one answer. What the answer means is decided in `domain`.
//!
//! The token goes into the `Authorization` header alone; `appsecret_proof` beside the parameters
//! (developers.facebook.com/docs/graph-api/guides/secure-requests). Neither tokens nor texts are logged.

use crate::config::{GRAPH_VERSION, Messenger, Secret};
use crate::error::{ApiError, ApiResult};
use crate::limits;
use crate::log;
use crate::signature::appsecret_proof;
use domain::channel::messenger::{GET_STARTED, pause_asked};
use domain::conversation::SendResult;
use domain::ids::ForeignId;
use serde_json::{Value, json};
use worker::{AbortSignal, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response};

/// How long an answer is waited for; then nobody knows whether it went.
const TIMEOUT_MS: u32 = 20_000;
/// What the page must tell us of
/// (developers.facebook.com/docs/messenger-platform/webhooks, "Webhook events").
const FIELDS: &str = "messages,messaging_postbacks,messaging_referrals,message_echoes,message_deliveries,\
message_reads,message_reactions,message_edits,messaging_optins,messaging_handovers,standby,\
messaging_policy_enforcement";

/// `POST /{page}/messages`: sends once.
pub(crate) async fn send(messenger: &Messenger, page: &ForeignId, body: &Value) -> SendResult {
    match call(messenger, Method::Post, &format!("{page}/messages"), &[], Some(body)).await {
        Ok(answer) => {
            log::info("messenger_answered", &[("status", &answer.status)]);
            SendResult::Answered { status: answer.status, body: answer.body, retry_after: answer.pause }
        }
        Err(error) => {
            error.log();
            SendResult::NoAnswer
        }
    }
}

/// `GET /{page}/subscribed_apps`: whether the page tells our app of what it must; `None` if that cannot be read.
pub(crate) async fn is_subscribed(
    messenger: &Messenger,
    page: &ForeignId,
    app: &ForeignId,
) -> ApiResult<Option<bool>> {
    let answer = call(messenger, Method::Get, &format!("{page}/subscribed_apps"), &[], None).await?;
    Ok(if answer.status == 200 { names_app(&answer.body, app) } else { None })
}

/// `POST /{page}/subscribed_apps`: makes the page tell our app. Whether it took it.
pub(crate) async fn subscribe(messenger: &Messenger, page: &ForeignId) -> ApiResult<bool> {
    let fields = [("subscribed_fields", FIELDS)];
    let answer = call(messenger, Method::Post, &format!("{page}/subscribed_apps"), &fields, None).await?;
    Ok(answer.status == 200)
}

/// `GET /{page}/messenger_profile`: whether a new thread begins with our "Get Started", without which a link's
/// reference does not arrive; `None` if that cannot be read.
pub(crate) async fn has_get_started(messenger: &Messenger, page: &ForeignId) -> ApiResult<Option<bool>> {
    let path = format!("{page}/messenger_profile");
    let answer = call(messenger, Method::Get, &path, &[("fields", "get_started")], None).await?;
    Ok(if answer.status == 200 { names_get_started(&answer.body) } else { None })
}

/// `POST /{page}/messenger_profile`: makes it so. Whether it took it.
pub(crate) async fn set_get_started(messenger: &Messenger, page: &ForeignId) -> ApiResult<bool> {
    let body = json!({ "get_started": { "payload": GET_STARTED } });
    let path = format!("{page}/messenger_profile");
    let answer = call(messenger, Method::Post, &path, &[], Some(&body)).await?;
    Ok(answer.status == 200)
}

/// `GET /{person}/ids_for_pages`: who a person of our app is on the page. `None` if they never wrote to it.
pub(crate) async fn id_for_page(
    messenger: &Messenger,
    user: &ForeignId,
    page: &ForeignId,
) -> ApiResult<Option<ForeignId>> {
    let parameters = [("page", page.as_str())];
    let answer = call(messenger, Method::Get, &format!("{user}/ids_for_pages"), &parameters, None).await?;
    person_on_page(answer.status, &answer.body, page)
}

struct Answer {
    status: u16,
    body: Vec<u8>,
    pause: Option<domain::time::Millis>,
}

async fn call(
    messenger: &Messenger,
    method: Method,
    path: &str,
    parameters: &[(&str, &str)],
    body: Option<&Value>,
) -> ApiResult<Answer> {
    let (Some(token), Some(secret)) = (&messenger.page_token, messenger.app_secrets.first()) else {
        return Err(ApiError::unavailable("messenger")("not set up"));
    };
    let request = request(messenger, method, path, parameters, body, (token, secret))?;
    let timeout = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(TIMEOUT_MS));
    let answered = Fetch::Request(request).send_with_signal(&timeout).await;
    let mut response: Response = answered.map_err(ApiError::unavailable("messenger"))?;
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let pause = pause_asked(header("retry-after").as_deref(), header("x-business-use-case-usage").as_deref());
    let status = response.status_code();
    let body = limits::answer(&mut response).await.map_err(ApiError::unavailable("messenger"))?;
    Ok(Answer { status, body, pause })
}

fn request(
    messenger: &Messenger,
    method: Method,
    path: &str,
    parameters: &[(&str, &str)],
    body: Option<&Value>,
    (token, secret): (&Secret, &Secret),
) -> ApiResult<Request> {
    let base = format!("{}/{GRAPH_VERSION}/{path}", messenger.api_base);
    let mut url = worker::Url::parse(&base).map_err(ApiError::bug("MESSENGER_API_BASE"))?;
    url.query_pairs_mut().extend_pairs(parameters);
    url.query_pairs_mut().append_pair("appsecret_proof", &appsecret_proof(secret, token));
    let headers = Headers::new();
    let bearer = format!("Bearer {}", token.expose());
    headers
        .set("authorization", &bearer)
        .map_err(|_| ApiError::bug("MESSENGER_PAGE_TOKEN")("not a header value"))?;
    headers.set("content-type", "application/json").map_err(ApiError::bug("header"))?;
    let mut init = RequestInit::new();
    init.with_method(method).with_headers(headers).with_body(body.map(|body| body.to_string().into()));
    // The token is for this address alone.
    init.with_redirect(RequestRedirect::Manual);
    Request::new_with_init(url.as_str(), &init).map_err(ApiError::bug("request"))
}

/// Whether the list of subscribed apps names ours, with every field we need.
fn names_app(body: &[u8], app: &ForeignId) -> Option<bool> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let ours = body
        .get("data")?
        .as_array()?
        .iter()
        .find(|entry| text_of(entry.get("id")).as_deref() == Some(app.as_str()));
    let Some(ours) = ours else { return Some(false) };
    let fields: Vec<&str> =
        ours.get("subscribed_fields")?.as_array()?.iter().filter_map(Value::as_str).collect();
    Some(FIELDS.split(',').all(|field| fields.contains(&field)))
}

/// Whether the page's profile has our button.
fn names_get_started(body: &[u8]) -> Option<bool> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let profiles = body.get("data")?.as_array()?;
    let payload = |profile: &Value| profile.pointer("/get_started/payload")?.as_str().map(str::to_owned);
    Some(profiles.iter().any(|profile| payload(profile).as_deref() == Some(GET_STARTED)))
}

/// Who the person is on the page, if anybody. An expired token, a missing permission and throttling are answered
/// with 400 as well: only "no such object" means nobody; the rest must be asked again.
fn person_on_page(status: u16, body: &[u8], page: &ForeignId) -> ApiResult<Option<ForeignId>> {
    const NO_SUCH_OBJECT: &str = "100";
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    if let Some(people) = body.get("data").and_then(Value::as_array).filter(|_| status == 200) {
        return Ok(id_on_page(people, page));
    }
    if text_of(body.pointer("/error/code")).as_deref() == Some(NO_SUCH_OBJECT) {
        return Ok(None);
    }
    Err(ApiError::unavailable("messenger")(format!("ids_for_pages answered {status}")))
}

fn id_on_page(people: &[Value], page: &ForeignId) -> Option<ForeignId> {
    let on_page = |entry: &&Value| {
        entry.get("page").and_then(|of| text_of(of.get("id"))).as_deref() == Some(page.as_str())
    };
    let entry = people.iter().find(on_page)?;
    ForeignId::parse(text_of(entry.get("id"))?).ok()
}

/// Ids come as text and as numbers.
fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ForeignId {
        ForeignId::parse(text).unwrap()
    }

    #[test]
    fn a_subscription_counts_with_every_field_we_need() {
        let full: Vec<&str> = FIELDS.split(',').collect();
        let listed = |fields: &[&str]| {
            serde_json::json!({"data": [{"id": "900", "subscribed_fields": fields}]}).to_string()
        };
        for (body, expected) in [
            (listed(&full), Some(true)),
            (listed(&full[1..]), Some(false)),
            (listed(&full).replace("\"900\"", "900"), Some(true)),
            (r#"{"data":[]}"#.to_owned(), Some(false)),
            (r#"{"data":[{"id":"900"}]}"#.to_owned(), None),
            ("{}".to_owned(), None),
            ("<html>".to_owned(), None),
        ] {
            assert_eq!(names_app(body.as_bytes(), &id("900")), expected, "{body}");
        }
    }

    #[test]
    fn a_person_is_found_on_our_page_alone() {
        let body = br#"{"data":[{"id":"1","page":{"id":"7"}},{"id":2,"page":{"id":104}}]}"#;
        assert_eq!(person_on_page(200, body, &id("104")).unwrap(), Some(id("2")));
        assert_eq!(person_on_page(200, body, &id("105")).unwrap(), None);
    }

    #[test]
    fn only_no_such_person_means_nobody() {
        for (status, body, expected) in [
            (200, r#"{"data":[]}"#, true),
            (400, r#"{"error":{"code":100}}"#, true),
            (404, r#"{"error":{"code":"100","error_subcode":33}}"#, true),
            (400, r#"{"error":{"code":190}}"#, false),
            (400, r#"{"error":{"code":4}}"#, false),
            (403, r#"{"error":{"code":200}}"#, false),
            (404, "<html>", false),
            (200, "{}", false),
            (500, r#"{"error":{}}"#, false),
        ] {
            let person = person_on_page(status, body.as_bytes(), &id("104"));
            assert_eq!(matches!(person, Ok(None)), expected, "{status} {body}");
        }
    }

    #[test]
    fn the_button_is_ours_or_it_is_set() {
        for (body, expected) in [
            (r#"{"data":[{"get_started":{"payload":"GET_STARTED"}}]}"#, Some(true)),
            (r#"{"data":[{"get_started":{"payload":"other"}}]}"#, Some(false)),
            (r#"{"data":[{}]}"#, Some(false)),
            (r#"{"data":[]}"#, Some(false)),
            ("{}", None),
        ] {
            assert_eq!(names_get_started(body.as_bytes()), expected, "{body}");
        }
    }
}
