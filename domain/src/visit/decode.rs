//! What the edge and the page's storage say, read without derived decoders.

use super::json::{Fields, Json, read, read_object};
use super::outbox::Unsent;
use crate::behaviour::Trigger;
use crate::channel::Channel;
use crate::conversation::{ContactKind, Holder};
use crate::ids::{ConversationId, MessageId, Seq, StaffId};
use crate::message::{Attachment, AttachmentKind, Author, Card, Content, LinkButton, Page, QuickReply};
use crate::time::UnixMillis;
use crate::wire::{
    Conditions, Corner, DecodeError, Greeting, Link, Moments, Opening, Rule, RuleLimits, ServerFrame,
    ServerMessage, Session, Theme, Trouble, WidgetSettings,
};

/// Reads one frame of the edge, as [`crate::wire::decode_server`] does. Events of an unknown kind are left out:
/// a newer edge may tell more than an older page understands.
pub fn decode_frame(text: &str) -> Result<ServerFrame, DecodeError> {
    read(text).and_then(frame).ok_or(DecodeError::Malformed)
}

/// Reads the array of frames which answers a `POST …/events`.
pub fn decode_frames(text: &str) -> Result<Vec<ServerFrame>, DecodeError> {
    let list = read(text).and_then(Json::list).ok_or(DecodeError::Malformed)?;
    Ok(list.into_iter().filter_map(frame).collect())
}

/// Reads the answer to `POST …/sessions`.
pub fn decode_session(text: &str) -> Result<Session, DecodeError> {
    let session = || {
        let mut fields = read_object(text)?;
        Some(Session {
            token: fields.text("token")?,
            conversation: ConversationId::parse(fields.text("conversation")?).ok()?,
            resumed: fields.flag("resumed")?,
        })
    };
    session().ok_or(DecodeError::Malformed)
}

/// Reads `GET …/settings`.
pub fn decode_settings(text: &str) -> Result<WidgetSettings, DecodeError> {
    read_object(text).and_then(settings).ok_or(DecodeError::Malformed)
}

/// Reads a theme.
pub fn decode_theme(text: &str) -> Result<Theme, DecodeError> {
    read_object(text).and_then(theme).ok_or(DecodeError::Malformed)
}

fn settings(mut fields: Fields) -> Option<WidgetSettings> {
    Some(WidgetSettings {
        name: fields.text("name")?,
        locale: fields.text("locale")?,
        theme: fields.take("theme").and_then(Json::object).and_then(theme)?,
        greeting: fields.take("greeting").and_then(Json::object).map(greeting)?,
        bot_name: fields.text("bot_name").unwrap_or_default(),
        disclosure: fields.text("disclosure")?,
        rules: fields.items("rules", |json| rule(json.object()?)),
        moments: Moments::default(),
        currency_decimals: 2,
        utc_offset_minutes: 0,
        channels: fields.items("channels", channel),
        reply_within_minutes: fields.number("reply_within_minutes").and_then(|n| u32::try_from(n).ok()),
        retention_days: fields.number("retention_days").and_then(|n| u32::try_from(n).ok())?,
    })
}

fn theme(mut fields: Fields) -> Option<Theme> {
    Some(Theme {
        color: fields.text("color")?,
        corner: if fields.text("corner")? == "left" { Corner::Left } else { Corner::Right },
        offset_px: fields.number("offset_px").and_then(|n| u32::try_from(n).ok())?,
    })
}

fn greeting(mut fields: Fields) -> Greeting {
    Greeting {
        text: fields.text("text").unwrap_or_default(),
        quick_replies: fields.items("quick_replies", quick_reply),
    }
}

/// What the rule says; when it does is not the panel's business.
fn rule(mut fields: Fields) -> Option<Rule> {
    let name = fields.text("trigger")?;
    Some(Rule {
        id: fields.text("id")?,
        trigger: Trigger::ALL.into_iter().find(|trigger| trigger.name() == name)?,
        priority: 0,
        text: fields.text("text")?,
        quick_replies: fields.items("quick_replies", Json::text),
        conditions: Conditions::default(),
        limits: RuleLimits::default(),
    })
}

fn frame(json: Json) -> Option<ServerFrame> {
    let (name, body) = json.variant()?;
    Some(match name.as_str() {
        "events" => {
            let mut fields = body.object()?;
            ServerFrame::Events {
                up_to: Seq(fields.number("up_to")?),
                earlier: fields.flag("earlier").unwrap_or(false),
                events: fields.items("events", event),
            }
        }
        "typing" => ServerFrame::Typing(author(body)?),
        "link" => ServerFrame::Link(link(body.object()?)?),
        "trouble" => ServerFrame::Trouble(trouble(body)?),
        _ => return None,
    })
}

