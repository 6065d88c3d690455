//! What another tab of the same shop stored, in the same browser.
//!
//! The edge renews a token whenever it is shown, so every tab soon has one of its own. Tabs of the same conversation
//! take each other's quietly. Two that began at once, each with a conversation of its own, agree on one of them: both
//! compare the same two ids, so neither waits for the other and nothing goes back and forth.

use super::Visit;
use super::effect::Effect;
use super::input::Key;
use super::memory::{Memory, sane_token};
use super::transcript::Transcript;
use crate::ids::ConversationId;

impl Visit {
    pub(super) fn tab_stored(&mut self, key: Key, value: Option<String>, out: &mut Vec<Effect>) {
        match key {
            Key::Token => self.tab_stored_token(sane_token(value), out),
            Key::Outbox => self.outbox.adopt_from_tab(self.now, value.as_deref()),
            Key::Visit => {
                let other = Memory::decode(value.as_deref());
                if other.conversation == self.memory.conversation {
                    self.transcript.see(other.seen);
                }
                self.told.conversation = other.conversation;
            }
        }
    }

    fn tab_stored_token(&mut self, token: Option<String>, out: &mut Vec<Effect>) {
        if token == self.token {
            return;
        }
        self.told.token.clone_from(&token);
        let Some(token) = token else {
            // Forgotten, or logged out, there: nothing may be left here either.
            return self.leave(out);
        };
        let stored = self.told.conversation.clone();
        match (&self.memory.conversation, &stored) {
            (Some(own), Some(stored)) if stored > own => {
                // Stored again, with what it is for.
                self.told.token = None;
                self.told.memory = Memory::default();
            }
            (Some(own), Some(stored)) if stored < own => self.move_to(token, Some(stored.clone()), out),
            (Some(_), _) => self.take_token(token),
            (None, _) => self.move_to(token, stored, out),
        }
    }

    /// A newer token for the conversation this tab has.
    fn take_token(&mut self, token: String) {
        if let Some(session) = &mut self.session {
            session.token.clone_from(&token);
        }
        self.token = Some(token);
    }

    /// Goes on with the other tab's conversation.
    fn move_to(&mut self, token: String, conversation: Option<ConversationId>, out: &mut Vec<Effect>) {
        self.has_acted = true;
        self.line.drop_line(out);
        self.session = None;
        self.is_new = false;
        self.transcript = Transcript::default();
        self.token = Some(token);
        self.memory.conversation = conversation;
    }
}

#[cfg(test)]
mod tests {
    use crate::ids::{ConversationId, MessageId};
    use crate::time::UnixMillis;
    use crate::visit::{Effect, Input, Key, Said, SessionKey, Stored, Surroundings, Visit};
    use crate::wire::Session;
    use std::collections::{BTreeMap, VecDeque};

    /// So many sessions are more than any number of quarrels needs.
    const STORM: usize = 40;

    /// A browser whose tabs share a storage, and an edge that renews every token.
    #[derive(Default)]
    struct Browser {
        tabs: Vec<Visit>,
        stored: BTreeMap<&'static str, String>,
        /// What the tabs have yet to hear, in the order it happened.
        news: VecDeque<(usize, Input)>,
        conversations: BTreeMap<String, ConversationId>,
        sessions: usize,
        connected: BTreeMap<usize, SessionKey>,
    }

