//! Every path of the service.

use super::operation::Operation;
use domain::conversation::Event;
use domain::ids::{ConversationId, Seq, StoreId};
use domain::store::Settings;
use domain::time::UnixMillis;
use domain::wire::Problem::{
    BadRequest, Forbidden, Forgotten, Internal, InvalidSettings, NotFound, OriginNotAllowed, TooLarge,
    TooManyRequests, Unauthorized, Unavailable, UpgradeRequired,
};
use domain::wire::{
    ClientFrame, DeletionReceipt, ServerFrame, Session, SessionRequest, StaffInvitation, StaffRemoval,
    StaffRequest, WidgetSettings,
};
use schemars::SchemaGenerator;
use serde_json::{Value, json};

/// The paths, their schemas noted in `schemas`.
pub(crate) fn paths(schemas: &mut SchemaGenerator) -> Value {
    json!({
        "/healthz": { "get": health(schemas) },
        "/openapi.json": { "get": description(schemas) },
        "/openline.js": { "get": loader(schemas) },
        "/v1/{store}/sessions": { "post": open_session(schemas) },
        "/v1/{store}/settings": { "get": read_settings(schemas), "put": write_settings(schemas) },
        "/v1/{store}/staff": { "post": invite_staff(schemas), "delete": remove_staff(schemas) },
        "/v1/{store}/conversations/{id}": { "delete": forget(schemas) },
        "/v1/{store}/conversations/{id}/events": { "get": poll(schemas), "post": say(schemas) },
        "/v1/{store}/conversations/{id}/export": { "get": export(schemas) },
        "/v1/{store}/conversations/{id}/live": { "get": live(schemas) },
        "/webhooks/messenger/{store}": { "get": handshake(schemas), "post": deliver(schemas) },
        "/webhooks/messenger/{store}/deletion": { "post": delete_person(schemas) },
        "/webhooks/messenger/{store}/deletion/{code}": { "get": deletion_status(schemas) },
    })
}

fn health(schemas: &mut SchemaGenerator) -> Value {
    let flag = |what: &str| json!({ "type": "boolean", "description": what });
    let health = json!({
        "type": "object",
        "required": ["ok", "kv", "conversation", "store", "secret"],
        "properties": {
            "ok": flag("Whether all of it is well."),
            "kv": flag("KV can be read."),
            "conversation": flag("Conversations answer."),
            "store": flag("Stores answer."),
            "secret": flag("OPENLINE_SECRET is set."),
        },
    });
    Operation::new(schemas, "service", "health", "Whether the deployment and what it stands on work")
        .parameter::<String>("query", "deep", "`1`: look now, whatever was found a moment ago.", false)
        .gives_media(200, "Everything works", "application/json", &health)
        .gives_media(503, "Something does not", "application/json", &health)
        .fails(&[])
}

fn description(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "service", "description", "This description")
        .gives_media(200, "OpenAPI 3.1", "application/json", &json!({ "type": "object" }))
        .fails(&[])
}

fn loader(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "service", "loader", "The script a store pastes into its pages")
        .gives_media(200, "JavaScript", "text/javascript", &json!({ "type": "string" }))
        .fails(&[])
}

fn open_session(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "shopper", "openSession", "Open a conversation, or go on with an earlier one")
        .described("Without a token, or with one that is no longer good, a new conversation begins.")
        .in_store()
        .takes::<SessionRequest>()
        .gives::<Session>(200, "The session")
        .fails(&[BadRequest, OriginNotAllowed, NotFound, TooLarge, TooManyRequests, Internal, Unavailable])
}

fn read_settings(schemas: &mut SchemaGenerator) -> Value {
    let public = schemas.subschema_for::<WidgetSettings>();
    let whole = schemas.subschema_for::<Settings>();
    Operation::new(schemas, "store", "readSettings", "Read a store's settings")
        .described("Unsigned, the part every page may read; signed, the whole document.")
        .in_store()
        .gives_media(200, "The settings", "application/json", &json!({ "anyOf": [public, whole] }))
        .secured(&["signature"])
        .optional_security()
        .fails(&[Unauthorized, NotFound, TooManyRequests, Internal, Unavailable])
}

fn write_settings(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "store", "writeSettings", "Replace a store's settings")
        .described("All or nothing: a document with a fault changes nothing, and every fault is named.")
        .in_store()
        .secured(&["signature"])
        .takes::<Settings>()
        .gives_nothing(204, "The document is the store's settings now")
        .fails(&[BadRequest, Unauthorized, TooLarge, InvalidSettings, Internal, Unavailable])
}

fn invite_staff(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "store", "inviteStaff", "Let a colleague answer from their own Messenger")
        .in_store()
        .secured(&["signature"])
        .takes::<StaffRequest>()
        .gives::<StaffInvitation>(200, "How the colleague links theirs, once")
        .described("Only for a store with a Messenger page.")
        .fails(&[BadRequest, Unauthorized, NotFound, TooLarge, Internal, Unavailable])
}

fn remove_staff(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "store", "removeStaff", "Take a colleague off: their Messenger is told no more")
        .in_store()
        .secured(&["signature"])
        .takes::<StaffRequest>()
        .gives::<StaffRemoval>(200, "Everybody of this name is off")
        .fails(&[BadRequest, Unauthorized, NotFound, TooLarge, Internal, Unavailable])
}