fn event(json: Json) -> Option<ServerMessage> {
    let (name, body) = json.variant()?;
    let mut fields = body.object()?;
    let at = |fields: &mut Fields| fields.number("at").map(UnixMillis);
    Some(match name.as_str() {
        "message" => ServerMessage::Message {
            seq: Seq(fields.number("seq")?),
            at: at(&mut fields)?,
            id: message_id(&mut fields, "id")?,
            author: author(fields.take("author")?)?,
            surface: channel(fields.take("surface")?)?,
            content: content(fields.take("content")?.object()?),
            reply_to: message_id(&mut fields, "reply_to"),
        },
        "edited" => ServerMessage::Edited {
            id: message_id(&mut fields, "id")?,
            content: content(fields.take("content")?.object()?),
        },
        "deleted" => ServerMessage::Deleted { id: message_id(&mut fields, "id")? },
        "reacted" => {
            ServerMessage::Reacted { id: message_id(&mut fields, "id")?, emoji: fields.text("emoji") }
        }
        "seen" => ServerMessage::Seen { up_to: Seq(fields.number("up_to")?) },
        "linked" => {
            ServerMessage::Linked { channel: channel(fields.take("channel")?)?, at: at(&mut fields)? }
        }
        "unlinked" => {
            ServerMessage::Unlinked { channel: channel(fields.take("channel")?)?, at: at(&mut fields)? }
        }
        "carried" => ServerMessage::Carried {
            seq: Seq(fields.number("seq")?),
            channel: channel(fields.take("channel")?)?,
        },
        "holder" => ServerMessage::Holder {
            holder: match fields.text("holder")?.as_str() {
                "bot" => Holder::Bot,
                "waiting" => Holder::Waiting,
                "staff" => Holder::Staff,
                "other_app" => Holder::OtherApp,
                _ => return None,
            },
            at: at(&mut fields)?,
        },
        "contact" => ServerMessage::Contact {
            kind: match fields.text("kind")?.as_str() {
                "email" => ContactKind::Email,
                "phone" => ContactKind::Phone,
                _ => return None,
            },
            at: at(&mut fields)?,
        },
        _ => return None,
    })
}

fn author(json: Json) -> Option<Author> {
    let (name, body) = json.variant()?;
    Some(match name.as_str() {
        "shopper" => Author::Shopper,
        "bot" => Author::Bot,
        "staff" => {
            let mut fields = body.object()?;
            Author::Staff {
                id: fields.text("id").and_then(|id| StaffId::parse(id).ok()),
                name: fields.text("name"),
            }
        }
        _ => return None,
    })
}

fn channel(json: Json) -> Option<Channel> {
    match json.text()?.as_str() {
        "messenger" => Some(Channel::Messenger),
        "widget" => Some(Channel::Widget),
        _ => None,
    }
}

fn content(mut fields: Fields) -> Content {
    Content {
        text: fields.text("text").unwrap_or_default(),
        cards: fields.items("cards", |json| {
            let mut fields = json.object()?;
            Some(Card {
                title: fields.text("title")?,
                subtitle: fields.text("subtitle").unwrap_or_default(),
                image_url: fields.text("image_url"),
                url: fields.text("url"),
            })
        }),
        links: fields.items("links", |json| {
            let mut fields = json.object()?;
            Some(LinkButton { label: fields.text("label")?, url: fields.text("url")? })
        }),
        attachments: fields.items("attachments", |json| {
            let mut fields = json.object()?;
            let kind = match fields.text("kind")?.as_str() {
                "audio" => AttachmentKind::Audio,
                "file" => AttachmentKind::File,
                "image" => AttachmentKind::Image,
                "sticker" => AttachmentKind::Sticker,
                "video" => AttachmentKind::Video,
                _ => AttachmentKind::Other,
            };
            Some(Attachment { kind, url: fields.text("url") })
        }),
        quick_replies: fields.items("quick_replies", quick_reply),
    }
}

fn quick_reply(json: Json) -> Option<QuickReply> {
    let mut fields = json.object()?;
    Some(QuickReply { label: fields.text("label")?, text: fields.text("text") })
}

fn link(mut fields: Fields) -> Option<Link> {
    Some(Link {
        channel: channel(fields.take("channel")?)?,
        url: fields.text("url")?,
        code: fields.text("code")?,
        expires_at: UnixMillis(fields.number("expires_at")?),
        qr: fields.text("qr")?,
    })
}

fn trouble(json: Json) -> Option<Trouble> {
    let (name, body) = json.variant()?;
    Some(match name.as_str() {
        "bad_frame" => Trouble::BadFrame,
        "slow_down" => Trouble::SlowDown { retry_after_ms: body.object()?.number("retry_after_ms")? },
        "bad_text" => Trouble::BadText,
        "no_such_channel" => Trouble::NoSuchChannel,
        "unavailable" => Trouble::Unavailable,
        "forgotten" => Trouble::Forgotten,
        _ => return None,
    })
}

fn message_id(fields: &mut Fields, name: &str) -> Option<MessageId> {
    MessageId::parse(fields.text(name)?).ok()
}

pub(super) fn unsent(json: Json) -> Option<Unsent> {
    let mut fields = json.object()?;
    Some(Unsent {
        id: message_id(&mut fields, "id")?,
        text: fields.text("text")?,
        at: UnixMillis(fields.number("at")?),
        page: fields.take("page").and_then(page),
        opening: fields.take("opening").and_then(opening),
    })
}

