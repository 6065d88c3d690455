//! What the widget says and keeps, written without derived encoders.

use super::json::Writer;
use super::outbox::Unsent;
use crate::channel::Channel;
use crate::conversation::ContactKind;
use crate::message::Page;
use crate::wire::{ClientFrame, Opening};

/// Writes one frame, as [`crate::wire::encode_client`] does.
pub fn encode_frame(frame: &ClientFrame) -> String {
    if *frame == ClientFrame::Typing {
        "\"typing\"".to_owned()
    } else {
        Writer::object(|writer| write(writer, frame))
    }
}

/// Writes the array of a `POST …/events`.
pub fn encode_frames(frames: &[ClientFrame]) -> String {
    Writer::list(frames, |writer, frame| {
        if *frame == ClientFrame::Typing {
            writer.text("typing");
        } else {
            writer.nest('{', '}', |writer| write(writer, frame));
        }
    })
}

/// Writes what `POST …/sessions` asks.
pub fn encode_session_request(token: Option<&str>) -> String {
    Writer::object(|writer| {
        if let Some(token) = token {
            writer.text_field("token", token);
        }
    })
}

fn write(writer: &mut Writer, frame: &ClientFrame) {
    match frame {
        ClientFrame::Hello { after, visible } => writer.object_field("hello", |writer| {
            if let Some(after) = after {
                writer.number_field("after", after.0);
            }
            writer.flag_field("visible", *visible);
        }),
        ClientFrame::Say { id, text, reply_to, page, opening } => writer.object_field("say", |writer| {
            writer.text_field("id", id.as_str());
            writer.text_field("text", text);
            if let Some(id) = reply_to {
                writer.text_field("reply_to", id.as_str());
            }
            surroundings(writer, page.as_ref(), opening.as_ref());
        }),
        ClientFrame::Visible(visible) => writer.flag_field("visible", *visible),
        ClientFrame::Seen(up_to) => writer.number_field("seen", up_to.0),
        ClientFrame::Typing => {}
        ClientFrame::Link(channel) => writer.text_field("link", name(*channel)),
        ClientFrame::Contact { kind, value } => writer.object_field("contact", |writer| {
            let kind = match kind {
                ContactKind::Email => "email",
                ContactKind::Phone => "phone",
            };
            writer.text_field("kind", kind);
            writer.text_field("value", value);
        }),
    }
}

/// The name of a channel on the wire.
pub fn name(channel: Channel) -> &'static str {
    match channel {
        Channel::Messenger => "messenger",
        Channel::Widget => "widget",
    }
}

fn surroundings(writer: &mut Writer, page: Option<&Page>, opening: Option<&Opening>) {
    if let Some(page) = page {
        writer.object_field("page", |writer| {
            writer.text_field("url", &page.url);
            if !page.title.is_empty() {
                writer.text_field("title", &page.title);
            }
            if let Some(product) = &page.product {
                writer.text_field("product", product);
            }
            if let Some(locale) = &page.locale {
                writer.text_field("locale", locale);
            }
        });
    }
    match opening {
        Some(Opening::Greeting) => writer.text_field("opening", "greeting"),
        Some(Opening::Trigger { rule, reasons }) => writer.object_field("opening", |writer| {
            writer.object_field("trigger", |writer| {
                writer.text_field("rule", rule);
                writer.name("reasons");
                writer.nest('[', ']', |writer| {
                    for reason in reasons {
                        writer.separate();
                        writer.text(reason);
                    }
                });
            });
        }),
        None => {}
    }
}

/// Writes the outbox as it is kept.
pub(super) fn outbox(list: &[Unsent]) -> String {
    Writer::list(list, |writer, unsent| {
        writer.nest('{', '}', |writer| {
            writer.text_field("id", unsent.id.as_str());
            writer.text_field("text", &unsent.text);
            writer.number_field("at", unsent.at.0);
            surroundings(writer, unsent.page.as_ref(), unsent.opening.as_ref());
        });
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{MessageId, Seq};
    use crate::wire::{SessionRequest, decode_client, encode_client};

    #[test]
    fn frames_are_written_as_the_derived_encoder_writes_them() {
        let id = |text| MessageId::parse(text).unwrap();
        let page = Page {
            url: "https://shop.example/a".into(),
            title: "A \"b\"\n".into(),
            product: Some("sku".into()),
            locale: Some("de-AT".into()),
        };
        let reasons = vec!["one".to_owned(), "two\u{1}".to_owned()];
        let say = |page, opening| ClientFrame::Say {
            id: id("c1"),
            text: "h\u{e9}".into(),
            reply_to: None,
            page,
            opening,
        };
        let frames = vec![
            ClientFrame::Hello { after: None, visible: true },
            ClientFrame::Hello { after: Some(Seq(7)), visible: false },
            say(None, None),
            say(Some(page), Some(Opening::Trigger { rule: "exit".into(), reasons })),
            say(None, Some(Opening::Greeting)),
            ClientFrame::Visible(false),
            ClientFrame::Seen(Seq(3)),
            ClientFrame::Typing,
            ClientFrame::Link(Channel::Messenger),
            ClientFrame::Contact { kind: ContactKind::Email, value: "a@b.example".into() },
        ];
        for frame in &frames {
            assert_eq!(encode_frame(frame), encode_client(frame));
            assert_eq!(decode_client(encode_frame(frame).as_bytes()).as_ref(), Ok(frame));
        }
        assert_eq!(serde_json::from_str::<Vec<ClientFrame>>(&encode_frames(&frames)).unwrap(), frames);
    }

    #[test]
    fn a_session_request_is_written() {
        for token in [None, Some("a.b")] {
            let request: SessionRequest = serde_json::from_str(&encode_session_request(token)).unwrap();
            assert_eq!(request.token.as_deref(), token);
        }
    }
}