fn forget(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(
        schemas,
        "shopper",
        "forgetConversation",
        "Delete a conversation and all that belongs to it",
    )
    .in_conversation()
    .secured(&["session", "signature"])
    .gives_nothing(204, "Nothing of it is left")
    .fails(&[
        Unauthorized,
        OriginNotAllowed,
        Forbidden,
        NotFound,
        TooManyRequests,
        Internal,
        Unavailable,
    ])
}

fn poll(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "shopper", "readEvents", "What happened, where WebSockets are blocked")
        .in_conversation()
        .parameter::<Seq>("query", "after", "The last entry the page has; without it, the newest.", false)
        .secured(&["session"])
        .gives::<ServerFrame>(200, "An `events` frame")
        .fails(&[
            BadRequest,
            Unauthorized,
            OriginNotAllowed,
            Forbidden,
            NotFound,
            Forgotten,
            TooManyRequests,
            Internal,
            Unavailable,
        ])
}

fn say(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "shopper", "sendFrames", "Say something, where WebSockets are blocked")
        .described("Frames may be repeated: a message is known by its id, and kept once.")
        .in_conversation()
        .secured(&["session"])
        .parameter::<Seq>("query", "after", "The last entry the page has; without it, the newest.", false)
        .takes::<Vec<ClientFrame>>()
        .gives::<Vec<ServerFrame>>(200, "What the frames are answered with, then an `events` frame")
        .fails(&[
            BadRequest,
            Unauthorized,
            OriginNotAllowed,
            Forbidden,
            NotFound,
            Forgotten,
            TooLarge,
            TooManyRequests,
            Internal,
            Unavailable,
        ])
}

fn export(schemas: &mut SchemaGenerator) -> Value {
    let export = json!({
        "type": "object",
        "required": ["store", "conversation", "exported_at", "events"],
        "properties": {
            "store": schemas.subschema_for::<StoreId>(),
            "conversation": schemas.subschema_for::<ConversationId>(),
            "exported_at": schemas.subschema_for::<UnixMillis>(),
            "events": schemas.subschema_for::<Vec<Event>>(),
        },
    });
    Operation::new(schemas, "shopper", "exportConversation", "All that is kept about a conversation")
        .in_conversation()
        .secured(&["session", "signature"])
        .gives_media(200, "The whole log", "application/json", &export)
        .fails(&[Unauthorized, OriginNotAllowed, Forbidden, NotFound, TooManyRequests, Internal, Unavailable])
}

fn live(schemas: &mut SchemaGenerator) -> Value {
    let up = schemas.subschema_for::<ClientFrame>();
    let down = schemas.subschema_for::<ServerFrame>();
    let text = "A WebSocket with the subprotocol `openline.v1`; one JSON text per frame. The first frame is `hello`. \
        Who offers `openline.v1` is refused by a close code, since browsers hide a refused upgrade: 4401 no good \
        token, 4403 not from this origin or not this conversation, 4404 no such store, 4410 deleted, 4429 too \
        much, 4503 not now. Others get the HTTP status.";
    let mut operation = Operation::new(schemas, "shopper", "live", "The conversation as it happens")
        .described(text)
        .in_conversation()
        .secured(&["session_subprotocol"])
        .gives_nothing(101, "The line is open")
        .fails(&[
            BadRequest,
            Unauthorized,
            OriginNotAllowed,
            Forbidden,
            NotFound,
            Forgotten,
            UpgradeRequired,
            TooManyRequests,
            Unavailable,
        ]);
    if let Some(object) = operation.as_object_mut() {
        object.insert("x-frames".into(), json!({ "client": up, "server": down }));
    }
    operation
}

fn handshake(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "channel", "verifyMessenger", "Meta's handshake")
        .in_store()
        .parameter::<String>("query", "hub.mode", "`subscribe`.", true)
        .parameter::<String>("query", "hub.verify_token", "The token agreed on.", true)
        .parameter::<String>("query", "hub.challenge", "What to answer.", true)
        .gives_media(200, "The challenge", "text/plain", &json!({ "type": "string" }))
        .fails(&[BadRequest, Forbidden, NotFound])
}

fn deliver(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "channel", "deliverMessenger", "What happened on Messenger")
        .described("Answered once it is kept; redeliveries change nothing; what is not known is ignored.")
        .in_store()
        .secured(&["messenger_signature"])
        .takes_media("application/json", &json!({ "type": "object" }))
        .gives_nothing(200, "Kept")
        .fails(&[BadRequest, Unauthorized, NotFound, TooLarge, Unavailable])
}

fn delete_person(schemas: &mut SchemaGenerator) -> Value {
    let form = json!({
        "type": "object",
        "required": ["signed_request"],
        "properties": { "signed_request": { "type": "string", "description": "Signed under the app secret." } },
    });
    Operation::new(schemas, "channel", "deleteMessengerPerson", "Meta's data deletion callback")
        .in_store()
        .takes_media("application/x-www-form-urlencoded", &form)
        .gives::<DeletionReceipt>(200, "The deletion has begun")
        .fails(&[BadRequest, Unauthorized, NotFound, TooLarge, Unavailable])
}

fn deletion_status(schemas: &mut SchemaGenerator) -> Value {
    Operation::new(schemas, "channel", "messengerDeletionStatus", "How far a deletion is, for the person")
        .in_store()
        .parameter::<String>("path", "code", "The confirmation code.", true)
        .gives_media(200, "A page", "text/html", &json!({ "type": "string" }))
        .fails(&[NotFound, Unavailable])
}