fn page(json: Json) -> Option<Page> {
    let mut fields = json.object()?;
    Some(Page {
        url: fields.text("url")?,
        title: fields.text("title").unwrap_or_default(),
        product: fields.text("product"),
        locale: fields.text("locale"),
    })
}

fn opening(json: Json) -> Option<Opening> {
    let (name, body) = json.variant()?;
    match name.as_str() {
        "greeting" => Some(Opening::Greeting),
        "trigger" => {
            let mut fields = body.object()?;
            Some(Opening::Trigger {
                rule: fields.text("rule")?,
                reasons: fields.items("reasons", Json::text),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{decode_server, encode_server};

    #[test]
    fn frames_mean_what_the_derived_decoder_says() {
        for json in [
            r#"{"events":{"up_to":0,"events":[]}}"#,
            r#"{"events":{"up_to":9,"earlier":true,"events":[
                {"message":{"seq":1,"at":5,"id":"a","author":"shopper","surface":"widget","content":{"text":"hi"}}},
                {"message":{"seq":2,"at":6,"id":"b","author":{"staff":{"id":"jo","name":"Jo"}},"surface":"messenger",
                  "content":{"text":"x","cards":[{"title":"T","image_url":"https://a.example/i.png"}],
                  "links":[{"label":"L","url":"https://a.example"}],"attachments":[{"kind":"image","url":"https://b.example"}],
                  "quick_replies":[{"label":"Q","text":"q"},{"label":"R"}]},"reply_to":"a"}},
                {"message":{"seq":3,"at":6,"id":"c","author":{"staff":{}},"surface":"widget","content":{}}},
                {"edited":{"id":"a","content":{"text":"ho"}}},{"deleted":{"id":"a"}},
                {"reacted":{"id":"b","emoji":"\ud83d\ude00"}},{"reacted":{"id":"b","emoji":null}},{"seen":{"up_to":2}},
                {"linked":{"channel":"messenger","at":7}},{"unlinked":{"channel":"messenger","at":8}},
                {"carried":{"seq":2,"channel":"messenger"}},
                {"holder":{"holder":"staff","at":8}},{"contact":{"kind":"email","at":9}}]}}"#,
            r#"{"typing":"bot"}"#,
            r#"{"link":{"channel":"messenger","url":"https://m.me/x?ref=y","code":"AB12","expires_at":99,"qr":"01\n10"}}"#,
            r#"{"trouble":{"slow_down":{"retry_after_ms":900}}}"#,
            r#"{"trouble":"forgotten"}"#,
        ] {
            let expected = decode_server(json).unwrap();
            assert_eq!(decode_frame(json).unwrap(), expected, "{json}");
            assert_eq!(decode_frame(&encode_server(&expected)).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_no_frame_is_refused_and_an_unknown_event_left_out() {
        for json in ["", "[]", "{}", r#"{"dance":1}"#, r#"{"events":{"events":[]}}"#, r#"{"typing":"cat"}"#] {
            assert_eq!(decode_frame(json), Err(DecodeError::Malformed), "{json}");
        }
        let newer = r#"{"events":{"up_to":3,"events":[{"paid":{"at":1}},{"seen":{"up_to":3}}]}}"#;
        let events = vec![ServerMessage::Seen { up_to: Seq(3) }];
        assert_eq!(decode_frame(newer), Ok(ServerFrame::Events { up_to: Seq(3), earlier: false, events }));
    }

    #[test]
    fn settings_mean_what_the_derived_decoder_says() {
        let json = r##"{"name":"Shop","locale":"en","theme":{"color":"#123456","corner":"left","offset_px":12},
            "greeting":{"text":"Hello","quick_replies":[{"label":"A"}]},"disclosure":"A machine answers.",
            "rules":[{"id":"leaving","trigger":"exit","text":"Wait","quick_replies":["Why?"]}],
            "channels":["messenger"],"reply_within_minutes":15,"retention_days":90}"##;
        assert_eq!(decode_settings(json).unwrap(), serde_json::from_str(json).unwrap());
        let named = json.replacen('{', r#"{"bot_name":"Harbour","#, 1);
        assert_eq!(decode_settings(&named).unwrap().bot_name, "Harbour");
        assert_eq!(decode_settings(&named).unwrap(), serde_json::from_str(&named).unwrap());
        assert_eq!(decode_settings("{}"), Err(DecodeError::Malformed));
        let look = r##"{"color":"#654321","corner":"right","offset_px":0}"##;
        assert_eq!(decode_theme(look).unwrap(), serde_json::from_str(look).unwrap());
        assert_eq!(decode_theme("{}"), Err(DecodeError::Malformed));
    }

    #[test]
    fn a_session_is_read() {
        let session = decode_session(r#"{"token":"t","conversation":"abc","resumed":false}"#).unwrap();
        assert_eq!(
            (session.token.as_str(), session.conversation.as_str(), session.resumed),
            ("t", "abc", false)
        );
        assert!(decode_session(r#"{"token":"t","conversation":"A b","resumed":false}"#).is_err());
    }
}
