//! What a hostile page may ask for.

use super::*;
use crate::wire::Opening;

fn troubles(effects: &[Effect]) -> Vec<&Trouble> {
    let told = effects.iter().filter_map(|effect| match effect {
        Effect::Send { frame: ServerFrame::Trouble(trouble), .. } => Some(trouble),
        _ => None,
    });
    told.collect()
}

fn frame(frame: ClientFrame) -> Input {
    Input::Frame { connection: Some(ConnectionId(1)), frame }
}

type Flood<'a> = (&'a str, &'a dyn Fn(u32) -> ClientFrame, usize);

#[test]
fn whatever_costs_something_is_counted() {
    let contact =
        |n: u32| ClientFrame::Contact { kind: ContactKind::Email, value: format!("{n}@shop.example") };
    let handed_over = |_| ClientFrame::Link(Channel::Messenger);
    let hello = |_| ClientFrame::Hello { after: None, visible: true };
    let floods: [Flood; 3] = [("link", &handed_over, 12), ("contact", &contact, 12), ("hello", &hello, 95)];
    for (what, flood, most) in floods {
        let mut line = connected(true);
        let effects: Vec<Effect> = (0..500).flat_map(|n| line.handle(T0, frame(flood(n)))).collect();
        let costs = effects.iter().filter(|effect| {
            matches!(effect, Effect::IssueLink { .. } | Effect::Append(_) | Effect::Replay { .. })
        });
        assert_eq!(costs.count(), most, "{what}");
        assert!(troubles(&effects).iter().all(|told| matches!(told, Trouble::SlowDown { .. })), "{what}");
        let later = line.handle(T0 + Millis::seconds(2), frame(flood(500)));
        assert!(troubles(&later).is_empty(), "{what}");
    }
}

#[test]
fn a_page_takes_no_id_of_ours() {
    for (id, taken) in [("c-1", true), ("bot-2", false), ("messenger:m_1", false)] {
        let effects = connected(true).handle(T0, say(id, "hello"));
        assert_eq!(!events(&effects).is_empty(), taken, "{id}");
        assert_eq!(troubles(&effects).is_empty(), taken, "{id}");
    }
}

#[test]
fn no_words_of_a_page_pass_for_reasons() {
    let reasons = ["left_through_top", "call +49 30 1234567", "", "LEFT_THROUGH_TOP", "cart_holds"];
    let opening = Opening::Trigger { rule: "leaving".into(), reasons: reasons.map(Into::into).into() };
    let said = ClientFrame::Say {
        id: MessageId::parse("c-1").unwrap(),
        text: "hello".into(),
        reply_to: None,
        page: None,
        opening: Some(opening),
    };
    let effects = connected(true).handle(T0, frame(said));
    let logged = events(&effects).into_iter().find_map(|body| match body {
        EventBody::Triggered { reasons, .. } => Some(reasons.clone()),
        _ => None,
    });
    assert_eq!(logged, Some(vec!["left_through_top".to_owned(), "cart_holds".to_owned()]));
}
