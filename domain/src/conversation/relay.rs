//! Staff are told what the shopper said, in batches.

use super::event::EventBody;
use super::{Conversation, Effect, Relay, Turn};
use crate::ids::Seq;
use crate::time::UnixMillis;

/// How many messages staff are told of at once.
const RELAY_MESSAGES: usize = 20;

impl Conversation {
    /// Tells staff what gathered.
    pub(super) fn pump_relay(&mut self, turn: &mut Turn) {
        let due = self.relay_wakeup().is_some_and(|at| turn.now >= at);
        let Some((up_to, _)) = self.state.unrelayed.iter().take(RELAY_MESSAGES).next_back().filter(|_| due)
        else {
            return;
        };
        let mut said: Vec<(Seq, String)> =
            self.state.unrelayed.iter().take(RELAY_MESSAGES).cloned().collect();
        if let Some((_, first)) = said.first_mut().filter(|_| self.state.unrelayed_lost > 0) {
            *first = format!("({} earlier messages are left out here.)\n{first}", self.state.unrelayed_lost);
        }
        let relay = Relay {
            conversation: self.config.conversation.clone(),
            up_to: *up_to,
            said,
            place: self.state.place.clone(),
        };
        self.record.relay_sent(turn.now, self.config.pace.send_timeout_ms);
        turn.call(Effect::Relay(relay));
    }

    pub(super) fn relay_wakeup(&self) -> Option<UnixMillis> {
        let since = self.state.unrelayed_since?;
        Some((since + self.config.pace.relay_after_ms).max(self.record.relay_not_before()))
    }

    pub(super) fn relay_answered(&mut self, turn: &mut Turn, up_to: Seq, accepted: bool) {
        if accepted {
            self.record.relay_taken(turn.now, self.config.pace.relay_gap_ms);
            self.append(turn, EventBody::Relayed { up_to });
        } else {
            self.record.relay_refused(
                turn.now,
                self.config.pace.retry_base_ms,
                self.config.pace.retry_cap_ms,
            );
        }
    }
}
