//! What the shopper, the page and the device do.

use super::effect::{Effect, PageEvent};
use super::hand_over::HandOver;
use super::input::{Input, Key, OutboxChange, Said, Stored, Surroundings};
use super::line::Line;
use super::memory::{Memory, sane_token};
use super::outbox::{Outbox, Unsent};
use super::transcript::Transcript;
use super::view::{ForgetView, Remark};
use super::words::triggered;
use super::{Contact, DRAFT_KEPT_AFTER, TYPING_TOLD_EVERY, Visit, greeting};
use crate::conversation::ContactKind;
use crate::message::{MAX_TEXT_CHARS, Page};
use crate::wire::{ClientFrame, Opening};

impl Visit {
    pub(super) fn start(&mut self, stored: Stored, surroundings: Surroundings, out: &mut Vec<Effect>) {
        self.is_started = true;
        self.is_visible = surroundings.visible;
        self.is_online = surroundings.online;
        self.utc_offset_min = surroundings.utc_offset_min;
        self.line = Line::new(surroundings.seed);
        self.memory = Memory::decode(stored.visit.as_deref());
        self.token = sane_token(stored.token);
        // What is there was kept because the shopper acted.
        self.has_acted = self.token.is_some() || stored.outbox.is_some() || stored.visit.is_some();
        self.told.memory = self.memory.clone();
        self.told.conversation.clone_from(&self.memory.conversation);
        self.told.token.clone_from(&self.token);
        self.outbox.adopt(stored.outbox.as_deref(), self.now);
        self.restore_opening();
        self.transcript.see(self.memory.seen);
        self.is_open = self.memory.open;
        if !self.memory.draft.is_empty() {
            self.draft.clone_from(&self.memory.draft);
            out.push(Effect::SetDraft(self.draft.clone()));
        }
    }

    /// The words before an unsent message, which the page before this one had shown.
    fn restore_opening(&mut self) {
        let openings = self.outbox.entries().iter().filter_map(|entry| entry.unsent.opening.clone());
        for opening in openings {
            if let Opening::Trigger { rule, reasons } = opening
                && let Some(words) = triggered(&self.settings, &rule, reasons)
            {
                self.opening = Some(words);
            }
        }
    }

    pub(super) fn take(&mut self, input: Input, out: &mut Vec<Effect>) {
        match input {
            // Once is enough.
            Input::Started { .. } | Input::Wake => {}
            Input::Opened => self.open(out),
            Input::Closed => self.close(out),
            Input::DraftChanged(text) => self.draft_changed(text, out),
            Input::Sent(said) => self.say(said, out),
            Input::QuickReplyTapped { reply, id, page } => {
                self.say(Said { id, text: reply.text.unwrap_or(reply.label), page }, out);
            }
            Input::RetryAsked(id) => self.outbox.retry(self.now, &id),
            Input::Withdrawn(id) => self.withdraw(&id, out),
            Input::CardAnswered { rule, reasons, reply } => {
                if let Some(words) = triggered(&self.settings, &rule, reasons) {
                    self.opening = Some(words);
                }
                self.open(out);
                if let Some(said) = reply {
                    self.say(said, out);
                }
            }
            Input::LinkAsked(channel) => {
                self.act();
                self.hand_over = HandOver::want(self.now, channel);
            }
            Input::LinkClosed => self.hand_over = HandOver::Closed,
            Input::ContactGiven(value) => self.contact_given(value.trim()),
            Input::ContactDeclined => self.contact = Contact::Declined,
            Input::Online => {
                self.is_online = true;
                self.with_line(|line, now, ends| line.distrust(now, ends, out));
            }
            Input::Offline => {
                self.is_online = false;
                self.line.drop_line(out);
            }
            Input::VisibilityChanged(visible) => self.visibility_changed(visible, out),
            Input::PageShown => self.with_line(|line, now, ends| line.renew(now, ends, out)),
            Input::TabStored(key, value) => self.tab_stored(key, value, out),
            Input::ForgetAsked => self.forget = ForgetView::Confirming,
            Input::ForgetCancelled => self.forget = ForgetView::No,
            Input::ForgetConfirmed => self.forget(out),
            Input::ForgetAnswered(true) => {
                self.start_anew(out);
                self.remark(Remark::Forgotten);
            }
            Input::ForgetAnswered(false) => {
                self.forget = ForgetView::No;
                self.remark(Remark::ForgetFailed);
            }
            Input::ExportAsked => match self.session.clone() {
                Some(session) => out.push(Effect::Export(session)),
                None => self.remark(Remark::ExportFailed),
            },
            Input::ExportAnswered(done) => {
                if !done {
                    self.remark(Remark::ExportFailed);
                }
            }
            Input::Consent(granted) => self.consent_given(granted, out),
            Input::LoggedOut => self.start_anew(out),
            Input::SessionReady { .. }
            | Input::SessionFailed { .. }
            | Input::SocketOpened(_)
            | Input::SocketClosed { .. }
            | Input::FrameReceived { .. }
            | Input::PollAnswered { .. }
            | Input::PollFailed { .. } => self.hear(input, out),
        }
    }

    fn open(&mut self, out: &mut Vec<Effect>) {
        self.act();
        if !self.is_open {
            self.is_open = true;
            self.memory.open = true;
            out.push(Effect::Emit(PageEvent::Open));
        }
        out.push(Effect::FocusComposer);
    }

    fn close(&mut self, out: &mut Vec<Effect>) {
        if self.is_open {
            self.act();
            self.is_open = false;
            self.memory.open = false;
            self.keep_draft();
            out.push(Effect::Emit(PageEvent::Close));
            out.push(Effect::ReturnFocus);
        }
    }

