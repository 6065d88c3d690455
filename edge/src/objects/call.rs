//! What is asked of the objects: JSON over their `fetch`, typed here once for both sides.

use super::{CONVERSATION, STORE};
use crate::error::{ApiError, ApiResult};
use domain::channel::Channel;
use domain::conversation::{AccountStop, Relay};
use domain::desk::{Forward, IntakeItem};
use domain::ids::{ConversationId, ForeignId, Seq, StoreId};
use domain::wire::ProblemDetails;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use worker::{Env, Headers, Method, Request, RequestInit, Response};

/// Whose conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Who {
    /// The store's.
    pub(crate) store: StoreId,
    /// The conversation.
    pub(crate) conversation: ConversationId,
}

/// What a `Conversation` object is asked, besides for sockets.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ToConversation {
    /// What came after `after`, or the tail. Answers a `ServerFrame`.
    Events {
        /// The last entry the page has.
        after: Option<Seq>,
    },
    /// What a page without a socket says. Answers a list of `ServerFrame`: what the frames are answered with, then
    /// what came after `after`, or the tail.
    Say {
        /// As they came.
        frames: Vec<String>,
        /// The last entry the page has.
        after: Option<Seq>,
    },
    /// Everything. Answers `domain::conversation` events as a JSON document.
    Export,
    /// Delete everything. Answers `null` once it cannot be undone.
    Forget,
    /// Something from the store's desk. Answers `null` once it is durable.
    Take(Forward),
    /// Are you there? Answers `null`.
    Ping,
}

/// What a `Store` object is asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ToStore {
    /// What a webhook brought. Answers `null` once it is durable.
    Intake(Vec<IntakeItem>),
    /// A link to another channel. Answers a `wire::Link`, or `null` if that channel is not offered.
    IssueLink {
        /// Whose.
        conversation: ConversationId,
        /// To where.
        channel: Channel,
    },
    /// Invite a member of staff. Answers a `desk::StaffInvite`.
    InviteStaff {
        /// Their name, as shown to shoppers.
        name: String,
    },
    /// A member of staff left. Answers how many were of this name.
    RemoveStaff {
        /// Their name; case does not matter.
        name: String,
    },
    /// What a shopper said, for staff. Answers `null` once it is durable.
    Relay(Relay),
    /// May the account send? Answers `null`, or the reason why not.
    Permit,
    /// The channel refused in a way that concerns the whole account. Answers `null`.
    AccountStopped(AccountStop),
    /// A conversation was deleted. Answers `null`.
    Forget(ConversationId),
    /// A channel asks that a person be forgotten. Answers `null` once it is durable.
    Delete(Deletion),
    /// How far a deletion is. Answers a `DeletionStatus`, or `null` if there is none with this code.
    DeletionStatus {
        /// Its confirmation code.
        code: String,
    },
    /// The settings changed: look again whether the channel delivers to us. Answers `null`.
    CheckSubscription,
    /// Are you there? Answers `null`.
    Ping,
}

/// A channel's request to forget a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deletion {
    /// What the person may ask its progress by.
    pub(crate) code: String,
    /// The person, by the id of our app, which is not the one their messages carry.
    pub(crate) user: ForeignId,
}

/// How far a deletion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeletionStatus {
    /// It is under way.
    Pending,
    /// Everything was deleted.
    Done,
    /// There was nothing about this person.
    NothingFound,
}

/// A question with its address.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ConversationCall {
    /// The address: an object does not know its own name after it was revived by an alarm.
    pub(crate) who: Who,
    /// The question.
    pub(crate) ask: ToConversation,
}

/// A question with its address.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StoreCall {
    /// The address.
    pub(crate) store: StoreId,
    /// The question.
    pub(crate) ask: ToStore,
}

/// Asks a conversation; gives its answer as JSON text.
pub(crate) async fn conversation_text(env: &Env, who: &Who, ask: ToConversation) -> ApiResult<String> {
    let name = format!("{}/{}", who.store, who.conversation);
    let body = serde_json::to_string(&ConversationCall { who: who.clone(), ask });
    fetch(env, CONVERSATION, &name, &body.map_err(ApiError::bug("call"))?).await
}

/// Asks a conversation.
pub(crate) async fn conversation<Answer: DeserializeOwned>(
    env: &Env,
    who: &Who,
    ask: ToConversation,
) -> ApiResult<Answer> {
    let text = conversation_text(env, who, ask).await?;
    serde_json::from_str(&text).map_err(ApiError::unreadable("conversation's answer"))
}

/// Asks a store.
pub(crate) async fn store<Answer: DeserializeOwned>(
    env: &Env,
    store: &StoreId,
    ask: ToStore,
) -> ApiResult<Answer> {
    let body = serde_json::to_string(&StoreCall { store: store.clone(), ask });
    let text = fetch(env, STORE, store.as_str(), &body.map_err(ApiError::bug("call"))?).await?;
    serde_json::from_str(&text).map_err(ApiError::unreadable("store's answer"))
}

/// Asks a conversation for a socket.
pub(crate) async fn socket(env: &Env, who: &Who) -> ApiResult<Response> {
    let name = format!("{}/{}", who.store, who.conversation);
    let headers = Headers::new();
    headers.set("upgrade", "websocket").map_err(ApiError::bug("header"))?;
    let mut init = RequestInit::new();
    init.with_headers(headers);
    let url = format!("https://object/live/{name}");
    let request = Request::new_with_init(&url, &init).map_err(ApiError::bug("request"))?;
    let object = env.durable_object(CONVERSATION).and_then(|objects| objects.get_by_name(&name));
    let object = object.map_err(ApiError::unavailable(CONVERSATION))?;
    let response = object.fetch_with_request(request).await.map_err(ApiError::unavailable(CONVERSATION))?;
    if response.status_code() == 101 { Ok(response) } else { Err(refusal(CONVERSATION, response).await) }
}

async fn fetch(env: &Env, namespace: &'static str, name: &str, body: &str) -> ApiResult<String> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(body.into()));
    let request = Request::new_with_init("https://object/", &init).map_err(ApiError::bug("request"))?;
    let object = env.durable_object(namespace).and_then(|objects| objects.get_by_name(name));
    let object = object.map_err(ApiError::unavailable(namespace))?;
    let mut response = object.fetch_with_request(request).await.map_err(ApiError::unavailable(namespace))?;
    if response.status_code() == 200 {
        return response.text().await.map_err(ApiError::unavailable(namespace));
    }
    Err(refusal(namespace, response).await)
}

/// An object's refusal, handed on: a 4xx is the caller's own, the rest is logged where it happened.
async fn refusal(namespace: &'static str, mut response: Response) -> ApiError {
    let status = response.status_code();
    let details =
        response.text().await.ok().and_then(|text| serde_json::from_str::<ProblemDetails>(&text).ok());
    match details {
        Some(details) if (400..500).contains(&details.status) => ApiError::rejected(details),
        _ => ApiError::Unavailable { what: namespace, cause: format!("answered {status}") },
    }
}
