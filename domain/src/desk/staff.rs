//! Staff in their own Messenger: told what shoppers say, answering by replying to it.

use super::io::Forward;
use super::records::{Said, StaffRecord};
use super::{Desk, Records, words};
use crate::channel::{Address, Inbound, InboundEvent};
use crate::conversation::Relay;
use crate::ids::{ConversationId, ForeignId, MessageId, Seq};
use crate::message::Content;

/// Marks a relay in a send's metadata, before the conversation and the entry.
const RELAY: &str = "relay-";

impl<R: Records> Desk<'_, R> {
    /// Tells every member of staff who linked their Messenger. Twice told is told once.
    pub(super) fn relay(&mut self, relay: &Relay) {
        let known = self.records.relayed(&relay.conversation);
        let people: Vec<Address> =
            self.records.all_staff().into_iter().filter_map(|staff| staff.address).collect();
        for (seq, text) in relay.said.iter().filter(|(seq, _)| seq.0 > known) {
            for to in &people {
                let who = words::shopper(self.own(), relay.conversation.as_str());
                let place =
                    if relay.place.is_empty() { String::new() } else { format!(" · {}", relay.place) };
                let content = Content::text(format!("{who}{place}\n{text}"));
                let tag = self.tag(&format!("{RELAY}{}-{}", relay.conversation, seq.0));
                self.say(to, &content, Some(&relay.conversation), &tag);
            }
        }
        self.records.put_relayed(&relay.conversation, relay.up_to.0.max(known));
    }

    /// Whether the event came from a member of staff, and is done with.
    pub(super) fn take_staff(&mut self, inbound: &Inbound) -> bool {
        let Some(staff) = self.records.staff_at(&inbound.address) else { return false };
        if let InboundEvent::Message { id, content, reply_to, .. } = &inbound.what {
            self.records.put_staff(&StaffRecord { last_inbound_at: Some(self.now), ..staff.clone() });
            self.staff_wrote(&inbound.address, &staff, id, &content.text, reply_to.as_ref());
        }
        true
    }

    fn staff_wrote(
        &mut self,
        address: &Address,
        staff: &StaffRecord,
        id: &ForeignId,
        text: &str,
        reply_to: Option<&ForeignId>,
    ) {
        // Guessing whom an unquoted answer is for would one day send it to the wrong shopper.
        let Some(quoted) = reply_to.and_then(|quoted| self.records.told(address, quoted)) else {
            return self.tell(address, self.own().quote_to_answer);
        };
        if text.trim().is_empty() {
            return self.tell(address, self.own().only_text);
        }
        let Ok(message) = MessageId::parse(format!("staff:{id}")) else { return };
        let forward = Forward::StaffSaid {
            id: message,
            staff: staff.id.clone(),
            name: staff.name.clone(),
            text: text.to_owned(),
            answers: Some(quoted.seq),
        };
        self.records.push_forward(&quoted.conversation, &forward, self.now);
    }
}

/// What a relay told of, from its metadata.
pub(super) fn relayed_message(metadata: &str) -> Option<Said> {
    let (_, named) = metadata.split_once(RELAY)?;
    let (conversation, rest) = named.split_once('-')?;
    let (seq, _) = rest.split_once(':')?;
    Some(Said { conversation: ConversationId::parse(conversation).ok()?, seq: Seq(seq.parse().ok()?) })
}
