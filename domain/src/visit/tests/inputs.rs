//! Any input at all, sensible or not.

use crate::channel::Channel;
use crate::ids::{ConversationId, MessageId, Seq};
use crate::message::{Author, Content};
use crate::time::UnixMillis;
use crate::visit::{Attempt, Failure, Input, Key, Said, Stored, Surroundings};
use crate::wire::{ServerFrame, ServerMessage, Session, Trouble};
use proptest::prelude::*;

pub(super) fn any_input() -> impl Strategy<Value = Input> {
    let attempt = || (0_u32..6).prop_map(Attempt);
    let id = || "[a-c]".prop_map(|id| MessageId::parse(id).unwrap());
    let text = || {
        proptest::option::of(
            ".{0,40}|\\{\"open\":true,\"seen\":3\\}|\\[\\{\"id\":\"a\",\"text\":\"x\",\"at\":1\\}\\]",
        )
    };
    let surroundings = any::<(bool, bool, i32, u64)>().prop_map(|(visible, online, utc_offset_min, seed)| {
        Surroundings { visible, online, utc_offset_min, seed }
    });
    let key = prop_oneof![Just(Key::Token), Just(Key::Outbox), Just(Key::Visit)];
    let failure = prop_oneof![
        Just(Failure::Refused),
        Just(Failure::Unavailable),
        any::<u64>().prop_map(|retry_after_ms| Failure::SlowDown { retry_after_ms }),
    ];
    let message = (any::<u64>(), any::<u64>(), id(), any::<bool>()).prop_map(|(seq, at, id, own)| {
        ServerMessage::Message {
            seq: Seq(seq),
            at: UnixMillis(at),
            id,
            author: if own { Author::Shopper } else { Author::Bot },
            surface: Channel::Widget,
            content: Content::text("x"),
            reply_to: None,
        }
    });
    let frame = prop_oneof![
        (any::<u64>(), any::<bool>(), prop::collection::vec(message, 0..4))
            .prop_map(|(up_to, earlier, events)| ServerFrame::Events { up_to: Seq(up_to), earlier, events }),
        Just(ServerFrame::Typing(Author::Bot)),
        Just(ServerFrame::Trouble(Trouble::BadText)),
        Just(ServerFrame::Trouble(Trouble::Forgotten)),
        any::<u64>().prop_map(|ms| ServerFrame::Trouble(Trouble::SlowDown { retry_after_ms: ms })),
    ];
    let session = "[a-b]".prop_map(|id| Session {
        token: id.clone(),
        conversation: ConversationId::parse(id).unwrap(),
        resumed: true,
    });
    let plain = prop::sample::select(vec![
        Input::Opened,
        Input::Closed,
        Input::LinkClosed,
        Input::LinkAsked(Channel::Messenger),
        Input::ContactDeclined,
        Input::Online,
        Input::Offline,
        Input::PageShown,
        Input::ForgetAsked,
        Input::ForgetCancelled,
        Input::ForgetConfirmed,
        Input::ForgetAnswered(true),
        Input::ForgetAnswered(false),
        Input::ExportAsked,
        Input::ExportAnswered(false),
        Input::LoggedOut,
        Input::Wake,
        Input::Consent(true),
        Input::Consent(false),
        Input::VisibilityChanged(true),
        Input::VisibilityChanged(false),
        Input::CardAnswered { rule: "exit".into(), reasons: vec!["x".into(); 9], reply: None },
        Input::ContactGiven("a@b.example".into()),
    ]);
    prop_oneof![
        4 => plain,
        1 => (text(), text(), text(), surroundings).prop_map(|(token, outbox, visit, surroundings)| Input::Started {
            stored: Stored { token, outbox, visit },
            surroundings,
        }),
        1 => (id(), ".{0,20}").prop_map(|(id, text)| Input::Sent(Said { id, text, page: None })),
        1 => ".{0,20}".prop_map(Input::DraftChanged),
        1 => id().prop_map(Input::RetryAsked),
        1 => id().prop_map(Input::Withdrawn),
        1 => (key, text()).prop_map(|(key, text)| Input::TabStored(key, text)),
        1 => (attempt(), session).prop_map(|(attempt, session)| Input::SessionReady { attempt, session }),
        1 => (attempt(), failure.clone()).prop_map(|(attempt, failure)| Input::SessionFailed { attempt, failure }),
        1 => (attempt(), failure).prop_map(|(attempt, failure)| Input::PollFailed { attempt, failure }),
        2 => attempt().prop_map(Input::SocketOpened),
        1 => (attempt(), any::<u16>()).prop_map(|(attempt, code)| Input::SocketClosed { attempt, code }),
        3 => (attempt(), frame.clone()).prop_map(|(attempt, frame)| Input::FrameReceived { attempt, frame: Ok(frame) }),
        1 => (attempt(), frame).prop_map(|(attempt, frame)| Input::PollAnswered { attempt, frames: vec![frame] }),
    ]
}
