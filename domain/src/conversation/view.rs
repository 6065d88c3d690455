//! The shopper's part of the log.

use super::event::{DeliveryStep, Event, EventBody};
use crate::ids::Seq;
use crate::message::Author;
use crate::wire::{ServerFrame, ServerMessage};

/// An entry as the shopper may see it; `None` for what is the store's own business.
pub fn visible(event: &Event) -> Option<ServerMessage> {
    let at = event.at;
    Some(match &event.body {
        EventBody::Message(message) => ServerMessage::Message {
            seq: event.seq,
            at,
            id: message.id.clone(),
            author: without_id(&message.author),
            surface: message.surface,
            content: message.content.clone(),
            reply_to: message.reply_to.clone(),
        },
        EventBody::Edited { message, content } => {
            ServerMessage::Edited { id: message.clone(), content: content.clone() }
        }
        EventBody::Deleted { message } => ServerMessage::Deleted { id: message.clone() },
        EventBody::Reacted { message, emoji } => {
            ServerMessage::Reacted { id: message.clone(), emoji: emoji.clone() }
        }
        EventBody::Seen { up_to } => ServerMessage::Seen { up_to: *up_to },
        EventBody::Linked { address, .. } => ServerMessage::Linked { channel: address.channel, at },
        EventBody::Unlinked { address } => ServerMessage::Unlinked { channel: address.channel, at },
        // Why something did not go is for staff.
        EventBody::Delivery { delivery, step: DeliveryStep::Sent { last: true, .. } } => {
            ServerMessage::Carried { seq: delivery.seq, channel: delivery.to.channel }
        }
        EventBody::Holder { holder } => ServerMessage::Holder { holder: *holder, at },
        EventBody::Contact { kind, .. } => ServerMessage::Contact { kind: *kind, at },
        EventBody::Delivery { .. }
        | EventBody::Triggered { .. }
        | EventBody::Touched { .. }
        | EventBody::OptedOut { .. }
        | EventBody::Relayed { .. } => return None,
    })
}

/// The entries a page asked for as one frame. `earlier`: the log has entries before the first of them.
pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>, up_to: Seq, earlier: bool) -> ServerFrame {
    ServerFrame::Events { up_to, earlier, events: events.into_iter().filter_map(visible).collect() }
}

fn without_id(author: &Author) -> Author {
    match author {
        Author::Staff { name, .. } => Author::Staff { id: None, name: name.clone() },
        Author::Shopper | Author::Bot => author.clone(),
    }
}
