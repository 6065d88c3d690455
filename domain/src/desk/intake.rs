//! What comes in from channels: whose is it?

use super::staff::relayed_message;
use super::{Desk, Forward, IntakeItem, Records, account};
use crate::channel::messenger::is_ours;
use crate::channel::{Address, Channel, Inbound, InboundEvent, fingerprint};
use crate::ids::{ConversationId, ForeignId};

impl<R: Records> Desk<'_, R> {
    pub(super) fn intake(&mut self, mut items: Vec<IntakeItem>) {
        // After failures a channel delivers out of order; within a batch its own time decides.
        items.sort_by_key(|item| item.inbound.at);
        for IntakeItem { inbound, fresh } in items {
            let is_account = self.is_our_account(&inbound.address);
            let address = &inbound.address;
            // Kept longer than the conversation may be: it says nothing of the person.
            let key =
                fingerprint(&format!("{:?}:{}:{}", address.channel, address.person, inbound.dedupe_key));
            if is_account && self.records.first_seen(&key, self.now) {
                self.take_in(inbound, &fresh);
            }
        }
    }

    fn take_in(&mut self, inbound: Inbound, fresh: &ConversationId) {
        match &inbound.what {
            InboundEvent::Policy { blocked, reason } => {
                return account::policy(self.records, *blocked, reason);
            }
            InboundEvent::Noted { .. } => return,
            InboundEvent::Echo { id, metadata: Some(metadata), .. } => {
                self.echoed(&inbound.address, id, metadata);
            }
            _ => {}
        }
        self.staff_acted(&inbound);
        if self.take_link(&inbound) || self.take_staff(&inbound) {
            return;
        }
        let conversation = match self.records.conversation_at(&inbound.address) {
            Some(conversation) => conversation,
            None if begins(&inbound.what) => {
                self.records.bind(&inbound.address, fresh);
                fresh.clone()
            }
            // A receipt or echo of somebody we know nothing of.
            None => return,
        };
        self.records.push_forward(&conversation, &Forward::Inbound(Box::new(inbound)), self.now);
    }

    fn is_our_account(&self, address: &Address) -> bool {
        match address.channel {
            Channel::Messenger => {
                let page = self.config.settings.channels.messenger.as_ref();
                page.is_some_and(|page| page.page_id == address.account)
            }
            Channel::Widget => false,
        }
    }

    /// A send of the store itself was seen on the channel: it went, whatever its answer says.
    fn echoed(&mut self, address: &Address, id: &ForeignId, metadata: &str) {
        let sent = self.records.sends_to(address).into_iter().find(|queued| {
            queued.body.pointer("/message/metadata").and_then(serde_json::Value::as_str) == Some(metadata)
        });
        if let Some(queued) = sent {
            self.records.drop_send(queued.number);
        }
        if let Some(said) = relayed_message(metadata) {
            self.records.put_told(address, id, &said, self.now);
        }
    }
}

/// Whether an event may begin a conversation.
pub(super) fn begins(what: &InboundEvent) -> bool {
    match what {
        InboundEvent::Message { .. }
        | InboundEvent::Postback { .. }
        | InboundEvent::Referral { .. }
        | InboundEvent::Unsupported { .. } => true,
        InboundEvent::Echo { metadata, .. } => !metadata.as_deref().is_some_and(is_ours),
        InboundEvent::Delivered { .. }
        | InboundEvent::Read { .. }
        | InboundEvent::Reaction { .. }
        | InboundEvent::Edited { .. }
        | InboundEvent::Deleted { .. }
        | InboundEvent::OptOut { .. }
        | InboundEvent::ThreadControl(_)
        | InboundEvent::Policy { .. }
        | InboundEvent::Noted { .. } => false,
    }
}