    fn name(key: Key) -> &'static str {
        match key {
            Key::Token => "token",
            Key::Outbox => "outbox",
            Key::Visit => "visit",
        }
    }

    impl Browser {
        fn open_tab(&mut self) -> usize {
            let settings =
                crate::store::decode(include_str!("../../../stores/demo.json")).unwrap().widget(true);
            self.tabs.push(Visit::new(settings));
            self.reload(self.tabs.len() - 1)
        }

        /// The page of a tab is another one: what was on its way to the old one is lost.
        fn reload(&mut self, tab: usize) -> usize {
            self.tabs[tab] = Visit::new(self.tabs[tab].settings().clone());
            self.news.retain(|(to, _)| *to != tab);
            let stored = |name| self.stored.get(name).cloned();
            let stored = Stored { token: stored("token"), outbox: stored("outbox"), visit: stored("visit") };
            let surroundings = Surroundings { visible: true, online: true, utc_offset_min: 0, seed: 7 };
            self.news.push_back((tab, Input::Started { stored, surroundings }));
            tab
        }

        fn tell(&mut self, tab: usize, input: Input) {
            self.news.push_back((tab, input));
        }

        fn says(&mut self, tab: usize, id: &str) {
            let id = MessageId::parse(id).unwrap();
            self.tell(tab, Input::Sent(Said { id, text: "hello".into(), page: None }));
        }

        fn settle(&mut self) {
            while let Some((tab, input)) = self.news.pop_front() {
                for effect in self.tabs[tab].handle(UnixMillis(1_000), input) {
                    self.perform(tab, effect);
                }
                assert!(self.sessions < STORM, "the tabs quarrel");
            }
        }

        fn perform(&mut self, tab: usize, effect: Effect) {
            match effect {
                Effect::CreateSession { attempt, token } => {
                    self.sessions += 1;
                    let known = token.and_then(|token| self.conversations.get(&token).cloned());
                    let resumed = known.is_some();
                    // Later conversations come first in the order of ids.
                    let conversation = known.unwrap_or_else(|| {
                        ConversationId::parse(format!("c{}", STORM + 9 - self.sessions)).unwrap()
                    });
                    let token = format!("token{}", self.sessions);
                    self.conversations.insert(token.clone(), conversation.clone());
                    let session = Session { token, conversation, resumed };
                    self.tell(tab, Input::SessionReady { attempt, session });
                }
                Effect::OpenSocket { session, .. } => drop(self.connected.insert(tab, session)),
                Effect::CloseSocket => drop(self.connected.remove(&tab)),
                Effect::Keep(key, value) => self.store(tab, key, Some(&value)),
                Effect::Discard(key) => self.store(tab, key, None),
                _ => {}
            }
        }

        fn store(&mut self, tab: usize, key: Key, value: Option<&str>) {
            let before = match value {
                Some(value) => self.stored.insert(name(key), value.to_owned()),
                None => self.stored.remove(name(key)),
            };
            if before.as_deref() != value {
                for other in (0..self.tabs.len()).filter(|other| *other != tab) {
                    self.tell(other, Input::TabStored(key, value.map(str::to_owned)));
                }
            }
        }

        /// The conversation that every tab is connected to.
        fn shared(&self) -> Option<&ConversationId> {
            let mut all = self.connected.values().map(|session| &session.conversation);
            let first = all.next()?;
            (self.connected.len() == self.tabs.len() && all.all(|one| one == first)).then_some(first)
        }
    }

    #[test]
    fn tabs_of_one_conversation_take_each_others_tokens_quietly() {
        let mut browser = Browser::default();
        let first = browser.open_tab();
        browser.tell(first, Input::Opened);
        browser.says(first, "m1");
        browser.settle();
        let conversation = browser.connected[&first].conversation.clone();
        let second = browser.open_tab();
        browser.settle();
        for tab in [first, second, first, first, second] {
            browser.reload(tab);
            browser.settle();
        }
        assert_eq!(browser.shared(), Some(&conversation));
        assert_eq!(browser.sessions, 7, "one for each page");
    }

    #[test]
    fn a_tab_without_a_conversation_joins_the_one_that_began() {
        let mut browser = Browser::default();
        let (first, second) = (browser.open_tab(), browser.open_tab());
        browser.settle();
        browser.tell(first, Input::Opened);
        browser.settle();
        assert!(browser.shared().is_some());
        assert_eq!(browser.connected[&first].conversation, browser.connected[&second].conversation);
    }

    #[test]
    fn tabs_that_began_at_once_agree_on_one() {
        for words in [vec![], vec![0], vec![1], vec![0, 1]] {
            let mut browser = Browser::default();
            let tabs = [browser.open_tab(), browser.open_tab()];
            browser.settle();
            for tab in tabs {
                browser.tell(tab, Input::Opened);
            }
            for (tab, id) in words.iter().zip(["m1", "m2"]) {
                browser.says(*tab, id);
            }
            browser.settle();
            let shared = browser.shared().cloned();
            assert!(shared.is_some(), "{words:?}: {:?}", browser.connected);
            let stored = &browser.stored["token"];
            assert_eq!(browser.conversations.get(stored), shared.as_ref(), "{words:?}");
        }
    }

    #[test]
    fn what_one_tab_forgets_is_gone_from_all() {
        let mut browser = Browser::default();
        let (first, second) = (browser.open_tab(), browser.open_tab());
        browser.tell(first, Input::Opened);
        browser.settle();
        browser.tell(first, Input::LoggedOut);
        browser.settle();
        assert_eq!(browser.stored.get("token"), None);
        assert!(!browser.connected.contains_key(&second));
    }
}