    fn draft_changed(&mut self, text: String, out: &mut Vec<Effect>) {
        self.draft = text;
        self.draft_due = self.draft_due.or(Some(self.now + DRAFT_KEPT_AFTER));
        let told_lately = self.now.since(self.typing_told_at) < TYPING_TOLD_EVERY;
        if !self.draft.trim().is_empty() && !told_lately && self.line.is_up() {
            self.typing_told_at = self.now;
            self.line.send(self.now, ClientFrame::Typing, out);
        }
    }

    fn say(&mut self, said: Said, out: &mut Vec<Effect>) {
        let text = said.text.trim();
        if text.is_empty() {
            return;
        }
        self.act();
        if text.chars().count() > MAX_TEXT_CHARS {
            self.remark(Remark::TooLong);
            return;
        }
        let opening = match (&self.opening, self.opening_text()) {
            (Some(words), Some(_)) if !self.outbox.carries_opening() => Some(words.opening.clone()),
            _ => None,
        };
        let page = said.page.map(within_bounds);
        let unsent = Unsent { id: said.id, text: text.to_owned(), at: self.clock, page, opening };
        if !self.outbox.push(self.now, unsent.clone()) {
            self.remark(Remark::OutboxFull);
            return;
        }
        self.draft.clear();
        self.keep_draft();
        out.push(Effect::SetDraft(String::new()));
        if self.may_keep() {
            out.push(Effect::KeepUnsent(OutboxChange::Add(unsent)));
        }
    }

    fn withdraw(&mut self, id: &crate::ids::MessageId, out: &mut Vec<Effect>) {
        if let Some(unsent) = self.outbox.remove(id) {
            if self.draft.is_empty() {
                self.draft = unsent.text;
                self.keep_draft();
                out.push(Effect::SetDraft(self.draft.clone()));
            }
            if self.may_keep() {
                out.push(Effect::KeepUnsent(OutboxChange::Remove(unsent.id)));
            }
            out.push(Effect::FocusComposer);
        }
    }

    fn contact_given(&mut self, value: &str) {
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let kind = match value.split_once('@') {
            Some((name, host)) if !name.is_empty() && holds(host, b'.') && !holds(value, b' ') => {
                ContactKind::Email
            }
            None if (6..=15).contains(&digits) && value.len() <= 40 => ContactKind::Phone,
            Some(_) | None => {
                self.contact = Contact::Invalid;
                return;
            }
        };
        self.act();
        let value = value.chars().take(320).collect();
        self.contact = Contact::Sending { kind, value, said: false };
    }

    fn visibility_changed(&mut self, visible: bool, out: &mut Vec<Effect>) {
        let came_back = visible && !self.is_visible;
        self.is_visible = visible;
        if came_back {
            self.told.visible = Some(true);
            self.with_line(|line, now, ends| line.distrust(now, ends, out));
        } else if !visible {
            self.keep_draft();
        }
    }

    fn forget(&mut self, out: &mut Vec<Effect>) {
        match self.session.clone() {
            Some(session) => {
                self.forget = ForgetView::Deleting;
                out.push(Effect::Forget(session));
            }
            // The edge never heard of it.
            None if self.token.is_none() => {
                self.start_anew(out);
                self.remark(Remark::Forgotten);
            }
            None => {
                self.forget = ForgetView::No;
                self.remark(Remark::ForgetFailed);
            }
        }
    }

    fn consent_given(&mut self, granted: bool, out: &mut Vec<Effect>) {
        self.consent = Some(granted);
        if granted {
            for entry in self.outbox.entries() {
                out.push(Effect::KeepUnsent(OutboxChange::Add(entry.unsent.clone())));
            }
        } else {
            out.extend([Key::Token, Key::Outbox, Key::Visit].map(Effect::Discard));
            self.told.token = None;
            self.told.memory = Memory::default();
        }
    }

    /// Nothing of the conversation stays in this browser.
    pub(super) fn start_anew(&mut self, out: &mut Vec<Effect>) {
        self.leave(out);
        self.has_acted = false;
        out.extend([Key::Token, Key::Outbox, Key::Visit].map(Effect::Discard));
        self.told.token = None;
        self.told.memory = self.memory.clone();
    }

    /// Nothing of the conversation stays on this page.
    pub(super) fn leave(&mut self, out: &mut Vec<Effect>) {
        self.line.drop_line(out);
        self.token = None;
        self.session = None;
        self.is_new = false;
        self.transcript = Transcript::default();
        self.outbox = Outbox::default();
        self.memory = Memory { open: self.is_open, ..Memory::default() };
        if !self.draft.is_empty() {
            out.push(Effect::SetDraft(String::new()));
        }
        self.draft.clear();
        self.draft_due = None;
        self.opening = greeting(&self.settings);
        self.typing = None;
        self.hand_over = HandOver::default();
        self.contact = Contact::default();
        self.forget = ForgetView::No;
        self.told.line_up = false;
        self.line_lost();
    }
}

fn within_bounds(page: Page) -> Page {
    let cut = |text: String, max: usize| -> String { text.chars().take(max).collect() };
    Page {
        url: cut(page.url, 2_000),
        title: cut(page.title, 200),
        product: page.product.filter(|product| product.chars().count() <= 200),
        locale: page.locale.filter(|locale| locale.len() <= 35),
    }
}

/// Without the search for longer texts that `str::contains` brings along.
fn holds(text: &str, wanted: u8) -> bool {
    text.bytes().any(|byte| byte == wanted)
}
