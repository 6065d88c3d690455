//! Stop and start: obeyed at once, confirmed once.

use super::delivery::Stage;
use super::{Conversation, DeliveryStep, EventBody, Turn};
use crate::answer::About;
use crate::channel::{Address, Channel, is_plain_stop_word, is_start_word, is_stop_word, language_of_word};
use crate::language::{Language, fill};
use crate::message::Content;

impl Conversation {
    /// Whether what the shopper said on `surface` was a stop or start word, and is done with.
    pub(super) fn take_stop_word(
        &mut self,
        turn: &mut Turn,
        surface: Channel,
        text: &str,
        standby: bool,
    ) -> bool {
        let on_page = surface == Channel::Widget;
        let stops = if on_page { is_plain_stop_word(text) } else { is_stop_word(text) };
        if !stops && !is_start_word(text) {
            return false;
        }
        let changed = self.reached(|opted_out| opted_out != stops);
        if changed.is_empty() {
            // Said before: nothing more is said. On a page without a channel behind it, it is a word like others.
            return stops && !on_page;
        }
        for address in changed {
            self.opt_out(turn, &address, stops);
        }
        if !standby {
            let own = self.language_of(text).sentences();
            let (sentence, about) =
                if stops { (own.stopped, About::Stopped) } else { (own.resumed, About::SmallTalk) };
            let values = [("store", self.config.settings.name.as_str()), ("channel", "Messenger")];
            let text = fill(sentence, &values);
            self.bot_says(turn, Content::text(text), Some(about), None);
        }
        true
    }

    /// What waits for the address is given up at once.
    pub(super) fn opt_out(&mut self, turn: &mut Turn, address: &Address, stop: bool) {
        let known = self.state.reach(address).map(|reach| reach.opted_out);
        if known.is_none_or(|opted_out| opted_out == stop) {
            return;
        }
        self.append(turn, EventBody::OptedOut { address: address.clone(), stop });
        let waiting = self.state.outbox.iter().filter(|pending| {
            stop && pending.delivery.to == *address && !matches!(pending.stage, Stage::InFlight { .. })
        });
        for delivery in waiting.map(|pending| pending.delivery.clone()).collect::<Vec<_>>() {
            let reason = "The shopper asked not to be written to on this channel.".into();
            let failed = DeliveryStep::Failed { reason, unreachable: false, opted_out: false };
            self.append(turn, EventBody::Delivery { delivery, step: failed });
        }
    }

    fn reached(&self, wanted: impl Fn(bool) -> bool) -> Vec<Address> {
        let reaches = self.state.reaches.iter().filter(|reach| wanted(reach.opted_out));
        reaches.map(|reach| reach.address.clone()).collect()
    }

    /// The shopper's, where it is known or their word tells it; else the store's.
    fn language_of(&self, word: &str) -> Language {
        let told = self.state.locale.as_deref().and_then(Language::of).or_else(|| language_of_word(word));
        told.unwrap_or_else(|| self.config.settings.language())
    }
}
