//! A message its author took back: none of its words stays, wherever they were repeated.

use super::*;

const WORDS: &str = "write to secret@shop.example";

fn said_then_taken_back() -> (Conversation, Vec<Event>, Vec<Effect>) {
    let mut line = connected(true);
    line.handle(T0, Input::Linked { address: address() });
    let id = ForeignId::parse("m_1").unwrap();
    let inbound = |what| {
        Input::Inbound(Inbound {
            address: address(),
            at: T0,
            dedupe_key: String::new(),
            standby: false,
            what,
        })
    };
    let mut log: Vec<Event> = Vec::new();
    let edited = InboundEvent::Edited { id: id.clone(), text: format!("{WORDS}, please") };
    let mut last = Vec::new();
    for input in [wrote_in_messenger("m_1", WORDS), inbound(edited), inbound(InboundEvent::Deleted { id })] {
        last = line.handle(T0, input);
        log.extend(last.iter().filter_map(|effect| match effect {
            Effect::Append(event) => Some(event.clone()),
            _ => None,
        }));
    }
    (line, log, last)
}

fn redacted(effects: &[Effect]) -> Vec<Seq> {
    let seqs = effects.iter().filter_map(|effect| match effect {
        Effect::Redact { seq, .. } => Some(*seq),
        _ => None,
    });
    seqs.collect()
}

fn has_secret(event: &Event) -> bool {
    serde_json::to_string(event).unwrap().contains("secret")
}

#[test]
fn every_entry_with_its_words_loses_them() {
    let (line, log, effects) = said_then_taken_back();
    let by_shopper =
        |event: &&Event| !matches!(&event.body, EventBody::Message(said) if said.author == Author::Bot);
    let with_words = log.iter().filter(by_shopper).filter(|event| has_secret(event));
    let with_words: Vec<Seq> = with_words.map(|event| event.seq).collect();
    assert_eq!(with_words.len(), 3, "the message, its contact, its edit");
    assert_eq!(redacted(&effects), with_words);
    assert!(log.iter().filter(by_shopper).all(|event| !has_secret(&event.clone().redacted())));
    assert!(line.state.unrelayed.is_empty(), "staff are not told either");
}

#[test]
fn what_was_not_yet_taken_out_of_kv_is_after_a_rebuild() {
    let (_, log, effects) = said_then_taken_back();
    let (_, rebuilt) = Conversation::rebuild(config(), T0, log.clone());
    let mut found = redacted(&rebuilt);
    found.sort();
    assert_eq!(found, redacted(&effects));
    let clean = log
        .into_iter()
        .map(|event| if redacted(&effects).contains(&event.seq) { event.redacted() } else { event });
    let (_, rebuilt) = Conversation::rebuild(config(), T0, clean.collect::<Vec<_>>());
    assert_eq!(redacted(&rebuilt), []);
}
