//! What a hostile page may ask for.

use super::*;

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
