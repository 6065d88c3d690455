//! Hand-over links: issued to a page or a member of staff, redeemed on a channel.
//!
//! A reference is no secret: it can be shared, guessed at, tapped twice. It works once, for a quarter of an hour,
//! for one person; moving a person from one conversation to another asks them first.

use super::io::{Effect, Forward, StaffInvite};
use super::records::{LinkRecord, Opens, StaffRecord};
use super::words::{self, Refusal, code_in};
use super::{Desk, Records};
use crate::channel::{Address, Channel, Inbound, InboundEvent};
use crate::ids::{ConversationId, LinkReference, StaffId};
use crate::language::{Sentences, fill};
use crate::message::{Content, QuickReply};
use crate::time::Millis;
use crate::wire::Link;

/// How long a shopper's link works.
const LINK_VALID_FOR: Millis = Millis::minutes(15);
/// How long an invitation of staff works.
const STAFF_LINK_VALID_FOR: Millis = Millis::days(1);
/// So many wrong codes a person may type …
const CODE_ATTEMPTS: u32 = 5;
/// … within this time.
const CODE_ATTEMPTS_WITHIN: Millis = Millis::hours(1);
/// The note that counts the sends of the store itself: each has a tag of its own.
const TAGGED: &str = "tagged";
/// What the button "Move here" of a question of ours carries, before the reference.
const MOVE: &str = "openline:move:";
/// What the button "Keep as it is" carries.
const KEEP: &str = "openline:keep";
/// What the button "Not me" carries.
const NOT_ME: &str = "openline:not-me";

impl<R: Records> Desk<'_, R> {
    pub(super) fn issue_link(
        &mut self,
        conversation: ConversationId,
        channel: Channel,
        reference: LinkReference,
        code: u32,
    ) {
        let free = (0..50).map(|step| format!("{:06}", (code.wrapping_add(step)) % 1_000_000));
        let code = free.into_iter().find(|code| self.records.link_by_code(code, self.now).is_none());
        if let Some(code) = code {
            let link = self.new_link(reference, code, Opens::Conversation(conversation), LINK_VALID_FOR);
            let Some(url) = self.url_of(&link) else { return };
            self.effects.push(Effect::Link(Link {
                channel,
                url,
                code: link.code,
                expires_at: link.expires_at,
                qr: String::new(),
            }));
        }
    }

    pub(super) fn invite_staff(&mut self, id: StaffId, name: String, reference: LinkReference) {
        let record = StaffRecord { id: id.clone(), name, address: None, last_inbound_at: None };
        self.records.put_staff(&record);
        // Six digits could be guessed in a day; what opens all shoppers' words has fifty random bits.
        let code = words::staff_code(&reference);
        let link = self.new_link(reference, code, Opens::Staff(id.clone()), STAFF_LINK_VALID_FOR);
        let Some(url) = self.url_of(&link) else { return };
        let (first, second) = link.code.split_at_checked(link.code.len() / 2).unwrap_or_default();
        self.effects.push(Effect::Invite(StaffInvite {
            id,
            link: url,
            code: format!("{first}-{second}"),
            expires_at: link.expires_at,
        }));
    }

    /// Whether the event was about a link of ours, and is done with.
    pub(super) fn take_link(&mut self, inbound: &Inbound) -> bool {
        if inbound.standby {
            return false;
        }
        let address = &inbound.address;
        match &inbound.what {
            InboundEvent::Referral { reference: Some(reference) }
            | InboundEvent::Postback { reference: Some(reference), .. } => {
                self.redeem_reference(address, reference);
                true
            }
            InboundEvent::Message { reference, content, quick_reply, .. } => {
                if let Some(reference) = reference {
                    // They came with a link and wrote at once: the words still go to the conversation.
                    self.redeem_reference(address, reference);
                    return false;
                }
                if let Some(payload) = quick_reply.as_deref() {
                    return self.take_button(address, payload);
                }
                match code_in(&content.text) {
                    Some(code) => self.redeem_code(address, &code),
                    None => self.redeem_staff_code(address, &content.text),
                }
            }
            InboundEvent::Postback { payload: Some(payload), .. } => self.take_button(address, payload),
            _ => false,
        }
    }

    fn take_button(&mut self, address: &Address, payload: &str) -> bool {
        if let Some(reference) = payload.strip_prefix(MOVE) {
            let link =
                LinkReference::parse(reference).ok().and_then(|reference| self.records.link(&reference));
            match link.map(|link| (link.opens.clone(), link)) {
                Some((Opens::Conversation(conversation), link)) => match self.usable(&link, address) {
                    Ok(()) => self.bind(address, &conversation, link),
                    Err(refusal) => self.refuse(address, refusal),
                },
                _ => self.refuse(address, Refusal::Unknown),
            }
            return true;
        }
        if payload == NOT_ME {
            if let Some(conversation) = self.records.conversation_at(address) {
                // It was never theirs, they say: their own deletion must not take it from whose it is.
                self.records.push_forward(&conversation, &Forward::Unlinked(address.clone()), self.now);
                self.records.unbind(address);
            }
            self.tell(address, self.own().unlinked);
            return true;
        }
        if payload == KEEP {
            self.tell(address, self.own().kept);
            return true;
        }
        false
    }

    fn redeem_reference(&mut self, address: &Address, reference: &LinkReference) {
        match self.records.link(reference) {
            Some(link) => self.redeem(address, link),
            None => self.refuse(address, Refusal::Unknown),
        }
    }

    /// Whether the digits were meant as a code of ours. Others' six digits (an order number, say) are words.
    fn redeem_code(&mut self, address: &Address, code: &str) -> bool {
        let since = self.now - CODE_ATTEMPTS_WITHIN;
        let link = self.records.link_by_code(code, self.now);
        let shoppers = link.filter(|link| matches!(link.opens, Opens::Conversation(_)));
        // Beyond the limit a right code is answered as a wrong one: else the answer would tell them apart.
        if let Some(link) = shoppers.filter(|_| self.records.wrong_codes(address, since) < CODE_ATTEMPTS) {
            self.redeem(address, link);
            return true;
        }
        let wrong = self.records.count_wrong_code(address, self.now, since);
        if self.records.conversation_at(address).is_some() {
            return false;
        }
        self.refuse(address, if wrong > CODE_ATTEMPTS { Refusal::TooManyAttempts } else { Refusal::Unknown });
        true
    }

    fn redeem_staff_code(&mut self, address: &Address, text: &str) -> bool {
        let link = words::staff_code_in(text).and_then(|code| self.records.link_by_code(&code, self.now));
        match link.filter(|link| matches!(link.opens, Opens::Staff(_))) {
            Some(link) => {
                self.redeem(address, link);
                true
            }
            None => false,
        }
    }

    fn redeem(&mut self, address: &Address, link: LinkRecord) {
        if let Err(refusal) = self.usable(&link, address) {
            return self.refuse(address, refusal);
        }
        match link.opens.clone() {
            Opens::Staff(id) => self.bind_staff(address, &id, link),
            Opens::Conversation(conversation) => match self.records.conversation_at(address) {
                // Whoever only tapped "Get Started" has nothing there to leave behind.
                Some(current) if current != conversation && self.records.relayed(&current) > 0 => {
                    self.ask_to_move(address, &link);
                }
                Some(current) if current == conversation => {
                    self.records.push_forward(&conversation, &Forward::Linked(address.clone()), self.now);
                    self.records.put_link(&LinkRecord { used_by: Some(address.clone()), ..link });
                    self.tell(address, self.own().still_here);
                }
                Some(_) | None => self.bind(address, &conversation, link),
            },
        }
    }

    fn usable(&self, link: &LinkRecord, address: &Address) -> Result<(), Refusal> {
        if link.used_by.as_ref().is_some_and(|used_by| used_by != address) {
            return Err(Refusal::Used);
        }
        if self.now >= link.expires_at {
            return Err(Refusal::Expired);
        }
        Ok(())
    }

    fn bind(&mut self, address: &Address, conversation: &ConversationId, link: LinkRecord) {
        if let Some(former) = self.records.conversation_at(address).filter(|former| former != conversation) {
            self.records.push_forward(&former, &Forward::Unlinked(address.clone()), self.now);
            self.records.put_former(address, &former);
        }
        for former in self.records.addresses_of(conversation) {
            if former.channel == address.channel && former != *address {
                self.records.put_former(&former, conversation);
                self.records.unbind(&former);
            }
        }
        self.records.bind(address, conversation);
        self.records.put_link(&LinkRecord { used_by: Some(address.clone()), ..link });
        self.records.push_forward(conversation, &Forward::Linked(address.clone()), self.now);
        let (own, settings) = (self.own(), &self.config.settings);
        let text = words::linked(own, &settings.name, &settings.bot.disclosure);
        let not_me = QuickReply { label: own.not_me.into(), text: Some(NOT_ME.into()) };
        let content = Content { text, quick_replies: vec![not_me], ..Content::default() };
        let tag = self.tag("linked");
        self.say(address, &content, None, &tag);
    }

    fn bind_staff(&mut self, address: &Address, id: &StaffId, link: LinkRecord) {
        let Some(staff) = self.records.staff(id) else { return self.refuse(address, Refusal::Unknown) };
        self.records.put_link(&LinkRecord { used_by: Some(address.clone()), ..link });
        // One Messenger is one member of staff: the latest.
        if let Some(former) = self.records.staff_at(address).filter(|former| former.id != *id) {
            self.records.put_staff(&StaffRecord { address: None, last_inbound_at: None, ..former });
        }
        self.records.put_staff(&StaffRecord {
            address: Some(address.clone()),
            last_inbound_at: Some(self.now),
            ..staff
        });
        self.release(address);
        self.tell(address, &fill(self.own().staff_linked, &[("store", &self.config.settings.name)]));
    }

    fn ask_to_move(&mut self, address: &Address, link: &LinkRecord) {
        let own = self.own();
        let move_here =
            QuickReply { label: own.move_here.into(), text: Some(format!("{MOVE}{}", link.reference)) };
        let keep = QuickReply { label: own.keep.into(), text: Some(KEEP.into()) };
        let content = Content {
            text: fill(own.ask_to_move, &[("store", &self.config.settings.name)]),
            quick_replies: vec![move_here, keep],
            ..Content::default()
        };
        let tag = self.tag("move");
        self.say(address, &content, None, &tag);
    }

    fn refuse(&mut self, address: &Address, refusal: Refusal) {
        self.tell(address, refusal.sentence(self.own()));
    }

    pub(super) fn tell(&mut self, address: &Address, text: &str) {
        let tag = self.tag("note");
        self.say(address, &Content::text(text), None, &tag);
    }

    /// What the store itself says, in its language: whose Messenger writes is not known yet.
    pub(super) fn own(&self) -> &'static Sentences {
        self.config.settings.language().sentences()
    }

    /// Marks a send as the store's own, for its echo.
    pub(super) fn tag(&mut self, kind: &str) -> String {
        let count = self.records.note(TAGGED).and_then(|count| count.parse().ok()).unwrap_or(0_u64);
        let count = count.saturating_add(1);
        self.records.put_note(TAGGED, Some(&count.to_string()));
        crate::channel::messenger::desk_metadata(kind, self.now, count)
    }

    fn new_link(
        &mut self,
        reference: LinkReference,
        code: String,
        opens: Opens,
        valid_for: Millis,
    ) -> LinkRecord {
        let link = LinkRecord { reference, code, opens, expires_at: self.now + valid_for, used_by: None };
        self.records.put_link(&link);
        link
    }

    /// The code stands in the composer already, for the phones that drop the reference
    /// (developers.facebook.com/docs/messenger-platform/discovery/m-me-links).
    fn url_of(&self, LinkRecord { reference, code, .. }: &LinkRecord) -> Option<String> {
        let page = self.config.settings.channels.messenger.as_ref()?;
        Some(format!("{}/{}?ref={reference}&text={code}", self.config.link_base, page.page_name))
    }
}
